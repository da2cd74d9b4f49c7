import { FINDINGS, pointsOf } from '../../incident/facts/assessment-points.ts';
import { type Regime, reportWith } from '../../law/regime.ts';
import { itemsInForce } from '../../report/items.ts';
import { readFuture, readPast } from '../asking/value-readings.ts';
import { lawText, personText, reportText, type Situation, t } from '../cards/situation.ts';
import {
  type FormErrors,
  type FormKind,
  type FormValues,
  form,
  oneField,
  parsed,
  reasonField,
  single,
  textField,
  timeField,
} from '../forms/form-kind.ts';
import { pointText, taskText } from './filing-lines.ts';

/**
 * Form for required changes, one point per line; each becomes a task of the owner of the item, or of the author of the
 * draft.
 */
export const sendBackForm: FormKind = {
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
};
const MOST_COMMENTS = 20;

function itemField(situation: Situation) {
  const items = itemsInForce(situation).map(({ id, n, title }) => ({
    value: id,
    label: t('form.send_back.item_option', { n, title: lawText(title) }),
  }));
  return oneField('item', t('form.send_back.item'), items, '', false);
}

export const assessForm: FormKind = {
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
  parse(_, args, values) {
    const finding = FINDINGS.find((one) => one === single(values, 'finding'));
    if (!finding) return { errors: { finding: t('form.choose') } };
    const note = single(values, 'note');
    const what = { type: 'assess_point', point: args['point'] ?? '', finding } as const;
    return parsed(note === '' ? what : { ...what, note });
  },
};

/** Ids of the reports in which a person states something. */
const statements = (regime: Regime): readonly string[] => [
  reportWith(regime, 'correction'),
  reportWith(regime, 'explanation'),
];

/** Form of a correction or an explanation, which are reports of their own; what was sent is never changed. */
export const statementForm: FormKind = {
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
  parse(_, __, values) {
    const report = single(values, 'report');
    const statement = single(values, 'statement');
    return parsed({ type: 'compile_draft', report, cannotDetermine: [], statement });
  },
};

/** Form for an authority's request and its due time; it becomes an obligation with a clock. */
export const requestForm: FormKind = {
  build(situation) {
    const { recipients } = situation.regime;
    const usual = recipients.find(({ ofProvince }) => ofProvince);
    const kinds = recipients
      .filter(({ people }) => !people)
      .map(({ id, name }) => ({ value: id, label: lawText(name) }));
    return form(
      t('form.request.title'),
      [
        textField('from', t('form.request.from'), {
          required: true,
          maxLength: 200,
          example: t('form.request.from_example'),
        }),
        oneField('recipient', t('form.request.recipient'), kinds, usual?.id),
        textField('what', t('form.request.what'), {
          required: true,
          multiline: true,
          example: t('form.request.what_example'),
        }),
        timeField('received', t('form.request.received'), { hint: t('form.request.received_hint') }),
        timeField('due', t('form.request.due'), { hint: t('form.request.due_hint') }),
      ],
      { intro: [t('form.request.intro')] },
    );
  },
  parse(situation, _, values) {
    const { now } = situation.ia;
    const received = single(values, 'received');
    const past = received === '' ? ({ ok: true, value: now } as const) : readPast(received, now);
    if (!past.ok) return { errors: { received: past.error } };
    const wanted = single(values, 'due');
    const due = wanted === '' ? null : readFuture(wanted, now);
    if (due && !due.ok) return { errors: { due: due.error } };
    return parsed({
      type: 'add_request',
      from: single(values, 'from'),
      recipient: single(values, 'recipient'),
      what: single(values, 'what'),
      receivedAt: past.value === 'unknown' ? now : past.value,
      ...(due ? { due: due.value } : {}),
    });
  },
};

/** A task of the follow-up: corrective actions, sealed copies, what an approver asked for. */
export const taskForm: FormKind = {
  build: (situation) =>
    form(t('form.task.title'), [
      textField('text', t('form.task.text'), { required: true, maxLength: 200, example: t('form.task.example') }),
      ...ownerAndDue(situation),
    ]),
  parse(situation, _, values) {
    const chosen = ownerAndDueIn(situation, values);
    return 'errors' in chosen ? chosen : parsed({ type: 'add_task', text: single(values, 'text'), ...chosen });
  },
};

export const changeTaskForm: FormKind = {
  build(situation, args) {
    const task = situation.state.tasks.find(({ id }) => id === args['task']);
    if (!task || task.finished) return null;
    const intro = [taskText(situation, task)];
    return form(t('form.task.change'), ownerAndDue(situation, task.owner ?? ''), { intro });
  },
  parse(situation, args, values) {
    const chosen = ownerAndDueIn(situation, values);
    return 'errors' in chosen ? chosen : parsed({ type: 'change_task', task: args['task'] ?? '', ...chosen });
  },
};

export const dropRequestForm: FormKind = {
  build: (situation, args) =>
    situation.state.requests.some(({ id, dropped }) => id === args['request'] && !dropped)
      ? form(t('form.drop_request.title'), [reasonField()])
      : null,
  parse: (_, args, values) =>
    parsed({ type: 'drop_request', request: args['request'] ?? '', reason: single(values, 'reason') }),
};

function ownerAndDue({ state }: Situation, owner = '') {
  const people = Object.values(state.people).map(({ actor }) => ({ value: actor, label: personText(state, actor) }));
  return [
    oneField('person', t('form.task.owner'), people, owner, false),
    timeField('due', t('form.task.due'), { example: t('form.task.due_example') }),
  ];
}

/** Owner and due time as far as they were entered. */
function ownerAndDueIn(
  { ia }: Situation,
  values: FormValues,
): { readonly errors: FormErrors } | { readonly person?: string; readonly due?: string } {
  const [person, entered] = [single(values, 'person'), single(values, 'due')];
  const due = entered === '' ? null : readFuture(entered, ia.now);
  if (due && !due.ok) return { errors: { due: due.error } };
  return { ...(person === '' ? {} : { person }), ...(due ? { due: due.value } : {}) };
}
