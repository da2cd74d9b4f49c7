import { type LocalAction, localise, localised } from '../conversation/cards/localise.ts';
import { waitingSteps } from '../conversation/next-step/next-step.ts';
import { isOffered } from '../conversation/rooms/offered.ts';
import { shownTitle } from '../incident/record/without-words.ts';
import type { App } from './app.ts';
import { lookerOf } from './directory/access.ts';
import { openSeenBy } from './list.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Steps of one incident that wait for a person, as sentences with their buttons. */
export interface WaitingRow {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  readonly revision: number;
  readonly due: string | null;
  readonly steps: readonly { readonly text: string; readonly actions: readonly LocalAction[] }[];
}

/** Open incidents looked through, the next due first. */
const LOOKED_AT = 100;

/** Steps that wait for the caller, in incidents they take part in and may see whole; drills after real incidents. */
export function createWaiting(context: UseCaseContext): Pick<App, 'waiting'> {
  const { engine, links } = context;
  return {
    waiting: async (caller, language) => {
      const { rows } = await openSeenBy(context, caller, LOOKED_AT);
      const found = await Promise.all(
        rows.map(async ({ id, nextDue }): Promise<readonly WaitingRow[]> => {
          const seen = await context.seen(id, caller);
          const looker = seen && lookerOf(seen.state, caller, links);
          if (!looker || seen.shown.show !== 'all') return [];
          const { state } = seen;
          const situation = engine.situation(state);
          const readers = { people: [{ acting: looker, sees: seen.shown }], aloud: false };
          if (!looker.actors.some((actor) => actor in state.people)) return [];
          const steps = waitingSteps(situation, looker).map(({ text, actions }) => ({
            text: localise(text, language),
            actions: actions
              .filter(({ does }) => isOffered(does, situation, readers))
              .map((action) => localised(action, language)),
          }));
          const { drill, version } = state;
          return steps.length === 0
            ? []
            : [{ id, title: shownTitle(state), drill, revision: version, due: nextDue, steps }];
        }),
      );
      return found.flat().toSorted((a, b) => Number(a.drill) - Number(b.drill));
    },
  };
}
