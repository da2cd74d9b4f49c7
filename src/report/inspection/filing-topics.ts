import type { OwedObligation } from '../../incident/facts/assessment.ts';
import type { Filing } from '../../incident/state.ts';
import { dueText, dutyTitle, resultText } from '../evidence.ts';
import { stampOf } from '../format.ts';
import { recipientName } from '../head.ts';
import { reportName, say } from '../sheet.ts';
import { decidersText } from '../timeline.ts';
import type { Dossier, Statement } from './dossier.ts';
import { named, ofIncidents, proved } from './statements.ts';

/** Topics on duties, recipients and filings. */
export const filingTopics = {
  duties: ofIncidents((one, { ranks, recipients }) =>
    one.ia.obligations
      .filter(({ id, provisional, status }) => !provisional && (status !== 'void' || id in one.state.notOwed))
      .filter(({ rank, recipient }) => (ranks?.includes(rank) ?? true) && (recipients?.includes(recipient) ?? true))
      .map((duty) => dutyStatement(one, duty)),
  ),
  texts_approved: ofIncidents((one) => {
    const { sheet, state } = one;
    const approved = state.approvals.flatMap(({ draft, hash, approved: by, version }) => {
      if (!by) return [];
      const params = { draft, hash: hash.slice(0, 16), at: stampOf(by.at), by: decidersText(sheet, by) };
      return [proved(one, named(one, say(sheet, 'inspection.approved', params)), version, by.version)];
    });
    const others = state.filings.filter(({ report, approved: was }) => report !== undefined && was !== true);
    return [...approved, ...others.map((filing) => proved(one, filedText(one, filing)))];
  }),
  receipts: ofIncidents((one) =>
    one.state.filings.map((filing) => {
      const { receipt, proof: file } = filing;
      const text = filedText(one, filing);
      if (receipt === undefined && file === undefined) return proved(one, text);
      const said = receipt === undefined ? '' : say(one.sheet, 'inspection.receipt', { receipt });
      return { ...proved(one, [text, said].filter(Boolean).join(' '), ...entriesOf(one, filing)), file };
    }),
  ),
  authority_requests: ofIncidents((one) =>
    one.state.requests.map((request) => {
      const { id, from, what, receivedAt, dropped, version } = request;
      const duty = one.ia.obligations.find((known) => known.id === id);
      const answer = duty && !dropped ? ` ${resultText(one.sheet, duty)}` : '';
      const text = say(one.sheet, 'inspection.request', { from, what, at: stampOf(receivedAt) });
      const answered = duty?.filing ? entriesOf(one, duty.filing) : [];
      return proved(one, named(one, `${text}${answer}`), version, ...answered, ...(dropped ? [dropped.version] : []));
    }),
  ),
};

/** Statement on one duty: its due time, and whether it was met, missed or waived, with the reason. */
function dutyStatement(one: Dossier, duty: OwedObligation): Statement {
  const { sheet, state } = one;
  const { id, anchor, filing, due } = duty;
  const waived = state.notOwed[id];
  const delay = state.delays[id];
  const what = named(one, say(sheet, 'inspection.duty', { what: dutyTitle(sheet, duty), due: dueText(sheet, duty) }));
  const text = `${what}\n${resultText(sheet, duty)}`;
  if (filing) {
    const start = anchor === 'awareness' && state.awareness ? [state.awareness.version] : [];
    return proved(one, text, ...start, ...entriesOf(one, filing), ...(delay ? [delay.version] : []));
  }
  if (waived) return proved(one, text, waived.version);
  const standing = duty.status === 'late' ? 'inspection.overdue' : 'inspection.not_due';
  return proved(one, due === null ? text : `${text} ${say(sheet, standing)}`);
}

/** Entries of a filing: the filing itself, and its corrections. */
function entriesOf({ events }: Dossier, { version }: Filing): readonly number[] {
  const corrections = events.flatMap(({ event, version: entry }) =>
    event.type === 'filing_corrected' && event.payload.filing === version ? [entry] : [],
  );
  return [version, ...corrections];
}

function filedText(one: Dossier, { obligation, report, content, recipient = '', filedAt, to }: Filing): string {
  const { sheet } = one;
  const duty = one.ia.obligations.find(({ id }) => id === obligation);
  const params = {
    what: duty && report === undefined ? dutyTitle(sheet, duty) : reportName(sheet, report ?? content ?? ''),
    to: to ?? recipientName(sheet, recipient),
    at: stampOf(filedAt),
  };
  return named(one, say(sheet, 'inspection.filed', params));
}
