/** Composer: commands with help, the bot's reading of the input, one line or several. */
import { say } from '../lib/acts.ts';
import { keptIn } from '../lib/browser-storage.ts';
import { focusOn } from '../lib/focus.ts';
import { understood } from '../lib/interpret.ts';
import { changed, type Place, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage } from '../lib/route.ts';
import { replyView } from './card.ts';
import { type CommandEntry, isWhole, suggestions, wordOf } from './commands.ts';
import { busyIf, html, icon, iconButton, onValue, submitButton, submitted, t } from './elements.ts';

const drafts = keptIn('line');
/** Selected suggestion by place; null if the list was closed. */
const chosen = new Map<string, number | null>();

export function composer(place: Place) {
  const slot = `say:${place.address}|${place.thread ?? ''}`;
  const text = drafts.get(slot) ?? '';
  const { offered, index } = offers(slot, place);
  const list = `${slot.replace(/\W+/g, '-')}-list`;
  return html`
    <form key=${slot} class="composer" onsubmit=${submitted(() => send(slot, place))}>
      ${replyView(slot) && html`<div class="composer-reply">${replyView(slot, place)}${iconButton(t('close'), 'close', () => state.replies.delete(slot))}</div>`}
      ${offered.length > 0 && offerList(offered, index, list, slot)}
      <div class="composer-line">
        <textarea
          class="composer-text"
          rows="1"
          value=${text}
          placeholder=${place.incident === null ? t('composer.room') : t('composer.thread')}
          aria-label=${t('composer.label')}
          aria-autocomplete="list"
          aria-controls=${offered.length > 0 ? list : null}
          aria-activedescendant=${offered.length > 0 ? `${list}-${index}` : null}
          aria-describedby="${list}-means"
          oninput=${onValue((value) => {
            drafts.set(slot, value);
            chosen.delete(slot);
          })}
          onkeydown=${(event: KeyboardEvent) => onKey(event, slot, place)}
        />
        ${submitButton(icon('send'), 'button square', {
          'aria-label': t('send'),
          ...busyIf(`${slot}:say`),
          disabled: text.trim() === '',
        })}
      </div>
      <p class="composer-means cut fine" id="${list}-means" aria-live="polite">${meaning(text, place)}</p>
    </form>
  `;
}

function offers(slot: string, place: Place) {
  const offered = chosen.get(slot) === null ? [] : suggestions(drafts.get(slot) ?? '', place.incident !== null);
  return { offered, index: Math.min(chosen.get(slot) ?? 0, offered.length - 1) };
}

function offerList(offered: readonly CommandEntry[], index: number, list: string, slot: string) {
  // Suggestions are taken on pointer down, before the field loses focus.
  return html`
    <ul class="offers float" id=${list} role="listbox" aria-label=${t('commands')}>
      ${offered.map(
        (command, at) => html`
        <li key=${command.id} id="${list}-${at}" role="option" aria-selected=${at === index}
          onpointerdown=${submitted(() => take(slot, command))}>
          <code>
            ${wordOf(command)}
            ${command.args && html`<span class="faint">${` ${t('command.title')}`}</span>`}
          </code>
          <span>${t(`command.${command.id}`)}</span>
        </li>
      `,
      )}
    </ul>
  `;
}

function take(slot: string, command: CommandEntry) {
  const text = `${wordOf(command)}${command.args ? ' ' : ''}`;
  drafts.set(slot, text);
  // The field is set at once, not with the next frame, because the user is still typing.
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) field.value = text;
  if (!command.args) chosen.set(slot, null);
}

function onKey(event: KeyboardEvent, slot: string, place: Place) {
  // An Enter that ends the typing of a Chinese word belongs to the input method.
  if (event.isComposing) return;
  // The current line counts, because typing may be ahead of the rendered list.
  const { offered, index } = offers(slot, place);
  const open = offered.length > 0;
  if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    chosen.set(slot, (index + step + offered.length) % offered.length);
  } else if (open && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
    const command = offered[index];
    // A command that is typed in full needs no suggestion: Enter sends it.
    const whole = command && event.key === 'Enter' && isWhole(drafts.get(slot) ?? '', command);
    if (whole) void send(slot, place);
    else if (command) take(slot, command);
  } else if (open && event.key === 'Escape') {
    chosen.set(slot, null);
    event.stopPropagation();
  } else if (event.key === 'Enter' && !event.shiftKey) {
    void send(slot, place);
  } else {
    return;
  }
  event.preventDefault();
}

async function send(slot: string, place: Place) {
  const text = (drafts.get(slot) ?? '').trim();
  if (text === '') return;
  const result = await say(slot, { ...place, text });
  // Lines that were not accepted stay in the field.
  if (!result) return;
  if ((drafts.get(slot) ?? '').trim() === text) drafts.delete(slot);
  changed();
  if (result.opened && result.incident) go(incidentPage(result.incident));
}

/** Returns the composer's key hints; empty on a touch screen. */
const keys = () => (matchMedia('(pointer: coarse)').matches ? '' : t('composer.keys'));

function meaning(text: string, place: Place) {
  const line = text.trim();
  if (line === '') return '';
  const read = line.length < 2 ? 'asking' : understood('line', line, place.incident ?? '');
  return read !== 'asking' && read.understood ? read.text : keys();
}

export function focusComposer() {
  focusOn('.composer-text, .declare-box input');
}
