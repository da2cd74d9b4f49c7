import { contractDuty } from '../incident/people/contracts.ts';
import { dateFaults } from '../law/dated.ts';
import { entryOf } from '../law/lookup.ts';
import type { PackDocument, PackDuty, PackPeriod } from '../law/pack-schema.ts';
import type { Regime } from '../law/regime.ts';
import { conditionFaults, has, lineFaults, type Names, optionFaults, usedTwice } from './check-names.ts';
import { faultAt, type RegimeFault, yamlFile } from './faults.ts';
import { contextOf, type LoadedPack, loadedPack, type PackContext, type PackInconsistency } from './load-packs.ts';

/** Loads a company file beside the built-in calendars and shared facts, for `regime check FILE`. Throws RegimeError. */
export function loadPackFile(base: Regime, path: string, extra?: string | null): LoadedPack {
  return loadedPack(yamlFile(path), contextOf(base, extra), { checkPack, clashes });
}

/** Faults of one pack beyond its schema: unknown names, dates and options that do not fit. */
export function checkPack(pack: PackDocument, context: PackContext): readonly PackInconsistency[] {
  const names = namesFor(pack, context);
  return [
    ...duplicates(pack),
    ...pack.facts.flatMap((fact, index) => optionFaults(fact).map((reason) => ({ path: ['facts', index], reason }))),
    ...pack.anchors.flatMap(({ when }, index) =>
      conditionFaults(when, names).map((reason) => ({ path: ['anchors', index, 'when'], reason })),
    ),
    ...pack.duties.flatMap((duty, index) => dutyFaults(duty, pack, context, ['duties', index])),
    ...dateFaults(pack.duties).map(({ id, kind, at }) => ({
      path: ['duties', pack.duties.findIndex((duty) => duty.id === id && duty.from === at), 'from'],
      reason: `${kind} of validity of ${id} at ${at}`,
    })),
    ...zoneFaults(pack),
  ];
}

function duplicates(pack: PackDocument): readonly PackInconsistency[] {
  return (['recipients', 'anchors', 'facts', 'openQuestions'] as const).flatMap((key) => {
    const ids = pack[key].map(({ id }) => id);
    return usedTwice(ids).map(({ id, index }) => ({ path: [key, index, 'id'], reason: `the id ${id} is used twice` }));
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

function dutyFaults(duty: PackDuty, pack: PackDocument, context: PackContext, at: readonly PropertyKey[]) {
  const fault = (path: readonly PropertyKey[], reason: string): PackInconsistency => ({
    path: [...at, ...path],
    reason,
  });
  const { recipient, anchor, period, repeat, after, weekend, source, readings = [], when, contents = [] } = duty;
  const instrument = entryOf(pack.instruments, source.instrument);
  const names = namesFor(pack, context);
  const fields = context.base.items.flatMap((item) => item.fields);
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
    ...conditionFaults(when, names).map((reason) => fault(['when'], reason)),
    ...conditionFaults(weekend?.unless, names).map((reason) => fault(['weekend', 'unless'], reason)),
    ...contents.flatMap((line, index) =>
      lineFaults(line, ['fields', 'facts', 'own', 'write'], { fields, facts: names.facts }).map((reason) =>
        fault(['contents', index], reason),
      ),
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

/** Names available to a condition of the pack: its own, those shared by packs, and those of the base regime. */
function namesFor({ facts, openQuestions }: PackDocument, { base, shared }: PackContext): Names {
  const { flags, operators, factDefinitions } = base;
  return { flags, operators, openQuestions, facts: [...facts, ...shared.facts, ...factDefinitions] };
}

/**
 * Faults of ids that two packs, or a pack and the base regime, use for different things: ids of packs and of their
 * definitions. Ids of contracts are reserved, so no pack may use them.
 */
export function clashes(loaded: readonly LoadedPack[], base: Regime): readonly RegimeFault[] {
  return [...packClashes(loaded), ...partClashes(loaded, base)];
}

/** Faults of two files with the same id: it would be chance which of them applies to an incident. */
function packClashes(loaded: readonly LoadedPack[]): readonly RegimeFault[] {
  return loaded.flatMap(({ pack, file }, index) => {
    const first = loaded.findIndex((one) => one.pack.id === pack.id);
    const other = loaded[first];
    const isSame = other?.pack.version === pack.version && other.pack.texts === pack.texts;
    if (other === undefined || first === index || isSame) return [];
    return [faultAt(file, ['id'], `${other.file.name} already has the id ${pack.id} and says something else`)];
  });
}

function partClashes(loaded: readonly LoadedPack[], base: Regime): readonly RegimeFault[] {
  const taken = new Map<string, { readonly by: string; readonly as: string }>();
  for (const list of [base.obligations, base.factDefinitions, base.openQuestions, base.recipients])
    for (const { id } of list) taken.set(id, { by: base.id, as: '' });
  return loaded.flatMap(({ pack, file }) =>
    (['duties', 'recipients', 'openQuestions', 'facts', 'anchors'] as const).flatMap((key) =>
      [...Map.groupBy<string, { readonly id: string }>(pack[key], ({ id }) => id)].flatMap(([id, versions]) => {
        if (id.startsWith(contractDuty(''))) return [faultAt(file, [key], `${id}: contract. begins ids of contracts`)];
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
