import type { Condition } from '../law/condition.ts';
import { dateFaults } from '../law/dated.ts';
import { rankOf } from '../law/levels.ts';
import { entryOf } from '../law/lookup.ts';
import { thresholdsIn } from '../law/regime.ts';
import type { RegimeDocument } from '../law/regime-schema.ts';
import { ROLES_OF_CONTENT } from '../law/types.ts';
import { conditionFaults, has, lineFaults, optionFaults, PLACES, usedTwice } from './check-names.ts';

/** Fault that a schema cannot find: an undefined name, overlapping rules, thresholds in the wrong order. */
export interface Inconsistency {
  /** Top-level key of the faulty data. */
  readonly key: keyof RegimeDocument;
  readonly path: string;
  readonly reason: string;
}

/** Contradictions within a regime. */
export function checkRegime(regime: RegimeDocument): readonly Inconsistency[] {
  return [
    ...duplicates(regime),
    ...conditionsIn(regime),
    ...referenceFaults(regime),
    ...levelFaults(regime),
    ...contentFaults(regime),
    ...sourceFaults(regime),
    ...periodFaults(regime),
    ...thresholdFaults(regime),
    ...regime.facts.flatMap((fact) =>
      optionFaults(fact).map((reason) => ({ key: 'facts' as const, path: fact.id, reason })),
    ),
    ...paperFaults(regime),
  ];
}

const LISTS = [
  'flags',
  'contents',
  'reports',
  'points',
  'levels',
  'operators',
  'recipients',
  'facts',
  'openQuestions',
  'items',
  'parts',
  'papers',
  'channels',
  'types',
] as const;

function duplicates(regime: RegimeDocument): readonly Inconsistency[] {
  const lists = LISTS.map((key) => ({ key, ids: regime[key].map(({ id }) => id) }));
  const fields = regime.items.flatMap((item) => item.fields.map(({ id }) => id));
  const types = regime.types.flatMap((category) => category.types.map(({ id }) => id));
  const provinces = regime.provinces.list.map(({ id }) => id);
  const all = [
    ...lists,
    { key: 'items' as const, ids: fields },
    { key: 'types' as const, ids: types },
    { key: 'provinces' as const, ids: provinces },
  ];
  return all.flatMap(({ key, ids }) =>
    usedTwice(ids).map(({ id }) => ({ key, path: id, reason: 'this id is used twice' })),
  );
}

function conditionsIn(regime: RegimeDocument): readonly Inconsistency[] {
  const inspect = (key: Inconsistency['key'], path: string, condition: Condition | undefined) =>
    conditionFaults(condition, regime).map((reason) => ({ key, path: `${path}.when`, reason }));
  return [
    ...regime.criteria.flatMap(({ id, when }) => inspect('criteria', id, when)),
    ...regime.obligations.flatMap(({ id, when }) => inspect('obligations', id, when)),
    ...regime.notes.flatMap(({ id, when }) => inspect('notes', id, when)),
    ...regime.openQuestions.flatMap(({ id, touchedBy }) => inspect('openQuestions', id, touchedBy?.when)),
  ];
}

/** Values of `relevance`: kinds of operator and of service for which a fact is asked. */
const RELEVANCES = [{ id: 'cii' }, { id: 'public_service' }];

function referenceFaults(regime: RegimeDocument): readonly Inconsistency[] {
  const unknown = (key: Inconsistency['key'], path: string, ids: readonly string[], list: readonly { id: string }[]) =>
    ids.filter((id) => !has(list, id)).map((id) => ({ key, path, reason: `unknown name ${id}` }));
  const anchors = regime.anchors.map((id) => ({ id }));
  return [
    ...regime.obligations.flatMap(({ id, recipient, content, anchor }) => [
      ...unknown('obligations', `${id}.recipient`, [recipient], regime.recipients),
      ...unknown('obligations', `${id}.content`, [content], regime.contents),
      ...unknown('obligations', `${id}.anchor`, [anchor], anchors),
    ]),
    ...unknown('lawOf', 'lawOf', [regime.lawOf], anchors),
    ...unknown('operatorQuestion', 'operatorQuestion', operatorsAsked(regime), regime.operators),
    ...regime.contents.flatMap(({ id, point }) =>
      unknown('contents', `${id}.point`, point ? [point] : [], regime.points),
    ),
    ...(['obligations', 'notes'] as const).flatMap((key) =>
      regime[key].flatMap(({ id, minLevel }) =>
        unknown(key, `${id}.minLevel`, minLevel === undefined ? [] : [minLevel], regime.levels),
      ),
    ),
    ...regime.criteria.flatMap(({ id, level }) => unknown('criteria', `${id}.level`, [level], regime.levels)),
    ...regime.openQuestions.flatMap(({ id, touchedBy }) =>
      unknown('openQuestions', id, touchedBy?.ceiling === undefined ? [] : [touchedBy.ceiling], regime.levels),
    ),
    ...regime.channels.flatMap(({ id, recipients }) =>
      unknown('channels', `${id}.recipients`, recipients, regime.recipients),
    ),
    ...regime.facts.flatMap(({ id, appliesTo }) =>
      unknown('facts', `${id}.appliesTo`, appliesTo ?? [], regime.operators),
    ),
    ...regime.facts.flatMap(({ id, relevance }) =>
      unknown('facts', `${id}.relevance`, relevance === undefined ? [] : [relevance], RELEVANCES),
    ),
    ...regime.types
      .flatMap((category) => [category, ...category.types])
      .flatMap(({ id, raises, suggests = {} }) => [
        ...unknown('types', `${id}.raises`, raises ?? [], regime.facts),
        ...unknown('types', `${id}.suggests`, Object.keys(suggests), regime.flags),
      ]),
    ...unknown('later', 'later.items', regime.later.items, regime.items),
  ];
}

/** Faults of levels: those without a report must come first, and criteria must lead to levels above the lowest. */
function levelFaults({ levels, criteria }: RegimeDocument): readonly Inconsistency[] {
  const first = levels.findIndex(({ role }) => role === 'reported');
  const isMixed = first < 1 || levels.slice(first).some(({ role }) => role === 'not_reported');
  return [
    ...(isMixed
      ? [{ key: 'levels' as const, path: 'role', reason: 'not_reported first, then reported, at least one of each' }]
      : []),
    ...criteria
      .filter(({ level }) => level === levels[0]?.id)
      .map(({ id }) => ({
        key: 'criteria' as const,
        path: `${id}.level`,
        reason: 'the lowest level needs no criterion',
      })),
  ];
}

/** Faults of contents: a form needs one first report and at most one final one; only packs use roles as ids. */
function contentFaults({ contents, reports }: RegimeDocument): readonly Inconsistency[] {
  const count = (role: string) => contents.filter((one) => one.role === role).length;
  const fault = (path: string, reason: string) => ({ key: 'contents' as const, path, reason });
  return [
    ...(count('first') === 1 ? [] : [fault('role', 'exactly one content has the role first')]),
    ...(count('final') <= 1 ? [] : [fault('role', 'at most one content has the role final')]),
    ...contents
      .filter(({ id }) => ROLES_OF_CONTENT.some((role) => role === id))
      .map(({ id }) => fault(id, 'this is the name of a role')),
    ...(reports.filter(({ role }) => role === 'first').length === 1
      ? []
      : [{ key: 'reports' as const, path: 'role', reason: 'exactly one report has the role first' }]),
  ];
}

function sourceFaults(regime: RegimeDocument): readonly Inconsistency[] {
  const keys = ['levels', 'criteria', 'obligations', 'items', 'notes'] as const;
  return keys.flatMap((key) =>
    regime[key].flatMap((entry) => {
      const instrument = entryOf(regime.instruments, entry.source.instrument);
      const path = `${entry.id}.source.instrument`;
      if (instrument === undefined) return [{ key, path, reason: `unknown instrument ${entry.source.instrument}` }];
      if (!('from' in entry) || entry.from >= instrument.effective) return [];
      return [{ key, path: `${entry.id}.from`, reason: `before the instrument is in force (${instrument.effective})` }];
    }),
  );
}

function periodFaults(regime: RegimeDocument): readonly Inconsistency[] {
  return (['criteria', 'obligations', 'notes'] as const).flatMap((key) =>
    dateFaults(regime[key]).map(({ id, kind, at }) => ({
      key,
      path: `${id}.from`,
      reason: `${kind} of validity at ${at}`,
    })),
  );
}

/** Faults of papers: each line needs exactly one existing source of text, and sources must quote the paper's duties. */
function paperFaults(regime: RegimeDocument): readonly Inconsistency[] {
  const fields = regime.items.flatMap((item) => item.fields);
  return regime.papers.flatMap(({ id, recipient, sections, duties, sources }) => {
    const fault = (path: string, reason: string) => ({ key: 'papers' as const, path: `${id}.${path}`, reason });
    const lines = sections.flatMap((section) => section.lines);
    return [
      ...(has(regime.recipients, recipient) ? [] : [fault('recipient', `unknown name ${recipient}`)]),
      ...duties.flatMap((name) => {
        const duty = regime.obligations.find((one) => one.id === name);
        if (duty?.recipient !== recipient)
          return [fault('duties', `${name} is not an obligation towards ${recipient}`)];
        const { instrument, article } = duty.source;
        const quoted = sources.some((one) => one.instrument === instrument && one.article === article);
        return quoted ? [] : [fault('sources', `${name} is not quoted`)];
      }),
      ...lines.flatMap((line) =>
        lineFaults(line, PLACES, { fields, facts: regime.facts }).map((reason) => fault(line.id, reason)),
      ),
    ];
  });
}

/** Faults of thresholds: a higher level needs a higher figure, otherwise one of the levels can never be reached. */
function thresholdFaults(regime: RegimeDocument): readonly Inconsistency[] {
  const thresholds = thresholdsIn(regime.criteria);
  return regime.facts.flatMap(({ id }) => {
    const ordered = thresholds.get(id) ?? [];
    return ordered.flatMap((threshold, index) => {
      const before = ordered[index - 1];
      if (before === undefined) return [];
      const rises = before.value < threshold.value && rankOf(regime, before.level) < rankOf(regime, threshold.level);
      const same = before.value === threshold.value && before.level === threshold.level;
      const reason = `${threshold.criterion} and ${before.criterion} do not rise together on ${id}`;
      return rises || same ? [] : [{ key: 'criteria' as const, path: `${threshold.criterion}.when`, reason }];
    });
  });
}

/** Kinds of operator named in the regime's question about the operator. */
function operatorsAsked({ operatorQuestion }: RegimeDocument): readonly string[] {
  const { usual, asked, rare } = operatorQuestion ?? {};
  return [usual, asked, rare].filter((id) => id !== undefined);
}
