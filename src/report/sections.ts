import type { MessageKey } from '../i18n/keys.ts';
import { isReport } from '../incident/approvals.ts';
import { typeOf } from '../incident/facts/law-facts.ts';
import type { Paragraph, Run, Section } from '../incident/report-document.ts';
import type { FieldDefinition, ItemDefinition, PartDefinition } from '../law/regime.ts';
import { nameOfField, reportWith } from '../law/regime.ts';
import { type FieldReading, isLeftBlank, isOptional, openRun, pendingRun, readField } from './fields.ts';
import { momentOf, partNumber, sectionNumber } from './format.ts';
import { filedTo } from './head.ts';
import { numbered } from './paper.ts';
import { factRun, filedAtText, paragraph, phrase, sentence, toSupplement } from './runs.ts';
import { law, levelName, reportName, type Sheet, say } from './sheet.ts';

export function headingOf(sheet: Pick<Sheet, 'language'>, { heading, title }: ItemDefinition): string {
  return law(sheet, heading ?? title);
}

/** Fields printed in the same paragraph as another field: field → the field before it. */
const TOGETHER: Readonly<Record<string, string>> = {
  credit_code: 'unit',
  mlps_level: 'system',
  mlps_filing: 'system',
  deployment: 'system',
  users: 'system',
  occurrence_time: 'discovery_time',
  effect: 'measures',
  ransom_method: 'ransom_amount',
  ransom_date: 'ransom_amount',
  ransom_paid: 'ransom_amount',
};

/** The items of the first report, in the order of the law. */
export function itemSections(sheet: Sheet): readonly Section[] {
  return sheet.regime.items.map((item) => ({
    id: item.id,
    number: sectionNumber(item.n, sheet.language),
    heading: headingOf(sheet, item),
    blocks: itemParagraphs(sheet, item),
  }));
}

export function fieldsInForce(sheet: Sheet, item: ItemDefinition): readonly FieldDefinition[] {
  return item.fields.filter(({ onlyIf }) => onlyIf === undefined || isFlagged(sheet, onlyIf));
}

/** Returns true if a flag holds: by its own answer, by `affected` (e.g. `personal_info`), or by the chosen type. */
export function isFlagged({ state, regime }: Pick<Sheet, 'state' | 'regime'>, flag: string): boolean {
  const { category, type } = typeOf(state, regime);
  const affected = state.facts['affected']?.value;
  if (Array.isArray(affected) && affected.includes(flag)) return true;
  return state.facts[flag]?.value === true || { ...category?.suggests, ...type?.suggests }[flag] === true;
}

function itemParagraphs(sheet: Sheet, item: ItemDefinition): readonly Paragraph[] {
  const readings = fieldsInForce(sheet, item)
    .map((definition) => readField(sheet, definition))
    .filter(({ definition, runs }) => runs !== null || !isOptional(definition));
  const pending = readings.map((reading) => pendingRun(sheet, reading));
  const [first] = pending;
  const isOne = !readings.some(isLeftBlank) && pending.every((run) => run.text === first?.text);
  if (first && isOne && readings.every(({ runs }) => runs === null)) {
    return [paragraph(item.id, sentence(sheet, [first]))];
  }
  return fieldParagraphs(sheet, readings);
}

/** One paragraph per field, or per group of related fields; numbered where there are several. */
function fieldParagraphs(sheet: Sheet, readings: readonly FieldReading[]): readonly Paragraph[] {
  const groups = grouped(readings);
  return groups.map((group, index) => {
    const [head] = group;
    const alone = groups.length === 1 && group.length === 1;
    return paragraph(head.definition.id, sentence(sheet, groupRuns(sheet, group)), {
      number: groups.length > 1 ? partNumber(index + 1, sheet.language) : null,
      label: alone ? null : law(sheet, head.definition.label),
    });
  });
}

type Group = readonly [FieldReading, ...FieldReading[]];

function grouped(readings: readonly FieldReading[]): readonly Group[] {
  const groups: [FieldReading, ...FieldReading[]][] = [];
  for (const reading of readings) {
    const host = TOGETHER[nameOfField(reading.definition.id)];
    const group = host === undefined ? undefined : groups.find(([head]) => nameOfField(head.definition.id) === host);
    if (group) group.push(reading);
    else groups.push([reading]);
  }
  return groups;
}

/** Runs of a group: …；发生时间：… The paragraph itself has the label of the first field. */
function groupRuns(sheet: Sheet, group: Group): readonly Run[] {
  return group.flatMap((reading, index): readonly Run[] => {
    const text = reading.runs ?? [pendingRun(sheet, reading)];
    if (index === 0) return text;
    return [phrase(say(sheet, 'report.labelled', { label: law(sheet, reading.definition.label) })), ...text];
  });
}

/** Sections of the summary report: an outline of the incident, then the parts in the order of the law. */
export function summarySections(sheet: Sheet): readonly Section[] {
  const parts = sheet.regime.parts.map((part) => ({
    id: part.id,
    heading: law(sheet, part.label),
    blocks: [paragraph(part.id, sentence(sheet, partRuns(sheet, part)))],
  }));
  return numbered(sheet, [overview(sheet), ...parts]);
}

/** Fields of the first report that outline an incident: time, place, kind, severity, extent. */
const OUTLINE = ['system', 'discovery_time', 'occurrence_time', 'type', 'level', 'impact'];

function overview(sheet: Sheet): Omit<Section, 'number'> {
  const fields = sheet.regime.items.flatMap((item) => item.fields);
  const readings = OUTLINE.flatMap((name) => fields.find(({ id }) => nameOfField(id) === name) ?? [])
    .map((definition) => readField(sheet, definition))
    .filter(({ definition, runs }) => runs !== null || definition.required === 'now');
  const paragraphs = fieldParagraphs(sheet, readings);
  const course = courseOfHandling(sheet);
  const label = say(sheet, 'report.overview.timeline');
  const number = partNumber(paragraphs.length + 1, sheet.language);
  const last = course === '' ? [] : [paragraph(COURSE, sentence(sheet, [factRun(course, COURSE)]), { number, label })];
  return { id: 'overview', heading: say(sheet, 'report.overview'), blocks: [...paragraphs, ...last] };
}
const COURSE = 'overview.course';

/** Course of handling: recorded discovery, levels decided, reports filed and end of handling, by time; '' for none. */
export function courseOfHandling(sheet: Sheet): string {
  const { state, ia, regime } = sheet;
  const first = reportWith(regime, 'first');
  const { awareness } = ia.anchors;
  const filings = state.filings.filter(isReport);
  const isToSeveral = new Set(filings.map(({ recipient }) => recipient)).size > 1;
  type Step = readonly [at: string, key: MessageKey, what: string, shown?: string | undefined, to?: string];
  const steps: readonly Step[] = [
    ...(awareness === undefined ? [] : [[awareness, 'report.course.aware', ''] as const]),
    ...state.gradings.map(({ at, level, authority }): Step => {
      const what = levelName(sheet, level);
      return authority === undefined
        ? [at, 'report.course.level', what]
        : [at, 'report.course.level_authority', what, undefined, authority];
    }),
    ...filings.map((filing): Step => {
      const what = reportName(sheet, filing.report ?? first);
      const to = isToSeveral ? say(sheet, 'report.intro.to', { office: filedTo(sheet, filing) }) : '';
      return [filing.filedAt, 'report.course.filed', what, filedAtText(sheet, filing), to];
    }),
    ...(state.handlingEnded ? [[state.handlingEnded.instant, 'report.course.ended', ''] as const] : []),
  ];
  const told = steps
    .toSorted(([a], [b]) => Date.parse(a) - Date.parse(b))
    .map(([at, key, what, shown, to = '']) => say(sheet, key, { at: shown ?? momentOf(at, sheet.language), what, to }));
  return [...new Set(told)].join(say(sheet, 'report.semicolon'));
}

function partRuns(sheet: Sheet, part: PartDefinition): readonly Run[] {
  const reading = readField(sheet, partField(part));
  return reading.runs ?? [openRun(sheet, reading) ?? toSupplement(say(sheet, 'report.part_open'), part.id)];
}

/** Field of the same id for a part of the summary report. */
export function partField({ id, label, example }: PartDefinition): FieldDefinition {
  return { id, label, example, required: 'may_follow', multiline: true };
}
