import { zipSync } from 'fflate';
import { z } from 'zod';
import type { Account } from '../../incident/identity.ts';
import { roomFromId } from '../../incident/rooms.ts';
import { digest } from '../../ops/digest.ts';
import { parseJson } from '../../ops/json.ts';
import type { Clock, Messenger, Place, SendOutcome } from '../../use-cases/ports.ts';
import { notShown, outcomeOf } from './api-client.ts';
import { type Body, drawn, withoutRevision } from './card-view.ts';
import type { CardWire, Posted, Target } from './card-wire.ts';
import type { Chats } from './chats.ts';
import type { OutgoingFile } from './http-client.ts';
import { type Limit, Limiter } from './limiter.ts';

export interface CardMessengerDependencies {
  readonly clock: Clock;
  /**
   * Returns a refusal for a place to which nothing may be sent; otherwise null. `isPost`: a new message; an earlier one
   * may be emptied or removed even where nothing may be shown now.
   */
  readonly closed: (place: Place, to: Target, isPost: boolean) => Promise<SendOutcome | null>;
  /** Returns the console page of an incident, for content too long for a message. */
  readonly page?: (incident: string) => string | null;
}

/** Refuses messages to a group that other companies read, or whose readers are not known within `wait` ms. */
export function closedBy(
  chats: Pick<Chats, 'chat'>,
  tenant: string,
  wait: number,
): CardMessengerDependencies['closed'] {
  return async (place, { isGroup, address }, isPost) => {
    if (place.tenant !== tenant) return refused('a room of another app');
    const chat = isGroup ? await chats.chat(address, wait) : null;
    return isGroup && (chat === null || (isPost && chat.external))
      ? refused('read by other companies, or not known by whom')
      : null;
  };
}
const refused = (detail: string) => ({ kind: 'refused', reason: 'forbidden', detail }) as const;

/** Separator in the handle of a file and its text, which are two messages. */
const TWO = ' ';
const MINUTE = 60_000;
/** Time (ms) for which a person who can get no messages counts as unreachable, so that another way is used. */
const PERSON_RESTS = 10 * MINUTE;
const bodySchema = z.record(z.string(), z.unknown());
const bodyIn = (text: string): Body => bodySchema.parse(parseJson(text));

/** Creates the limiter of posts to one chat. */
export function postWindow({ perMinute: { posts } }: Pick<CardWire, 'perMinute'>): Limiter {
  const limits: readonly Limit[] = posts === undefined ? [] : [{ count: posts, span: MINUTE }];
  return new Limiter(limits);
}

/** Returns the file, in a ZIP if the platform does not accept its name. */
export function sendable({ fileNames }: Pick<CardWire, 'fileNames'>, file: OutgoingFile): OutgoingFile {
  if (fileNames?.test(file.name) !== false) return file;
  const content = zipSync({ [file.name]: file.content });
  return { name: `${file.name}.zip`, mediaType: 'application/zip', content };
}

/** Messenger whose platform edits, removes, searches, accepts files and reaches people. */
export type CardMessenger = Messenger &
  Required<Pick<Messenger, 'canEdit' | 'canRemove' | 'canFind' | 'canSendFile' | 'canMessagePeople'>>;

/** Creates the messenger of a card platform, with the same rules on tenants, readers, ids and limits for all. */
export function createCardMessenger(
  wire: CardWire,
  { clock, closed, page }: CardMessengerDependencies,
  window: Limiter = postWindow(wire),
): CardMessenger {
  const { platform, drawing } = wire;
  const resting = new Map<string, { readonly since: number; readonly until: number; readonly detail: string }>();
  const isOurs = ({ id, ...account }: Account): boolean =>
    account.platform === platform &&
    account.tenant === wire.tenant &&
    wire.reaches?.() !== false &&
    (resting.get(id)?.until ?? 0) <= clock.now();
  const failed = (error: unknown): SendOutcome => wire.failed(error, clock.now());
  const targetOf = ({ address, thread }: Place): Target => ({ address, isGroup: wire.isGroup(address), below: thread });

  /** Returns the refusal of a place that other companies read, or that refuses all messages for a while; otherwise null. */
  const refusalOf = async (place: Place, to: Target, isPost: boolean): Promise<SendOutcome | null> => {
    const isClosed = await closed(place, to, isPost);
    const rest = resting.get(to.address);
    if (isClosed || !rest || !to.isGroup || rest.until <= clock.now()) return isClosed;
    return (wire.newsOf?.(to.address) ?? 0) < rest.since ? { ...refused(rest.detail), retryAt: rest.until } : null;
  };
  const sending = async (place: Place, send: (to: Target) => Promise<string>, isPost = true): Promise<SendOutcome> => {
    const to = targetOf(place);
    const refusal = await refusalOf(place, to, isPost);
    if (refusal) return refusal;
    const retryAt = isPost ? window.take([to.address], clock.now()) : null;
    if (retryAt !== null)
      return { kind: 'refused', reason: 'rate_limited', retryAt, detail: 'our own limit of this chat' };
    const outcome = await outcomeOf(send(to), failed);
    if (outcome.kind === 'refused' && outcome.reason === 'forbidden' && outcome.retryAt !== undefined) {
      const since = clock.now();
      const { detail, retryAt: opensAt } = outcome;
      resting.set(to.address, { since, until: to.isGroup ? opensAt : since + PERSON_RESTS, detail });
    }
    return outcome;
  };
  const changing = (place: Place, ref: string, change: (at: Posted) => Promise<unknown>): Promise<SendOutcome> =>
    sending(
      place,
      async (to) => {
        await change({ ...to, ref });
        return ref;
      },
      false,
    );
  return {
    platform,
    render: (message) => JSON.stringify(drawn(message, platform, drawing, page?.(message.incident) ?? null)),
    fingerprint: wire.fingerprint ?? withoutRevision,
    post: (place, body, key, first) => {
      // A message posted again after removal needs a new id, or it would be dropped as a repetition.
      const isNew = wire.dropsFor !== undefined && first !== undefined;
      return sending(place, (to) => wire.post(to, bodyIn(body), digest(isNew ? `${key}:${first}` : key)));
    },
    canEdit: {
      perMinute: wire.perMinute.edits,
      ...(wire.isFree ? { isFree: (room, ref) => wire.isFree?.(roomFromId(room).address, ref) === true } : {}),
      edit: (place, ref, body) => changing(place, ref, (at) => wire.edit(at, bodyIn(body))),
    },
    canRemove: {
      remove: (place, ref) =>
        changing(place, ref, async (at) => {
          for (const one of ref.split(TWO)) await wire.remove({ ...at, ref: one });
        }),
    },
    canFind: {
      find: async (place, key, since) => {
        if (wire.find) return wire.find(targetOf(place), digest(key), since).catch(() => ({ kind: 'unknown' }));
        // The history does not show our keys, but the platform itself drops a message with a known id for some time.
        return clock.now() - since < (wire.dropsFor ?? 0) ? { kind: 'absent', drops: true } : { kind: 'unsearchable' };
      },
    },
    canSendFile: {
      ...(wire.filesRepeat ? { repeats: true as const } : {}),
      sendFile: async (place, file, body, key) => {
        const refusal = await refusalOf(place, targetOf(place), true);
        if (refusal) return refusal;
        const uploaded = await wire.upload(sendable(wire, file)).catch((error: unknown) => notShown(failed(error)));
        if (typeof uploaded !== 'string') return uploaded;
        if (wire.postFileWith) {
          const post = wire.postFileWith.bind(wire);
          return sending(place, (to) => post(to, uploaded, sendable(wire, file), digest(key), bodyIn(body)));
        }
        // Words with the mark of a possible repetition are other words, so they are not dropped.
        const words = await sending(place, (to) => wire.post(to, bodyIn(body), digest(`${key}:words:${body}`)));
        if (words.kind !== 'sent') return words;
        const sent = await sending(place, (to) => wire.postFile(to, uploaded, sendable(wire, file), digest(key)));
        if (sent.kind === 'sent') return { ...sent, ref: [words.ref, sent.ref].join(TWO) };
        return sent.kind === 'refused' ? { ...sent, partly: true } : sent;
      },
    },
    canMessagePeople: {
      direct: async (account) => (isOurs(account) ? { tenant: wire.tenant, address: account.id, thread: null } : null),
      reaches: isOurs,
    },
  };
}
