import type { App, Caller } from '../app.ts';
import { KEEPERS, keepsRegister } from '../directory/access.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import type { InspectionSources } from './inspection.ts';

/** Inspection packs for people who keep the register, and for programs. */
export function createInspection(context: UseCaseContext): Pick<App, 'inspection' | 'inspectionUnits'> {
  const { store, profile, clock } = context.engine.deps;
  const known = { profile, ...(context.links ? { links: context.links } : {}) };
  const isAllowed = (caller: Caller | 'api'): boolean =>
    caller === 'api' || caller.audits !== undefined || keepsRegister(known, caller);
  /** Returns true for an entity whose pack the caller may have: an auditor only that of one entity. */
  const isTheirs = (caller: Caller | 'api', entity: string | undefined): boolean =>
    caller === 'api' || caller.audits === undefined || caller.audits === entity;
  return {
    inspectionUnits: (caller) => {
      const allowed = isAllowed(caller);
      const entities = allowed ? (profile()?.entities ?? []) : [];
      const own = entities.filter(({ id }) => isTheirs(caller, id));
      return { allowed, units: own.map(({ id, name }) => ({ id, name })) };
    },
    inspection: async (caller, query, order) => {
      if (!isAllowed(caller) || !isTheirs(caller, query.entity))
        return { code: 'forbidden', params: { roles: [...KEEPERS] } };
      const sources: InspectionSources = {
        store,
        organisation: profile(),
        map: await context.inspection(),
        situation: (state) => context.engine.situation(state),
        shown: (state) => context.visibility(state, caller),
        counts: (state) => caller === 'api' || !caller.audits || context.visibility(state, caller).show !== 'nothing',
        readsReasons: (state) => context.counsel(state, caller) === null,
      };
      // The module loads on first use: nobody needs a pack in the first minutes of an incident.
      const { inspected, inspectionFile } = await import('./inspection.ts');
      const found = await inspected(sources, query, new Date(clock.now()).toISOString());
      return 'code' in found ? found : inspectionFile(await context.documents(), found, sources, query, order);
    },
  };
}
