import { type Assessable, circumstancesOf, type Known } from '../../law/circumstances.ts';
import { keptFor, last } from '../../law/kept-for.ts';
import {
  type FactDefinition,
  isOfProvince,
  type Regime,
  type TypeCategory,
  type TypeDefinition,
} from '../../law/regime.ts';
import { remembering } from '../../law/remembered.ts';
import type { Facts, FactValue, Flags, Iso, Operator } from '../../law/types.ts';
import { isRunning } from '../../law/value.ts';
import type { StatedValue } from '../commands/parts.ts';
import type { Entity, System } from '../people/profile.ts';
import { adoptedReadings, readingsOf } from '../readings.ts';
import type { FactEntry, Filing, IncidentState } from '../state.ts';
import { statedText } from './context-facts.ts';

/**
 * Circumstances by the answers of a record; answers are not changed, so that they stand for what follows from them. A few
 * are kept per incident, because values in a weak map of short-lived answers would outlive them until a full garbage
 * collection. New incidents share one object of no answers, and with it what follows from none.
 */
const known = keptFor((_: IncidentState['declared'] | IncidentState['facts']) => remembering<Kept>(4));
interface Kept {
  readonly stated: ReturnType<typeof last<Stated>>;
  readonly assessed: ReturnType<typeof last<Assessable>>;
}
type Stated = Pick<Known, 'operator' | 'facts' | 'flags' | 'raised'> & { readonly isRunning: boolean };
/** Answers by their fact: a table is faster to search for what is not in it than an object, whose shape differs by case. */
type Answers = ReadonlyMap<string, IncidentState['facts'][string]>;

/** Circumstances of a record under its law at `now`; the same object as long as nothing that they contain changes. */
export function lawCircumstances(state: IncidentState, regime: Regime, now: Iso): Assessable {
  const { declared, facts, organisation, relations, imported, readings } = state;
  const { stated, assessed } = known(Object.keys(facts).length === 0 ? facts : declared)(facts, () => ({
    stated: last(),
    assessed: last(),
  }));
  const said = stated([regime, organisation, relations, imported], () => {
    const answers = new Map(Object.entries(facts));
    const ofLaw = lawFacts(state, answers, regime);
    return {
      operator: operatorOf(state, regime),
      facts: ofLaw,
      flags: flagsOf(state, answers, regime),
      raised: raisedFacts(state, answers, regime),
      isRunning: Object.values(ofLaw).some(isRunning),
    };
  });
  // Records without answers share their circumstances, whenever they were declared.
  const adopted = adoptedReadings(state);
  return assessed([said, readings, said.isRunning ? now : null, ...adopted], () =>
    circumstancesOf(regime, { ...said, readings: readingsOf(state), now, openEnded: true }),
  );
}

/**
 * Facts for the law engine: those stated; those of the system's entry in the profile; and "none" for figures of an
 * aspect that people stated as not affected. A judgement is never derived. A stated fact takes precedence over a
 * derived one.
 */
function lawFacts(state: IncidentState, answers: Answers, regime: Regime): Facts {
  const facts: Record<string, FactValue> = {};
  const affected = answers.get('affected')?.value;
  const touched = affected === 'none' ? [] : affected;
  const system = systemOf(state);
  for (const definition of regime.factDefinitions) {
    const value = asFactValue(answers.get(definition.id)?.value) ?? fromProfile(definition.id, system);
    if (value !== undefined) facts[definition.id] = value;
    else if (
      Array.isArray(touched) &&
      definition.kind !== 'judgement' &&
      !definition.aspects.some((one) => touched.includes(one))
    )
      facts[definition.id] = noneOf(definition);
  }
  for (const { id } of regime.packFacts ?? []) {
    const value = asFactValue(answers.get(id)?.value);
    if (value !== undefined) facts[id] = value;
  }
  return facts;
}

/** Flags as answered, otherwise as the type suggests; flags of the profile and of relations come from the record. */
function flagsOf(state: IncidentState, answers: Answers, regime: Regime): Flags {
  const { category, type } = typeOf(state, regime);
  const suggested: Flags = { ...category?.suggests, ...type?.suggests };
  const known = {
    profile: entityOf(state)?.sectorRules !== undefined,
    relations: Object.values(state.relations).some(({ how }) => how === 'related'),
  };
  const flags: Record<string, boolean | 'unknown'> = {};
  for (const { id, from } of regime.flags) {
    const value = from ? known[from] || undefined : (answers.get(id)?.value ?? suggested[id]);
    if (typeof value === 'boolean' || value === 'unknown') flags[id] = value;
  }
  return flags;
}

/**
 * Facts that are raised, even if not known: answered ones, those of an affected aspect (all while "what is affected" is
 * answered as not known), those raised by the incident's type, and all facts of packs.
 */
function raisedFacts(state: IncidentState, answers: Answers, regime: Regime): NonNullable<Known['raised']> {
  const affected = answers.get('affected')?.value;
  const { category } = typeOf(state, regime);
  const { aspectsOf, ofPacks } = raisable(regime);
  const isAffected = (aspects: readonly string[] | undefined): boolean =>
    affected === 'unknown'
      ? aspects !== undefined
      : Array.isArray(affected) && aspects?.some((one) => affected.includes(one)) === true;
  return {
    has: (id) =>
      answers.has(id) || ofPacks.has(id) || category?.raises?.includes(id) === true || isAffected(aspectsOf.get(id)),
  };
}

const raisable = keptFor(({ factDefinitions, packFacts = [] }: Regime) => ({
  aspectsOf: new Map(factDefinitions.map(({ id, aspects }) => [id, aspects] as const)),
  ofPacks: new Set(packFacts.map(({ id }) => id)),
}));

/** Type of the incident with its category; an empty object while the type is not known. */
export function typeOf(state: IncidentState, regime: Regime): Typed {
  const id = state.facts['incident_type']?.value;
  return (typeof id === 'string' && typesOf(regime).get(id)) || {};
}

interface Typed {
  readonly category?: TypeCategory;
  readonly type?: TypeDefinition;
}

const typesOf = keptFor(
  ({ types }: Regime): ReadonlyMap<string, Typed> =>
    new Map(
      types.flatMap((category) => [
        [category.id, { category }] as const,
        ...category.types.map((type) => [type.id, { category, type }] as const),
      ]),
    ),
);

/** Kind of operator: as stated, else by the profile; otherwise either of two until the first question is answered. */
function operatorOf(state: IncidentState, regime: Regime): Operator {
  const stated = state.facts['operator']?.value;
  const only = regime.operators.length === 1 ? regime.operators[0]?.id : undefined;
  const { usual = only, asked } = regime.operatorQuestion ?? {};
  if (Array.isArray(stated)) return stated;
  if (typeof stated === 'object' && 'oneOf' in stated) return stated;
  // The first question covers one kind only: the entity's other kinds in the profile still apply.
  const isOfQuestion = stated === usual || stated === asked;
  if (typeof stated === 'string' && stated !== 'unknown' && !isOfQuestion) return stated;
  const kinds = [entityOf(state)?.operator ?? []].flat().filter((kind) => kind !== usual && kind !== asked);
  const isCii = isOfQuestion && !isOverruled(state, stated === asked) ? stated === asked : involvesAsked(state, asked);
  const rest = kinds.length > 0 ? kinds : [usual ?? 'unknown'];
  if (!asked || isCii === false) return oneOrMore(rest);
  if (isCii === true) return oneOrMore([...kinds, asked]);
  if (kinds.length > 0) return { all: kinds, perhaps: [asked] };
  return usual ? { oneOf: [usual, asked] } : 'unknown';
}

/** Returns true for a "no" stated before the system was named, if the profile marks the system as critical. */
function isOverruled(state: IncidentState, saidYes: boolean): boolean {
  if (saidYes || systemOf(state)?.cii !== true) return false;
  const { operator, system } = state.facts;
  return (operator?.version ?? 0) < (system?.version ?? 0);
}

/** Returns the profile's answer for the system, otherwise for the entity; null if the profile leaves it open. */
function involvesAsked(state: IncidentState, asked: string | undefined): boolean | null {
  const marked = systemOf(state)?.cii;
  if (marked !== undefined) return marked;
  // Until the system is named, every system of the profile is possible.
  if (state.facts['system'] === undefined && state.organisation?.systems.some(({ cii }) => cii === true)) return null;
  const kinds = [entityOf(state)?.operator ?? []].flat();
  if (kinds.length === 0) return null;
  const isOne = asked !== undefined && kinds.includes(asked);
  return isOne && kinds.length > 1 ? null : isOne;
}

function oneOrMore(kinds: readonly string[]): Operator {
  const [only] = kinds;
  return kinds.length === 1 && only !== undefined ? only : kinds;
}

export function systemOf(state: IncidentState): System | null {
  const id = state.facts['system']?.value;
  return state.organisation?.systems.find((s) => s.id === id) ?? null;
}

/** Legal entity that reports: that of the imported list or of the system, otherwise the only one of the profile. */
export function entityOf(state: IncidentState): Entity | null {
  const entities = state.organisation?.entities ?? [];
  const named = state.imported?.entity ?? systemOf(state)?.entity;
  const only = entities.length === 1 ? entities[0] : undefined;
  return entities.find((e) => e.id === named) ?? only ?? null;
}

/** Province of the reporting unit, as stated or by the profile: its id or code in the regime's list. */
export function provinceOf(state: IncidentState, regime: Regime): Regime['provinces']['list'][number] | null {
  const named = statedText(state, 'province') ?? entityOf(state)?.province;
  return regime.provinces.list.find(({ id, code }) => id === named || code === named) ?? null;
}

/**
 * Office whose request a duty is, by its own name: its kind of body may have many offices. Null for any other duty, and
 * for the body of the province, which has names of its own.
 */
export function officeAsking(state: IncidentState, regime: Regime, duty: string): string | null {
  const request = state.requests.find(({ id }) => id === duty);
  if (!request) return null;
  const { body, short } = (isOfProvince(regime, request.recipient) && provinceOf(state, regime)) || {};
  return [body?.zh, short?.zh].includes(request.from) ? null : request.from;
}

/** Answers that name the recipient of a filing; null for one that nobody stated. */
export type Naming = Readonly<Record<'province' | 'system', FactEntry | null>>;
export function namingOf({ facts }: Pick<IncidentState, 'facts'>): Naming {
  return { province: facts['province'] ?? null, system: facts['system'] ?? null };
}

/**
 * State with the names of recipients as they were at a filing: a later answer does not change where it went. A body that
 * nobody had named by then gets its name from the first answer that does.
 */
export function asFiled(state: IncidentState, filing: Pick<Filing, 'naming'> | null | undefined): IncidentState {
  if (!filing?.naming) return state;
  const { province, system } = filing.naming;
  const then = withFact(withFact(state, 'province', province), 'system', system);
  if ((statedText(then, 'province') ?? entityOf(then)?.province) !== undefined) return then;
  return entityOf(then) === null ? state : withFact(then, 'province', state.facts['province'] ?? null);
}

function withFact(state: IncidentState, fact: string, entry: FactEntry | null): IncidentState {
  const { [fact]: _, ...others } = state.facts;
  return { ...state, facts: entry === null ? others : { ...others, [fact]: entry } };
}

function fromProfile(fact: string, system: System | null): FactValue | undefined {
  if (fact !== 'site_kind' || !system || system.siteKind.length === 0) return undefined;
  return system.siteKind;
}

/** Returns true if the profile answers a fact, which therefore nobody is asked: another value contradicts the profile. */
export function isInProfile(state: IncidentState, fact: string, { operatorQuestion }: Regime): boolean {
  return fact === 'operator'
    ? involvesAsked(state, operatorQuestion?.asked) === true
    : fromProfile(fact, systemOf(state)) !== undefined;
}

function noneOf(definition: FactDefinition): FactValue {
  switch (definition.kind) {
    case 'number':
    case 'duration':
      return 0;
    case 'boolean':
      return false;
    case 'many':
      return ['none'];
    default:
      return 'none';
  }
}

function withoutAbsent({ since, until }: { readonly since: string; readonly until?: string | undefined }) {
  return until === undefined ? { since } : { since, until };
}

function asFactValue(value: StatedValue | undefined): FactValue | undefined {
  return typeof value !== 'object' || Array.isArray(value) ? value : asObject(value);
}

/** Value without absent parts. One object per stated value, so that what follows from it is found by its identity. */
const asObject = keptFor((value: Exclude<Extract<StatedValue, object>, readonly string[]>): FactValue | undefined => {
  if ('oneOf' in value) return undefined;
  if ('spans' in value)
    return { spans: value.spans.map((one) => (typeof one === 'number' ? one : withoutAbsent(one))) };
  if ('since' in value) return withoutAbsent(value);
  return {
    ...(value.min === undefined ? {} : { min: value.min }),
    ...(value.max === undefined ? {} : { max: value.max }),
  };
});
