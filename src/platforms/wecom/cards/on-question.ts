import type { Card, Text } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import type { Language } from '../../../incident/identity.ts';
import type { App, Caller, Submitted } from '../../../use-cases/app.ts';
import type { OutgoingMessage } from '../../../use-cases/ports.ts';
import { newsOf } from '../bot/visible-changes.ts';
import { plainInMarkdown } from '../text/markdown.ts';
import { type ComposeOptions, compose } from './compose.ts';

/** Key of the line on what would raise the level; the verdict has its own wording for it. */
const IN_THE_VERDICT = 'said.would' satisfies MessageKey;
/** Key of the line on who decided the level; the verdict names them below in one of these ways. */
const LEVEL_DECIDED = 'said.level_decided' satisfies MessageKey;
const DECISIONS: ReadonlySet<string> = new Set([
  'verdict.confirmed',
  'verdict.confirmed_because',
  'verdict.raised',
  'verdict.below',
] satisfies MessageKey[]);

const SURFACE = 'question';

/** The question of an incident as somebody sees it; null if there is none for them. */
async function questionOf(app: App, caller: Caller, incident: string): Promise<Card | null> {
  const card = await app.view({ view: SURFACE, args: { incident } }, caller);
  return 'code' in card ? null : card;
}

/** News of an incident's question, compared to what people have seen; null if there is none. */
export async function questionAsked(app: App, caller: Caller, incident: string | null): Promise<string | null> {
  const card = incident === null || incident === '' ? null : await questionOf(app, caller, incident);
  return card && newsOf({ card, surface: SURFACE });
}

/**
 * Returns true if the next question shows by itself what an answer changed. `asked`: the question comes again only if it
 * differs from what was seen `before`; null if it comes in any case.
 */
export async function isOnQuestion(
  app: App,
  caller: Caller,
  { said, state, incident }: Extract<Submitted, { kind: 'done' }>,
  shown: {
    readonly asked: { readonly before: string | null } | null;
    readonly language: Language;
    readonly options: ComposeOptions;
  },
): Promise<boolean> {
  const { asked, language, options } = shown;
  if (!said || asked?.before === null) return false;
  const card = await questionOf(app, caller, incident);
  if (!card || (asked && newsOf({ card, surface: SURFACE }) === asked.before)) return false;
  return saysWhatChanged(said, { incident, card, language, revision: state.version }, options);
}

/**
 * Returns true if the next question begins with all of an answer's changes, so that they need no message of their own.
 * A small card may have no space for them.
 */
function saysWhatChanged(
  said: Card,
  question: Pick<OutgoingMessage, 'incident' | 'card' | 'language' | 'revision'>,
  options: ComposeOptions,
): boolean {
  const { card, markdown } = compose({ ...question, surface: SURFACE }, options);
  const onCard = JSON.stringify(card);
  const isShown = (text: Text): boolean => {
    const words = localise(text, question.language);
    return markdown?.includes(plainInMarkdown(words)) || onCard.includes(JSON.stringify(words).slice(1, -1));
  };
  const decisions = question.card.blocks.flatMap((block) =>
    block.kind === 'text' ? sentencesOf(block.text).filter((one) => DECISIONS.has(keyOf(one))) : [],
  );
  const needed = sentencesOf(said.summary).filter((one) => keyOf(one) !== IN_THE_VERDICT);
  const isSaid = (one: Text): boolean => isShown(one) || (keyOf(one) === LEVEL_DECIDED && decisions.some(isShown));
  return needed.length > 0 && needed.every(isSaid);
}

const keyOf = (text: Text): string => ('key' in text ? text.key : '');

function sentencesOf(text: Text): readonly Text[] {
  return 'list' in text ? text.list.flatMap(sentencesOf) : [text];
}
