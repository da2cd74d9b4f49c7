import type { FormRef } from '../../conversation/cards/card.ts';
import {
  actOfForm,
  readsAssessment as mayReadAssessment,
  type Readers,
  readersOf,
} from '../../conversation/rooms/abroad.ts';
import { admission } from '../../incident/decide/admission.ts';
import type { Role } from '../../incident/identity.ts';
import { type Acting, actingOf } from '../../incident/people/rights.ts';
import type { IncidentState } from '../../incident/state.ts';
import { sight, type Viewer } from '../../incident/visibility.ts';
import type { Caller } from '../app.ts';
import { catalogueOf } from '../classify/catalogue.ts';
import type { EngineDependencies } from '../engine.ts';
import type { Refusal } from '../ports.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import { hasLeftProfile, type Known, personBehind } from './links.ts';

/** Viewer for the visibility checks, with data from the platform and the links. */
export function viewerOf(
  caller: Caller | 'api',
  { readsRoom, links, profile }: Pick<EngineDependencies, 'readsRoom' | 'links' | 'profile'>,
): Viewer | { readonly kind: 'api' } {
  if (caller === 'api') return { kind: 'api' };
  return {
    kind: 'viewer',
    account: caller.account,
    person: links?.personOf(caller.account) ?? null,
    room: caller.room ?? null,
    aloud: caller.aloud ?? false,
    outside: caller.outside ?? false,
    reads: (room) => readsRoom(room, caller),
    ...(caller.audits === undefined ? {} : { audits: caller.audits }),
    keepsRegister: keepsRegister({ profile, ...(links ? { links } : {}) }, caller),
    left: (person) => hasLeftProfile({ profile, ...(links ? { links } : {}) }, caller.account, person),
  };
}

/** Returns true for a person with a profile entry or a role by sign-in; without a profile for everybody. */
export function isMember(known: Known, { account, roles = [] }: Pick<Caller, 'account' | 'roles'>): boolean {
  return known.profile() === null || roles.length > 0 || personBehind(known, account) !== null;
}

/** Roles that keep the register, i.e. are responsible for the reports. */
export const KEEPERS: ReadonlySet<Role> = new Set<Role>(['lead', 'approver', 'legal', 'administrator']);
/** Returns true for people with such a role (current profile or sign-in), without a profile for everybody. */
export function keepsRegister(known: Known, { account, roles = [] }: Pick<Caller, 'account' | 'roles'>): boolean {
  const all = [...roles, ...(personBehind(known, account)?.roles ?? [])];
  return known.profile() === null || all.some((role) => KEEPERS.has(role));
}

/** Person who asks, as needed for rights and the next step; null for the API's token. */
export function lookerOf(
  state: IncidentState,
  caller: Caller | 'api',
  { links }: Pick<EngineDependencies, 'links'>,
): Acting | null {
  if (caller === 'api') return null;
  const { account, roles, isLocal, audits } = caller;
  const person = links?.personOf(account) ?? null;
  return actingOf(state, {
    ...{ account, person, readsOnly: audits !== undefined },
    ...(roles ? { roles } : {}),
    ...(isLocal ? { isLocal } : {}),
  });
}

/** Readers of the answer to a caller, who get its buttons; null for the API's token, which has none. */
export function readersFor(state: IncidentState, caller: Caller | 'api', deps: EngineDependencies): Readers | null {
  const acting = lookerOf(state, caller, deps);
  if (caller === 'api' || !acting) return null;
  if (caller.aloud) return { ...readersOf(state, caller.room ?? null), aloud: true };
  return { people: [{ acting, sees: sight(state, viewerOf(caller, deps)) }], aloud: false };
}

/** Refusal of a form, naming people with the right that the person lacks; null if the person has it. */
export async function formRefusal(
  { engine, askedFor }: Pick<UseCaseContext, 'engine' | 'askedFor'>,
  state: IncidentState,
  ref: FormRef,
  caller: Caller,
): Promise<Refusal | null> {
  const { regime } = engine.situation(state);
  const acting = lookerOf(state, caller, engine.deps);
  const right = actOfForm(ref, regime);
  if (!right || !acting) return null;
  const refusal = admission(state, right, acting, sight(state, viewerOf(caller, engine.deps)), {
    catalogue: catalogueOf(regime),
  });
  return refusal && askedFor(refusal, { state, right, caller, room: caller.room ?? null });
}

/** Returns true if the caller may read the internal assessment; the API's token may. */
export function readsAssessment(
  state: IncidentState,
  caller: Caller | 'api',
  known: Pick<EngineDependencies, 'links'>,
): boolean {
  const looker = lookerOf(state, caller, known);
  return !looker || mayReadAssessment(state, looker);
}
