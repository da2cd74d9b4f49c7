import { z } from 'zod';
import { plainWords } from '../../conversation/cards/localise.ts';
import { withDelivery } from '../../conversation/reminding/delivery-notes.ts';
import { cardLink, formLink } from '../../http/visits/links.ts';
import { translate } from '../../i18n/translate.ts';
import type { OutgoingMessage } from '../../use-cases/ports.ts';
import type { ButtonEffects } from '../wecom/cards/button-effects.ts';
import { compose } from '../wecom/cards/compose.ts';
import { headingOf, tagOf } from '../wecom/cards/head.ts';
import { messageSchema, type WecomMessage } from '../wecom/cards/message.ts';
import { bytes, cutBytes, oneLine } from '../wecom/text/cut.ts';
import { plainInMarkdown } from '../wecom/text/markdown.ts';

/** A rendered message: for people a card, for a group its words with links, and what rings a group. */
export interface AppBody extends WecomMessage {
  readonly group: string;
  /** Plain words for a message that mentions people; null if it mentions nobody. */
  readonly ring: string | null;
  /** User ids. */
  readonly mention: readonly string[] | 'everybody';
}

const appBodySchema = messageSchema.extend({
  group: z.string(),
  ring: z.string().nullable(),
  mention: z.union([z.literal('everybody'), z.array(z.string())]),
});

export function readAppBody(body: string): AppBody {
  return appBodySchema.parse(JSON.parse(body));
}

/** Messages of an app and of a group take this many bytes (documents 90236, 90248). */
const MAX_BYTES = 2_048;
const LINKS = 3;

/** Pure: equal input gives equal bytes. */
export function appBody(message: OutgoingMessage, publicUrl: string | null): AppBody {
  const { ring: _, mention = [], ...rest } = message;
  const full = compose(rest, { flavour: 'app', full: true });
  const links = publicUrl === null ? [] : linksOf(message, full.bound, publicUrl);
  return {
    ...compose(rest, { flavour: 'app' }),
    // A card that is one sentence has no text beside it.
    group: withLinks(full.markdown ?? plainInMarkdown(wordsOf(message)), links),
    ring: mention.length > 0 ? ringText(wordsOf(message), links) : null,
    mention: mention === 'everybody' ? mention : mention.map(({ id }) => id),
  };
}

interface Link {
  readonly label: string;
  readonly url: string;
}

/** Buttons have no place in a group: what opens a form is a link there, and the card itself is a page. */
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

function withLinks(markdown: string, links: readonly Link[]): string {
  const end = links.map(({ label, url }) => `\n[${plainInMarkdown(label)}](${url})`).join('');
  return bytes(end) > MAX_BYTES / 2
    ? cutBytes(markdown, MAX_BYTES)
    : `${cutBytes(markdown, MAX_BYTES - bytes(end))}${end}`;
}

function ringText(words: string, links: readonly Link[]): string {
  const end = links
    .slice(0, 1)
    .map(({ label, url }) => `\n${label} ${url}`)
    .join('');
  return bytes(end) > MAX_BYTES / 2 ? cutBytes(words, MAX_BYTES) : `${cutBytes(words, MAX_BYTES - bytes(end))}${end}`;
}

/** The whole card in words, its tag in front. */
function wordsOf(message: OutgoingMessage): string {
  const { incident, language, isFirst } = message;
  const [first = '', ...rest] = plainWords(withDelivery(message), language).split('\n');
  const title = headingOf(first, incident);
  const said = isFirst ? translate(language, 'wecom.recorded', { title }) : title;
  const words = [said, ...rest].filter((line) => line !== '').join('\n');
  return `${tagOf(incident)}${words}` || translate(language, 'wecom.nothing');
}
