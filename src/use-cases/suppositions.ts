import type { App } from './app.ts';
import { COMPARED_DRILLS, lastDrills } from './drills.ts';
import { jsonOf } from './json.ts';
import type { UseCaseContext } from './use-case-context.ts';

/**
 * Use cases on the duties under other circumstances. They change nothing and affect no clock. Their module loads on
 * first use: nobody needs it in the first minutes of an incident.
 */
export function createWhatIf(context: UseCaseContext): Pick<App, 'whatIf' | 'whatIfChoices'> {
  const { store, regime, packs = [], clock } = context.engine.deps;
  return {
    whatIf: async (id, caller, input, language) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      const drills = await lastDrills(context, caller, COMPARED_DRILLS, id);
      const basis = { events: await store.events(id), regime, packs, drills, at: clock.now() };
      return (await import('./what-if.ts')).whatIfAnswer(basis, input, language);
    },
    whatIfChoices: async (id, caller, language) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      const { choicesOf } = await import('./what-if.ts');
      return jsonOf(choicesOf(context.engine.situation(state), packs, language));
    },
  };
}
