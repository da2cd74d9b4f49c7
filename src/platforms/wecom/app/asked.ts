import type { Card } from '../../../conversation/card.ts';
import type { App, Caller, Submitted } from '../../../use-cases/app.ts';
import { newsOf } from '../bot/news.ts';
import { saysWhatChanged } from '../cards/on-question.ts';

const SURFACE = 'question';

async function questionOf(app: App, caller: Caller, incident: string): Promise<Card | null> {
  const card = await app.view({ view: SURFACE, args: { incident } }, caller);
  return 'code' in card ? null : card;
}

/** What people must see again of the question of an incident; null if there is none. */
export async function questionAsked(app: App, caller: Caller, incident: string | null): Promise<string | null> {
  const card = incident === null || incident === '' ? null : await questionOf(app, caller, incident);
  return card && newsOf({ card, surface: SURFACE });
}

interface Answered {
  readonly result: Extract<Submitted, { kind: 'done' }>;
  /** What they had seen of the question before. */
  readonly asked: string | null;
  /** The room sends its questions to them; whoever else answers is shown the next one in full. */
  readonly isAsked: boolean;
}

/** Whether the question they get next says what their answer changed: then it is not said before it as well. */
export async function isOnNext(app: App, caller: Caller, { result, asked, isAsked }: Answered): Promise<boolean> {
  const { said, state, incident } = result;
  const card = said ? await questionOf(app, caller, incident) : null;
  if (!said || !card) return false;
  // An unchanged question does not come again.
  if (isAsked && (asked === null || newsOf({ card, surface: SURFACE }) === asked)) return false;
  const next = { incident, card, language: caller.language, revision: state.version, surface: SURFACE };
  return saysWhatChanged(said, next, isAsked ? { flavour: 'app' } : { flavour: 'app', full: true });
}
