import type { Action, Block, Card, Text } from './cards/card.ts';
import { buttons, sentenceCard } from './cards/sentence.ts';
import { joined, plain, t } from './cards/situation.ts';

/** Report from outside, with the data its cards show. */
export interface ShownReport {
  readonly ref: string;
  readonly kind: 'alert' | 'supplier';
  readonly source: string;
  /** Title of the report; null if it may not be shown. */
  readonly title: string | null;
  readonly text: string;
  readonly link: string | null;
  readonly severity: string | null;
  readonly startedAt: string | null;
  readonly receivedAt: string;
  readonly more: number;
  readonly files: readonly { readonly name: string }[];
}

/** Card that asks a person how to treat a report: its buttons open an incident, add the report to one, or set it aside. */
export function reportCard(report: ShownReport, open: readonly string[], isLast = false): Card {
  const { kind, ref, text, link, files } = report;
  const title = headOf(report);
  const details = detailsOf(report);
  return {
    tone: 'urgent',
    drill: false,
    title,
    summary: title,
    blocks: [
      { kind: 'text', text: joined(details, 'sentence'), strong: true },
      ...(text === '' ? [] : [{ kind: 'text', text: { raw: text } } as const]),
      ...(files.length === 0
        ? []
        : [note(t('intake.files', { names: joined(files.map(({ name }) => ({ raw: name }))) }))]),
      { kind: 'actions', actions: actionsOf(report, open) },
      ...(link === null
        ? []
        : buttons([{ id: 'source', label: t('intake.source'), does: { kind: 'link', url: link } }])),
      note(t(`intake.${kind}_undecided`, { ref: plain(ref) })),
      ...(isLast ? [note(t('intake.quiet', { source: { raw: report.source } }))] : []),
    ],
  };
}

function headOf({ kind, ref, source, title }: ShownReport): Text {
  const params = { ref: plain(ref), source: { raw: source } };
  return title === null ? t(`intake.${kind}_head`, params) : t(`intake.${kind}`, { ...params, title: { raw: title } });
}

function detailsOf({ kind, severity, startedAt, receivedAt, more }: ShownReport): readonly Text[] {
  return [
    t('intake.received', { at: { instant: receivedAt, style: 'short' } }),
    ...(startedAt === null ? [] : [t(`intake.${kind}_began`, { at: { instant: startedAt, style: 'short' } })]),
    ...(severity === null ? [] : [t('intake.severity', { severity: { raw: severity } })]),
    ...(more === 0 ? [] : [t('intake.more', { n: more })]),
  ];
}

function note(text: Text): Block {
  return { kind: 'note', text };
}

/** Maximum number of incidents to which a card offers to add the report. */
const OFFERED = 3;

function actionsOf({ ref }: ShownReport, open: readonly string[]): readonly Action[] {
  const line = (id: string, label: Text, words: string): Action => ({
    id: `${id}_${ref}`,
    label,
    does: { kind: 'line', text: `alert ${ref} ${words}` },
  });
  return [
    { ...line('open', t('intake.open'), 'new'), style: 'primary' },
    ...open.slice(0, OFFERED).map((id) => line(`join_${id}`, t('intake.join', { id: plain(id) }), id)),
    { ...line('dismiss', t('intake.dismiss'), 'none'), confirm: t('intake.dismiss_confirm') },
  ];
}

export interface ShownDecision {
  readonly choice: 'opened' | 'joined' | 'dismissed';
  readonly incident: string | null;
  readonly by: string;
  readonly at: string;
}

/** Text of a decision, without the report's words. */
export function decidedText(ref: string, { choice, incident, by, at }: ShownDecision): Text {
  const params = {
    ref: plain(ref),
    by: plain(by),
    at: { instant: at, style: 'short' as const },
    id: plain(incident ?? ''),
  };
  return t(`intake.${choice}`, params);
}

/** Reports that wait for a decision, with their buttons. */
export function reportsCard(reports: readonly ShownReport[], open: readonly string[]): Card {
  if (reports.length === 0) return sentenceCard(t('intake.none'));
  const title = t('intake.waiting', { n: reports.length });
  const rows = reports.map(
    (report): Block => ({
      kind: 'row',
      mark: 'open',
      text: joined([headOf(report), ...detailsOf(report)], 'sentence'),
      actions: actionsOf(report, open),
    }),
  );
  return { tone: 'running', drill: false, title, summary: title, blocks: rows };
}
