import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Command, commandSchema } from '../../src/incident/commands.ts';
import { roomId } from '../../src/incident/identity.ts';
import { leakCase } from '../report/cases.ts';
import type { Case } from './bench-incident.ts';
import { begun } from './guard-case.ts';

/** Fields in which a person says something of their own, beside what the command decides. */
const WORDS = ['reason', 'note', 'comments', 'basis', 'receipt', 'due'];
const shape = z.object({
  oneOf: z.array(z.looseObject({ properties: z.looseObject({ type: z.looseObject({ const: z.string() }) }) })),
});
const withWords = shape
  .parse(z.toJSONSchema(commandSchema, { io: 'input' }))
  .oneOf.filter(({ properties }) => WORDS.some((one) => one in properties))
  .map(({ properties }) => properties.type.const);

const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
const DUTY = 'cac.art4.other';
const open = (c: Case): string => c.current.proposals.findLast(({ settled }) => settled === null)?.id ?? '';
const agree = (c: Case): void => {
  if (open(c)) c.must('chen-yu', { type: 'second', proposal: open(c), agree: true });
};
function afterwards(c: Case): void {
  c.now = Date.parse(at('14:10'));
}
function filed(c: Case): void {
  afterwards(c);
  c.must('li-wei', record('17'));
  agree(c);
}
const record = (receipt: string): Command => ({
  ...{ type: 'record_filing', obligation: DUTY, channel: 'web_12387', at: at('13:50'), receipt },
  ...{ otherChannel: 'x', contradictionsKept: 'x' },
});
function mistaken(c: Case): void {
  c.must('li-wei', { type: 'withdraw_declaration', reason: 'x' });
  agree(c);
}
const abroad = {
  platform: 'console',
  tenant: 'local',
  address: 'hq',
  language: 'en',
  location: 'abroad',
  open: false,
} as const;

interface Twice {
  readonly start?: () => Case;
  readonly by?: string;
  readonly other?: string;
  readonly ready?: (c: Case) => void;
  /** Command with the words, which may be a time. */
  readonly saying: (words: string, c: Case) => Command;
  readonly words?: readonly [string, string];
}

/** For each command with words: a case in which it can be given, and given again in other words. */
const CASES: Readonly<Record<string, Twice>> = {
  withdraw_declaration: { saying: (reason) => ({ type: 'withdraw_declaration', reason }) },
  relate: { saying: (reason) => ({ type: 'relate', incident: 'INC-2026-0002', how: 'related', reason }) },
  answer: { saying: (basis) => ({ type: 'answer', fact: 'personal_info_people', value: 5, basis }) },
  confirm_awareness: { saying: (reason) => ({ type: 'confirm_awareness', candidate: 'a1', reason }) },
  settle_question: {
    saying: (reason) => ({ type: 'settle_question', question: 'portal_meaning', reading: 'not_counted', reason }),
  },
  decide_level: { saying: (reason) => ({ type: 'decide_level', level: 'significant', reason }) },
  not_reportable: {
    start: () => begun('shop'),
    by: 'li',
    other: 'zhao',
    saying: (reason) => ({ type: 'not_reportable', reason, reviewAt: at('20:00') }),
  },
  withdraw_decision: {
    ready: (c) => c.must('li-wei', { type: 'decide_level', level: 'significant', reason: 'x' }),
    saying: (reason) => ({ type: 'withdraw_decision', about: 'level', reason }),
  },
  lift_stop: {
    ready: (c) => c.must('li-wei', { type: 'stop_state_secret' }),
    saying: (reason) => ({ type: 'lift_stop', reason }),
  },
  second: {
    by: 'chen-yu',
    ready: (c) => c.must('li-wei', { type: 'withdraw_declaration', reason: 'x' }),
    saying: (reason, c) => ({ type: 'second', proposal: c.current.proposals.at(-1)?.id ?? '', agree: true, reason }),
  },
  second_level: {
    by: 'chen-yu',
    ready: (c) => c.must('li-wei', { type: 'decide_level', level: 'general', reason: 'x' }),
    saying: (reason) => ({ type: 'second_level', agree: true, reason }),
  },
  remove_person: {
    by: 'chen-yu',
    saying: (reason) => ({ type: 'remove_person', person: 'zhao-min', reason }),
  },
  send_back: {
    ready: (c) => {
      c.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
      c.must('li-wei', { type: 'request_approval', draft: 1 });
    },
    by: 'zhao-min',
    saying: (text) => ({ type: 'send_back', draft: 1, comments: [{ text }] }),
  },
  assess_point: { saying: (note) => ({ type: 'assess_point', point: 'crime', finding: 'settled', note }) },
  record_filing: { ready: afterwards, saying: record },
  correct_filing: {
    ready: filed,
    saying: (receipt, c) => ({ type: 'correct_filing', filing: c.current.filings[0]?.version ?? 0, receipt }),
  },
  explain_delay: { ready: filed, saying: (reason) => ({ type: 'explain_delay', obligation: DUTY, reason }) },
  add_request: {
    words: [at('18:00'), at('17:00')],
    saying: (due) => ({
      ...{ type: 'add_request', from: 'the bureau', recipient: 'provincial_cac', what: 'logs' },
      ...{ receivedAt: at('13:00'), due },
    }),
  },
  drop_request: {
    ready: (c) =>
      c.must('li-wei', {
        type: 'add_request',
        from: 'x',
        recipient: 'provincial_cac',
        what: 'x',
        receivedAt: at('13:00'),
      }),
    saying: (reason) => ({ type: 'drop_request', request: 'request.1', reason }),
  },
  not_owed: { saying: (reason) => ({ type: 'not_owed', obligation: 'pipl.art57.individuals', reason }) },
  add_task: { words: [at('18:00'), at('17:00')], saying: (due) => ({ type: 'add_task', text: 'x', due }) },
  change_task: {
    words: [at('18:00'), at('17:00')],
    ready: (c) => c.must('li-wei', { type: 'add_task', text: 'x' }),
    saying: (due) => ({ type: 'change_task', task: 't1', due }),
  },
  finish_task: {
    ready: (c) => c.must('li-wei', { type: 'add_task', text: 'x' }),
    saying: (note) => ({ type: 'finish_task', task: 't1', note }),
  },
  end_handling: { saying: (reason) => ({ type: 'end_handling', at: at('13:01'), reason }) },
  reopen: { ready: mistaken, saying: (reason) => ({ type: 'reopen', reason }) },
  hold: { by: 'chen-yu', saying: (reason) => ({ type: 'hold', reason }) },
  release_hold: {
    by: 'chen-yu',
    ready: (c) => c.must('chen-yu', { type: 'hold', reason: 'x' }),
    saying: (reason) => ({ type: 'release_hold', reason }),
  },
  leave_chat: {
    ready: (c) => {
      c.elsewhere = { own: [{ ...abroad, address: 'own', location: 'home' }], refuge: [] };
    },
    saying: (reason) => ({ type: 'leave_chat', reason }),
  },
  return_to_chat: {
    ready: (c) => {
      c.elsewhere = { own: [{ ...abroad, address: 'own', location: 'home' }], refuge: [] };
      c.must('li-wei', { type: 'leave_chat' });
      agree(c);
    },
    saying: (reason) => ({ type: 'return_to_chat', reason }),
  },
  release_abroad: {
    ready: (c) => c.tell('clock', { type: 'room_added', payload: { room: abroad } }),
    saying: (reason) => ({
      ...{ type: 'release_abroad', room: roomId(abroad), what: ['overview'] },
      ...{ reason, legalBasis: 'x' },
    }),
  },
  withdraw_release: {
    ready: (c) => {
      c.tell('clock', { type: 'room_added', payload: { room: abroad } });
      c.must('li-wei', {
        type: 'release_abroad',
        room: roomId(abroad),
        what: ['overview'],
        reason: 'x',
        legalBasis: 'x',
      });
    },
    saying: (reason) => ({ type: 'withdraw_release', room: roomId(abroad), reason }),
  },
};

/** After a stop or an erasure no more words are kept; `close` needs a finished case, a law its profile. */
const ELSEWHERE = ['erase', 'stop_state_secret', 'close', 'take_law', 'note_restored'];

it('is decided for every command with words', () => {
  expect([...Object.keys(CASES), ...ELSEWHERE].toSorted()).toEqual(withWords.toSorted());
});

it.each(
  Object.entries(CASES).flatMap(([type, twice]) => ['the same person', 'another'].map((who) => ({ type, who, twice }))),
)('$type again in other words, by $who: recorded, or refused with the reason', ({ who, twice }) => {
  const { start = leakCase, by = 'li-wei', other: colleague = 'chen-yu', ready, saying } = twice;
  const [one, other] = twice.words ?? ['one', 'other'];
  const c = start();
  c.now = Date.parse(at('13:05'));
  ready?.(c);
  c.must(by, saying(one, c));
  const second = who === 'another' ? colleague : by;
  const again = c.do(second, saying(other, c));
  expect(again.ok ? again.events.length : 1, JSON.stringify(again)).toBeGreaterThan(0);
});

it('the same words again change nothing, and a comment that is a task already is not added twice', () => {
  for (const [type, { start = leakCase, by = 'li-wei', ready, saying }] of Object.entries(CASES)) {
    if (['second', 'second_level', 'add_task', 'withdraw_release', 'not_reportable'].includes(type)) continue;
    const c = start();
    c.now = Date.parse(at('13:05'));
    ready?.(c);
    const command = saying(at('18:00'), c);
    c.must(by, command);
    const again = c.do(by, command);
    if (again.ok) expect(again.events, type).toEqual([]);
  }
});

it('another reason for what still waits for a second person is not called decided', () => {
  const c = leakCase();
  c.must('li-wei', { type: 'withdraw_declaration', reason: 'one' });
  expect(c.do('li-wei', { type: 'withdraw_declaration', reason: 'other' })).toMatchObject({
    refusal: { code: 'proposed_already' },
  });
});

it.each<[string, (reason: string) => Command]>([
  ['drop_request', (reason) => ({ type: 'drop_request', request: 'request.1', reason })],
  ['not_owed', (reason) => ({ type: 'not_owed', obligation: 'request.1', reason })],
])('another reason for a request that two people dropped is not lost: %s', (_, saying) => {
  const c = leakCase();
  c.now = Date.parse(at('13:05'));
  const of = { from: 'x', recipient: 'provincial_cac', what: 'x', receivedAt: at('13:00') };
  c.must('li-wei', { type: 'add_request', ...of });
  c.must('li-wei', saying('one'));
  agree(c);
  expect(c.do('chen-yu', saying('other'))).toMatchObject({ refusal: { code: 'decided_already' } });
});

it('a filing said again with any other particular is completed, or refused with the way to add it', () => {
  const said = {
    ...{ receipt: 'x', noReceipt: 'x', to: 'x', forwardedBy: 'x', takenBy: 'x', sealFollows: true },
    ...{ withoutApproval: 'x', otherChannel: 'y', contradictionsKept: 'y', lateReason: 'x', draft: 1 },
  };
  const again = Object.entries(said).map(([name, words]) => {
    const c = leakCase();
    c.now = Date.parse(at('13:05'));
    c.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    c.now = Date.parse(at('15:10'));
    const first = { ...record('x'), at: at('15:00'), receipt: undefined };
    c.must('li-wei', commandSchema.parse(first));
    const found = c.do('li-wei', commandSchema.parse({ ...first, [name]: words }));
    return [name, found.ok ? found.events.map(({ type }) => type).join() : found.refusal.code];
  });
  expect(Object.fromEntries(again)).toEqual({
    ...{ receipt: 'filing_corrected', lateReason: 'delay_explained', to: 'filing_recorded' },
    ...Object.fromEntries(
      [
        'noReceipt',
        'forwardedBy',
        'takenBy',
        'sealFollows',
        'withoutApproval',
        'otherChannel',
        'contradictionsKept',
        'draft',
      ].map((name) => [name, 'filed_already']),
    ),
  });
});

it('a relation that was taken away keeps its time and author, and an older button about it is refused', () => {
  const c = leakCase();
  const relate = (how: 'related' | 'duplicate_of' | 'none'): Command => ({
    type: 'relate',
    incident: 'INC-2026-0002',
    how,
  });
  c.must('li-wei', relate('related'));
  const shown = c.current.version;
  c.now = Date.parse(at('13:20'));
  c.must('chen-yu', relate('none'));
  expect(c.current.relations['INC-2026-0002']).toMatchObject({
    how: 'none',
    by: 'chen-yu',
    at: '2026-03-31T05:20:00.000Z',
  });
  expect(c.do('li-wei', relate('duplicate_of'), { revision: shown })).toMatchObject({
    refusal: { code: 'stale_revision', params: { by: '陈宇' } },
  });
});
