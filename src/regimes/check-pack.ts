import type { Condition } from '../law/condition.ts';
import { dateFaults } from '../law/dated.ts';
import { entryOf } from '../law/lookup.ts';
import { leavesOf } from '../law/mentions.ts';
import type { CalendarDocument, PackDocument, PackDuty, PackPeriod, SharedDocument } from '../law/pack-schema.ts';
import type { Regime } from '../law/regime.ts';
import { factFaults } from './check.ts';
import { faultAt, type RegimeFault } from './faults.ts';
import type { LoadedPack } from './load-packs.ts';

/** Definitions a pack may refer to beside its own parts. */
export interface PackContext {
  readonly base: Regime;
  readonly shared: SharedDocument;
  readonly calendars: ReadonlyMap<string, CalendarDocument>;
}

export interface PackInconsistency {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/** Everything in one pack that a schema cannot see: names that lead nowhere, dates and options that do not fit. */
export function checkPack(pack: PackDocument, context: PackContext): readonly PackInconsistency[] {
  return [
    ...duplicates(pack),
    ...pack.facts.flatMap((fact, index) => optionFaults(fact).map((reason) => ({ path: ['facts', index], reason }))),
    ...pack.anchors.flatMap(({ when }, index) => conditionFaults(when, pack, context, ['anchors', index, 'when'])),
    ...pack.duties.flatMap((duty, index) => dutyFaults(duty, pack, context, ['duties', index])),
    ...validityFaults(pack),
    ...zoneFaults(pack),
  ];
}

function duplicates(pack: PackDocument): readonly PackInconsistency[] {
  return (['recipients', 'anchors', 'facts', 'openQuestions'] as const).flatMap((key) => {
    const ids = pack[key].map(({ id }) => id);
    return ids.flatMap((id, index) =>
      ids.indexOf(id) === index ? [] : [{ path: [key, index, 'id'], reason: `the id ${id} is used twice` }],
    );
  });
}

function zoneFaults({ zone }: PackDocument): readonly PackInconsistency[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return [];
  } catch {
    return [{ path: ['zone'], reason: `${zone} is not an IANA time zone, e.g. Europe/Brussels` }];
  }
}

function validityFaults(pack: PackDocument): readonly PackInconsistency[] {
  return dateFaults(pack.duties).map(({ id, kind, at }) => ({
    path: ['duties', pack.duties.findIndex((duty) => duty.id === id && duty.from === at), 'from'],
    reason: `${kind} of validity of ${id} at ${at}`,
  }));
}

function dutyFaults(duty: PackDuty, pack: PackDocument, context: PackContext, at: readonly PropertyKey[]) {
  const fault = (path: readonly PropertyKey[], reason: string): PackInconsistency => ({
    path: [...at, ...path],
    reason,
  });
  const { recipient, anchor, period, repeat, after, weekend, source, readings = [], when, contents = [] } = duty;
  const instrument = entryOf(pack.instruments, source.instrument);
  const several = 'of' in period;
  return [
    ...(has(pack.recipients, recipient) || has(context.base.recipients, recipient)
      ? []
      : [fault(['recipient'], `unknown recipient ${recipient}; add it under recipients`)]),
    ...(instrument ? [] : [fault(['source', 'instrument'], `unknown instrument ${source.instrument}`)]),
    ...(instrument && duty.from < instrument.effective
      ? [fault(['from'], `before the instrument is in force (${instrument.effective})`)]
      : []),
    ...(several === (anchor !== undefined)
      ? [fault(['anchor'], several ? 'leave it out: the parts of the period have anchors' : 'a duty needs an anchor')]
      : []),
    ...[
      anchor,
      repeat?.until,
      ...(after === undefined ? [] : [{ filing: after, which: 'first' as const }]),
      ...(several ? period.of.flatMap((part) => [part.anchor, ...(part.lapses ? [part.lapses] : [])]) : []),
    ].flatMap((one) =>
      one === undefined ? [] : anchorFaults(one, pack, context).map((reason) => fault(['anchor'], reason)),
    ),
    ...[period, ...readings.map((one) => one.period)].flatMap((one) =>
      periodFaults(one, context).map((reason) => fault(['period'], reason)),
    ),
    ...(weekend && !context.calendars.has(weekend.calendar)
      ? [fault(['weekend', 'calendar'], unknownCalendar(weekend.calendar, context))]
      : []),
    ...readings.flatMap(({ question, reading }, index) =>
      readingFaults(question, reading, pack).map((reason) => fault(['readings', index], reason)),
    ),
    ...conditionFaults(when, pack, context, [...at, 'when']),
    ...conditionFaults(weekend?.unless, pack, context, [...at, 'weekend', 'unless']),
    ...contents.flatMap((line, index) =>
      lineFaults(line, pack, context).map((reason) => fault(['contents', index], reason)),
    ),
  ];
}

function anchorFaults(anchor: NonNullable<PackDuty['anchor']>, pack: PackDocument, { shared, base }: PackContext) {
  if (typeof anchor !== 'string') {
    const known = has(pack.duties, anchor.filing) || has(base.obligations, anchor.filing);
    return known ? [] : [`no duty is called ${anchor.filing}`];
  }
  const ids = [...base.anchors, ...pack.anchors.map(({ id }) => id), ...shared.anchors.map(({ id }) => id)];
  return ids.some((id) => id === anchor) ? [] : [`unknown anchor ${anchor}; known: ${ids.join(', ')}`];
}

function periodFaults(period: PackPeriod, context: PackContext): readonly string[] {
  if ('of' in period) return period.of.flatMap((part) => periodFaults(part.period, context));
  const calendar =
    period.kind === 'hours' ? period.businessDays?.calendar : 'calendar' in period ? period.calendar : undefined;
  const needed = 'rollOver' in period && period.rollOver !== 'none' && calendar === undefined;
  return [
    ...(needed ? ['rollOver needs a calendar'] : []),
    ...(calendar === undefined || context.calendars.has(calendar) ? [] : [unknownCalendar(calendar, context)]),
  ];
}

function unknownCalendar(id: string, { calendars }: PackContext): string {
  return `unknown calendar ${id}; known: ${[...calendars.keys()].join(', ')}`;
}

function readingFaults(question: string, reading: string, pack: PackDocument): readonly string[] {
  const known = pack.openQuestions.find(({ id }) => id === question);
  if (!known) return [`unknown open question ${question}`];
  if (known.readings[0]?.id === reading) return [`${reading} is the cautious reading: its period is that of the duty`];
  return has(known.readings, reading) ? [] : [`open question ${question} has no reading ${reading}`];
}

/** Faults of a condition on facts of the pack, of those that packs share, and of the base regime. */
function conditionFaults(
  condition: Condition | undefined,
  pack: PackDocument,
  { base, shared }: PackContext,
  path: readonly PropertyKey[],
): readonly PackInconsistency[] {
  const facts = [...pack.facts, ...shared.facts, ...base.factDefinitions];
  const faults =
    condition === undefined
      ? []
      : leavesOf(condition).flatMap((leaf): readonly string[] => {
          if ('fact' in leaf) return factFaults(leaf, { facts });
          if ('question' in leaf) {
            const known = pack.openQuestions.find(({ id }) => id === leaf.question);
            return known && has(known.readings, leaf.reading)
              ? []
              : [`unknown open question or reading ${leaf.question}`];
          }
          if ('flag' in leaf) return has(base.flags, leaf.flag) ? [] : [`unknown flag ${leaf.flag}`];
          return 'operator' in leaf && !has(base.operators, leaf.operator) ? [`unknown operator ${leaf.operator}`] : [];
        });
  return faults.map((reason) => ({ path, reason }));
}

function lineFaults(
  line: NonNullable<PackDuty['contents']>[number],
  pack: PackDocument,
  { base, shared }: PackContext,
): readonly string[] {
  const fields = base.items.flatMap((item) => item.fields);
  const facts = [...pack.facts, ...shared.facts, ...base.factDefinitions];
  // With fields `write` stands in for empty ones.
  const write = line.fields ? undefined : line.write;
  const places = [line.fields, line.facts, line.own, write].filter((one) => one !== undefined);
  return [
    ...(places.length === 1 ? [] : ['needs exactly one of fields, facts, own and write']),
    ...(line.fields ?? []).filter((id) => !has(fields, id)).map((id) => `unknown field ${id}`),
    ...(line.facts ?? []).filter((id) => !has(facts, id)).map((id) => `unknown fact ${id}`),
  ];
}

/** A choice needs options, one of them `none`; a judgement begins with it. */
function optionFaults({ kind, options }: PackDocument['facts'][number]): readonly string[] {
  const chosen = kind === 'one' || kind === 'many' || kind === 'judgement';
  if (chosen !== (options !== undefined)) return [chosen ? 'needs options' : 'must not have options'];
  if (options === undefined) return [];
  if (!has(options, 'none')) return ['needs the option none'];
  return kind === 'judgement' && options[0]?.id !== 'none' ? ['a judgement starts with none'] : [];
}

/** Ids that two packs, or a pack and the base regime, use for different things. */
export function clashes(loaded: readonly LoadedPack[], base: Regime): readonly RegimeFault[] {
  const taken = new Map<string, { readonly by: string; readonly as: string }>();
  for (const list of [base.obligations, base.factDefinitions, base.openQuestions, base.recipients])
    for (const { id } of list) taken.set(id, { by: base.id, as: '' });
  return loaded.flatMap(({ pack, file }) =>
    (['duties', 'recipients', 'openQuestions', 'facts', 'anchors'] as const).flatMap((key) =>
      [...Map.groupBy<string, { readonly id: string }>(pack[key], ({ id }) => id)].flatMap(([id, versions]) => {
        const as = JSON.stringify(versions);
        const holder = taken.get(id);
        taken.set(id, holder ?? { by: pack.id, as });
        return holder === undefined || holder.as === as
          ? []
          : [faultAt(file, [key], `${holder.by} already has the id ${id}`)];
      }),
    ),
  );
}

function has(list: readonly { readonly id: string }[], id: string): boolean {
  return list.some((entry) => entry.id === id);
}
