import type { MessageKey } from '../i18n/keys.ts';
import type { IncidentAssessment } from '../incident/assessment.ts';
import type { IncidentState, Stamp } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import { dayOf, sectionNumber, stampOf } from './format.ts';
import { unitRun } from './head.ts';
import type { ReportLanguage, Section } from './model.ts';
import { lineOf, numbered, type Paper, paperOf, proseOf, sectionOf, tableOf } from './paper.ts';
import { colon } from './plain-text.ts';
import { law, type Sheet, say, sheetOf } from './sheet.ts';
import { stepsOf, whoText } from './timeline.ts';

export interface EvidenceInput {
  readonly state: IncidentState;
  readonly ia: IncidentAssessment;
  readonly regime: Regime;
  readonly language: ReportLanguage;
  /** Hash of the last entry of the record. */
  readonly headHash: string;
}

/**
 * What Art. 11 is about, with its evidence: protection that was in place, handling under the plan, effect, reporting in
 * time. It says what the record holds and what is missing, late filings included; what follows from it is the authority's
 * to decide, and the quotation says so.
 */
export function article11Pack(input: EvidenceInput): Paper {
  const { state, ia, language, regime } = input;
  const sheet = sheetOf({ ...input, kind: 'summary', compiledAt: ia.now, cannotDetermine: [] });
  const provision = regime.notes.find(({ id }) => id === 'art11.leniency');
  const unit = unitRun(sheet).text;
  return paperOf({
    language,
    compiledAt: ia.now,
    title: say(sheet, 'art11.title'),
    marks: [...(state.drill ? [say(sheet, 'report.mark.drill')] : []), say(sheet, 'report.mark.internal')],
    head: [
      lineOf('number', say(sheet, 'report.head.number'), state.id),
      lineOf('unit', say(sheet, 'report.head.unit'), unit),
      lineOf('made', say(sheet, 'guide.made'), dayOf(ia.now, language)),
      lineOf('head', say(sheet, 'report.internal.head'), `${input.headHash} (${state.version})`),
    ],
    introduction: provision
      ? [
          proseOf('quote', provision.source.quote, `《${provision.source.instrument}》${provision.source.article}`),
          proseOf('discretion', `${law(sheet, provision.text)} ${say(sheet, 'art11.no_promise')}`),
        ]
      : [],
    sections: numbered([protection(sheet), handling(sheet), effect(sheet), reporting(sheet)], (n) =>
      sectionNumber(n, language),
    ),
  });
}

type Part = Omit<Section, 'number'> | null;

/** Who said it and when, and where it stands in the record. */
function proof(sheet: Sheet, { by, at, version }: Stamp): string {
  return say(sheet, 'art11.proof', { who: whoText(sheet, by), at: stampOf(at), version });
}

function table(sheet: Sheet, id: string, what: MessageKey, rows: readonly (readonly [string, string])[]) {
  return tableOf(
    id,
    [
      [say(sheet, what), 58],
      [say(sheet, 'art11.evidence'), 42],
    ],
    rows,
  );
}
function missing(sheet: Sheet, id: string, key: MessageKey) {
  return proseOf(`${id}.missing`, say(sheet, key), say(sheet, 'art11.missing'));
}

/** The profile as it was when the incident began is part of the record's first entry. */
function protection(sheet: Sheet): Part {
  const { state, system } = sheet;
  const frozen = proof(sheet, state.declared);
  const measures = (state.organisation?.safeguards ?? []).map((text) => [text, frozen] as const);
  const mlps = system?.mlpsLevel
    ? [
        [
          say(sheet, 'art11.mlps', { system: system.name, level: system.mlpsLevel, filing: system.mlpsFiling ?? '–' }),
          frozen,
        ] as const,
      ]
    : [];
  const rows = [...mlps, ...measures];
  return sectionOf('protection', say(sheet, 'art11.protection'), [
    rows.length > 0
      ? table(sheet, 'protection.list', 'art11.measure', rows)
      : missing(sheet, 'protection', 'art11.protection.none'),
    proseOf('protection.attach', say(sheet, 'art11.protection.attach')),
  ]);
}

function handling(sheet: Sheet): Part {
  const { state } = sheet;
  const rows = stepsOf(sheet).map(({ at, who, text, version = 0 }) => [
    stampOf(at),
    who,
    text,
    say(sheet, 'art11.entry', { version }),
  ]);
  const plan = state.organisation?.emergencyPlan;
  return sectionOf('handling', say(sheet, 'art11.handling'), [
    plan ? proseOf('plan', plan, say(sheet, 'art11.plan')) : missing(sheet, 'handling', 'art11.plan.none'),
    tableOf(
      'handling.list',
      [
        [say(sheet, 'report.internal.at'), 22],
        [say(sheet, 'report.internal.who'), 14],
        [say(sheet, 'report.internal.what'), 48],
        [say(sheet, 'art11.evidence'), 16],
      ],
      rows,
    ),
  ]);
}

/** What people wrote of measures and their effect, in the words confirmed for the report where there are any. */
function effect(sheet: Sheet): Part {
  const fields = sheet.regime.items.flatMap(({ fields: all }) => all);
  const rows = ['art7.2.measures', 'art7.2.effect', 'art8.2'].flatMap((id) => {
    const entry = sheet.state.fields[id];
    const text = entry?.wording?.text ?? entry?.current?.text;
    const stamp = entry?.wording ?? entry?.current;
    const label =
      fields.find((field) => field.id === id)?.label ?? sheet.regime.parts.find((part) => part.id === id)?.label;
    return text && stamp && label
      ? [[`${law(sheet, label)}${colon(law(sheet, label))}${text}`, proof(sheet, stamp)] as const]
      : [];
  });
  const files = sheet.state.evidence.map((file) => [file.name, `SHA-256 ${file.file}`] as const);
  return sectionOf('effect', say(sheet, 'art11.effect'), [
    rows.length > 0
      ? table(sheet, 'effect.list', 'art11.statement', rows)
      : missing(sheet, 'effect', 'art11.effect.none'),
    table(sheet, 'effect.files', 'report.internal.file', files),
  ]);
}

/** Every duty with a time: filed when, by how much in time or late. Lateness is said, with its reason. */
function reporting(sheet: Sheet): Part {
  const { ia, regime, state } = sheet;
  const rows = ia.obligations
    .filter(({ due, status, provisional }) => due !== null && status !== 'void' && !provisional)
    .map(({ id, due, filing }) => {
      const rule = regime.obligations.find((one) => one.id === id);
      const channel = regime.channels.find((one) => one.id === filing?.channel);
      const late = filing !== null && due !== null && Date.parse(filing.filedAt) > Date.parse(due);
      const reason = state.delays[id]?.reason ?? filing?.lateReason;
      const result = filing
        ? say(sheet, late ? 'art11.late' : 'art11.in_time', {
            at: stampOf(filing.filedAt),
            channel: channel ? law(sheet, channel.name) : filing.channel,
            receipt: filing.receipt ?? '–',
          })
        : say(sheet, 'art11.not_filed');
      return [
        rule ? law(sheet, rule.title) : id,
        due === null ? '' : stampOf(due),
        reason ? `${result} ${say(sheet, 'art11.reason', { reason })}` : result,
        filing ? proof(sheet, filing) : '',
      ];
    });
  return sectionOf('reporting', say(sheet, 'art11.reporting'), [
    tableOf(
      'reporting.list',
      [
        [say(sheet, 'report.internal.duty'), 24],
        [say(sheet, 'report.internal.due'), 22],
        [say(sheet, 'art11.filed'), 32],
        [say(sheet, 'art11.evidence'), 22],
      ],
      rows,
    ) ?? missing(sheet, 'reporting', 'art11.reporting.none'),
  ]);
}
