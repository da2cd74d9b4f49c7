import { decisionsInForce, type Events, type schemas } from '../../incident/commands/decisions.ts';
import type { Proposal } from '../../incident/state.ts';
import type { Text } from '../cards/card.ts';
import { shownBy } from '../cards/sentence.ts';
import { at, joined, lawText, levelText, personText, plain, type Situation, t } from '../cards/situation.ts';
import { proofFields } from '../filing/filing-fields.ts';
import {
  form,
  manyField,
  oneField,
  parseAs,
  parsed,
  reasonField,
  reasonForm,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { dutyGroups, dutyName } from '../level/duties.ts';
import { takeLawForm } from '../level/law-offers.ts';
import { decisionText, groundText, lawTitle, madeText, proposedText, secondOf } from '../proposals.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

/** Considerations for or against a voluntary report; a person goes through them and decides. */
const CONSIDERATIONS = ['could_rise', 'press', 'others_affected', 'help', 'sector', 'customers', 'goodwill'] as const;

const REVIEWS = [
  t('form.not_reportable.review_hours'),
  t('form.not_reportable.review_tomorrow'),
  t('form.not_reportable.review_days'),
];

export const sayers: Sayers<keyof typeof schemas> = {
  decide_level: levelLine,
  not_reportable: notReportableLine,
  withdraw_decision: (situation, { about }) => t('said.withdrawn', { what: decisionText(situation, about) }),
  take_law: ({ state }, { law }) => t('said.law_taken', { law: lawTitle(state, law) }),
  stop_state_secret: ({ state }) => t('said.stopped', { id: plain(state.id) }),
  lift_stop: ({ state }) => t('said.stop_lifted', { id: plain(state.id) }),
  second: secondLine,
  second_level: secondLine,
};

export const tellers: Tellers<keyof Events> = {
  level_decided: ({ regime }, p) => {
    const params = { level: levelText(regime, p.level), floor: levelText(regime, p.floor) };
    if (p.authority !== undefined)
      return t('event.level_authority', { ...params, authority: raw(p.authority), reason: raw(p.reason) });
    const key = p.level === p.floor ? 'event.level_given' : 'event.level_decided';
    return p.reason ? t(`${key}_reason`, { ...params, reason: raw(p.reason) }) : t(key, params);
  },
  not_reportable_decided: (situation, p) =>
    t('event.not_reportable', { at: at(situation, p.reviewAt), reason: raw(p.reason) }),
  decision_withdrawn: (situation, p) => {
    const what = decisionText(situation, p.about);
    return p.reason
      ? t('event.decision_withdrawn_reason', { what, reason: raw(p.reason) })
      : t('event.decision_withdrawn', { what });
  },
  law_taken: (_, p) => t('event.law_taken', { law: lawText(p.pack.title), reason: raw(p.reason) }),
  state_secret_stopped: () => t('event.stopped'),
  stop_lifted: (_, p) => t('event.stop_lifted', { reason: raw(p.reason) }),
  proposal_made: madeText,
  proposal_settled: (situation, p) => {
    const command = situation.state.proposals.find(({ id }) => id === p.proposal)?.command;
    const what = command ? proposedText(situation, command) : plain(p.proposal);
    const line = t(p.agreed ? 'event.proposal_agreed' : 'event.proposal_refused', { what });
    return p.reason ? joined([line, raw(p.reason)], 'semicolon') : line;
  },
  level_override_proposed: ({ regime }, p) =>
    t('event.level_proposed', { level: levelText(regime, p.level), reason: raw(p.reason) }),
  level_override_refused: (_, p) =>
    p.reason ? t('event.level_refused_reason', { reason: raw(p.reason) }) : t('event.level_refused'),
};

export const forms: Forms = {
  /** Form to decide a level other than the figures give, with a reason; a lower level needs a second person. */
  another_level: {
    gives: 'decide_level',
    part: 'answers',
    build(situation, args) {
      const { floor } = situation.ia.assessment;
      const options = situation.regime.levels.map(({ id }) => ({ value: id, label: levelText(situation.regime, id) }));
      return form(
        t('form.level.title'),
        [
          oneField('level', t('form.level.level'), options, args['level']),
          reasonField(),
          textField('authority', t('form.level.authority'), { maxLength: 200 }),
          textField('office', t('form.level.office'), { maxLength: 200, example: t('form.level.office_example') }),
          textField('message', t('form.level.message'), { multiline: true }),
          ...proofFields(situation),
        ],
        { intro: [t('form.level.intro', { floor: levelText(situation.regime, floor) })] },
      );
    },
    parse({ regime }, _, values) {
      const level = single(values, 'level');
      if (!regime.levels.some(({ id }) => id === level)) return { errors: { level: t('form.choose') } };
      const authority = single(values, 'authority');
      const decided = { type: 'decide_level', level, reason: single(values, 'reason') } as const;
      if (authority === '') return parsed(decided);
      const [file, office, message] = ['proof', 'office', 'message'].map((id) => single(values, id));
      if (!file && !office && !message) return { errors: { office: t('refuse.needs_proof') } };
      const proof = { ...(file ? { file } : {}), ...(office ? { office } : {}), ...(message ? { message } : {}) };
      return parsed({ ...decided, authority, proof });
    },
  },
  /** Form for "not reportable for now": a decision with a reason and a date of review. */
  not_reportable: {
    build(situation) {
      const duties = dutyGroups(situation).flatMap(([duty]) => (duty ? dutyName(situation, duty) : []));
      const intro =
        duties.length > 0
          ? t('form.not_reportable.intro', { duties: joined(duties, 'semicolon') })
          : t('form.not_reportable.intro_plain');
      const review = timeField('review', t('form.not_reportable.review'), {
        required: true,
        example: t('form.not_reportable.review_example'),
        choices: REVIEWS,
      });
      const options = CONSIDERATIONS.map((value) => ({ value, label: t(`consider.${value}`) }));
      const considered = situation.state.notReportable?.considered ?? [];
      return form(
        t('form.not_reportable.title'),
        [
          reasonField(),
          review,
          manyField('considered', t('form.not_reportable.considered'), options, considered, {
            hint: t('form.not_reportable.considered_hint'),
          }),
        ],
        { intro: [intro] },
      );
    },
    parse: parseAs('not_reportable', { reviewAt: { is: 'future', field: 'review' } }),
  },
  /** Form that withdraws a decision with a reason for the second person. */
  withdraw_decision: {
    part: 'overview',
    build(situation, { about = '' }) {
      if (!decisionsInForce(situation.state).includes(about)) return null;
      return form(t('form.withdraw_decision.title'), [reasonField()], { intro: [decisionText(situation, about)] });
    },
    parse: parseAs('withdraw_decision'),
  },
  take_law: { part: 'overview', ...takeLawForm },
  lift_stop: {
    part: 'overview',
    ...reasonForm(t('form.lift_stop.title'), 'lift_stop', { intro: [t('form.lift_stop.intro')] }),
  },
};

function levelLine(situation: Situation): Text | null {
  const { state, regime } = situation;
  const decided = state.levelDecision;
  if (!decided) return null;
  const params = { level: levelText(regime, decided.level), by: personText(state, decided.by) };
  return shownBy('question', t('said.level_decided', params));
}

function notReportableLine(situation: Situation): Text | null {
  const { state } = situation;
  if (!state.notReportable) return null;
  const review = at(situation, state.notReportable.reviewAt);
  const duties = dutyGroups(situation).flatMap(([duty]) => (duty ? dutyName(situation, duty) : []));
  if (duties.length === 0) return t('said.not_reportable_nothing', { at: review });
  return t('said.not_reportable', { at: review, duties: joined(duties, 'semicolon') });
}

/** Line on a proposal: its effect, the people asked, and the stricter deadline that applies until they answer. */
export function waitingLine(situation: Situation, waits: Proposal): Text {
  const who = secondOf(situation, waits);
  if (who === null)
    return joined(
      [t('proposal.waiting', { what: proposedText(situation, waits.command) }), t('proposal.nobody')],
      'sentence',
    );
  const params = { what: proposedText(situation, waits.command), why: groundText(situation, waits), who };
  // The card of proposals names the proposal, its reason and the people who may agree.
  return waits.recorded ? t('said.recorded_unconfirmed', params) : shownBy('proposals', t('said.proposed', params));
}

/** Line on the latest proposal: the second person's answer, or that it waits (a token's needs a further person). */
function secondLine(situation: Situation): Text | null {
  const { proposals } = situation.state;
  const latest = proposals.toSorted((a, b) => (a.settled ?? a).version - (b.settled ?? b).version).at(-1);
  if (!latest) return null;
  const what = proposedText(situation, latest.command);
  if (!latest.settled) return waitingLine(situation, latest);
  return t(latest.settled.agreed ? 'said.agreed' : 'said.refused', { what });
}
