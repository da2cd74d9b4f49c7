import { hash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Holidays, Period } from '../law/calendar.ts';
import { leavingNotes } from '../law/leaving.ts';
import { filingAnchor } from '../law/limits.ts';
import { type AnchorDefinition, isTranslation, type Pack } from '../law/pack.ts';
import {
  type CalendarDocument,
  calendarSchema,
  type PackDocument,
  type PackDuty,
  type PackPeriod,
  packSchema,
  type SharedDocument,
  type SimplePackPeriod,
  sharedSchema,
} from '../law/pack-schema.ts';
import type { ObligationRule, PaperDefinition, Regime, RulePeriod } from '../law/regime.ts';
import type { AnchorName } from '../law/types.ts';
import { BASE_REGIME } from './base.ts';
import { faultAt, parsed, RegimeError, type RegimeFault, type YamlFile, yamlFile, yamlIn } from './faults.ts';
import { sourceOf } from './source.ts';

const OWN_FOLDER = fileURLToPath(new URL('.', import.meta.url));

export type PackCase = PackDocument['cases'][number];
export interface LoadedPack {
  readonly pack: Pack;
  readonly cases: readonly PackCase[];
  readonly file: YamlFile;
}

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

/** Checks beyond the schema (check-pack.ts); for built-in packs they only run in tests. */
interface PackChecks {
  checkPack(pack: PackDocument, context: PackContext): readonly PackInconsistency[];
  clashes(loaded: readonly LoadedPack[], base: Regime): readonly RegimeFault[];
}

/**
 * Clock packs, built in and in the folder `extra` (REGIMES_DIR): its `.yaml` files, and holiday calendars in
 * `calendars/`. A calendar of the folder replaces a built-in one with the same id. @throws RegimeError with file, line
 * and reason of every fault.
 */
export function loadPacks(
  base: Regime,
  extra?: string | null,
  checks: PackChecks | null = null,
): ReadonlyMap<string, LoadedPack> {
  const context = contextOf(base, extra);
  const faults: RegimeFault[] = [];
  const loaded = [...yamlIn(join(OWN_FOLDER, 'packs')), ...(extra ? yamlIn(extra) : [])].flatMap((path) => {
    try {
      return [loadedPack(yamlFile(path), context, checks)];
    } catch (error) {
      if (!(error instanceof RegimeError)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  faults.push(...(checks?.clashes(loaded, base) ?? []));
  if (faults.length > 0) throw new RegimeError(faults);
  return new Map(loaded.map((one) => [one.pack.id, one]));
}

/** Loads the packs that go with the product's base regime, by id. Throws RegimeError; a folder needs `checks`. */
export function packsFor(
  regimes: ReadonlyMap<string, Regime>,
  extra?: string | null,
  checks: PackChecks | null = null,
): ReadonlyMap<string, Pack> {
  const base = regimes.get(BASE_REGIME);
  if (!base) throw new Error(`the regime ${BASE_REGIME} is missing`);
  return new Map([...loadPacks(base, extra, checks)].map(([id, { pack }]) => [id, pack]));
}

/** The built-in calendars and shared facts, with the calendars of the folder `extra`. */
export function contextOf(base: Regime, extra?: string | null): PackContext {
  const folders = [OWN_FOLDER, ...(extra ? [extra] : [])].map((folder) => join(folder, 'calendars'));
  const calendars = folders.flatMap(yamlIn).map((path) => parsed(yamlFile(path), calendarSchema));
  return {
    base,
    shared: parsed(yamlFile(join(OWN_FOLDER, 'shared.yaml')), sharedSchema),
    calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
  };
}

/** Loads the pack of a file. Throws RegimeError. */
export function loadedPack(file: YamlFile, context: PackContext, checks: PackChecks | null): LoadedPack {
  const document = parsed(file, packSchema);
  const faults = checks?.checkPack(document, context) ?? [];
  if (faults.length > 0) throw new RegimeError(faults.map(({ path, reason }) => faultAt(file, path, reason)));
  return { pack: toPack(document, context), cases: document.cases, file };
}

/** Pack with all its references resolved. `version` is the hash of the result without the translations. */
function toPack(document: PackDocument, { base, shared, calendars }: PackContext): Pack {
  const { id, title, bound, aware, zone, rank, checked, suggests, excludes, recipients, openQuestions, duties } =
    document;
  const content = {
    id,
    title,
    bound,
    ...(aware ? { aware } : {}),
    zone,
    rank,
    checked,
    status: statusOf(document),
    suggests,
    excludes,
    recipients,
    anchors: [...document.anchors, ...used(shared.anchors, document)],
    facts: [...document.facts, ...used(shared.facts, document)].map((fact) => ({ ...fact, aspects: [] })),
    duties: duties.map((duty) => toRule(duty, document, calendars)),
    openQuestions,
    papers: duties.flatMap((duty) => paperOf(duty, document, { base, shared })),
  };
  const law = JSON.stringify(content, (key, value: unknown) => (isTranslation(key) ? undefined : value));
  return { ...content, version: hash('sha256', law), texts: hash('sha256', JSON.stringify(content)) };
}

/** Status `compared` needs, for each instrument of the duties, the official text or two full copies that were read. */
function statusOf({ instruments, duties }: PackDocument): 'compared' | 'draft' {
  const isRead = ({ source }: PackDuty): boolean => {
    const instrument = instruments[source.instrument];
    const verification = source.verification ?? instrument?.verification;
    const copies = new Set(instrument?.read.map(({ hash }) => hash));
    return (
      (verification === 'primary' && (instrument?.compared.length ?? 0) > 0) ||
      (verification === 'copy' && copies.size > 1)
    );
  };
  return duties.every(isRead) ? 'compared' : 'draft';
}

/** Shared definitions whose ids occur in the rules of a pack. */
function used<T extends SharedDocument['facts'][number] | AnchorDefinition>(
  list: readonly T[],
  { duties, anchors }: PackDocument,
): readonly T[] {
  const words = new Set(JSON.stringify([duties, anchors]).match(/[a-z][a-z0-9_.-]*/g));
  return list.filter(({ id }) => words.has(id));
}

function toRule(duty: PackDuty, document: PackDocument, calendars: PackContext['calendars']): ObligationRule {
  const {
    role,
    anchor,
    period,
    repeat,
    weekend,
    readings,
    rank,
    meaning,
    contents,
    paperTitle,
    letter,
    source,
    after,
    ...rest
  } = duty;
  const resolve = (one: PackPeriod): RulePeriod => toPeriod(one, calendars);
  return {
    ...rest,
    content: role,
    anchor: anchor === undefined ? firstAnchor(period) : anchorName(anchor),
    period: resolve(period),
    regime: document.id,
    rank: rank ?? document.rank,
    zone: document.zone,
    meaning,
    translation: meaning.en,
    source: sourceOf(source, document),
    ...(after ? { after: filingAnchor(after, 'first') } : {}),
    ...(repeat ? { repeat: { minutes: Math.round(repeat.hours * 60), until: repeat.until } } : {}),
    ...(weekend
      ? {
          weekend: {
            holidays: holidaysOf(weekend.calendar, calendars),
            until: weekend.until,
            ...(weekend.unless ? { unless: weekend.unless } : {}),
          },
        }
      : {}),
    ...(readings ? { readings: readings.map((one) => ({ ...one, period: resolve(one.period) })) } : {}),
  };
}

function anchorName(anchor: NonNullable<PackDuty['anchor']>): AnchorName {
  return typeof anchor === 'string' ? anchor : filingAnchor(anchor.filing, anchor.which);
}

function firstAnchor(period: PackPeriod): AnchorName {
  const [first] = 'of' in period ? period.of : [];
  return first ? anchorName(first.anchor) : 'awareness';
}

function toPeriod(period: PackPeriod, calendars: PackContext['calendars']): RulePeriod {
  if (!('of' in period)) return toSimple(period, calendars);
  return {
    kind: period.kind,
    of: period.of.map(({ anchor, period: length, ...lapses }) => ({
      anchor: anchorName(anchor),
      period: toSimple(length, calendars),
      ...lapses,
    })),
  };
}

function toSimple(period: SimplePackPeriod, calendars: PackContext['calendars']): Period {
  if (period.kind === 'promptly' || period.kind === 'blank') return period;
  if (period.kind === 'hours') {
    const { hours, businessDays } = period;
    const minutes = { kind: 'minutes' as const, minutes: Math.round(hours * 60) };
    if (!businessDays) return minutes;
    return {
      ...minutes,
      businessDays: { days: businessDays.days, holidays: holidaysOf(businessDays.calendar, calendars) },
    };
  }
  const { calendar, ...rest } = period;
  if (rest.kind === 'business_days') return { ...rest, holidays: holidaysOf(calendar, calendars) };
  return calendar === undefined ? rest : { ...rest, holidays: holidaysOf(calendar, calendars) };
}

function holidaysOf(id: string | undefined, calendars: PackContext['calendars']): Holidays {
  const calendar = id === undefined ? undefined : calendars.get(id);
  if (!calendar) throw new Error(`the calendar ${id} was checked before`);
  const { covers, weekend, off, worked } = calendar;
  return { off, worked, weekend, calendar: { id: calendar.id, ...covers } };
}

/** The paper of a duty, from the contents the law requires. */
function paperOf(
  duty: PackDuty,
  document: PackDocument,
  { base, shared: { leaving } }: Pick<PackContext, 'base' | 'shared'>,
): readonly PaperDefinition[] {
  const { id, title, paperTitle = title, recipient, contents, letter, source } = duty;
  if (!contents) return [];
  const { language = 'zh', reader = 'authority' } = document.recipients.find((one) => one.id === recipient) ?? {};
  // A paper in Chinese to an authority uses the words of the report, so its kind of reader is left out.
  const own = reader !== 'authority' || language !== 'zh' ? { reader } : {};
  return [
    {
      id,
      title: paperTitle,
      recipient,
      language,
      ...own,
      duties: [id],
      ...(letter ? { letter } : {}),
      sources: [sourceOf(source, document)],
      before: document.zone === base.zone ? [] : [...leavingNotes(base, leaving)],
      sections: [{ id: 'contents', heading: paperTitle, lines: contents }],
    },
  ];
}
