import { rankOf } from '../../law/levels.ts';
import { formOf, roleOf } from '../../law/regime.ts';
import { approvalOf, draftInForce, isReport, namesApprover } from '../approvals.ts';
import { levelReached } from '../facts/assessment.ts';
import { addresseesOf } from '../facts/owed.ts';
import { type ActorId, addedActor } from '../identity.ts';
import type { Person } from '../people/profile.ts';
import { standInFor } from '../people/stand-ins.ts';
import type { IncidentEvent } from '../record/events.ts';
import type { DraftText } from '../report-document.ts';
import type { Draft, IncidentState } from '../state.ts';
import {
  type Decider,
  type Decision,
  type DecisionContext,
  folded,
  happened,
  nothing,
  nowOf,
  refused,
} from './context.ts';
import { addedPerson } from './handling.ts';
import { participantOf } from './items.ts';
import { taskAdded } from './tasks.ts';

/**
 * Compiles a draft. A correction or explanation states its subject in a person's words; every draft keeps its exact
 * text.
 */
export const compileDraft: Decider<'compile_draft'> = (state, command, context) => {
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
  return happened({
    type: 'draft_compiled',
    payload: {
      ...order,
      draft: state.drafts.length + 1,
      form: {
        regime: regime.id,
        report: formOf(role),
        recipients: addresseesOf(obligations, formOf(role)),
      },
      role,
      upTo: state.version,
      text: context.compile(state, order),
    },
  });
};

/** Asks those who approve now: whoever is on duty, otherwise all of them. */
export const requestApproval: Decider<'request_approval'> = (state, command, context) => {
  const found = currentText(state, command.draft, context);
  if ('refusal' in found) return found.refusal;
  const { draft, text } = found;
  const { status } = approvalOf(state, draft.draft);
  if (status === 'asked' || status === 'approved') return nothing;
  const people = approversNow(state, [context.actor, draft.by], nowOf(state, context));
  if (state.organisation && people.length === 0) {
    return refused(namesApprover(state.organisation) ? 'no_approver' : 'no_approver_named');
  }
  const joining = people.filter((person) => participantOf(state, person.id) === null).map(addedPerson);
  const approvers = people.map((person) => participantOf(state, person.id) ?? addedActor(person.id));
  return happened(...joining, {
    type: 'approval_requested',
    payload: { draft: draft.draft, hash: text.hash, form: draft.form, approvers },
  });
};

/** Bound to the exact text: refused when it is another one, or when the record has moved on. */
export const approve: Decider<'approve'> = (state, command, context) => {
  const found = currentText(state, command.draft, context);
  if ('refusal' in found) return found.refusal;
  const { draft, text } = found;
  if (command.hash !== text.hash) return refused('other_text', { field: 'hash' });
  if (approvalOf(state, draft.draft).status === 'approved') return nothing;
  return happened({ type: 'draft_approved', payload: { draft: draft.draft, hash: text.hash, form: draft.form } });
};

/**
 * Turns each requested change into a task for the owner of the item, otherwise for the person who compiled the draft.
 */
export const sendBack: Decider<'send_back'> = (state, command, context) => {
  const draft = state.drafts.find((one) => one.draft === command.draft);
  if (!draft?.text) return refused('unknown_draft', { field: 'draft' });
  if (draft !== draftInForce(state)) return notInForce(state);
  if (approvalOf(state, draft.draft).status === 'sent_back') return nothing;
  const unknown = command.comments.find(({ item }) => item !== undefined && !context.catalogue.hasItem(item));
  if (unknown) return refused('unknown_item', { field: 'comments' });
  const tasks = command.comments.map(({ text, item }, index) =>
    taskAdded(state, index, {
      kind: 'comment',
      text,
      item: item ?? null,
      owner: (item === undefined ? null : state.owners[item]?.owner) ?? draft.by,
    }),
  );
  const { comments } = command;
  return happened(
    { type: 'draft_sent_back', payload: { draft: draft.draft, hash: draft.text.hash, form: draft.form, comments } },
    ...tasks,
  );
};

/**
 * Events that void the approval if, after `events`, the text would differ from the approved one. A level that alone has
 * risen does not void it, nor what the approved text itself left open for the supplement: a person chooses between filing
 * as approved, with a report to follow, and a new draft.
 */
export function voidedBy(
  state: IncidentState,
  events: readonly IncidentEvent[],
  context: DecisionContext,
): readonly IncidentEvent[] {
  const latest = state.approvals.at(-1);
  const draft = state.drafts.find((one) => one.draft === latest?.draft);
  if (!latest || !draft?.text || latest.voided || latest.sentBack) return [];
  if (state.filings.some((filing) => filing.draft === latest.draft && isReport(filing))) return [];
  const after = folded(state, events, context);
  if (after.drafts.length > state.drafts.length || after.approvals !== state.approvals) return [];
  if (after.filings.length > state.filings.length) return [];
  const changes = context.changes(after, draft);
  const now = context.assess(after);
  const levelRose = rankOf(now.regime, levelReached(now)) > rankOf(now.regime, draft.text.level);
  const onlyLevel = levelRose && changes.every((id) => id === context.catalogue.levelField);
  if (changes.length === 0 || onlyLevel) return [];
  if (latest.approved && changes.every((id) => wasLeftOpen(draft.text, id, context))) return [];
  const { hash, form } = latest;
  return [{ type: 'approval_voided', payload: { draft: latest.draft, hash, form, changes, levelRose } }];
}

/** Returns true for a field that may follow and that a text states nothing of yet, and for the note of the text on those. */
function wasLeftOpen(text: DraftText | undefined, id: string, { catalogue }: DecisionContext): boolean {
  if (text?.document.notes.some((note) => note.id === id)) return true;
  const blocks = text?.document.sections.flatMap((section) => section.blocks) ?? [];
  const states = ({ kind }: { readonly kind: string }) => kind !== 'phrase' && kind !== 'to_supplement';
  return (
    catalogue.mayFollow(id) &&
    blocks.some(
      (block) =>
        block.kind === 'paragraph' &&
        !block.runs.some(states) &&
        block.runs.some((run) => run.kind === 'to_supplement' && run.of === id),
    )
  );
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

/** Approvers available now, by role, roster and deputies; with four eyes never the authors. */
function approversNow(state: IncidentState, authors: readonly ActorId[], now: string): readonly Person[] {
  const { organisation } = state;
  if (!organisation) return [];
  const writers = new Set(authors.map((actor) => state.people[actor]?.person));
  const may = ({ id }: Person): boolean => !(fourEyes(state) && writers.has(id));
  const there = standInFor(organisation, 'approver', now).map(({ person }) => person);
  const free = there.filter(may);
  return free.length > 0 ? free : organisation.people.filter((one) => one.roles.includes('approver') && may(one));
}
