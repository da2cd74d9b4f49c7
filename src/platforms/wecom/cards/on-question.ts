import type { Card } from '../../../conversation/cards/card.ts';
import type { App, Caller, Submitted } from '../../../use-cases/app.ts';
import { newsOf } from '../bot/visible-changes.ts';

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
 * Returns true if the next question shows by itself what an answer changed, and comes. `asked`: it comes again only if it
 * differs from what was seen `before`; null if it comes in any case.
 */
export async function isOnQuestion(
  app: App,
  caller: Caller,
  { onCard, incident }: Extract<Submitted, { kind: 'done' }>,
  asked: { readonly before: string | null } | null,
): Promise<boolean> {
  if (onCard?.key !== SURFACE || asked?.before === null) return false;
  const now = await questionAsked(app, caller, incident);
  return now !== null && now !== asked?.before;
}
