import { approvalOf } from '../../incident/approvals.ts';
import type { Command, CommandOf } from '../../incident/commands.ts';
import { pointsOf } from '../../incident/facts/assessment-points.ts';
import type { EventOf, EventType } from '../../incident/record/events.ts';
import type { Filing, Task } from '../../incident/state.ts';
import type { Text } from '../cards/card.ts';
import { shownBy } from '../cards/sentence.ts';
import {
  at,
  contentText,
  dueAt,
  joined,
  lawText,
  ofPart,
  personText,
  plain,
  recipientText,
  reportText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { ruleText } from '../level/duties.ts';
import { changeLabel, shortHash } from './draft-changes.ts';

const raw = (text: string | undefined): Text => ofPart('texts', text ?? '');

/** A task in the words of whoever set it, or the bot's own. */
export function taskText(
  situation: Situation,
  { kind, text, obligation }: Pick<Task, 'kind' | 'text' | 'obligation'>,
): Text {
  if (text !== null) return ofPart('texts', text);
  if (kind === 'seal') return t('task.seal');
  const recipient = situation.ia.obligations.find(({ id }) => id === obligation)?.recipient;
  return recipient ? t('task.written_to', { recipient: recipientText(situation, recipient) }) : t('task.written');
}
export function pointText({ state, regime }: Pick<Situation, 'state' | 'regime'>, id: string): Text {
  const point = pointsOf(regime, state.organisation).find((one) => one.id === id);
  return point ? lawText(point.name) : plain(id);
}
export function channelText({ regime }: Pick<Situation, 'regime'>, id: string): Text {
  const channel = regime.channels.find((one) => one.id === id);
  return channel ? lawText(channel.name) : plain(id);
}
export function marginText(filing: Pick<Filing, 'due' | 'filedAt'>): Text {
  if (filing.due === null) return t('filed.no_due');
  const minutes = Math.floor((Date.parse(filing.due) - Date.parse(filing.filedAt)) / 60_000);
  return minutes >= 0
    ? t('filed.early', { minutes: { minutes } })
    : t('filed.late', { minutes: { minutes: -minutes } });
}
/** Office that received a filing, with the one that passed it on; the recipient by its name where nobody wrote another. */
export function sentToText(
  situation: Situation,
  { to, forwardedBy, recipient }: Pick<Filing, 'to' | 'forwardedBy' | 'recipient'>,
): Text {
  const office = to === undefined ? recipientText(situation, recipient ?? '') : raw(to);
  return forwardedBy === undefined ? office : t('filed.forwarded', { to: office, by: raw(forwardedBy) });
}
/** Returns true if approval was requested and not given when the report was sent. */
function wentUnapproved({ state }: Situation, { draft, approved }: EventOf<'filing_recorded'>['payload']): boolean {
  return approved === false && draft !== undefined && approvalOf(state, draft).status !== 'none';
}
const keptText = ({
  contradictionsKept: kept,
}: {
  readonly contradictionsKept?: string | undefined;
}): readonly Text[] => (kept === undefined ? [] : [t('event.contradictions_kept', { reason: raw(kept) })]);
const people = ({ state }: Situation, actors: readonly string[]): Text =>
  joined(actors.map((a) => personText(state, a)));
const taskOf = ({ state }: Situation, id: string): Task | undefined => state.tasks.find((task) => task.id === id);

type Tellers<T extends EventType> = { [K in T]: (situation: Situation, payload: EventOf<K>['payload']) => Text };

/** The lines of the time line that tell of approval, filing and what follows. */
export const filingTellers: Tellers<
  | 'approval_requested'
  | 'draft_approved'
  | 'draft_sent_back'
  | 'approval_voided'
  | 'point_assessed'
  | 'filing_recorded'
  | 'filing_corrected'
  | 'filing_practised'
  | 'delay_explained'
  | 'request_received'
  | 'request_dropped'
  | 'task_added'
  | 'task_changed'
  | 'task_finished'
> = {
  approval_requested: (situation, p) =>
    p.approvers.length > 0
      ? t('event.approval_requested', { n: p.draft, people: people(situation, p.approvers) })
      : t('event.approval_requested_any', { n: p.draft }),
  draft_approved: (_, p) => t('event.approved', { n: p.draft, hash: shortHash(p.hash) }),
  draft_sent_back: (_, p) =>
    t('event.sent_back', {
      n: p.draft,
      comments: joined(
        p.comments.map(({ text }) => raw(text)),
        'semicolon',
      ),
    }),
  approval_voided: (situation, p) =>
    t('event.approval_voided', { n: p.draft, changes: joined(p.changes.map((id) => changeLabel(situation, id))) }),
  point_assessed: (situation, p) => t('event.point_assessed', { point: pointText(situation, p.point) }),
  filing_recorded: (situation, p) => {
    const report = p.report ?? null;
    // Once an earlier filing is taken back this one is measured by the clock that runs again.
    const counted = situation.state.filings.find((one) => one.obligation === p.obligation && one.filedAt === p.at);
    const filed = t('event.filed', {
      what: report === null ? filedFor(situation, p) : reportText(situation.regime, report),
      to: sentToText(situation, p),
      at: at(situation, p.at),
      channel: channelText(situation, p.channel),
      receipt: p.receipt ? t('filed.receipt', { receipt: raw(p.receipt) }) : t('filed.no_receipt'),
      margin: marginText(counted ?? { due: p.due, filedAt: p.at }),
    });
    const other = { reason: raw(p.otherChannel) };
    const more = [
      ...(p.withoutApproval ? [t('event.without_approval', { reason: raw(p.withoutApproval) })] : []),
      ...(!p.withoutApproval && wentUnapproved(situation, p) ? [t('event.unapproved')] : []),
      ...keptText(p),
      ...(p.otherChannel ? [t(`event.${p.form === 'final' ? 'other' : 'unreached'}_channel`, other)] : []),
      ...(p.noReceipt === undefined ? [] : [t('form.filing.none_because', { reason: raw(p.noReceipt) })]),
      ...(p.lateReason ? [t('event.delay')] : []),
    ];
    return more.length > 0 ? joined([filed, ...more], 'semicolon') : filed;
  },
  filing_corrected: (situation, p) => {
    if (p.mistaken !== undefined) {
      const params = { reason: raw(p.mistaken), office: raw(p.sentTo) };
      return t(p.sentTo === undefined ? 'event.filing_mistaken' : 'event.filing_elsewhere', params);
    }
    const changed = [
      ...(p.at === undefined ? [] : [t('filed.at', { at: at(situation, p.at) })]),
      ...(p.channel === undefined ? [] : [channelText(situation, p.channel)]),
      ...(p.draft === undefined ? [] : [t('close.draft_name', { n: p.draft })]),
    ];
    return changed.length === 0
      ? t('event.filing_completed', { receipt: raw(p.receipt) })
      : joined(
          [t('event.filing_changed', { what: joined(changed), reason: raw(p.reason) }), ...keptText(p)],
          'semicolon',
        );
  },
  filing_practised: (situation, p) =>
    t('event.practised', {
      channel: channelText(situation, p.channel),
      margin: marginText({ due: p.due, filedAt: p.at }),
    }),
  // The reason is for the lead and legal; many read the time line.
  delay_explained: () => t('event.delay'),
  request_received: (situation, p) => {
    const params = { from: raw(p.from), what: raw(p.what) };
    return p.due ? t('event.request', { ...params, due: dueAt(situation, p.due) }) : t('event.request_open', params);
  },
  request_dropped: ({ state }, p) =>
    t('event.request_dropped', {
      from: raw(state.requests.find(({ id }) => id === p.request)?.from),
      reason: raw(p.reason),
    }),
  task_added: (situation, p) =>
    t('event.task_added', { task: taskText(situation, p), owner: personText(situation.state, p.owner) }),
  task_changed: (situation, p) => {
    const task = taskOf(situation, p.task);
    return t('event.task_changed', {
      task: task ? taskText(situation, task) : raw(p.task),
      owner: personText(situation.state, task?.owner ?? null),
    });
  },
  task_finished: (situation, p) => {
    const task = taskOf(situation, p.task);
    return t('event.task_finished', { task: task ? taskText(situation, task) : raw(p.task) });
  },
};

type Sayers<T extends Command['type']> = { [K in T]: (situation: Situation, command: CommandOf<K>) => Text | null };

/** Confirmation lines of filing commands: the change, in one line each. */
export const filingSayers: Sayers<
  | 'request_approval'
  | 'approve'
  | 'send_back'
  | 'assess_point'
  | 'record_filing'
  | 'correct_filing'
  | 'practise_filing'
  | 'explain_delay'
  | 'add_request'
  | 'drop_request'
  | 'add_task'
  | 'change_task'
  | 'finish_task'
> = {
  request_approval: (situation, { draft }) => {
    const approvers = situation.state.approvals.at(-1)?.approvers ?? [];
    if (approvers.length > 0) {
      return shownBy('draft', t('said.approval_requested', { n: draft, people: people(situation, approvers) }));
    }
    const anyone = t('said.approval_requested_any', { n: draft });
    // Nothing of a drill is filed at all.
    const said = situation.state.drill ? anyone : joined([anyone, t('said.approval_not_needed')], 'sentence');
    return shownBy('draft', said);
  },
  approve: (_, { draft, hash }) => shownBy('draft', t('said.approved', { n: draft, hash: shortHash(hash) })),
  send_back: (_, { draft, comments }) => t('said.sent_back', { n: draft, count: comments.length }),
  assess_point: (situation, { point, finding }) =>
    t('said.point', { point: pointText(situation, point), finding: t(`finding.${finding}`) }),
  record_filing: (situation, { obligation, at: filedAt }) => {
    const { filings } = situation.state;
    const filing =
      filings.findLast((one) => one.obligation === obligation && one.filedAt === filedAt) ?? filings.at(-1);
    if (!filing) return null;
    const params = { channel: channelText(situation, filing.channel), margin: marginText(filing) };
    return t('said.filed', { at: at(situation, filing.filedAt), ...params });
  },
  correct_filing: (_, { mistaken, reason }) => {
    if (mistaken !== undefined) return t('said.filing_mistaken');
    return t(reason === undefined ? 'said.filing_completed' : 'said.filing_changed_plain');
  },
  practise_filing: (situation) => {
    const filing = situation.state.filings.at(-1);
    if (!filing) return null;
    return t('said.practised', { channel: channelText(situation, filing.channel), margin: marginText(filing) });
  },
  explain_delay: () => t('said.delay'),
  add_request: (situation, { from, due }) =>
    due
      ? t('said.request', { from: raw(from), due: dueAt(situation, due) })
      : t('said.request_open', { from: raw(from) }),
  drop_request: () => t('said.request_dropped'),
  add_task: (situation) => taskLine(situation, situation.state.tasks.at(-1)),
  change_task: (situation, { task }) => taskLine(situation, taskOf(situation, task)),
  finish_task: (situation, { task }) => {
    const done = taskOf(situation, task);
    return done ? t('said.task_done', { task: taskText(situation, done) }) : null;
  },
};

function taskLine(situation: Situation, task: Task | undefined): Text | null {
  return task
    ? t('said.task', { task: taskText(situation, task), owner: personText(situation.state, task.owner) })
    : null;
}

/** Duty a filing is for: of a further law or contract its title and place, since several have a first report. */
function filedFor(
  { regime }: Situation,
  { obligation, content = '' }: Pick<EventOf<'filing_recorded'>['payload'], 'obligation' | 'content'>,
): Text {
  const rule = regime.obligations.findLast(({ id, regime: of }) => id === obligation && of !== undefined);
  if (!rule) return contentText(regime, content);
  const law = ruleText({ rank: rule.rank ?? 'law', source: rule.source });
  return t('filed.under', { what: lawText(rule.title), law });
}
