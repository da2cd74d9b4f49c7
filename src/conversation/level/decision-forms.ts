import { draftNeed, reportNeed } from '../../incident/closing.ts';
import { owedReports } from '../../report/updates.ts';
import { readFuture, readPast } from '../asking/value-readings.ts';
import { joined, lawText, levelText, plain, quoteText, t } from '../cards/situation.ts';
import { needText } from '../closing.ts';
import { proofFields } from '../filing/filing-fields.ts';
import {
  type FormKind,
  form,
  manyField,
  oneField,
  parsed,
  reasonField,
  reasonForm,
  several,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { dutyGroups, dutyName } from './duties.ts';
import { openQuestionText } from './verdict.ts';

/** Form for another level than the figures give, with a reason; below them a second person is asked. */
export const anotherLevelForm: FormKind = {
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
};

/** Form that puts an open legal question to a person; the cautious reading is marked. */
export const settleForm: FormKind = {
  build(situation, args) {
    const question = situation.regime.openQuestions.find(({ id }) => id === args['question']);
    if (!question) return null;
    const warning = situation.ia.assessment.warnings.find((w) => w.question === question.id);
    const options = question.readings.map(({ id, name }, index) => ({
      value: id,
      label: index === 0 ? t('form.settle.until', { reading: lawText(name) }) : lawText(name),
    }));
    const used = situation.state.readings[question.id]?.reading ?? options[0]?.value ?? '';
    return form(t('form.settle.title'), [oneField('reading', t('form.settle.reading'), options, used), reasonField()], {
      intro: [warning ? openQuestionText(situation, warning) : lawText(question.text)],
    });
  },
  parse: (_, args, values) =>
    parsed({
      type: 'settle_question',
      question: args['question'] ?? '',
      reading: single(values, 'reading'),
      reason: single(values, 'reason'),
    }),
};

/** Considerations for or against a voluntary report; a person reviews them and decides. */
const CONSIDERATIONS = ['could_rise', 'press', 'others_affected', 'help', 'sector', 'customers', 'goodwill'] as const;

const REVIEWS = [
  t('form.not_reportable.review_hours'),
  t('form.not_reportable.review_tomorrow'),
  t('form.not_reportable.review_days'),
];

/** "Not reportable for now": a person's decision with a reason and a date to look at it again. */
export const notReportableForm: FormKind = {
  build(situation) {
    const duties = dutyGroups(situation).flatMap(([duty]) => (duty ? dutyName(situation, duty) : []));
    const intro =
      duties.length > 0
        ? t('form.not_reportable.intro', { duties: joined(duties) })
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
  parse(situation, _, values) {
    const review = readFuture(single(values, 'review'), situation.ia.now);
    if (!review.ok) return { errors: { review: review.error } };
    const considered = several(values, 'considered');
    const decided = { type: 'not_reportable', reason: single(values, 'reason'), reviewAt: review.value } as const;
    return parsed(considered.length === 0 ? decided : { ...decided, considered: [...considered] });
  },
};

export const endHandlingForm: FormKind = {
  build: () =>
    form(
      t('form.end.title'),
      [
        timeField('at', t('form.end.at'), { required: true }),
        textField('reason', t('form.reason'), {
          required: true,
          multiline: true,
          example: t('form.end.reason_example'),
        }),
      ],
      { intro: [t('form.end.intro')] },
    ),
  parse(situation, _, values) {
    const reading = readPast(single(values, 'at'), situation.ia.now);
    if (!reading.ok) return { errors: { at: reading.error } };
    if (reading.value === 'unknown') return { errors: { at: t('read.time.vague') } };
    return parsed({ type: 'end_handling', at: reading.value, reason: single(values, 'reason') });
  },
};

/** Form to record that a duty is not owed, or a draft not sent: `obligation` as `closingNeeds` names it. */
export const notOwedForm: FormKind = {
  build(situation, args) {
    const obligation = args['obligation'] ?? '';
    const duty = situation.ia.obligations.find(({ id, filing }) => id === obligation && !filing);
    const isDraft = situation.state.drafts.some(({ draft }) => draftNeed(draft) === obligation);
    const isReport = owedReports(situation).some((role) => reportNeed(role) === obligation);
    if (!duty && !isDraft && !isReport) return null;
    const exemption = situation.regime.obligations.findLast(({ id }) => id === obligation)?.exemption;
    if (exemption?.allowed === false) return null;
    const law = exemption && { quote: quoteText(exemption.source.quote), article: plain(exemption.source.article) };
    const title = t('form.not_owed.title', { what: needText(situation, obligation) });
    const intro = [...(law ? [t('form.not_owed.exemption', law)] : []), t('form.not_owed.intro')];
    return form(title, [reasonField()], { intro });
  },
  parse: (_, args, values) =>
    parsed({ type: 'not_owed', obligation: args['obligation'] ?? '', reason: single(values, 'reason') }),
};

export const liftStopForm = reasonForm(t('form.lift_stop.title'), (reason) => ({ type: 'lift_stop', reason }), {
  intro: [t('form.lift_stop.intro')],
});
export const closeForm = reasonForm(t('form.close.title'), (reason) => ({ type: 'close', reason }));
export const reopenForm = reasonForm(t('form.reopen.title'), (reason) => ({ type: 'reopen', reason }));
export const holdForm = reasonForm(t('form.hold.title'), (reason) => ({ type: 'hold', reason }), {
  intro: [t('form.hold.intro')],
});
export const releaseHoldForm = reasonForm(t('form.release_hold.title'), (reason) => ({ type: 'release_hold', reason }));
export const eraseForm: FormKind = {
  build: ({ state }) =>
    form(t('form.erase.title', { id: plain(state.id) }), [reasonField()], { intro: [t('form.erase.intro')] }),
  parse: (_, __, values) => parsed({ type: 'erase', reason: single(values, 'reason') }),
};
