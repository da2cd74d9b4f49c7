import { z } from 'zod';
import { plainWords } from '../../conversation/cards/localise.ts';
import { newsOf } from '../../conversation/cards/visible-changes.ts';
import { withDelivery } from '../../conversation/reminding/delivery-notes.ts';
import { tagOf } from '../../conversation/text/commands/command-lead.ts';
import { cardLink, formLink } from '../../http/visits/links.ts';
import { translate } from '../../i18n/translate.ts';
import type { Account } from '../../incident/identity.ts';
import type { CanSendFile, Messenger, OutgoingMessage, Place, SendOutcome } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';
import { type ApiClient, notShown } from '../shared/api-client.ts';
import type { OutgoingFile } from '../shared/http-client.ts';
import { failedOutcome } from '../wecom/api/wecom-api.ts';
import type { ButtonEffects } from '../wecom/cards/button-effects.ts';
import { compose } from '../wecom/cards/compose.ts';
import { headingOf } from '../wecom/cards/head.ts';
import { messageSchema, withoutRevision } from '../wecom/cards/task.ts';
import { bytes, cutBytes, oneLine, plainInMarkdown } from '../wecom/text.ts';
import { SAME_WITHIN } from './equal-texts.ts';
import type { Groups } from './groups.ts';
import { PLATFORM } from './limits.ts';
import { bothOf, canRecall, type Sender } from './sender.ts';

/** Dependencies; the organisation of the profile names the groups that do not belong to one incident. */
interface MessengerDependencies extends Pick<PlatformNeeds, 'profile' | 'kept' | 'clock'> {
  readonly api: ApiClient;
  readonly sender: Sender;
  readonly groups: Groups;
  readonly corpId: string;
  readonly publicUrl: string | null;
  /** Records the outcome of a send for `/readyz`. */
  ended(outcome: SendOutcome): void;
}

/** Prefix of people's addresses: no user id begins with it, so people and groups cannot be confused. */
const PERSON = '@';
export const directAddress = (user: string): string => `${PERSON}${user}`;

type Target =
  | { readonly people: readonly string[] }
  | { readonly chat: string; readonly owner: string; readonly members: readonly string[] };

/** Creates the app's messenger: cards to people, recallable for a day, and texts to groups. Neither can be edited. */
export function createMessenger(deps: MessengerDependencies): Messenger {
  const sending = async (send: () => Promise<SendOutcome>): Promise<SendOutcome> => {
    const outcome = await send().catch((error: unknown) => notShown(failedOutcome(error, deps.clock.now())));
    deps.ended(outcome);
    return outcome;
  };
  const isOurs = ({ platform, tenant }: Account): boolean => platform === PLATFORM && tenant === deps.corpId;
  return {
    platform: PLATFORM,
    render: (message) => JSON.stringify(appBody(message, deps.publicUrl)),
    fingerprint: withoutRevision,
    news: newsOf,
    post: (place, body, key, first) =>
      sending(async () => {
        const message = readAppBody(body);
        // Content that returns is a new card: WeCom accepts each task id once.
        const id = first === undefined ? key : `${key}:${first}`;
        return deliver(deps, await targetOf(deps, place, message), message, id);
      }),
    canRemove: { remove: (_, ref) => sending(() => deps.sender.recall(ref)), reaches: canRecall },
    canFind: { find: async (place, _key, since) => find(deps, place, since) },
    canSendFile: {
      sendFile: (place, file, body, key) =>
        sending(() => sendFile(deps, place, { file, message: readAppBody(body), key })),
    },
    canMessagePeople: {
      direct: async (account) =>
        isOurs(account) ? { tenant: account.tenant, address: directAddress(account.id), thread: null } : null,
      reaches: isOurs,
    },
  };
}

/** Returns a group's name: the incident's id, with the title if the message is the status card and shows it. */
function groupName({ incident, surface, heading }: AppBody) {
  const head = surface === 'status' && incident !== '';
  return { name: head ? `${incident} ${heading}`.trim() : incident, head };
}

async function targetOf(deps: MessengerDependencies, place: Place, message: AppBody): Promise<Target | null> {
  if (place.tenant !== deps.corpId) return null;
  if (place.address.startsWith(PERSON)) return { people: [place.address.slice(PERSON.length)] };
  const { name, head } = groupName(message);
  const group = await deps.groups.ready(place.address, name || (deps.profile()?.organisation ?? 'Jishi'), head);
  if (!group) return null;
  return group.state === 'made' ? { ...group, chat: place.address } : { people: group.members };
}

const NOBODY: SendOutcome = { kind: 'refused', reason: 'gone', detail: 'nobody of this app belongs to this room' };

async function deliver(
  deps: MessengerDependencies,
  target: Target | null,
  message: AppBody,
  key: string,
): Promise<SendOutcome> {
  if (!target) return NOBODY;
  if ('people' in target) return deps.sender.toPeople(target.people, message, key);
  // Groups have no buttons: the person who declared gets the question, the others see the result.
  if (message.surface === 'question') return deps.sender.toPeople([target.owner], message, key);
  const mentions = message.mention === 'everybody' ? target.members : message.mention;
  const content = message.ring === null ? { markdown: message.group } : { text: message.ring, mentions };
  const outcome = await deps.sender.toGroup(target.chat, content);
  if (outcome.kind !== 'refused' || outcome.reason !== 'gone') return outcome;
  await deps.groups.lost(target.chat);
  return deps.sender.toPeople(target.members, message, key);
}

/** Finds no message; reports `drops` while WeCom itself drops duplicates, which it does only for messages to people. */
function find(deps: MessengerDependencies, place: Place, since: number) {
  const drops = place.address.startsWith(PERSON) || deps.groups.writesToPeople(place.address);
  const lately = deps.clock.now() - since < SAME_WITHIN;
  return drops && lately ? ({ kind: 'absent', drops: true } as const) : ({ kind: 'unsearchable' } as const);
}

type File = Parameters<CanSendFile['sendFile']>[1];

/** Sends the text, then the file. It is uploaded once per notice, so that a repeated send has the same media id. */
async function sendFile(
  deps: MessengerDependencies,
  place: Place,
  { file, message, key }: { readonly file: File; readonly message: AppBody; readonly key: string },
): Promise<SendOutcome> {
  const target = await targetOf(deps, place, message);
  if (!target) return NOBODY;
  const media = await uploadOnce(deps, file, key);
  const words = await deliver(deps, target, message, key);
  if (words.kind !== 'sent') return words;
  if (!('people' in target)) return deps.sender.toGroup(target.chat, { media });
  const sent = await deps.sender.fileToPeople(target.people, media);
  return sent.kind === 'sent' ? { ...sent, ref: bothOf(words.ref, sent.ref) } : sent;
}

async function uploadOnce(deps: MessengerDependencies, file: File, key: string): Promise<string> {
  const kept = await deps.kept.get(`media:${key}`);
  if (kept !== null) return kept;
  const media = await upload(deps.api, file);
  await deps.kept.put(`media:${key}`, media);
  return media;
}

const uploaded = z.looseObject({ media_id: z.string() });

/** Uploads a file; returns its media id. Names are reduced to ASCII, as others arrive garbled. */
export async function upload(api: ApiClient, file: OutgoingFile): Promise<string> {
  const name = file.name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '') || 'file';
  const body = { field: 'media', file: { ...file, name } };
  return uploaded.parse(await api.call('media/upload', { query: { type: 'file' }, body })).media_id;
}

/** Rendered message: a card for people; text with links and mentions for a group. */
const appBodySchema = messageSchema.extend({
  group: z.string(),
  /** Plain text of a message that mentions people; null if it mentions nobody. */
  ring: z.string().nullable(),
  /** User ids to mention. */
  mention: z.union([z.literal('everybody'), z.array(z.string())]).readonly(),
});
type AppBody = Readonly<z.infer<typeof appBodySchema>>;

export function readAppBody(body: string): AppBody {
  return appBodySchema.parse(JSON.parse(body));
}

/** Maximum size (bytes) of a message by an app or to a group (documents 90236, 90248). */
const MAX_BYTES = 2_048;
const LINKS = 3;

/** Renders a message; equal input gives equal bytes. */
export function appBody(message: OutgoingMessage, publicUrl: string | null): AppBody {
  const { ring: _, mention = [], ...rest } = message;
  const full = compose(rest, { flavour: 'app', full: true });
  const links = publicUrl === null ? [] : linksOf(message, full.bound, publicUrl);
  const words = wordsOf(message);
  return {
    ...compose(rest, { flavour: 'app' }),
    // Cards of one sentence have no separate text.
    group: withLinks(
      full.markdown ?? plainInMarkdown(words),
      links,
      ({ label, url }) => `[${plainInMarkdown(label)}](${url})`,
    ),
    ring: mention.length > 0 ? withLinks(words, links.slice(0, 1), ({ label, url }) => `${label} ${url}`) : null,
    mention: mention === 'everybody' ? mention : mention.map(({ id }) => id),
  };
}

interface Link {
  readonly label: string;
  readonly url: string;
}

/** Returns links for a group, which has no buttons: to forms, and to the card itself as a page. */
function linksOf(message: OutgoingMessage, bound: ButtonEffects, publicUrl: string): readonly Link[] {
  const { incident, surface, language } = message;
  const forms = Object.entries(bound.does).flatMap(([key, { label, does }]) =>
    does.kind === 'form' && !key.includes('/') ? [{ label: oneLine(label), url: formLink(does.form, publicUrl) }] : [],
  );
  if (incident === '') return forms.slice(0, LINKS);
  const view = surface ?? 'status';
  const page = { label: translate(language, 'wecom_app.open'), url: cardLink({ view, args: { incident } }, publicUrl) };
  return [page, ...forms].slice(0, LINKS);
}

/** Returns a text with its links at the end, which are not cut. */
function withLinks(text: string, links: readonly Link[], write: (link: Link) => string): string {
  const end = links.map((link) => `\n${write(link)}`).join('');
  return bytes(end) > MAX_BYTES / 2 ? cutBytes(text, MAX_BYTES) : `${cutBytes(text, MAX_BYTES - bytes(end))}${end}`;
}

/** Returns the whole card as text after its tag. */
function wordsOf(message: OutgoingMessage): string {
  const { incident, language, isFirst } = message;
  const [first = '', ...rest] = plainWords(withDelivery(message), language).split('\n');
  const title = headingOf(first, incident);
  const said = isFirst ? translate(language, 'wecom.recorded', { title }) : title;
  const words = [said, ...rest].filter((line) => line !== '').join('\n');
  return `${tagOf(incident)}${words}` || translate(language, 'wecom.nothing');
}
