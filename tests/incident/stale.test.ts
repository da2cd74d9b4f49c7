import { describe, expect, it } from 'vitest';
import { type Command, commandSchema } from '../../src/incident/commands.ts';
import { staleAgainst } from '../../src/incident/decide/decide.ts';
import { fill, leakCase } from '../report/cases.ts';
import type { Case } from './bench-incident.ts';

const FIELD = 'art7.2.effect';
const DUTY = 'cac.art4.other';
const REASON = 'agreed in the call of 13:10';
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

it('a wording is confirmed for the text it was shown with, not for one that replaced it meanwhile', () => {
  const it = leakCase();
  const shown = it.current.version;
  const confirm = { type: 'confirm_wording', field: FIELD, wording: '目前未见异常' } as const;
  expect(staleAgainst(it.current, confirm, shown)).toBeNull();
  fill(it, 'art7.2.measures', 'somebody writes another field');
  expect(staleAgainst(it.current, confirm, shown)).toBeNull();
  fill(it, FIELD, 'the backup is gone as well');
  expect(staleAgainst(it.current, confirm, shown)).toMatchObject({
    code: 'stale_revision',
    params: { revision: shown },
  });
  expect(it.do('zhao-min', confirm, { revision: shown })).toMatchObject({
    ok: false,
    refusal: { code: 'stale_revision' },
  });
  expect(it.do('zhao-min', confirm, { revision: it.current.version })).toMatchObject({ ok: true });
});

/** Two people open the same value; the first (`other`) changes it, the second still sees the value before. */
interface Overwrite {
  /** Entries before both look, if any. */
  readonly before?: (it: Case) => void;
  readonly other: Command;
  readonly mine: Command;
}

const file: Command = {
  ...{ type: 'record_filing', obligation: DUTY, channel: 'web_12387', at: at('13:50') },
  ...{ otherChannel: REASON, contradictionsKept: REASON },
};
const filing = (it: Case): number => {
  agreed(it, 'li-wei', file);
  return it.current.filings[0]?.version ?? 0;
};
/** Does what needs two people by two. */
function agreed(it: Case, by: string, command: Command): void {
  it.must(by, command);
  const open = it.current.proposals.findLast(({ settled }) => settled === null);
  if (open) it.must('chen-yu', { type: 'second', proposal: open.id, agree: true });
}
const answer = (value: string): Command => ({ type: 'answer', fact: 'operator', value });
const level = (one: string): Command => ({ type: 'decide_level', level: one, reason: REASON });

const OVERWRITES: Partial<Record<Command['type'], (it: Case) => Overwrite>> = {
  rename: () => ({ other: { type: 'rename', title: 'theirs' }, mine: { type: 'rename', title: 'mine' } }),
  relate: () => ({
    other: { type: 'relate', incident: 'INC-2026-0002', how: 'duplicate_of' },
    mine: { type: 'relate', incident: 'INC-2026-0002', how: 'related' },
  }),
  answer: () => ({ other: answer('other'), mine: answer('cii_involved') }),
  confirm_awareness: () => ({
    other: { type: 'confirm_awareness', candidate: 'a2', reason: REASON },
    mine: { type: 'confirm_awareness', candidate: 'a1', reason: REASON },
  }),
  settle_question: () => ({
    other: { type: 'settle_question', question: 'portal_meaning', reading: 'counted', reason: REASON },
    mine: { type: 'settle_question', question: 'portal_meaning', reading: 'not_counted', reason: REASON },
  }),
  decide_level: () => ({ other: level('significant'), mine: level('major') }),
  withdraw_decision: () => ({
    before: (it) => it.must('zhao-min', level('significant')),
    other: level('particularly_significant'),
    mine: { type: 'withdraw_decision', about: 'level', reason: REASON },
  }),
  assign_item: () => ({
    other: { type: 'assign_item', item: 'art7.2', person: 'li-wei' },
    mine: { type: 'assign_item', item: 'art7.2', person: 'chen-yu' },
  }),
  take_item: () => ({
    other: { type: 'assign_item', item: 'art7.2', person: 'chen-yu' },
    mine: { type: 'take_item', item: 'art7.2' },
  }),
  confirm_wording: () => ({
    other: { type: 'confirm_wording', field: FIELD, wording: '已恢复' },
    mine: { type: 'confirm_wording', field: FIELD, wording: '目前未见异常' },
  }),
  end_handling: () => ({
    other: { type: 'end_handling', at: at('13:06'), reason: REASON },
    mine: { type: 'end_handling', at: at('13:07'), reason: REASON },
  }),
  record_filing: () => ({ other: file, mine: { ...file, at: at('13:51') } }),
  correct_filing: (it) => {
    const known = filing(it);
    return {
      other: { type: 'correct_filing', filing: known, receipt: '17' },
      mine: { type: 'correct_filing', filing: known, receipt: '71' },
    };
  },
  explain_delay: (it) => {
    filing(it);
    return {
      other: { type: 'explain_delay', obligation: DUTY, reason: 'the hotline did not answer' },
      mine: { type: 'explain_delay', obligation: DUTY, reason: 'nobody was awake' },
    };
  },
  not_owed: () => ({
    other: { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: REASON },
    mine: { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: 'by mistake' },
  }),
  assess_point: () => ({
    other: { type: 'assess_point', point: 'crime', finding: 'settled' },
    mine: { type: 'assess_point', point: 'crime', finding: 'not_applicable' },
  }),
  change_task: () => ({
    before: (it) => it.must('zhao-min', { type: 'add_task', text: 'restore the backup' }),
    other: { type: 'change_task', task: 't1', person: 'li-wei' },
    mine: { type: 'change_task', task: 't1', person: 'chen-yu' },
  }),
};

/** Commands that replace nothing of a colleague's, by what they do instead. */
const OTHERS: Readonly<Record<string, readonly Command['type'][]>> = {
  'they add': [
    ...(['declare', 'add_awareness', 'add_note', 'add_evidence', 'add_request', 'add_task', 'add_person'] as const),
    ...(['add_room', 'compile_draft', 'release_abroad', 'call_officer', 'practise_filing', 'take_law'] as const),
  ],
  'they bring an end, and a second end changes nothing': [
    ...(['withdraw_declaration', 'withdraw_awareness', 'drop_request', 'finish_task', 'close', 'reopen'] as const),
    ...(['hold', 'release_hold', 'erase', 'expire', 'stop_state_secret', 'lift_stop', 'remove_room'] as const),
    ...(['confirm_room', 'withdraw_release', 'leave_chat', 'return_to_chat', 'remove_person'] as const),
  ],
  'both versions stand against each other until a person chooses': ['fill_field', 'choose_version'],
  'they name the text or the proposal they are about': [
    ...(['request_approval', 'approve', 'send_back', 'second', 'second_level'] as const),
  ],
  'they concern the person who acts': [
    ...(['take_lead', 'take_charge', 'hand_over', 'take_over', 'ask_to_join', 'ask_for', 'set_language'] as const),
    'snooze',
  ],
  'they are compared elsewhere in this table': ['not_reportable'],
  'the clock of a drill': ['set_drill_speed'],
  'the bot itself': ['tick', 'record_delivery', 'record_stamp', 'name_person', 'note_restored'],
};

describe('a value that a colleague changed after it was shown is not overwritten', () => {
  it.each(Object.entries(OVERWRITES))('%s', (_, caseOf) => {
    const it = leakCase();
    it.now = Date.parse(at('14:10'));
    const { before, other, mine } = caseOf(it);
    before?.(it);
    const shown = it.current.version;
    agreed(it, 'zhao-min', other);
    const second = it.do('li-wei', mine, { revision: shown });
    expect(second).toMatchObject({ ok: false, refusal: { code: 'stale_revision' } });
    expect(staleAgainst(it.current, mine, it.current.version)).toBeNull();
  });

  it('is decided for every command', () => {
    const known = [...Object.keys(OVERWRITES), ...Object.values(OTHERS).flat()];
    const all = commandSchema.options.map(({ shape }) => shape.type.value);
    expect(known.toSorted()).toEqual(all.toSorted());
  });
});
