/** Reading of a time or a number by the bot, requested while a person types. */
import { call } from './api.ts';
import { changed } from './model.ts';
import type { Meaning } from './shapes.ts';
import { serverNow } from './time.ts';

const PAUSE = 180;
const MOST = 200;
const known = new Map<string, Meaning | 'asking'>();
/** Request that waits for a pause in typing, by kind; the next one replaces it. */
const waiting = new Map<string, { id: string; timer: ReturnType<typeof setTimeout> }>();

export function understood(kind: 'time' | 'number' | 'line', text: string, about: string = ''): Meaning | 'asking' {
  // A relative time has another meaning a minute later, so its reading is not kept.
  const minute = kind === 'number' ? 0 : Math.floor(serverNow() / 60_000);
  const id = `${kind}:${about}:${minute}:${text}`;
  const found = known.get(id);
  if (found) return found;
  const before = waiting.get(kind);
  if (before?.id === id) return 'asking';
  clearTimeout(before?.timer);
  waiting.set(kind, { id, timer: setTimeout(() => void ask(kind, text, about, id), PAUSE) });
  return 'asking';
}

async function ask(kind: 'time' | 'number' | 'line', text: string, about: string, id: string) {
  if (known.size > MOST) known.clear();
  known.set(id, 'asking');
  waiting.delete(kind);
  try {
    const [path, asked] =
      kind === 'line'
        ? ['/reading', { text, incident: about }]
        : ['/interpret', { kind, text, now: new Date(serverNow()).toISOString(), unit: about }];
    const given = Object.entries(asked).filter(([, value]) => value !== '');
    const answer = await call('meaning', `${path}?${new URLSearchParams(given)}`);
    known.set(id, { understood: answer.understood, text: answer.text });
  } catch {
    known.delete(id);
  }
  changed();
}
