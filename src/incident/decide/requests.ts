import { draftNeed, reportNeed } from '../closing.ts';
import { type Decider, futureRefusal, happened, nothing, refused } from './context.ts';

/** Turns an authority's request with a due time into an obligation with a clock. */
export const addRequest: Decider<'add_request'> = (state, command, context) => {
  if (!context.catalogue.hasRecipient(command.recipient)) return refused('unknown_recipient', { field: 'recipient' });
  const future = futureRefusal(state, context, 'receivedAt', [command.receivedAt]);
  if (future) return future;
  if (command.due !== undefined && Date.parse(command.due) <= Date.parse(command.receivedAt)) {
    return refused('must_be_future', { field: 'due', params: { value: command.due } });
  }
  const known = state.requests.some(
    (r) => r.from === command.from && r.what === command.what && r.receivedAt === command.receivedAt,
  );
  if (known) return nothing;
  const { type: _, ...payload } = command;
  return happened({
    type: 'request_received',
    payload: { ...payload, request: `request.${state.requests.length + 1}` },
  });
};

/** The authority no longer wants it; what it wanted stays on the record. */
export const dropRequest: Decider<'drop_request'> = (state, command) => {
  const request = state.requests.find(({ id }) => id === command.request);
  if (!request) return refused('unknown_obligation', { field: 'request' });
  if (request.dropped) return nothing;
  return happened({ type: 'request_dropped', payload: { request: request.id, reason: command.reason } });
};

/**
 * Reason why a duty is not owed, or a compiled report is not sent. A reason is always required, so no duty is omitted
 * unrecorded.
 */
export const notOwed: Decider<'not_owed'> = (state, { obligation, reason }, context) => {
  const duty = context.assess(state).obligations.find(({ id }) => id === obligation);
  const isReport = context.owedReports(state).some((role) => reportNeed(role) === obligation);
  if (!duty && !isReport && !state.drafts.some(({ draft }) => draftNeed(draft) === obligation)) {
    return refused('unknown_obligation', { field: 'obligation' });
  }
  if (duty?.filing) return refused('filed_already', { field: 'obligation' });
  const rule = context.assess(state).regime.obligations.findLast(({ id }) => id === obligation);
  if (rule?.exemption?.allowed === false) {
    const { quote, article } = rule.exemption.source;
    return refused('no_exemption', { field: 'reason', params: { quote, article } });
  }
  // The level that is reached is owed: only another level ends it.
  if (duty?.form === 'first' && !duty.provisional && duty.status !== 'void') {
    return refused('level_reached', { params: { floor: context.assess(state).assessment.floor } });
  }
  if (state.notOwed[obligation]?.reason === reason) return nothing;
  return happened({ type: 'duty_not_owed', payload: { obligation, reason } });
};
