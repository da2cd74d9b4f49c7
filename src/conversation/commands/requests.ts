import { draftNeed, reportNeed } from '../../incident/closing.ts';
import type { Events, schemas } from '../../incident/commands/requests.ts';
import type { Task } from '../../incident/state.ts';
import { owedReports } from '../../report/updates.ts';
import type { Text } from '../cards/card.ts';
import { dueAt, lawText, personText, plain, quoteText, type Situation, t } from '../cards/situation.ts';
import { needText } from '../closing.ts';
import { taskText } from '../filing/filing-lines.ts';
import { form, oneField, parseAs, reasonField, textField, timeField } from '../forms/form-kind.ts';
import { type Forms, raw, type Sayers, type Tellers } from './lines.ts';

export const sayers: Sayers<keyof typeof schemas> = {
  add_request: (situation, { from, due }) =>
    due
      ? t('said.request', { from: raw(from), due: dueAt(situation, due) })
      : t('said.request_open', { from: raw(from) }),
  drop_request: () => t('said.request_dropped'),
  not_owed: (situation, { obligation }) => t('said.not_owed', { what: needText(situation, obligation) }),
  add_task: (situation) => taskLine(situation, situation.state.tasks.at(-1)),
  change_task: (situation, { task }) => taskLine(situation, taskOf(situation, task)),
  finish_task: (situation, { task }) => {
    const done = taskOf(situation, task);
    return done ? t('said.task_done', { task: taskText(situation, done) }) : null;
  },
};

export const tellers: Tellers<keyof Events> = {
  request_received: (situation, p) => {
    const params = { from: raw(p.from), what: raw(p.what) };
    return p.due ? t('event.request', { ...params, due: dueAt(situation, p.due) }) : t('event.request_open', params);
  },
  request_dropped: ({ state }, p) =>
    t('event.request_dropped', {
      from: raw(state.requests.find(({ id }) => id === p.request)?.from),
      reason: raw(p.reason),
    }),
  duty_not_owed: (situation, p) =>
    t('event.not_owed', { what: needText(situation, p.obligation), reason: raw(p.reason) }),
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
    return t(p.needless ? 'event.task_needless' : 'event.task_finished', {
      task: task ? taskText(situation, task) : raw(p.task),
    });
  },
};

export const forms: Forms = {
  /** Form for an authority's request and its due time; the request becomes an obligation with a clock. */
  request: {
    gives: 'add_request',
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
    parse: parseAs('add_request', {
      receivedAt: { is: 'past', field: 'received', orNow: true },
      due: { is: 'future' },
    }),
  },
  drop_request: {
    build: (situation, args) =>
      situation.state.requests.some(({ id, dropped }) => id === args['request'] && !dropped)
        ? form(t('form.drop_request.title'), [reasonField()])
        : null,
    parse: parseAs('drop_request'),
  },
  /** Form to record that a duty is not owed, or a draft not sent; `obligation`: id as in `closingNeeds`. */
  not_owed: {
    build(situation, args) {
      const obligation = args['obligation'] ?? '';
      const duty = situation.ia.obligations.find(({ id, filing }) => id === obligation && !filing);
      const isDraft = situation.state.drafts.some(({ draft }) => draftNeed(draft) === obligation);
      const isReport = owedReports(situation).some(({ role }) => reportNeed(role) === obligation);
      if (!duty && !isDraft && !isReport) return null;
      const exemption = situation.regime.obligations.findLast(({ id }) => id === obligation)?.exemption;
      if (exemption?.allowed === false) return null;
      const law = exemption && { quote: quoteText(exemption.source.quote), article: plain(exemption.source.article) };
      const title = t('form.not_owed.title', { what: needText(situation, obligation) });
      const intro = [...(law ? [t('form.not_owed.exemption', law)] : []), t('form.not_owed.intro')];
      return form(title, [reasonField()], { intro });
    },
    parse: parseAs('not_owed'),
  },
  /** Form for a task after the report: corrective action, sealed copy, an approver's comment. */
  task: {
    gives: 'add_task',
    build: (situation) =>
      form(t('form.task.title'), [
        textField('text', t('form.task.text'), { required: true, maxLength: 200, example: t('form.task.example') }),
        ...ownerAndDue(situation),
      ]),
    parse: parseAs('add_task', { due: { is: 'future' } }),
  },
  change_task: {
    build(situation, args) {
      const task = situation.state.tasks.find(({ id }) => id === args['task']);
      if (!task || task.finished) return null;
      const intro = [taskText(situation, task)];
      return form(t('form.task.change'), ownerAndDue(situation, task.owner ?? ''), { intro });
    },
    parse: parseAs('change_task', { due: { is: 'future' } }),
  },
};

const taskOf = ({ state }: Situation, id: string): Task | undefined => state.tasks.find((task) => task.id === id);

function taskLine(situation: Situation, task: Task | undefined): Text | null {
  return task
    ? t('said.task', { task: taskText(situation, task), owner: personText(situation.state, task.owner) })
    : null;
}

function ownerAndDue({ state }: Situation, owner = '') {
  const people = Object.values(state.people).map(({ actor }) => ({ value: actor, label: personText(state, actor) }));
  return [
    oneField('person', t('form.task.owner'), people, owner, false),
    timeField('due', t('form.task.due'), { example: t('form.task.due_example') }),
  ];
}
