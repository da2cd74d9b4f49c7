/** Declaring in one line, read by the usual parser, so that a command typed here runs. */
import { sayFirst } from '../lib/acts.ts';
import { lines } from '../lib/browser-storage.ts';
import { changed, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage } from '../lib/route.ts';
import { replyView } from './card.ts';
import { closeDialogs } from './dialogs.ts';
import { busyIf, button, html, onValue, submitButton, submitted, t, tickOf } from './elements.ts';
import { writeReport } from './form-dialog.ts';

const fresh = () => ({ text: lines.get('declare') ?? '', drill: !!lines.get('drill'), again: false, empty: false });
let entry = fresh();

/** Puts a text into the line; `sends` it too, unless it would be a drill that was ticked out of sight. */
export function writeLine(text: string, sends = false) {
  lines.set(text, 'declare');
  Object.assign(entry, { text, empty: false, again: false });
  if (sends && !entry.drill) void send();
}

/** Sends the line; once an incident is open, `writes` its report. */
async function send(writes = false) {
  const text = entry.text.trim();
  entry.empty = text === '';
  if (entry.empty) return;
  const result = await sayFirst({ text, drill: entry.drill, anyway: entry.again });
  // If the server refused a repeated declaration, pressing again confirms it.
  entry.again = true;
  changed();
  if (!result) return;
  const id = result.id ?? (result.opened ? result.incident : null);
  for (const line of ['declare', 'drill']) lines.delete(line);
  entry = fresh();
  if (!id) return;
  closeDialogs();
  go(incidentPage(id));
  if (writes && result.revision !== undefined) writeReport({ id, revision: result.revision });
}

/** Renders the line with its buttons. */
export function declareLine() {
  const example = (text: string) => button(text, () => writeLine(text), 'tag example-chip');
  const look = `button${state.waiting.length > 0 ? '' : ' primary'}`;
  return html`
    <form class="declare-box" novalidate onsubmit=${submitted(() => send())} onchange=${() => lines.set(entry.drill ? 'on' : '', 'drill')}>
      <input type="text" value=${entry.text} oninput=${onValue((text) => writeLine(text))} data-first maxlength="200" autocomplete="off"
        aria-label=${t('declare.title')} aria-invalid=${entry.empty ? 'true' : null} aria-describedby="declare-error" />
      <div class="declare-foot wrap">
        ${tickOf(entry, 'drill', t('drill'))}
        ${button(t('declare.write'), () => send(true), 'button')}
        ${submitButton(t(entry.again ? 'declare.again' : 'declare.do'), look, busyIf('declare:declare'))}
      </div>
      <p class="error" id="declare-error" role="alert" hidden=${!entry.empty}>${t('declare.empty')}</p>
      ${replyView('declare')}
    </form>
    <p class="wrap">${['leak', 'ransom', 'site', 'supplier'].map((one) => example(t(`declare.${one}`)))}</p>
  `;
}
