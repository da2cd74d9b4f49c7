/** Composer: a note or command, one line or several, and the bot's reading of it during typing. */
import { say } from '../lib/acts.ts';
import { lines } from '../lib/browser-storage.ts';
import { understood } from '../lib/interpret.ts';
import { changed, type Place, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage } from '../lib/route.ts';
import { replyView } from './card.ts';
import { busyIf, html, icon, iconButton, kept, submitButton, submitted, t } from './elements.ts';

export function composer(place: Place) {
  const slot = `say:${place.address}|${place.thread ?? ''}`;
  const text = lines.get(slot) ?? '';
  const means = `means-${slot.replace(/\W+/g, '-')}`;
  return html`
    <form key=${slot} class="composer" onsubmit=${submitted(() => send(slot, place))}>
      ${replyView(slot) && html`<div class="composer-reply">${replyView(slot, place)}${iconButton(t('close'), 'close', () => state.replies.delete(slot))}</div>`}
      <div class="composer-line">
        <textarea
          class="composer-text"
          rows="1"
          ...${kept(slot)}
          placeholder=${place.incident === null ? t('composer.room') : t('composer.thread')}
          aria-label=${t('composer.label')}
          aria-describedby=${means}
          onkeydown=${(event: KeyboardEvent) => onKey(event, slot, place)}
        />
        ${submitButton(icon('send'), 'button square', {
          'aria-label': t('send'),
          ...busyIf(`${slot}:say`),
          disabled: text.trim() === '',
        })}
      </div>
      <p class="composer-means cut fine" id=${means} aria-live="polite">${meaning(text, place)}</p>
    </form>
  `;
}

function onKey(event: KeyboardEvent, slot: string, place: Place) {
  // An Enter that ends the typing of a Chinese word belongs to the input method.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void send(slot, place);
}

async function send(slot: string, place: Place) {
  const text = (lines.get(slot) ?? '').trim();
  if (text === '') return;
  const result = await say(slot, { ...place, text });
  // Lines that were not accepted stay in the field.
  if (!result) return;
  if ((lines.get(slot) ?? '').trim() === text) lines.delete(slot);
  changed();
  if (result.opened && result.incident) go(incidentPage(result.incident));
}

/** Returns what the line would do, else the composer's keys, which a touch screen does not show. */
function meaning(text: string, place: Place) {
  const line = text.trim();
  if (line === '') return '';
  const read = line.length < 2 ? 'asking' : understood('line', line, place.incident ?? '');
  return read !== 'asking' && read.understood ? read.text : html`<span class="keys">${t('composer.keys')}</span>`;
}
