import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { consoleAccount } from '../../http/members.ts';
import type { HttpEnv } from '../../http/routes.ts';
import type { Core } from '../../talk/acts.ts';
import type { Caller, Delivery } from '../../use-cases/app.ts';
import { type ChatPlatform, sendsOnly } from '../description.ts';
import { type Gateway, type TelephoneNeeds, telephoneMessenger, waitingRing } from './telephone.ts';

/** Takes an answer to a ring (a key or a reply) as that person's [I am on it]; returns true if it was recorded. */
export type TakeAnswer = (
  by: Parameters<typeof waitingRing>[1],
  delivery: Pick<Delivery, 'key' | 'body'>,
) => Promise<boolean>;

/** Maximum size (bytes) of a report. */
const MAX_REPORT = 64 * 1024;

/** Creates a gateway's platform; `mount` adds the paths for its reports. */
export function telephonePlatform(
  gateway: Gateway,
  needs: TelephoneNeeds,
  {
    path,
    mount,
    close,
  }: {
    /** First part of the report paths, e.g. `/twilio`. */
    readonly path: string;
    readonly mount: (http: Hono<HttpEnv>, take: TakeAnswer, core: Core) => void;
    readonly close: () => Promise<void>;
  },
): ChatPlatform {
  return {
    ...sendsOnly({ messenger: telephoneMessenger(gateway, needs) }, close),
    serve: (core) => ({
      ...sendsOnly({ messenger: telephoneMessenger(gateway, needs) }, close).serve(core),
      routes: {
        mount: (http) => {
          http.use(`${path}/*`, bodyLimit({ maxSize: MAX_REPORT, onError: (c) => c.body(null, 413) }));
          mount(http, (by, delivery) => take(gateway, needs, core, by, delivery), core);
        },
      },
    }),
  };
}

async function take(
  { platform }: Gateway,
  needs: TelephoneNeeds,
  { app }: Core,
  ...[by, delivery]: Parameters<TakeAnswer>
): Promise<boolean> {
  const waiting = await waitingRing(needs, by);
  const person = needs.profile()?.people.find(({ id }) => id === waiting?.person);
  if (!waiting || !person) return false;
  const { incident } = waiting;
  // An account on a chat that the incident left cannot act, but its person can.
  const own = consoleAccount(person.id);
  for (const account of [...needs.links.accountsOf(person.id), own]) {
    if (account === own && !(await needs.links.claim(own, person.id))) continue;
    const caller: Caller = { account, name: person.name, language: person.language ?? 'zh-CN' };
    const state = await app.state(incident, caller);
    if (!state) continue;
    const act = { incident, intent: { type: 'take_charge' }, revision: state.version, caller } as const;
    const result = await app.submit({ ...act, delivery: { platform, ...delivery } });
    return result.kind === 'done';
  }
  return false;
}

/** Returns true for a key or text by which a person takes charge. */
export function isYes(words: string, { app }: Core): boolean {
  return words.trim() === '1' || app.read(words).type === 'charge';
}
