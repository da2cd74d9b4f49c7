import type { App, Caller, Submitted } from '../../../use-cases/app.ts';
import { newsOf } from '../bot/news.ts';
import { questionOf, saysWhatChanged } from '../cards/on-question.ts';

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
  if (isAsked && (asked === null || newsOf({ card, surface: 'question' }) === asked)) return false;
  const next = { incident, card, language: caller.language, revision: state.version };
  return saysWhatChanged(said, next, isAsked ? { flavour: 'app' } : { flavour: 'app', full: true });
}
