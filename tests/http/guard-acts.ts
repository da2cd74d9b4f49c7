import type { Action, Card } from '../../src/conversation/cards/card.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { applyRetention } from '../../src/use-cases/upkeep/retention.ts';
import { commandExamples } from '../fakes/command-examples.ts';
import { minutes } from '../incident/bench-incident.ts';
import { room } from '../incident/bench-rooms.ts';
import { inChat, OPS, type Played } from './guard-door.ts';

/** Picks one of several, by the random source of a property. */
export type Pick = <T>(from: readonly T[]) => T;
type Make = (c: Played, pick: Pick) => Command | null;

/** People who act: five of the profile and one who is not of it. */
export const WHO = ['li', 'zhao', 'sun', 'chen', 'anna', 'stranger'] as const;

const answers: Make = (c, pick) => {
  const { regime } = c.assess();
  const { definitions, flags } = {
    definitions: [...regime.factDefinitions, ...(regime.packFacts ?? [])],
    flags: regime.flags,
  };
  const yes = pick([true, false, 'unknown'] as const);
  return pick<Make>([
    () => ({ type: 'answer', fact: 'system', value: pick(['shop', 'grid', 'site', 'core', 'other', 'unknown']) }),
    () => ({
      type: 'answer',
      fact: 'operator',
      value: pick(['other', 'cii_involved', 'central_state_organ', 'unknown']),
    }),
    () => ({ type: 'answer', fact: 'affected', value: pick([['personal_info'], ['outage'], ['none'], 'unknown']) }),
    () => ({ type: 'answer', fact: 'province', value: pick(['31', '11', 'unknown']) }),
    () => ({ type: 'answer', fact: 'occurrence', value: pick([c.iso(30), c.iso(400), 'unknown']) }),
    () => ({ type: 'answer', fact: 'incident_type', value: pick(regime.types.map(({ id }) => id)) }),
    () => {
      const flag = pick(flags.filter(({ from }) => from !== 'profile'));
      return { type: 'answer', fact: flag.id, value: yes };
    },
    () => {
      const { id, kind, options = [] } = pick(definitions);
      const ids = options.map((one) => one.id);
      const number = pick<Extract<Command, { type: 'answer' }>['value']>([
        0,
        3_000,
        1_200_000,
        20_000_000,
        { min: 10, max: 3_000_000 },
        'unknown',
      ]);
      if (kind === 'boolean') return { type: 'answer', fact: id, value: yes };
      if (kind === 'many') return { type: 'answer', fact: id, value: [pick(ids)] };
      if (kind === 'number') return { type: 'answer', fact: id, value: number };
      if (kind === 'duration')
        return { type: 'answer', fact: id, value: pick([0, 45, 700, { since: c.iso(90) }, 'unknown']) };
      return { type: 'answer', fact: id, value: ids.length > 0 ? pick([...ids, 'unknown']) : 'unknown' };
    },
  ])(c, pick);
};

const duties = (c: Played) => c.assess().obligations.map(({ id }) => id);
const reason = 'because';
const MAKES: readonly Make[] = [
  answers,
  answers,
  answers,
  answers,
  (c, pick) => ({
    type: 'add_awareness',
    at: c.iso(pick([5, 100, 600])),
    source: 'alert',
    reachedUs: pick([true, false]),
  }),
  (c, pick) => ({ type: 'confirm_awareness', candidate: pick(c.current.candidates).id, reason }),
  (c, pick) => ({ type: 'decide_level', level: pick(c.assess().regime.levels).id, reason }),
  (c) => ({ type: 'not_reportable', reason, reviewAt: c.iso(-600) }),
  (c, pick) => {
    const { id, readings } = pick(c.assess().regime.openQuestions);
    return readings.length === 0 ? null : { type: 'settle_question', question: id, reading: pick(readings).id, reason };
  },
  (c, pick) => ({ type: 'not_owed', obligation: pick([...duties(c), 'report.update', 'report.supplement']), reason }),
  (c, pick) => ({
    type: 'add_request',
    from: '网信办',
    recipient: 'provincial_cac',
    what: pick(['a', 'b']),
    receivedAt: c.iso(5),
    due: c.iso(-60),
  }),
  (c, pick) =>
    c.current.requests.length === 0 ? null : { type: 'drop_request', request: pick(c.current.requests).id, reason },
  (c, pick) => ({
    type: 'record_filing',
    obligation: pick(duties(c)),
    channel: pick(['web_12387', 'own_contact']),
    at: c.iso(pick([0, 3, 50, 70, 300])),
    otherChannel: reason,
    ...pick([{}, { receipt: 'T-1' }, { takenBy: '3321' }]),
  }),
  (c, pick) => {
    if (c.current.filings.length === 0) return null;
    const { version } = pick(c.current.filings);
    return pick<Command>([
      { type: 'correct_filing', filing: version, at: c.iso(pick([1, 60, 200])), reason },
      { type: 'correct_filing', filing: version, receipt: 'T-2' },
      { type: 'correct_filing', filing: version, mistaken: reason },
    ]);
  },
  (c, pick) => ({ type: 'end_handling', at: c.iso(pick([0, 60])), reason }),
  () => ({ type: 'close', reason }),
  () => ({ type: 'reopen', reason }),
  (c, pick) => ({
    type: 'withdraw_decision',
    about: pick(['level', ...Object.keys(c.current.notOwed), ...Object.keys(c.current.readings)]),
    reason,
  }),
  (_, pick) => ({ type: 'snooze', minutes: pick([15, 60]) }),
  () => ({ type: 'add_room', room: room('slack', 'other') }),
  (c, pick) => {
    const rooms = Object.keys(c.current.rooms);
    return rooms.length === 0 ? null : { type: 'remove_room', room: pick(rooms) };
  },
  () => ({ type: 'leave_chat', reason }),
  () => ({ type: 'return_to_chat', reason }),
  (_, pick) => ({ type: 'stop_state_secret', ...pick([{}, { reason }]) }),
  () => ({ type: 'lift_stop', reason }),
  () => ({ type: 'take_lead' }),
  () => ({ type: 'withdraw_declaration', reason }),
  (_, pick) => ({ type: 'remove_person', person: pick(['li', 'zhao', 'sun', 'chen', 'anna']), reason }),
  (_, pick) => ({ type: 'add_person', person: pick(['li', 'zhao', 'sun', 'chen']) }),
  () => ({ type: 'erase', reason }),
  (c, pick) => ({ type: 'take_law', law: pick(['eu-gdpr', 'eu-dora', 'cn-nfra-2024']), reason: c.iso() }),
  (c, pick) => {
    const rooms = Object.keys(c.current.rooms);
    return rooms.length === 0 ? null : { type: 'confirm_room', room: pick(rooms) };
  },
  () => ({ type: 'ask_for', right: 'close' }),
  // Every other command of the register, as its schema has it.
  (_, pick) => pick(commandExamples.filter(({ type }) => !['declare', 'second_level'].includes(type))),
  (c, pick) => {
    const open = c.current.proposals.filter(({ settled }) => settled === null);
    return open.length === 0 ? null : { type: 'second', proposal: pick(open).id, agree: pick([true, true, false]) };
  },
];

const LINES: readonly string[] = [
  ...['120万', '5万人', '否', '是', '不清楚', '1', '2', '较大', '一般', '确认较大', '没有泄露', '09:20 监测告警'],
  ...[
    '暂不报告：误报',
    '不涉及个人信息',
    '撤出聊天工具',
    '不展示',
    '移出 sun',
    '移出 chen',
    '误报撤回',
    '涉密',
    '解除涉密',
  ],
  ...[
    '处置结束',
    '结案',
    '已报送 12387',
    '登记报送 12387 09:50',
    '免打扰 60',
    '我来牵头',
    '撤回决定',
    '同意',
    '不同意',
  ],
  ...['general', 'no personal data', 'only 300 people', 'not reportable: false alarm', 'close', 'leave chat', 'snooze'],
];
const VIEWS = [
  'status',
  'verdict',
  'proposals',
  'question',
  'checklist',
  'draft',
  'owed',
  'why',
  'people',
  'answers',
  'more',
];
/** Refusals for want of a right: no button leads to one. */
const OF_RIGHTS = ['forbidden', 'same_person', 'four_eyes', 'closed', 'stopped', 'erased', 'unknown_incident'];

/** Buttons of a card. */
export const actionsOf = ({ blocks }: Card): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));

/** A button of a card of theirs: pressed, or its form filled in somehow. Returns the button that led to a refusal for want of a right. */
async function pressed(c: Played, caller: Caller, pick: Pick): Promise<string> {
  const { app } = c.doors.running.house;
  const { id: incident, doors } = c;
  const card = await app.view({ view: pick(VIEWS), args: { incident, draft: '1' } }, caller);
  const actions = 'code' in card ? [] : actionsOf(card);
  if (actions.length === 0) return '';
  const { id, does } = pick(actions);
  const asked = { caller, delivery: doors.delivery(), revision: c.current.version };
  if (does.kind === 'intent' && does.intent.type !== 'declare') {
    const result = await app.submit({ ...asked, incident, intent: does.intent });
    return result.kind === 'refused' && OF_RIGHTS.includes(result.refusal.code) ? `${id} ${result.refusal.code}` : '';
  }
  if (does.kind !== 'form') return '';
  const form = await app.form(does.form, caller);
  if ('code' in form) return OF_RIGHTS.includes(form.code) ? `${id} ${form.code}` : '';
  const values = Object.fromEntries(
    form.fields.map((field): [string, string | readonly string[]] => {
      if (field.kind === 'one') return [field.id, pick(['', ...field.options.map(({ value }) => value)])];
      if (field.kind === 'many') return [field.id, pick([[], ...field.options.map(({ value }) => [value])])];
      return [field.id, field.kind === 'time' ? c.iso(pick([1, 70])) : pick(['', '5', '1200000', 'words'])];
    }),
  );
  await app.submitForm({ ...asked, ref: does.form, values });
  return '';
}

/** One act by one door; `who`: `api` for a token, `clock` for the program's own time. */
export async function act(
  c: Played,
  pick: Pick,
): Promise<{ readonly who: string; readonly by: string; readonly dead: string }> {
  const { doors, id: incident } = c;
  const { app, engine } = doors.running.house;
  const door = pick(['session', 'session', 'session', 'press', 'press', 'token', 'line', 'button', 'button', 'timer']);
  const who = door === 'token' ? 'api' : pick(WHO.filter((one) => door !== 'session' || one !== 'stranger'));
  const said = (by: string, dead = '') => ({ who: door === 'timer' ? 'clock' : who, by: `${door}: ${by}`, dead });
  if (door === 'timer') {
    await c.pass(pick([1, 20, 90, 700]));
    await applyRetention(engine);
    return said('time');
  }
  if (door === 'button') return said('', await pressed(c, inChat(who), pick));
  if (door === 'line') {
    const line = pick(LINES);
    await app.text({ line, incident, caller: inChat(who), room: OPS, delivery: doors.delivery() });
    return said(line);
  }
  const command = pick(MAKES)(c, pick);
  if (!command) return said('nothing');
  const back = pick([0, 0, 0, 0, 120]);
  doors.clock.jumpTo(doors.clock.now() - minutes(back));
  if (door === 'press') {
    const asked = { incident, intent: command, revision: c.current.version, delivery: doors.delivery(), room: OPS };
    await app.submit({ ...asked, caller: inChat(who) });
  } else await c.do(who, command);
  doors.clock.jumpTo(doors.clock.now() + minutes(back));
  return said(`${back > 0 ? 'clock set back ' : ''}${JSON.stringify(command)}`);
}
