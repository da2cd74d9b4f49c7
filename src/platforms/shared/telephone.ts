import { z } from 'zod';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import type { Person } from '../../incident/people/profile.ts';
import { messageOf } from '../../ops/errors.ts';
import { parseJson } from '../../ops/json.ts';
import type { Links } from '../../use-cases/directory/links.ts';
import type { Finding, KeptValues, Messenger, SendOutcome } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';
import { type Limit, Limiter } from './limiter.ts';

/** Call or text: recipient, incident and sentences. Never contains people's text. */
export interface Ring {
  /** Phone number as E.164, e.g. `+8613800000000`. */
  readonly number: string;
  readonly incident: string;
  readonly language: Language;
  /** Sentence for a call, and for a text message. */
  readonly spoken: string;
  readonly written: string;
  /**
   * Id of this ring, at most 15 letters and digits, which an answer contains. A repeated request has the same, so that
   * a service can drop it.
   */
  readonly id: string;
}

/** Service that calls and texts. Each request is made once; it rejects with the reason if not accepted. */
export interface Gateway {
  readonly platform: string;
  /** Maximum number of rings of one person per minute, hour and day. */
  readonly limits: readonly Limit[];
  readonly call?: (ring: Ring) => Promise<string>;
  readonly text?: (ring: Ring) => Promise<string>;
}

/** Limits of voice notices in China; elsewhere people should not be called more often either. */
export const LIMITS: readonly Limit[] = [
  { count: 1, span: 60_000 },
  { count: 5, span: 3_600_000 },
  { count: 20, span: 24 * 3_600_000 },
];

export interface RingNeeds extends Pick<PlatformNeeds, 'profile' | 'clock' | 'ids'> {
  readonly kept: Pick<KeptValues, 'get' | 'put'>;
}

/** Ring that waits for its answer; the last one of each person is also stored. */
const waitingSchema = z.object({ incident: z.string(), person: z.string(), at: z.number() });
export type Waiting = z.infer<typeof waitingSchema>;
/** Time (ms) for which an answer counts. */
export const ANSWER_FOR = 12 * 3_600_000;

const bodySchema = z.object({
  incident: z.string(),
  language: z.enum(['en', 'zh-CN']),
  /** True if the process ended during an earlier request, which may have been accepted. */
  repeated: z.boolean().default(false),
});
const timesSchema = z.array(z.number());

/**
 * Creates a messenger that calls and texts people, each once. Failures are not retried, as a call cannot be undone;
 * other channels follow, and the next call of the escalation. Numbers stay in the profile.
 */
export function telephoneMessenger(gateway: Gateway, needs: RingNeeds): Messenger {
  return {
    platform: gateway.platform,
    rings: true,
    render: ({ incident, language, possiblyRepeated: repeated }) => JSON.stringify({ incident, language, repeated }),
    post: async ({ address }, body, key) => {
      const person = needs.profile()?.people.find(({ id }) => id === address);
      return ringPerson(gateway, needs, person, { ...bodySchema.parse(parseJson(body)), key });
    },
  };
}

async function ringPerson(
  gateway: Gateway,
  needs: RingNeeds,
  person: Person | undefined,
  { incident, language, repeated, key }: z.infer<typeof bodySchema> & { readonly key: string },
): Promise<SendOutcome> {
  const number = numberOf(person?.phone);
  if (!person || number === null) return notTried('no telephone number that can be called');
  const now = needs.clock.now();
  const until = await limited(gateway, needs, person.id, now);
  if (until !== null) {
    const detail = 'called often enough';
    // A delay of one minute is acceptable; a call an hour late is useless.
    return until - now <= 60_000
      ? { kind: 'refused', reason: 'rate_limited', retryAt: until, detail }
      : notTried(detail);
  }
  const id = await idOf(needs, key);
  const waiting = JSON.stringify({ incident, person: person.id, at: now } satisfies Waiting);
  await needs.kept.put(`ring:${id}`, waiting);
  await needs.kept.put(`last:${person.id}`, waiting);
  const space = language === 'en' ? ' ' : '';
  const mark = repeated ? `${translate(language, 'remind.repeated')}${space}` : '';
  const say = (words: 'telephone.call' | 'telephone.text') => mark + translate(language, words, { id: incident });
  const spoken = say('telephone.call');
  return ringing(gateway, { number, incident, language, spoken, written: say('telephone.text'), id });
}

/** Returns the id of a notice's ring, new and random for its first request: whoever knows it can answer. */
async function idOf({ kept, ids }: RingNeeds, notice: string): Promise<string> {
  const known = await kept.get(`rings:${notice}`);
  if (known !== null) return known;
  const id = ids
    .next()
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-15);
  await kept.put(`rings:${notice}`, id);
  return id;
}

/** Calls and texts in parallel; the ring counts as sent if either was accepted. */
async function ringing({ call, text }: Gateway, ring: Ring): Promise<SendOutcome> {
  const tried = await Promise.allSettled([call, text].flatMap((way) => (way ? [way(ring)] : [])));
  const accepted = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (accepted.length > 0) return { kind: 'sent', ref: accepted.join(' ') };
  const failed = tried.find((one) => one.status === 'rejected');
  return { ...notTried(messageOf(failed?.reason)), partly: true };
}

function notTried(detail: string): Extract<SendOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason: 'invalid', detail };
}

/** Takes a permit to ring a person and returns null, or the time of the next permit. Past rings are stored. */
async function limited({ limits }: Gateway, { kept }: RingNeeds, person: string, now: number): Promise<number | null> {
  const key = `rung:${person}` as const;
  const before = timesSchema.catch([]).parse(parseJson((await kept.get(key)) ?? '[]'));
  const longest = Math.max(...limits.map(({ span }) => span));
  const limiter = new Limiter(limits);
  for (const at of before) limiter.count(person, at);
  const until = limiter.take([person], now);
  if (until === null) await kept.put(key, JSON.stringify([...before.filter((at) => at > now - longest), now]));
  return until;
}

/** Returns a number as E.164, for mobile numbers of mainland China without a prefix too; null if invalid. */
export function numberOf(phone: string | undefined): string | null {
  const digits = (phone ?? '').replace(/[\s()-]/g, '').replace(/^00/, '+');
  if (/^1[3-9]\d{9}$/.test(digits)) return `+86${digits}`;
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

/** Returns incident and person of an answered ring: by its id, or the last one of a person with that number. */
export async function waitingRing(
  { kept, profile, clock }: Omit<RingNeeds, 'ids'>,
  by: { readonly id: string } | { readonly number: string },
): Promise<Waiting | null> {
  const has = ({ phone }: Person): boolean => 'number' in by && numberOf(phone) === numberOf(by.number);
  const last = (profile()?.people ?? []).filter(has).map(({ id }) => `last:${id}` as const);
  const rings = await Promise.all(('id' in by ? [`ring:${by.id}` as const] : last).map((key) => kept.get(key)));
  const found = rings.flatMap((ring) => waitingSchema.safeParse(parseJson(ring ?? '')).data ?? []);
  const [latest] = found.toSorted((a, b) => b.at - a.at);
  return latest !== undefined && clock.now() - latest.at < ANSWER_FOR ? latest : null;
}

export interface TelephoneNeeds extends RingNeeds {
  readonly links: Pick<Links, 'accountsOf' | 'claim'>;
}

/** Makes a test call to a person of the profile, for `jishi doctor --ring`. */
export async function tryRing(gateway: Gateway, needs: RingNeeds, person: Person): Promise<Finding> {
  const { language = 'zh-CN', name } = person;
  const outcome = await ringPerson(gateway, needs, person, {
    ...{ incident: TRIAL, language, repeated: false, key: needs.ids.next() },
  });
  return outcome.kind === 'sent'
    ? { what: gateway.platform, state: 'ok', say: `${name} is being called: ${outcome.ref}` }
    : { what: gateway.platform, state: 'wrong', say: `${name} was not called: ${outcome.detail}` };
}
/** Placeholder incident in a test call. */
const TRIAL = 'INC-0000-0000';
