/**
 * Acts of a person: buttons, choices, lines of text. Each button runs one act at a time; its answer is shown in the
 * same place.
 */
import { call, newKey, Offline, pathOfIncident, wordsFor } from './api.js';
import { expectOwn } from './attention.js';
import { refresh } from './load.js';
import { announce, changed, loadedOf, state } from './model.js';
import { t } from './words.js';

/**
 * Runs an act and shows its result in its slot. Returns whether it was carried out.
 * @param {string} slot where the answer is shown @param {string} id which button @param {(key: string) => Promise<any>} run
 * @param {boolean} [shown] true if the card itself shows the change: the result is then only read out
 */
export async function act(slot, id, run, shown = false) {
  const mark = `${slot}:${id}`;
  if (state.busy.has(mark)) return false;
  state.busy.add(mark);
  // Only the answer to the last act is kept.
  state.replies.clear();
  changed();
  // The same key is used again after an attempt without an answer, which may have been carried out.
  const key = newKey();
  try {
    const result = await run(key).catch((error) => {
      if (error instanceof Offline) return run(key);
      throw error;
    });
    const card = result?.said ?? result?.card ?? null;
    const incident = result?.id ?? result?.incident ?? null;
    // Confirmations with a question are shown, even if a card says the same.
    const isVisit = state.route.view === 'visit';
    if (card && shown && !isVisit && card.blocks.length === 0) announce(card.summary || card.title);
    else if (card || (isVisit && result)) reply(slot, { kind: 'said', card, incident, revision: result.revision ?? 0 });
    if (typeof incident === 'string') {
      expectOwn(incident, loadedOf(incident)?.incident.revision ?? result.revision ?? 0);
      refresh(incident);
    }
    return result ?? true;
  } catch (error) {
    reply(slot, { kind: 'trouble', text: wordsFor(error) });
    return false;
  } finally {
    state.busy.delete(mark);
    changed();
  }
}

/** @param {string} slot @param {import('./model.js').Reply} answer */
function reply(slot, answer) {
  state.replies.set(slot, answer);
  if (answer.kind === 'trouble') announce(answer.text, 'alarm');
  else if (answer.card) announce(answer.card.summary || answer.card.title);
}

/** @param {string} slot @param {string} id @param {string} incident @param {{ type: string, [key: string]: unknown }} intent @param {number} revision */
export function sendIntent(slot, id, incident, intent, revision) {
  const path = pathOfIncident(incident, '/intents');
  return act(slot, id, (key) => call(path, { json: { intent, revision }, key }), true);
}

/** @param {string} slot @param {{ address: string, incident: string | null, thread: string | null, text: string }} line */
export function say(slot, { address, ...body }) {
  return act(slot, 'say', (key) => call(`/rooms/${encodeURIComponent(address)}/messages`, { json: body, key }));
}

/** @param {{ title: string, drill?: boolean, speed?: number, scenario?: string, anyway?: boolean }} what */
export function declare(what) {
  return act('declare', 'declare', (key) => call('/incidents', { json: what, key }));
}

/** Sends the first page's line: an event, or a command. @param {{ text: string, drill: boolean, anyway: boolean }} line */
export function sayFirst(line) {
  return act('declare', 'declare', (key) => call('/lines', { json: line, key }));
}

/** States of files being sent, by the place they are sent from. @type {Map<string, string>} */
const sent = new Map();
/** @param {string} slot */
export const fileState = (slot) => sent.get(slot);

/** Attaches a file to an incident; returns whether it arrived. @param {string} slot @param {string} incident @param {File} file */
export async function sendFile(slot, incident, file) {
  const { name } = file;
  /** @param {string} state */
  const show = (state) => {
    sent.set(slot, state);
    changed();
  };
  show(t('files.sending', { name }));
  try {
    await call(pathOfIncident(incident, `/files?name=${encodeURIComponent(name)}`), { body: file });
    show(t('files.sent', { name }));
    return true;
  } catch (error) {
    show(wordsFor(error));
    return false;
  }
}
