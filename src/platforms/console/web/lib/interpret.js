/** Reading of a time or a number by the bot, requested while a person types. */
import { call } from './api.js';
import { changed } from './model.js';
import { serverNow } from './time.js';
import { language } from './words.js';

/** @typedef {{ understood: boolean, text: string }} Meaning */

const PAUSE = 180;
const MOST = 200;
/** @type {Map<string, Meaning | 'asking'>} */
const known = new Map();
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const waiting = new Map();

/** @param {'time' | 'number'} kind @param {string} text @returns {Meaning | 'asking'} */
export function understood(kind, text) {
  // A relative time means something else a minute later.
  const minute = kind === 'time' ? Math.floor(serverNow() / 60_000) : 0;
  const id = `${language()}:${kind}:${minute}:${text}`;
  const found = known.get(id);
  if (found) return found;
  known.set(id, 'asking');
  clearTimeout(waiting.get(kind));
  waiting.set(
    kind,
    setTimeout(() => ask(kind, text, id), PAUSE),
  );
  return 'asking';
}

/** @param {'time' | 'number'} kind @param {string} text @param {string} id */
async function ask(kind, text, id) {
  if (known.size > MOST) known.clear();
  try {
    const now = new Date(serverNow()).toISOString();
    const answer = await call(`/interpret?${new URLSearchParams({ kind, text, now })}`);
    known.set(id, { understood: answer.understood, text: answer.text });
  } catch {
    known.delete(id);
  }
  changed();
}
