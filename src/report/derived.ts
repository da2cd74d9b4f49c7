import { formatAmount } from '../i18n/format.ts';
import { isMessageKey } from '../i18n/translate.ts';
import { workingStart } from '../incident/facts/assessment.ts';
import type { Run } from '../incident/report-document.ts';
import { rankOf } from '../law/levels.ts';
import { entryOf } from '../law/lookup.ts';
import { type FieldDefinition, nameOfField } from '../law/regime.ts';
import { figuresOf, unconfirmedMark } from './figures.ts';
import { momentOf } from './format.ts';
import { unitName } from './head.ts';
import { clauses, factRun } from './runs.ts';
import { law, levelName, messageLanguage, type Sheet, say } from './sheet.ts';

/** Text derived from the record for an empty field, with the mark of its answer; null if no text can be derived. */
export function derivedRuns(sheet: Sheet, field: Pick<FieldDefinition, 'id' | 'from'>): readonly Run[] | null {
  const runs = derived(sheet, field);
  return runs && field.from !== undefined ? [...runs, ...unconfirmedMark(sheet, field.from)] : runs;
}

function derived(sheet: Sheet, field: Pick<FieldDefinition, 'id' | 'from'>): readonly Run[] | null {
  switch (field.from) {
    case 'awareness':
      return awarenessRuns(sheet);
    case 'occurrence': {
      const at = sheet.ia.anchors.occurrence;
      return at === undefined ? null : [factRun(momentOf(at, sheet.language), 'occurrence')];
    }
    case 'level':
      return levelRuns(sheet);
    case 'incident_type':
      return typeRuns(sheet);
    case 'entity':
    case 'system':
      return profileRuns(sheet, nameOfField(field.id));
    default:
      return nameOfField(field.id) === 'impact' ? impactRuns(sheet) : null;
  }
}

function awarenessRuns(sheet: Sheet): readonly Run[] | null {
  const { state, ia, language } = sheet;
  const at = ia.anchors.awareness;
  if (at === undefined) return null;
  const id = state.awareness?.candidate ?? workingStart(state)?.candidate;
  const source = state.candidates.find((c) => c.id === id)?.source;
  const how = `report.known.${source}`;
  // The earliest start is printed beside a later confirmed one: the reader judges both.
  const earliest = workingStart(state)?.instant;
  const first =
    earliest !== undefined && Date.parse(earliest) < Date.parse(at)
      ? say(sheet, 'report.known.earliest', { at: momentOf(earliest, language) })
      : null;
  return [momentOf(at, language), isMessageKey(how) ? say(sheet, how) : null, first].flatMap((text) =>
    text === null ? [] : [factRun(text, 'awareness')],
  );
}

/**
 * Level that an authority or a person decided, otherwise the level by the rules; with the rules that lead to exactly that
 * level. None leads to one below the figures: a rule of a lower level excludes what reaches a higher one.
 */
function levelRuns(sheet: Sheet): readonly Run[] | null {
  const { ia, regime, role, state } = sheet;
  const level = regime.levels.find(({ id }) => id === ia.level);
  if (!level) return null;
  const name = sheet.language === 'zh' ? level.name.zh : levelName(sheet, level.id);
  const by = ia.levelDecided ? state.levelDecision?.authority : undefined;
  if (by !== undefined) return [factRun(say(sheet, 'report.level.authority', { level: name, by }), 'level')];
  const text = say(sheet, role === 'final' ? 'report.level.final' : 'report.level', { level: name });
  const rules = (belowFloor(sheet) ? [] : ia.assessment.matched)
    .filter((match) => match.level === ia.level)
    .flatMap((match) => regime.criteria.filter(({ id }) => id === match.criterion))
    .map(({ label }) => law(sheet, label));
  if (rules.length === 0) return [factRun(text, 'level')];
  const list = [...new Set(rules)].join(say(sheet, 'report.list'));
  return [factRun(text, 'level'), factRun(say(sheet, 'report.level.rules', { rules: list }), 'level')];
}

/** Category and type by their names; a type in free words has to be written into the field by a person. */
function typeRuns(sheet: Sheet): readonly Run[] | null {
  const chosen = sheet.state.facts['incident_type']?.value;
  for (const category of sheet.regime.types) {
    if (category.id === chosen) return [factRun(law(sheet, category.name), 'incident_type')];
    const type = category.types.find(({ id }) => id === chosen);
    if (type) return [factRun(`${law(sheet, category.name)}—${law(sheet, type.name)}`, 'incident_type')];
  }
  return null;
}

function profileRuns(sheet: Sheet, name: string): readonly Run[] | null {
  const text = entryOf(PROFILE, name)?.(sheet);
  return text === undefined ? null : [factRun(text, `profile.${name}`)];
}
const PROFILE: Readonly<Record<string, (sheet: Sheet) => string | undefined>> = {
  unit: unitName,
  credit_code: ({ entity }) => entity?.creditCode,
  system: ({ system }) => system?.name,
  mlps_level: (sheet) => {
    const level = sheet.system?.mlpsLevel;
    if (level === undefined) return undefined;
    const n = sheet.language === 'zh' ? '一二三四五'.charAt(level - 1) || level : level;
    return say(sheet, 'report.mlps_level', { n: String(n) });
  },
  mlps_filing: ({ system }) => system?.mlpsFiling,
  deployment: ({ system }) => system?.deployment,
  users: (sheet) => {
    const n = sheet.system?.expectedUsers;
    return n === undefined ? n : say(sheet, 'report.users', { n: formatAmount(n, messageLanguage(sheet.language)) });
  },
};

function impactRuns(sheet: Sheet): readonly Run[] | null {
  const figures = figuresOf(sheet);
  return figures.length === 0
    ? null
    : clauses(
        sheet,
        figures.map(({ runs }) => runs),
      );
}

export function belowFloor({ ia }: Pick<Sheet, 'ia'>): boolean {
  return ia.levelDecided && rankOf(ia.regime, ia.level) < rankOf(ia.regime, ia.assessment.floor);
}
