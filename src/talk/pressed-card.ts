import {
  type Answered,
  answeredBy,
  answeredCard,
  answeredText,
  type PressedButton,
} from '../conversation/cards/answered-card.ts';
import type { Card, Text } from '../conversation/cards/card.ts';
import { localise } from '../conversation/cards/localise.ts';
import { strongBlock } from '../conversation/cards/sentence.ts';
import { unreachedIn } from '../conversation/commands/items.ts';
import type { Command } from '../incident/commands.ts';
import { reveals } from '../incident/visibility.ts';
import { entryOf } from '../law/lookup.ts';
import type { Submitted } from '../use-cases/app.ts';
import type { OutgoingMessage } from '../use-cases/ports.ts';
import type { Core } from './acts.ts';
import type { Spot } from './intake-options.ts';
import { languageIn } from './open-forms.ts';
import type { Renewals } from './renewals.ts';

/** Incident, revision and surface of the card that replaces a pressed one. */
type About = Pick<OutgoingMessage, 'incident' | 'revision' | 'surface'>;

/** Pressed card, on a platform that can change it once, within seconds of the press. */
export interface PressedCard extends About {
  readonly spot: Pick<Spot<unknown>, 'caller' | 'place'>;
  /** Address of the conversation, and time of the press in epoch ms. */
  readonly chat: string;
  readonly at: number;
  readonly heading: string;
  /** True for a list with buttons in its rows, which others go on using. */
  readonly isList: boolean;
  readonly answered?: Answered | undefined;
  /** Replaces the card. False: not accepted; null: too much for a card, or for a `whole` one, which is never shortened. */
  readonly put: (card: Card, about: About, isWhole: boolean, answered?: Answered) => Promise<boolean | null>;
  /** Stores the first answer although the card could not be changed, so that the next press shows it. */
  readonly keep: (answered: Answered) => Promise<void>;
}
type Bot = Core & { readonly renewals: Renewals };

/** Lists used by several people: a press updates the list in place instead of locking it. */
const LISTS: Readonly<Partial<Record<Command['type'], string>>> = { take_item: 'checklist', finish_task: 'tasks' };
/** Cards updated by a press. A question and a draft become another card, shown whole or not at all. */
const RENEWED: Readonly<Record<string, 'shortened' | 'whole'>> = {
  ...{ status: 'shortened', checklist: 'shortened', tasks: 'shortened' },
  ...{ proposals: 'whole', question: 'whole', draft: 'whole' },
};

function renewedAs({ surface, isList }: PressedCard, { intent }: PressedButton): string | undefined {
  if (surface !== null && entryOf(RENEWED, surface)) return surface;
  return isList && intent ? LISTS[intent.type] : undefined;
}

/** Shows the result of a press on its card: a list or status card in its new state, any other by who answered what. */
export async function resultShown(bot: Bot, card: PressedCard, button: PressedButton, result: Submitted) {
  if (result.kind === 'refused' && result.refusal.code !== 'stale_revision') return false;
  const { incident, spot, at } = card;
  const isDone = result.kind === 'done';
  const said = isDone ? result.said()?.summary : bot.explain(result.refusal, result.state).summary;
  const now = isDone ? answeredBy(button, said, spot.caller.name, at) : undefined;
  const view = renewedAs(card, button);
  if (view === 'status') return (await renewed(bot, card, view)) === true;
  // Names of those who answered are content as well.
  if (!reveals(await bot.app.visibility(incident, spot.caller), 'overview')) return false;
  // The update may have been lost; then the next press is answered with the first person's name.
  if (view !== undefined && !card.answered) {
    const missed = said && unreachedIn(said);
    const news = now ? [answeredText(now), ...(missed ? [missed] : [])] : said ? [said] : [];
    const isRenewed =
      (await renewed(bot, card, view, news)) ??
      // The brief sentence saves a second message if a long name or answer does not fit.
      (now ? await renewed(bot, card, view, [answeredText({ ...now, as: 'brief' })]) : null);
    if (isRenewed === false && now) await card.keep(now);
    if (isRenewed !== null) return isRenewed;
  }
  const revision = isDone ? result.state.version : card.revision;
  const answered = card.answered ?? (now && { ...now, ...(said ? { result: localise(said, languageIn(spot)) } : {}) });
  return locked({ ...card, revision }, answered, said);
}

/** Replaces a card by its answer: actor, choice, result. */
async function locked(card: PressedCard, answered: Answered | undefined, said: Text | undefined): Promise<boolean> {
  const { incident, revision } = card;
  const about = { incident, revision, surface: null };
  return (await card.put(answeredCard(card, answered, said), about, false, answered)) === true;
}

/** Shows the current card after a press on a button it no longer has: pressed twice, or by two people. */
export async function shownAgain(bot: Bot, card: PressedCard): Promise<boolean> {
  const { surface, answered, incident, spot } = card;
  if (surface !== null && entryOf(RENEWED, surface) === 'whole') return (await renewed(bot, card, surface)) === true;
  if (!answered || !reveals(await bot.app.visibility(incident, spot.caller), 'overview')) return false;
  return locked(card, answered, answered.result === undefined ? undefined : { raw: answered.result });
}

/** Replaces a card of a stopped incident, whose content people no longer see. Returns true if it did. */
export async function stoppedShown(bot: Bot, card: PressedCard, { intent }: PressedButton): Promise<boolean> {
  // This button remains on the card of a stopped incident.
  if (card.incident === '' || intent?.type === 'take_lead') return false;
  const shown = await bot.app.visibility(card.incident, card.spot.caller);
  return shown.show === 'head' && shown.why === 'stopped' && (await renewed(bot, card, 'status')) === true;
}

/** Replaces a card by the current state of a surface, with changes first. Null: too much for a card. */
export async function renewed(
  { app, renewals }: Bot,
  { incident, spot, chat, put }: PressedCard,
  surface: string,
  changed: readonly Text[] = [],
): Promise<boolean | null> {
  const state = await app.state(incident, spot.caller);
  const shown = await app.view({ view: surface, args: { incident } }, spot.caller);
  if (!state || 'code' in shown) return false;
  const card = { ...shown, blocks: [...changed.map(strongBlock), ...shown.blocks] };
  const about = { incident, revision: state.version, surface };
  const isWhole = entryOf(RENEWED, surface) === 'whole';
  return renewals.renewing({ incident, chat, surface }, shown, () => put(card, about, isWhole));
}
