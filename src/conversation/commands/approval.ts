import { draftInForce } from '../../incident/approvals.ts';
import type { Events, schemas } from '../../incident/commands/approval.ts';
import { FINDINGS, pointsOf } from '../../incident/facts/assessment-points.ts';
import { type Regime, reportWith } from '../../law/regime.ts';
import { itemsInForce, itemsNow, missingNow } from '../../report/items.ts';
import type { Text } from '../cards/card.ts';
import { shownBy } from '../cards/sentence.ts';
import { joined, lawText, personText, reportText, type Situation, t } from '../cards/situation.ts';
import { unworded } from '../collecting/item-forms.ts';
import { changeLabel, shortHash } from '../filing/draft-changes.ts';
import { pointText } from '../filing/filing-lines.ts';
import { firstReportForm } from '../filing/report-forms.ts';
import { form, oneField, parseAs, parsed, single, textField } from '../forms/form-kind.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  compile_draft: (situation) => {
    const draft = situation.state.drafts.at(-1);
    if (!draft) return null;
    const words = unworded(situation).length;
    const missing = itemsNow(situation).flatMap(missingNow);
    const params = {
      n: draft.draft,
      kind: reportText(situation.regime, draft.report),
      gaps: missing.filter(({ state }) => state !== 'unconfirmed').length,
      words,
    };
    const said = t('said.draft', params);
    return draft === draftInForce(situation.state) ? shownBy('draft', said) : said;
  },
  request_approval: (situation, { draft }) => {
    const approvers = situation.state.approvals.at(-1)?.approvers ?? [];
    if (approvers.length > 0) {
      return shownBy('draft', t('said.approval_requested', { n: draft, people: people(situation, approvers) }));
    }
    const anyone = t('said.approval_requested_any', { n: draft });
    // A drill is never filed, so the sentence on filing without approval is left out.
    const said = situation.state.drill ? anyone : joined([anyone, t('said.approval_not_needed')], 'sentence');
    return shownBy('draft', said);
  },
  approve: (_, { draft, hash }) => shownBy('draft', t('said.approved', { n: draft, hash: shortHash(hash) })),
  send_back: (_, { draft, comments }) => t('said.sent_back', { n: draft, count: comments.length }),
  assess_point: (situation, { point, finding }) =>
    t('said.point', { point: pointText(situation, point), finding: t(`finding.${finding}`) }),
};

export const tellers: Tellers<keyof Events> = {
  draft_compiled: ({ regime }, p) => t('event.draft', { kind: reportText(regime, p.report), n: p.draft, upTo: p.upTo }),
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
};

export const forms: Forms = {
  first_report: { gives: 'compile_draft', ...firstReportForm },
  /** Form for required changes, one point per line; each becomes a task of the item's owner, or of the draft's author. */
  send_back: {
    build(situation, args) {
      if (!situation.state.drafts.some(({ draft }) => String(draft) === args['draft'])) return null;
      return form(t('form.send_back.title'), [
        textField('comments', t('form.send_back.comments'), {
          required: true,
          multiline: true,
          example: t('form.send_back.example'),
        }),
        itemField(situation),
      ]);
    },
    parse(_, args, values) {
      const item = single(values, 'item');
      const lines = single(values, 'comments')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const comments = lines.slice(0, MOST_COMMENTS).map((text) => (item === '' ? { text } : { text, item }));
      return parsed({ type: 'send_back', draft: Number(args['draft']), comments });
    },
  },
  assess: {
    gives: 'assess_point',
    build(situation, args) {
      const point = args['point'] ?? '';
      if (!pointsOf(situation.regime, situation.state.organisation).some(({ id }) => id === point)) return null;
      const known = situation.state.points[point];
      const options = FINDINGS.map((value) => ({ value, label: t(`finding.${value}`) }));
      return form(
        t('form.assess.title'),
        [
          oneField('finding', t('form.assess.finding'), options, known?.finding ?? ''),
          textField('note', t('form.assess.note'), { multiline: true, value: known?.note ?? '' }),
        ],
        { intro: [pointText(situation, point), t('points.rule')] },
      );
    },
    parse: parseAs('assess_point'),
  },
  /** Form of a correction or explanation: a report of its own, because a filed report is never changed. */
  statement: {
    gives: 'compile_draft',
    build({ regime }) {
      const kinds = statements(regime).map((value) => ({ value, label: reportText(regime, value) }));
      return form(
        t('form.statement.title'),
        [
          oneField('report', t('form.statement.kind'), kinds, kinds[0]?.value),
          textField('statement', t('form.statement.statement'), {
            required: true,
            multiline: true,
            maxLength: 20_000,
            example: t('form.statement.example'),
          }),
        ],
        { intro: [t('form.statement.intro')] },
      );
    },
    parse: parseAs('compile_draft'),
  },
};

const MOST_COMMENTS = 20;

function itemField(situation: Situation) {
  const items = itemsInForce(situation).map(({ id, n, title }) => ({
    value: id,
    label: t('form.send_back.item_option', { n, title: lawText(title) }),
  }));
  return oneField('item', t('form.send_back.item'), items, '', false);
}

/** Ids of the reports that contain a person's statement. */
const statements = (regime: Regime): readonly string[] => [
  reportWith(regime, 'correction'),
  reportWith(regime, 'explanation'),
];

const people = ({ state }: Situation, actors: readonly string[]): Text =>
  joined(actors.map((a) => personText(state, a)));
