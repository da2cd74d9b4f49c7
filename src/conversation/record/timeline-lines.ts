import { roomId } from '../../incident/identity.ts';
import type { EventOf, EventType, IncidentEvent } from '../../incident/record/events.ts';
import { isOfClock, parseStep, type Step } from '../../incident/steps.ts';
import { thresholdsOf } from '../../law/regime.ts';
import { fieldOf, fieldPart } from '../../report/items.ts';
import type { Text } from '../cards/card.ts';
import { bareQuantity, definitionOf, factLabel, figureLabel, valueText } from '../cards/fact-text.ts';
import {
  at,
  joined,
  lawText,
  levelText,
  nameText,
  ofPart,
  partText,
  personText,
  plain,
  platformText,
  reportText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { needText, ownedText } from '../closing.ts';
import { filingTellers } from '../filing/filing-lines.ts';
import { describedSource } from '../level/why-card.ts';
import { decisionText, madeText, proposedText } from '../proposals.ts';
import { minutesBefore } from '../reminding/ladder.ts';
import { peopleText, rightText } from '../rooms/people-card.ts';
import { roomText } from '../rooms/room-name.ts';

/** One line of the time line: what happened, with its reason. Who and when stand beside it. */
export function timelineLine(situation: Situation, event: IncidentEvent): Text {
  return tell(event.type, situation, event);
}

type Tellers = { [T in EventType]: (situation: Situation, payload: EventOf<T>['payload']) => Text };
function tell<T extends EventType>(
  type: T,
  situation: Situation,
  event: { readonly type: T; readonly payload: EventOf<T>['payload'] },
): Text {
  return tellers[type](situation, event.payload);
}
const raw = (text: string | undefined): Text => ofPart('texts', text ?? '');

const tellers: Tellers = {
  declared: (_, p) => t(p.drill ? 'event.declared_drill' : 'event.declared', { title: ofPart('title', p.title) }),
  right_asked: ({ state }, p) =>
    t('event.right_asked', { what: rightText(p.right), people: peopleText(state, p.people) }),
  join_asked: (_, p) => t('event.join_asked', { name: plain(p.name) }),
  // The name that came later says more than that there was none.
  person_joined: ({ state }, p) =>
    t('event.person_joined', { name: nameText((p.unnamed && state.people[p.actor]) || p) }),
  declaration_withdrawn: (_, p) =>
    p.reason === undefined
      ? t('event.declaration_withdrawn')
      : t('event.declaration_withdrawn_why', { reason: raw(p.reason) }),
  person_removed: (_, p) =>
    p.reason === undefined
      ? t('event.person_removed', { name: plain(p.name) })
      : t('event.person_removed_why', { name: plain(p.name), reason: raw(p.reason) }),
  person_named: ({ state }, p) => {
    const account = state.people[p.actor]?.account;
    // An account whose name nobody knew was called by its id.
    if (account && account.id.toLowerCase() === p.was.toLowerCase()) {
      return t('event.person_known', { platform: platformText(account.platform), name: plain(p.name) });
    }
    return p.name === p.was
      ? t(p.language === 'en' ? 'event.person_reads' : 'event.person_reads_zh', { name: plain(p.name) })
      : t('event.person_named', { was: plain(p.was), name: plain(p.name) });
  },
  relation_set: (_, p) => t(`event.relation.${p.how}`, { id: plain(p.incident) }),
  renamed: (_, p) => t('event.renamed', { title: ofPart('title', p.title) }),
  fact_stated: (situation, p) => {
    const params = { label: factLabel(situation.regime, p.fact), value: valueText(situation, p.fact, p.value) };
    const stated = p.basis
      ? t('event.fact_stated_basis', { ...params, basis: raw(p.basis) })
      : t('event.fact_stated', params);
    return ofPart('answers', p.unconfirmed === undefined ? stated : t('event.unconfirmed', { what: stated }));
  },
  awareness_candidate_added: (situation, p) =>
    t('event.awareness_candidate', { at: at(situation, p.at), source: describedSource(p) }),
  awareness_confirmed: (situation, p) =>
    t('event.awareness_confirmed', { at: at(situation, p.at), reason: raw(p.reason) }),
  level_decided: ({ regime }, p) => {
    const params = { level: levelText(regime, p.level), floor: levelText(regime, p.floor) };
    if (p.authority !== undefined)
      return t('event.level_authority', { ...params, authority: raw(p.authority), reason: raw(p.reason) });
    return p.reason
      ? t('event.level_decided_reason', { ...params, reason: raw(p.reason) })
      : t('event.level_decided', params);
  },
  proposal_made: (situation, { command }) => madeText(situation, command),
  proposal_settled: (situation, p) => {
    const command = situation.state.proposals.find(({ id }) => id === p.proposal)?.command;
    const what = command ? proposedText(situation, command) : plain(p.proposal);
    const line = t(p.agreed ? 'event.proposal_agreed' : 'event.proposal_refused', { what });
    return p.reason ? joined([line, raw(p.reason)], 'semicolon') : line;
  },
  duty_not_owed: (situation, p) =>
    t('event.not_owed', { what: needText(situation, p.obligation), reason: raw(p.reason) }),
  level_override_proposed: ({ regime }, p) =>
    t('event.level_proposed', { level: levelText(regime, p.level), reason: raw(p.reason) }),
  level_override_refused: (_, p) =>
    p.reason ? t('event.level_refused_reason', { reason: raw(p.reason) }) : t('event.level_refused'),
  not_reportable_decided: (situation, p) =>
    t('event.not_reportable', { at: at(situation, p.reviewAt), reason: raw(p.reason) }),
  question_settled: ({ regime }, p) => {
    const question = regime.openQuestions.find(({ id }) => id === p.question);
    const reading = question?.readings.find(({ id }) => id === p.reading);
    const settled = t('event.question_settled', {
      question: question ? lawText(question.text) : raw(p.question),
      reading: reading ? lawText(reading.name) : raw(p.reading),
      reason: raw(p.reason),
    });
    return ofPart('answers', settled);
  },
  state_secret_stopped: () => t('event.stopped'),
  law_taken: (_, p) => t('event.law_taken', { law: lawText(p.pack.title), reason: raw(p.reason) }),
  stop_lifted: (_, p) => t('event.stop_lifted', { reason: raw(p.reason) }),
  decision_withdrawn: (situation, p) => {
    const what = decisionText(situation, p.about);
    return p.reason
      ? t('event.decision_withdrawn_reason', { what, reason: raw(p.reason) })
      : t('event.decision_withdrawn', { what });
  },
  charge_taken: () => t('event.charge_taken'),
  handover_offered: ({ state }, p) => t('event.handover_offered', { name: personText(state, p.to) }),
  handover_taken: ({ state }, p) => t('event.handover_taken', { name: personText(state, p.from) }),
  lead_taken: ({ state }, p) => t('event.lead_taken', { lead: personText(state, p.lead) }),
  item_assigned: (situation, p) =>
    t('event.item_assigned', { what: ownedText(situation, p.item), owner: personText(situation.state, p.owner) }),
  field_filled: (situation, p) => {
    const where = place(situation, p.field);
    if (p.value.state === 'unknown') return t('event.field_unknown', where);
    const params = { ...where, text: ofPart(fieldPart(situation, p.field), p.value.text) };
    return p.value.state === 'estimate'
      ? t('event.field_estimate', { ...params, at: at(situation, p.value.asOf) })
      : t('event.field_filled', params);
  },
  wording_confirmed: (situation, p) =>
    t('event.wording', { ...place(situation, p.field), text: ofPart(fieldPart(situation, p.field), p.wording) }),
  version_chosen: (situation, p) => t('event.version_chosen', place(situation, p.field)),
  note_added: (situation, p) =>
    p.happenedAt
      ? t('event.note_at', { text: raw(p.text), at: at(situation, p.happenedAt) })
      : t('event.note', { text: raw(p.text) }),
  evidence_added: (_, p) => t('event.evidence', { name: ofPart('files', p.evidence.name) }),
  draft_compiled: ({ regime }, p) => t('event.draft', { kind: reportText(regime, p.report), n: p.draft, upTo: p.upTo }),
  ...filingTellers,
  handling_ended: (situation, p) => t('event.ended', { at: at(situation, p.at), reason: raw(p.reason) }),
  closed: (_, p) => t('event.closed', { reason: raw(p.reason) }),
  held: (_, p) => t('event.held', { reason: raw(p.reason) }),
  hold_released: (_, p) => t('event.hold_released', { reason: raw(p.reason) }),
  erased: (_, p) => (p.reason === null ? t('event.expired') : t('event.erased', { reason: raw(p.reason) })),
  reopened: (_, p) => t('event.reopened', { reason: raw(p.reason) }),
  snoozed: (situation, p) => t('event.snoozed', { at: at(situation, p.until) }),
  inject_given: ({ state }, { inject }) => {
    const news = state.scenario?.injects.find(({ id }) => id === inject);
    return news ? t('event.inject', { from: lawText(news.from), text: lawText(news.text) }) : t('drill.choose');
  },
  drill_speed_changed: (_, { segment }) =>
    segment.rate === 0 ? t('event.paused') : t('event.speed', { speed: { amount: segment.rate } }),
  room_added: ({ state }, p) => t('event.room_added', { room: roomText(state, roomId(p.room)) }),
  room_confirmed: ({ state }, p) => t('event.room_confirmed', { room: roomText(state, p.room) }),
  room_removed: ({ state }, p) =>
    t(p.why ? 'event.room_shared' : 'event.room_removed', { room: roomText(state, p.room) }),
  chat_left: (_, p) =>
    p.quiet && p.left.length === 0
      ? t('event.chat_quieted')
      : p.reason
        ? t('event.chat_left', { reason: raw(p.reason) })
        : t('event.chat_left_plain'),
  chat_returned: (_, p) => t('event.chat_returned', { reason: raw(p.reason) }),
  released_abroad: ({ state }, p) =>
    t('event.released', {
      room: roomText(state, p.room),
      parts: joined(p.what.map(partText)),
      reason: raw(p.reason),
      basis: raw(p.legalBasis),
    }),
  release_withdrawn: ({ state }, p) =>
    t('event.release_withdrawn', {
      room: roomText(state, p.room),
      parts: joined(p.what.map(partText)),
      reason: raw(p.reason),
    }),
  language_set: (_, p) => t(p.language === 'en' ? 'event.language' : 'event.language_zh'),
  threshold_crossed: (situation, p) => {
    const threshold = thresholdsOf(situation.regime, p.fact).find((one) => one.criterion === p.criterion);
    const unit = definitionOf(situation.regime, p.fact)?.unit;
    const crossed = t('event.crossed', {
      label: figureLabel(situation.regime, p.fact),
      threshold: threshold ? bareQuantity(unit, threshold.value) : raw(''),
      at: at(situation, p.at),
      level: levelText(situation.regime, p.level),
    });
    return ofPart('answers', crossed);
  },
  head_stamped: (situation, p) =>
    t('event.stamped', { version: p.version, at: at(situation, p.at), authority: plain(p.authority) }),
  record_restored: (situation, p) => t('event.restored', { upTo: at(situation, p.upTo) }),
  reminder_due: (_, p) => {
    const minutes = Math.floor(p.lateSeconds / 60);
    const what = stepText(parseStep(p.step));
    return minutes > 0 ? t('event.reminder_late', { what, minutes: { minutes } }) : t('event.reminder', { what });
  },
  notice_delivered: (_, p) => {
    const line = t(`event.${p.outcome}`);
    return p.mayHaveArrived ? joined([line, t('event.may_have_arrived')], 'semicolon') : line;
  },
};

function place(situation: Situation, field: string): { readonly n: number; readonly field: Text } {
  const found = fieldOf(situation, field);
  return { n: found?.item.n ?? 0, field: found ? lawText(found.field.label) : raw(field) };
}

function stepText(step: Step): Text {
  if (!isOfClock(step)) return t(`event.reminder_${step.kind}`);
  const minutes = minutesBefore(step);
  if (minutes === null) return t('event.reminder_share');
  if (minutes === 0) return t('event.reminder_due');
  return minutes > 0
    ? t('event.reminder_step', { left: { minutes } })
    : t('event.reminder_over', { late: { minutes: -minutes } });
}
