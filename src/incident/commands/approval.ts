import { z } from 'zod';
import { formOf, roleOf } from '../../law/regime.ts';
import type { ReportRole } from '../../law/types.ts';
import { approvalOf, draftInForce, isAskedInVain, isReport, namesApprover } from '../approvals.ts';
import type { CommandOf } from '../commands.ts';
import {
  allHappened,
  type Deciders,
  type Decision,
  type DecisionContext,
  happened,
  nothing,
  nowOf,
  refused,
} from '../decide/context.ts';
import { FINDINGS, pointsOf } from '../facts/assessment-points.ts';
import { addresseesOf } from '../facts/owed.ts';
import { type ActorId, addedActor } from '../identity.ts';
import { participantOf, peopleNow } from '../people/people.ts';
import type { Person } from '../people/profile.ts';
import { standInFor } from '../people/stand-ins.ts';
import type { EventOf, FilledForm, Reducers } from '../record/events.ts';
import type { DraftText } from '../report-document.ts';
import type { Approval, Draft, IncidentState, Stamp } from '../state.ts';
import { command, draft, id, prose, reason, regime, sha256 } from './parts.ts';
import { addedPerson } from './people.ts';
import { taskAdded } from './requests.ts';

/** Drafts, their approval, and the internal assessment. */

const comment = z.strictObject({ text: reason, item: id.optional() });

export const schemas = {
  compile_draft: command('compile_draft', {
    regime,
    /** Id of a report of the regime's form. */
    report: id,
    cannotDetermine: z.array(z.enum(['cause', 'impact', 'trend'])).default([]),
    /** Text (Chinese) of the correction or explanation; only for 更正 and 情况说明. */
    statement: prose.optional(),
  }),
  request_approval: command('request_approval', { draft }),
  approve: command('approve', { draft, hash: sha256 }),
  send_back: command('send_back', { draft, comments: z.array(comment).min(1).max(20) }),
  /** Records a finding on a point of the internal assessment; the note is for counsel only. */
  assess_point: command('assess_point', { point: id, finding: z.enum(FINDINGS), note: reason.optional() }),
};

export interface Events {
  draft_compiled: {
    draft: number;
    form: FilledForm | null;
    report: string;
    role: ReportRole;
    cannotDetermine: readonly ('cause' | 'impact' | 'trend')[];
    upTo: number;
    statement?: string | undefined;
    /** The exact text; drafts of the first versions of this program have none. */
    text?: DraftText;
  };
  approval_requested: ApprovedText & { approvers: readonly ActorId[] };
  draft_approved: ApprovedText;
  draft_sent_back: ApprovedText & { comments: CommandOf<'send_back'>['comments'] };
  /** Differences of the record from the approved text; `changes` are ids of the changed statements. */
  approval_voided: ApprovedText & { changes: readonly string[]; levelRose: boolean };
  /** Assessment for counsel only: left out of bundles unless asked for. */
  point_assessed: Omit<CommandOf<'assess_point'>, 'type'>;
}

export interface ApprovedText {
  readonly draft: number;
  readonly hash: string;
  readonly form: FilledForm | null;
}

export const deciders: Deciders<keyof typeof schemas> = {
  /** Compiles a draft, which keeps its exact text. A correction or explanation includes a person's statement. */
  compile_draft: (state, command, context) => {
    const { report, cannotDetermine, statement } = command;
    const { regime, obligations } = context.assess(state);
    const role = roleOf(regime, report);
    if (role === null) return refused('invalid', { field: 'report' });
    const explains = role === 'correction' || role === 'explanation';
    if (explains && statement === undefined) return refused('needs_statement', { field: 'statement' });
    const order = { report, cannotDetermine, ...(statement === undefined ? {} : { statement }) };
    const isFirst = !state.filings.some(isReport);
    if (isFirst && (role === 'supplement' || role === 'update')) return refused('first_report_first');
    if (role === 'correction') {
      if (isFirst) return refused('nothing_filed');
      if (context.sinceFiled(state, order)?.length === 0) return refused('nothing_to_correct');
    }
    return happened('draft_compiled', {
      ...order,
      draft: state.drafts.length + 1,
      form: { regime: regime.id, report: formOf(role), recipients: addresseesOf(obligations, formOf(role)) },
      role,
      upTo: state.version,
      text: context.compile(state, order),
    });
  },
  /** Asks the approvers on duty, otherwise all approvers. */
  request_approval: (state, command, context) => {
    const found = currentText(state, command.draft, context);
    if ('refusal' in found) return found.refusal;
    const { draft, text } = found;
    const { status, approval } = approvalOf(state, draft.draft);
    const isWaiting = status === 'asked' && !(approval && isAskedInVain(state, approval));
    if (isWaiting || status === 'approved') return nothing;
    const people = approversNow(state, [context.actor, draft.by], context);
    if (state.organisation && people.length === 0) {
      const named = namesApprover(peopleNow(state));
      return refused(named ? 'no_approver' : 'no_approver_named');
    }
    const joining = people.filter((person) => participantOf(state, person.id) === null).map(addedPerson);
    const approvers = people.map((person) => participantOf(state, person.id) ?? addedActor(person.id));
    return allHappened(...joining, {
      type: 'approval_requested',
      payload: { draft: draft.draft, hash: text.hash, form: draft.form, approvers },
    });
  },
  /** Approves the exact text: refused for another text, or if the record has changed since. */
  approve: (state, command, context) => {
    const found = currentText(state, command.draft, context);
    if ('refusal' in found) return found.refusal;
    const { draft, text } = found;
    if (command.hash !== text.hash) return refused('other_text', { field: 'hash' });
    if (approvalOf(state, draft.draft).status === 'approved') return nothing;
    return happened('draft_approved', { draft: draft.draft, hash: text.hash, form: draft.form });
  },
  /** Turns each requested change into a task for the item's owner, otherwise for the person who compiled the draft. */
  send_back: (state, command, context) => {
    const draft = state.drafts.find((one) => one.draft === command.draft);
    if (!draft?.text) return refused('unknown_draft', { field: 'draft' });
    if (draft !== draftInForce(state)) return notInForce(state);
    const isSentBack = approvalOf(state, draft.draft).status === 'sent_back';
    const isKnown = (words: string): boolean =>
      state.tasks.some(({ kind, text, version }) => kind === 'comment' && text === words && version > draft.version);
    const unknown = command.comments.find(({ item }) => item !== undefined && !context.catalogue.hasItem(item));
    if (unknown) return refused('unknown_item', { field: 'comments' });
    // Another reader's comments on a text that was sent back become tasks as well.
    const comments = command.comments.filter(({ text }) => !isSentBack || !isKnown(text));
    const tasks = comments.map(({ text, item }, index) =>
      taskAdded(state, index, {
        kind: 'comment',
        text,
        item: item ?? null,
        owner: (item === undefined ? null : state.owners[item]?.owner) ?? draft.by,
      }),
    );
    if (isSentBack) return allHappened(...tasks);
    return allHappened(
      { type: 'draft_sent_back', payload: { draft: draft.draft, hash: draft.text.hash, form: draft.form, comments } },
      ...tasks,
    );
  },
  assess_point: (state, command, context) => {
    if (!pointsOf(context.assess(state).regime, state.organisation).some(({ id }) => id === command.point)) {
      return refused('unknown_point', { field: 'point' });
    }
    const before = state.points[command.point];
    if (before?.finding === command.finding && before.note === command.note) return nothing;
    const { type: _, ...payload } = command;
    return happened('point_assessed', payload);
  },
};

export const reducers: Reducers<keyof Events> = {
  draft_compiled: (s, p, stamp) => ({ drafts: [...s.drafts, { ...stamp, ...p }] }),
  approval_requested: (s, p, stamp) => ({ approvals: [...s.approvals, asked(p, stamp)] }),
  /** Approval by any approver, also one who was not asked. */
  draft_approved: ({ approvals }, p, stamp) => {
    const last = approvals.at(-1);
    const waits = last?.draft === p.draft && !last.approved && !last.sentBack && !last.voided;
    return withLast(waits ? approvals : [...approvals, asked({ ...p, approvers: [stamp.by] }, stamp)], {
      approved: stamp,
    });
  },
  draft_sent_back: ({ approvals }, { comments, ...p }, stamp) => {
    const isAsked = approvals.at(-1)?.draft === p.draft;
    const all = isAsked ? approvals : [...approvals, asked({ ...p, approvers: [stamp.by] }, stamp)];
    return withLast(all, { sentBack: { ...stamp, comments } });
  },
  approval_voided: (s, { changes, levelRose }, stamp) =>
    withLast(s.approvals, { voided: { ...stamp, changes, levelRose } }),
  point_assessed: (s, { point, ...p }, stamp) => ({ points: { ...s.points, [point]: { ...stamp, ...p } } }),
};

/** New request for approval; if a draft has several entries, the latest counts. */
function asked({ draft, hash, form, approvers }: EventOf<'approval_requested'>['payload'], stamp: Stamp): Approval {
  return { ...stamp, draft, hash, form, approvers, approved: null, sentBack: null, voided: null };
}

function withLast(all: readonly Approval[], change: Partial<Approval>): Pick<IncidentState, 'approvals'> {
  return { approvals: all.map((one, index) => (index === all.length - 1 ? { ...one, ...change } : one)) };
}

/** Latest draft with its text, if the text still matches the record. */
function currentText(
  state: IncidentState,
  number: number,
  context: DecisionContext,
): { readonly draft: Draft; readonly text: DraftText } | { readonly refusal: Decision } {
  const draft = state.drafts.find((one) => one.draft === number);
  if (!draft) return { refusal: refused('unknown_draft', { field: 'draft' }) };
  if (draft !== draftInForce(state)) return { refusal: notInForce(state) };
  const { text } = draft;
  if (!text) return { refusal: refused('compile_again') };
  const changes = context.changes(state, draft);
  if (changes.length > 0) return { refusal: refused('text_changed', { params: { changes } }) };
  return { draft, text };
}

function notInForce(state: IncidentState): Decision {
  return refused('not_latest_draft', { params: { draft: draftInForce(state)?.draft ?? 0 } });
}

function fourEyes({ organisation }: Pick<IncidentState, 'organisation'>): boolean {
  return organisation?.approval?.fourEyes ?? false;
}

/** Returns the approvers available now by role, roster and deputies; under four eyes without the authors. */
function approversNow(state: IncidentState, authors: readonly ActorId[], context: DecisionContext): readonly Person[] {
  const organisation = peopleNow(state);
  if (!organisation) return [];
  const now = nowOf(state, context);
  const writers = new Set(authors.map((actor) => state.people[actor]?.person));
  const may = ({ id }: Person): boolean => !(fourEyes(state) && writers.has(id));
  const free = standInFor(organisation, 'approver', now)
    .map(({ person }) => person)
    .filter(may);
  return free.length > 0 ? free : organisation.people.filter((one) => one.roles.includes('approver') && may(one));
}
