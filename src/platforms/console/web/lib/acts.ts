/** Acts of a person: buttons, choices, lines of text. Each runs once at a time; its answer is shown in its place. */
import type { LocalAction } from '../../../../conversation/cards/localise.ts';
import { call, newKey, Offline, Problem, pathOfIncident, wordsFor } from './api.ts';
import { expectOwn } from './attention.ts';
import { refresh } from './load.ts';
import { announce, changed, type FormRef, loadedOf, type Place, type Reply, state, type Values } from './model.ts';
import type { Changed } from './shapes.ts';
import { t } from './words.ts';

/**
 * Runs an act of a button and shows its answer in a slot; null if it failed. `shown`: the card itself shows the change,
 * so the answer is only read out.
 */
export async function act(slot: string, id: string, run: (key: string) => Promise<Changed | null>, shown = false) {
  const mark = `${slot}:${id}`;
  if (state.busy.has(mark)) return null;
  state.busy.add(mark);
  // Only the answer to the last act is kept.
  state.replies.clear();
  changed();
  // The same key is used again after an attempt without an answer, which may have been carried out.
  const key = newKey();
  try {
    const result = await run(key).catch((error: unknown) => {
      if (error instanceof Offline) return run(key);
      throw error;
    });
    const card = result?.said ?? result?.card ?? null;
    const incident = result?.id ?? result?.incident ?? null;
    const revision = result?.revision ?? 0;
    // Confirmations with a question are shown, even if a card says the same.
    const isVisit = state.route.view === 'visit';
    if (card && shown && !isVisit && card.blocks.length === 0) announce(card.summary || card.title);
    else if (card || (isVisit && result)) reply(slot, { kind: 'said', card, incident, revision });
    if (incident !== null) {
      expectOwn(incident, loadedOf(incident)?.incident.revision ?? revision);
      refresh(incident);
    }
    return result ?? {};
  } catch (error) {
    reply(slot, { kind: 'trouble', text: wordsFor(error), ...(error instanceof Problem && { problem: error.body }) });
    return null;
  } finally {
    state.busy.delete(mark);
    changed();
  }
}

function reply(slot: string, answer: Reply) {
  state.replies.set(slot, answer);
  if (answer.kind === 'trouble') announce(answer.text, 'alarm');
  else if (answer.card) announce(answer.card.summary || answer.card.title);
}

export type Refused = Extract<Reply, { kind: 'trouble' }>;
/** Submits a form; a refusal is taken from its slot, because the form itself shows it. */
export async function submitForm(slot: string, id: string, json: { ref: FormRef; revision: number; values: Values }) {
  const done = await act(slot, id, (key) => call('change', '/forms/submit', { json, key }));
  const reply = state.replies.get(slot);
  if (done || reply?.kind !== 'trouble') return { done };
  state.replies.delete(slot);
  return { done, refused: reply };
}

export type Intent = Extract<LocalAction['does'], { kind: 'intent' }>['intent'];

export function sendIntent(slot: string, id: string, incident: string, intent: Intent, revision: number) {
  const path = pathOfIncident(incident, '/intents');
  return act(slot, id, (key) => call('change', path, { json: { intent, revision }, key }), true);
}

export function say(slot: string, { address, ...json }: Place & { text: string }) {
  const path = `/rooms/${encodeURIComponent(address)}/messages`;
  return act(slot, 'say', (key) => call('change', path, { json, key }));
}

export function declare(json: { title: string; drill?: boolean; scenario?: string; anyway?: boolean }) {
  return act('declare', 'declare', (key) => call('change', '/incidents', { json, key }));
}

/** Sends the first page's line: an event, or a command. */
export function sayFirst(json: { text: string; drill: boolean; anyway: boolean }) {
  return act('declare', 'declare', (key) => call('change', '/lines', { json, key }));
}

const sent = new Map<string, string[]>();
/** Sentences on the files of the last choice, one for each. */
export const fileState = (slot: string) => sent.get(slot)?.join('\n');

/** Attaches files to an incident, one after the other, and calls `done` for each that arrived. */
export async function sendFiles(slot: string, incident: string, files: Iterable<File>, done: (name: string) => void) {
  const said: string[] = [];
  sent.set(slot, said);
  for (const file of files) {
    const { name } = file;
    const nth = said.push(t('files.sending', { name })) - 1;
    changed();
    const path = pathOfIncident(incident, `/files?name=${encodeURIComponent(name)}`);
    const refused = await call('change', path, { body: file }).then(() => null, wordsFor);
    said[nth] = refused === null ? t('files.sent', { name }) : `${name}: ${refused}`;
    changed();
    if (refused === null) done(name);
  }
}
