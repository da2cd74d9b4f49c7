import type { Block, Card } from '../conversation/cards/card.ts';
import { buttons } from '../conversation/cards/sentence.ts';
import { isOpening } from '../conversation/cards/surfaces.ts';
import { newsOf } from '../conversation/cards/visible-changes.ts';
import type { App, Caller, Submitted } from '../use-cases/app.ts';

/** News on the cards of an incident for one reader: equal news are not posted again, null is none. */
export interface Seen {
  /** `any`: the question comes in any case, as only the first card asked one. */
  readonly question: { readonly before: string | null } | 'any';
  readonly status: string | null | undefined;
  /** The next step, as `nextOf`. */
  readonly next: readonly Block[];
}

/** Next step on a status card, in one line with its button; none where a question asks for it. */
export function nextOf({ blocks }: Card): readonly Block[] {
  const actions = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
  const [first] = actions.filter(({ style }) => style === 'primary');
  const text = blocks.find((block) => block.kind === 'text' && block.next === true);
  const isAsked = first?.does.kind === 'view' && first.does.view.view === 'question';
  return text && first && !isAsked ? [text, ...buttons([first])] : [];
}

/** Card of a surface as somebody sees it; null if there is none for them. */
export async function surfaceCard(
  app: App,
  caller: Caller,
  incident: string | null,
  surface: 'question' | 'status',
): Promise<Card | null> {
  if (incident === null || incident === '') return null;
  const card = await app.view({ view: surface, args: { incident } }, caller);
  return 'code' in card ? null : card;
}

/** Undefined: there is no such card. */
async function newsFor(...of: Parameters<typeof surfaceCard>): Promise<string | null | undefined> {
  const card = await surfaceCard(...of);
  return card ? newsOf({ card, surface: of[3] }) : undefined;
}

/** News of the cards before a change. `postsOnce`: the first card of an incident asks its first question. */
export async function seenSoFar(app: App, caller: Caller, incident: string | null, postsOnce = false): Promise<Seen> {
  const state = incident === null || incident === '' || !postsOnce ? null : await app.state(incident, caller);
  const before = (await newsFor(app, caller, incident, 'question')) ?? null;
  const card = await surfaceCard(app, caller, incident, 'status');
  return {
    question: state && isOpening(state) ? 'any' : { before },
    status: card ? newsOf({ card, surface: 'status' }) : undefined,
    next: card ? nextOf(card) : [],
  };
}

type Done = Extract<Submitted, { kind: 'done' }>;
/** Returns true if the next question shows by itself what an answer changed, and comes: new, or not as it was before. */
export async function isOnQuestion(
  app: App,
  caller: Caller,
  { onCard, incident }: Pick<Done, 'onCard' | 'incident'>,
  seen: Seen['question'],
): Promise<boolean> {
  if (onCard?.key !== 'question' || (seen !== 'any' && seen.before === null)) return false;
  const now = (await newsFor(app, caller, incident, 'question')) ?? null;
  return now !== null && (seen === 'any' || now !== seen.before);
}

/** Status card that a change brings anew; null if it stays as people have seen it. */
export async function statusAnew(app: App, caller: Caller, incident: string, seen: Seen): Promise<Card | null> {
  const card = seen.status === undefined ? null : await surfaceCard(app, caller, incident, 'status');
  const news = card && newsOf({ card, surface: 'status' });
  return news !== null && news !== seen.status ? card : null;
}
