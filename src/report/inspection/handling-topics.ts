import { AWARENESS_SOURCES } from '../../incident/commands/answers.ts';
import type { OwedObligation } from '../../incident/facts/owed.ts';
import { waiverOf } from '../../incident/facts/waivers.ts';
import type { AwarenessCandidate, Filing, IncidentState, Task } from '../../incident/state.ts';
import { levelNow } from '../appendix.ts';
import { filedName, resultText } from '../evidence.ts';
import { dueStampOf, stampOf } from '../format.ts';
import { dueText, dutyTitle, filedTo } from '../head.ts';
import { filedStamp } from '../runs.ts';
import { levelName, marksOf, say } from '../sheet.ts';
import { decidersText, whoText } from '../timeline.ts';
import type { Dossier, Statement } from './dossier.ts';
import { named, ofIncidents, ofProfile, proved } from './statements.ts';
import type { TopicOf } from './topics.ts';

const suppliersOfProfile = ofProfile(({ sheet, state }) =>
  (state.organisation?.suppliers ?? []).map(({ name, contact }) => {
    const person = state.organisation?.people.find(({ id }) => id === contact)?.name;
    return say(sheet, 'inspection.supplier', { name, contact: person ?? say(sheet, 'leniency.missing') });
  }),
);
const noticesOfSuppliers = ofIncidents((one) =>
  one.state.candidates
    .filter(({ source, reachedUs }) => source === 'supplier' || !reachedUs)
    .map((candidate) => proved(one, learntText(one, candidate), candidate.version)),
);

/** Topics on the handling of incidents: declaration, awareness, grading, end, and open work. */
export const handlingTopics = {
  incidents_declared: ofIncidents((one) => {
    const { sheet, state, ia } = one;
    const params = {
      title: state.title,
      level: ia.level === 'undetermined' ? say(sheet, 'inspection.no_level') : levelNow(sheet),
      at: stampOf(state.declared.at),
      phase: say(sheet, `register.phase.${ia.phase}`),
    };
    const text = [say(sheet, 'inspection.incident', params), ...listed(one)].join('\n');
    return [proved(one, named(one, text), state.declared.version)];
  }),
  awareness_confirmed: ofIncidents((one) => {
    const { sheet, state } = one;
    if (!state.awareness) return [];
    const { instant, reason, version } = state.awareness;
    const text = say(sheet, 'leniency.confirmed', { at: stampOf(instant), reason });
    const said = say(sheet, 'inspection.with', { what: text, more: decidersText(sheet, state.awareness) });
    return [proved(one, named(one, said), version)];
  }, true),
  levels_decided: ofIncidents((one) => {
    const { sheet, state } = one;
    const { levelDecision, notReportable } = state;
    const decided = (what: string, decision: NonNullable<typeof levelDecision | typeof notReportable>): Statement => {
      const params = {
        what,
        reason: decision.reason ?? say(sheet, 'leniency.missing'),
        by: decidersText(sheet, decision),
        at: stampOf(decision.at),
      };
      return proved(one, named(one, say(sheet, 'inspection.decided', params)), decision.version);
    };
    return [
      ...(levelDecision ? [decided(levelName(sheet, levelDecision.level), levelDecision)] : []),
      ...(notReportable ? [decided(say(sheet, 'inspection.not_reportable'), notReportable)] : []),
    ];
  }, true),
  plan_started: ofIncidents((one) => {
    const { sheet, state } = one;
    const stated = state.facts['plan_activated'];
    if (typeof stated?.value !== 'string' || stated.value === 'unknown') return [];
    const params = { at: stampOf(stated.value), by: whoText(sheet, stated.by) };
    return [proved(one, named(one, say(sheet, 'inspection.started', params)), stated.version)];
  }, true),
  handling_closed: ofIncidents((one) => {
    const { sheet, state } = one;
    const { handlingEnded, filings, closed } = state;
    const finals = filings.filter(({ form }) => form === 'final');
    const texts = [
      ...(handlingEnded
        ? [[say(sheet, 'inspection.ended', { at: stampOf(handlingEnded.instant) }), handlingEnded.version] as const]
        : []),
      ...finals.map(
        (filing) => [say(sheet, 'inspection.final', { at: filedStamp(sheet, filing) }), filing.version] as const,
      ),
      ...(closed
        ? [
            [
              say(sheet, 'inspection.closed', { at: stampOf(closed.at), reason: closed.reason }),
              closed.version,
            ] as const,
          ]
        : []),
    ];
    return texts.map(([text, version]) => proved(one, named(one, text), version));
  }, true),
  files_kept: ofIncidents(
    (one) => one.state.evidence.map(({ name, file, version }) => ({ ...proved(one, named(one, name), version), file })),
    true,
  ),
  supplier_notices: ((records, item) => [
    ...suppliersOfProfile(records, item),
    ...noticesOfSuppliers(records, item),
  ]) satisfies TopicOf,
  holds: ofIncidents((one) => {
    const { sheet, state } = one;
    if (!state.hold) return [];
    const params = { at: stampOf(state.hold.at), by: whoText(sheet, state.hold.by), reason: state.hold.reason };
    return [proved(one, named(one, say(sheet, 'inspection.hold', params)), state.hold.version)];
  }),
  tasks_open: tasks(({ finished }) => finished === null),
  tasks_done: tasks(({ finished }) => finished !== null && !finished.needless),
  time_stamps: ofIncidents((one) =>
    one.state.stamps.map(({ entry, stampedAt, authority, version }) => {
      const text = say(one.sheet, 'inspection.stamp', { entry, at: stampOf(stampedAt), authority });
      return proved(one, named(one, text), entry, version);
    }),
  ),
};

function listed({ sheet, state: { imported } }: Dossier): readonly string[] {
  if (!imported) return [];
  const { reference, awareAt, filedAt } = imported;
  const filed = filedAt === undefined ? say(sheet, 'leniency.missing') : stampOf(filedAt);
  return [...marksOf(sheet), say(sheet, 'inspection.listed', { reference, aware: stampOf(awareAt), filed })];
}

function learntText(one: Dossier, { instant, source, description = '', reachedUs }: AwarenessCandidate): string {
  const known = AWARENESS_SOURCES.find((id) => id === source) ?? 'other';
  const params = { at: stampOf(instant), source: say(one.sheet, `source.${known}`), description };
  return named(one, say(one.sheet, reachedUs ? 'leniency.candidate' : 'leniency.candidate.theirs', params).trim());
}

/** Topic on tasks of incidents and drills, each with owner and date. */
function tasks(isMeant: (task: Task) => boolean): TopicOf {
  return (records) =>
    records.flatMap((one) =>
      one.state.tasks.filter(isMeant).map((task) => {
        const { id, kind, text, owner, due, finished, version } = task;
        const { sheet, events } = one;
        const open = say(sheet, 'leniency.missing');
        const params = {
          what: text ?? say(sheet, kind === 'seal' ? 'task.seal' : 'task.written'),
          owner: owner === null ? open : whoText(sheet, owner),
          due: due === null ? open : dueStampOf(due),
          at: finished ? stampOf(finished.at) : '',
        };
        const said = say(sheet, finished ? 'inspection.task_done' : 'inspection.task', params);
        const changes = events.flatMap(({ event, version: entry }) =>
          event.type === 'task_changed' && event.payload.task === id ? [entry] : [],
        );
        return proved(one, named(one, said), version, ...changes, ...(finished ? [finished.version] : []));
      }),
    );
}

export const filingTopics = {
  duties: ofIncidents((one, { ranks, recipients }) =>
    one.ia.obligations
      .filter((duty) => isListed(one.state, duty))
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
      const answer = duty ? ` ${resultText(one.sheet, duty)}` : '';
      const text = say(one.sheet, 'inspection.request', { from, what, at: stampOf(receivedAt) });
      const answered = duty?.filing ? entriesOf(one, duty.filing) : [];
      return proved(one, named(one, `${text}${answer}`), version, ...answered, ...(dropped ? [dropped.version] : []));
    }),
  ),
};

/** True for duties that are owed, were waived, or passed their limit before anybody decided whether they are owed. */
function isListed(state: IncidentState, duty: OwedObligation): boolean {
  return duty.provisional ? duty.status === 'late' : duty.status !== 'void' || waiverOf(state, duty) !== undefined;
}

/** Statement on one duty: its due time, and whether it was met, missed or waived, with the reason. */
function dutyStatement(one: Dossier, duty: OwedObligation): Statement {
  const { sheet, state } = one;
  const { id, anchor, filing, due } = duty;
  const waived = waiverOf(state, duty);
  const delay = state.delays[id];
  const what = named(one, say(sheet, 'inspection.duty', { what: dutyTitle(sheet, duty), due: dueText(sheet, duty) }));
  const text = `${what}\n${resultText(sheet, duty)}`;
  if (filing) {
    const start = anchor === 'awareness' && state.awareness ? [state.awareness.version] : [];
    return proved(one, text, ...start, ...entriesOf(one, filing), ...(delay ? [delay.version] : []));
  }
  if (waived) return proved(one, text, waived.version);
  const isOpen = due === null || (duty.isLatest && duty.status !== 'late');
  const standing = duty.status === 'late' ? 'inspection.overdue' : 'inspection.not_due';
  const doubt = duty.provisional ? ` ${say(sheet, 'inspection.undecided')}` : '';
  return proved(one, isOpen ? text : `${text} ${say(sheet, standing)}${doubt}`);
}

/** Entries of a filing: the filing itself, and its corrections. */
function entriesOf({ events }: Dossier, { version }: Filing): readonly number[] {
  const corrections = events.flatMap(({ event, version: entry }) =>
    event.type === 'filing_corrected' && event.payload.filing === version ? [entry] : [],
  );
  return [version, ...corrections];
}

function filedText(one: Dossier, filing: Filing): string {
  const { sheet } = one;
  const params = {
    what: filedName(sheet, filing),
    to: filedTo(sheet, filing),
    at: filedStamp(sheet, filing),
  };
  return named(one, say(sheet, 'inspection.filed', params));
}
