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
/** Request that waits for a pause in typing, by kind; the next one replaces it. @type {Map<string, { id: string, timer: ReturnType<typeof setTimeout> }>} */
const waiting = new Map();

/** @param {'time' | 'number' | 'line'} kind @param {string} text @param {string} [about] unit of a number, incident of a line @returns {Meaning | 'asking'} */
export function understood(kind, text, about = '') {
  // A relative time has another meaning a minute later, so its reading is not kept.
  const minute = kind === 'number' ? 0 : Math.floor(serverNow() / 60_000);
  const id = `${language()}:${kind}:${about}:${minute}:${text}`;
  const found = known.get(id);
  if (found) return found;
  const before = waiting.get(kind);
  if (before?.id === id) return 'asking';
  clearTimeout(before?.timer);
  waiting.set(kind, { id, timer: setTimeout(() => ask(kind, text, about, id), PAUSE) });
  return 'asking';
}

/** @param {'time' | 'number' | 'line'} kind @param {string} text @param {string} about @param {string} id */
async function ask(kind, text, about, id) {
  if (known.size > MOST) known.clear();
  known.set(id, 'asking');
  waiting.delete(kind);
  try {
    const [path, asked] =
      kind === 'line'
        ? ['/reading', { text, incident: about }]
        : ['/interpret', { kind, text, now: new Date(serverNow()).toISOString(), unit: about }];
    const given = Object.entries(asked).filter(([, value]) => value !== '');
    const answer = await call(`${path}?${new URLSearchParams(given)}`);
    known.set(id, { understood: answer.understood, text: answer.text });
  } catch {
    known.delete(id);
  }
  changed();
}
