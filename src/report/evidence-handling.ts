import type { MessageKey } from '../i18n/keys.ts';
import type { Section } from '../incident/report-document.ts';
import type { FieldEntry, Stamp } from '../incident/state.ts';
import { fieldsNamed } from '../law/regime.ts';
import type { DrillResult } from './drills/score.ts';
import { stampOf } from './format.ts';
import { colon, proseOf, sectionOf, tableOf } from './paper.ts';
import { law, type Sheet, say } from './sheet.ts';
import { decidersText, type TimelineEntry } from './timeline.ts';

/** Part of the evidence paper: statements with their proof, and missing points. */
export type Part = Omit<Section, 'number'> | null;

/** Proof of a statement: author, time and version in the record. */
export function proof(sheet: Sheet, stamp: Stamp): string {
  const { at, version } = stamp;
  return say(sheet, 'leniency.proof', { who: decidersText(sheet, stamp), at: stampOf(at), version });
}

export function missing(sheet: Sheet, id: string, key: MessageKey) {
  return proseOf(`${id}.missing`, say(sheet, key), say(sheet, 'leniency.missing'));
}

/** Statements in a table, each beside its proof. */
export function proven(
  sheet: Sheet,
  id: string,
  title: MessageKey,
  rows: readonly (readonly [string, string])[],
  beside: MessageKey = 'leniency.evidence',
) {
  return tableOf(sheet, id, rows, [
    [title, 58, ([text]) => text],
    [beside, 42, ([, source]) => source],
  ]);
}

/** Protection as the profile stated it in the record's first entry: a statement of the organisation, not evidence. */
export function protection(sheet: Sheet): Part {
  const { state, system } = sheet;
  const frozen = say(sheet, 'leniency.stated', { version: state.declared.version });
  const measures = (state.organisation?.safeguards ?? []).map((text) => [text, frozen] as const);
  const mlps = system?.mlpsLevel
    ? [
        [
          say(sheet, 'leniency.mlps', {
            system: system.name,
            level: system.mlpsLevel,
            filing: system.mlpsFiling ?? '–',
          }),
          frozen,
        ] as const,
      ]
    : [];
  const rows = [...mlps, ...measures];
  return sectionOf('protection', say(sheet, 'leniency.protection'), [
    rows.length > 0
      ? proven(sheet, 'protection.list', 'leniency.measure', rows, 'leniency.source')
      : missing(sheet, 'protection', 'leniency.protection.none'),
    proseOf('protection.attach', say(sheet, 'leniency.protection.attach')),
  ]);
}

export function handling(sheet: Sheet, steps: readonly TimelineEntry[], drills: readonly DrillResult[] | null): Part {
  const { state } = sheet;
  const plan = state.organisation?.emergencyPlan;
  return sectionOf('handling', say(sheet, 'leniency.handling'), [
    plan
      ? proseOf('plan', `${plan} ${say(sheet, 'leniency.plan.stated')}`, say(sheet, 'leniency.plan'))
      : missing(sheet, 'handling', 'leniency.plan.none'),
    planApproval(sheet),
    ...activation(sheet),
    drills === null
      ? proseOf('drills', say(sheet, 'leniency.drills.apart'), say(sheet, 'leniency.drill'))
      : (tableOf(sheet, 'handling.drills', drills, [
          ['leniency.drill', 50, ({ id, title }) => `${id} ${title}`],
          ['report.internal.at', 25, ({ at }) => stampOf(at)],
          ['leniency.score', 25, ({ percent }) => `${percent}%`],
        ]) ?? missing(sheet, 'drills', 'leniency.drills.none')),
    tableOf(sheet, 'handling.list', steps, [
      ['report.internal.at', 22, ({ at }) => stampOf(at)],
      ['report.internal.who', 14, ({ who }) => who],
      ['report.internal.what', 48, ({ text }) => text],
      ['leniency.evidence', 16, ({ version = 0 }) => say(sheet, 'leniency.entry', { version })],
    ]),
    ...(state.handlingEnded ? [] : [missing(sheet, 'ended', 'leniency.ended.none')]),
  ]);
}

/** Words for an emergency plan, in either language. */
const PLAN = /预案|emergency plan|response plan/i;

/** Version and approval of the plan, as the profile had them when the incident began. */
function planApproval(sheet: Sheet) {
  const { version, on, by } = sheet.state.organisation?.emergencyPlanApproval ?? {};
  if (version === undefined && on === undefined && by === undefined) {
    return missing(sheet, 'plan.approval', 'leniency.plan.approval.none');
  }
  const open = say(sheet, 'leniency.missing');
  const params = { version: version ?? open, on: on ?? open, by: by ?? open };
  return proseOf('plan.approval', say(sheet, 'leniency.plan.approval', params));
}

/** Stated time of activation, and texts that mention the plan; the reader judges if they prove it. */
function activation(sheet: Sheet) {
  const stated = sheet.state.facts['plan_activated'];
  const told = mentionsOfPlan(sheet);
  const at = typeof stated?.value === 'string' && stated.value !== 'unknown' ? stampOf(stated.value) : null;
  return [
    at === null || !stated
      ? missing(sheet, 'activation', 'leniency.activation.none')
      : proseOf('activation', `${at} (${proof(sheet, stated)})`, say(sheet, 'fact.plan_activated')),
    ...(told ? [told] : []),
  ];
}

function mentionsOfPlan(sheet: Sheet) {
  const { notes, fields } = sheet.state;
  const written = Object.values(fields).flatMap((entry) => writtenIn(entry) ?? []);
  const all = [...notes.map((note) => ({ text: note.text, stamp: note })), ...written];
  const rows = all.filter(({ text }) => PLAN.test(text)).map(({ text, stamp }) => [text, proof(sheet, stamp)] as const);
  return proven(sheet, 'activation.list', 'leniency.activation', rows);
}

/** Wording confirmed for the report, otherwise the text as written; null for an empty field. */
function writtenIn(entry: FieldEntry | undefined): { readonly text: string; readonly stamp: Stamp } | null {
  const text = entry?.wording?.text ?? entry?.current?.text;
  const stamp = entry?.wording ?? entry?.current;
  return text && stamp ? { text, stamp } : null;
}

/** Texts on measures and their effect, in the wording confirmed for the report where there is one. */
export function effect(sheet: Sheet): Part {
  const { items, parts } = sheet.regime;
  const taken = fieldsNamed(sheet.regime, ['measures', 'effect']);
  const told = parts.filter(({ from = [] }) => from.some((id) => taken.includes(id)));
  const fields = [...items.flatMap(({ fields: all }) => all), ...parts];
  const rows = [...taken, ...told.map(({ id }) => id)].flatMap((id) => {
    const written = writtenIn(sheet.state.fields[id]);
    const definition = fields.find((field) => field.id === id);
    if (!written || !definition) return [];
    const label = law(sheet, definition.label);
    return [[`${label}${colon(label)}${written.text}`, proof(sheet, written.stamp)] as const];
  });
  const files = sheet.state.evidence.map((file) => [file.name, `SHA-256 ${file.file}`] as const);
  return sectionOf('effect', say(sheet, 'leniency.effect'), [
    rows.length > 0
      ? proven(sheet, 'effect.list', 'leniency.statement', rows)
      : missing(sheet, 'effect', 'leniency.effect.none'),
    proven(sheet, 'effect.files', 'report.internal.file', files),
  ]);
}
