import { describe, expect, it } from 'vitest';
import { questionOf } from '../../src/conversation/asking/fact-forms.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { undoneLine, undoOf } from '../../src/conversation/meaning/undo.ts';
import type { Act } from '../../src/incident/acts.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { EventType } from '../../src/incident/record/events.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { actorOf, company, MAIN_ROOM, Story } from './story.ts';

const LI = 'Li Wei';
const WANG = 'Wang Lei';
const reason = '核对后确认';
const iso = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();
const START = Date.parse('2026-03-31T09:42:00+08:00');
const FIELD = 'art7.2.measures';
const known = (text: string): Command => ({ type: 'fill_field', field: FIELD, value: { state: 'known', text } });
const relate = (how: 'related' | 'none'): Command => ({ type: 'relate', incident: 'INC-2026-0001', how });
const people = (value: number): Command => ({ type: 'answer', fact: 'personal_info_people', value });
const away = { ...MAIN_ROOM, address: 'away' };
const draft: Command = { type: 'compile_draft', report: 'initial', cannotDetermine: [] };
const request: Command = {
  ...{
    type: 'add_request',
    from: '网信办',
    recipient: 'provincial_cac',
    what: '日志',
    receivedAt: iso(0),
    due: iso(600),
  },
};
const filing = (s: Story): Command => ({
  ...{ type: 'record_filing', obligation: s.situation.ia.obligations[0]?.id ?? '', channel: 'web_12387', at: iso(4) },
  ...{ receipt: 'T-1', otherChannel: reason },
});

/** One entry of the record as the last act of somebody. */
interface Case {
  /** What goes before it. */
  readonly before?: (s: Story) => unknown;
  readonly act: Command | ((s: Story) => unknown);
  readonly who?: string;
  /** Parts of the state that are as before once it was taken back; absent: nothing takes it back. */
  readonly back?: readonly (keyof IncidentState)[];
  readonly profile?: true;
  readonly drill?: true;
}
const hash = (s: Story): string => s.state?.drafts.at(-1)?.text?.hash ?? '';
const second = (s: Story, agree: boolean, who: string): Story =>
  s.do({ type: 'second', proposal: s.state?.proposals.at(-1)?.id ?? '', agree }, who);

const BOT = null;
/** Every kind of entry: those of people with the act that makes it, those of the bot alone as none. */
const CASES: Readonly<Record<EventType, Case | null>> = {
  declared: { act: () => undefined },
  declaration_withdrawn: {
    before: (s) => s.do({ type: 'withdraw_declaration' }),
    act: (s) => second(s, true, WANG),
    who: WANG,
  },
  renamed: { act: { type: 'rename', title: '会员库泄露' }, back: ['title'] },
  relation_set: {
    before: (s) => s.do(relate('related')).do(relate('none')),
    act: relate('related'),
    back: ['relations'],
  },
  fact_stated: { before: (s) => s.do(people(1_000), WANG), act: people(5_000_000), back: ['facts'] },
  awareness_candidate_added: {
    act: { type: 'add_awareness', at: iso(-90), source: 'alert', reachedUs: true },
    back: ['candidates'],
  },
  awareness_confirmed: { act: { type: 'confirm_awareness', candidate: 'a1', reason }, back: ['awareness'] },
  awareness_withdrawn: {
    before: (s) => s.do({ type: 'add_awareness', at: iso(-90), source: 'alert', reachedUs: true }),
    act: (s) => second(s.do({ type: 'withdraw_awareness', candidate: 'a2' }), true, WANG),
    who: WANG,
  },
  question_settled: {
    act: (s) => {
      const { id, readings } = s.situation.regime.openQuestions[0] ?? { id: '', readings: [] };
      return s.do({ type: 'settle_question', question: id, reading: readings[0]?.id ?? '', reason });
    },
    back: ['readings'],
  },
  level_decided: { act: { type: 'decide_level', level: 'major', reason }, back: ['levelDecision'] },
  not_reportable_decided: {
    before: (s) => s.do({ type: 'not_reportable', reason, reviewAt: iso(300) }),
    act: (s) => second(s, true, WANG),
    who: WANG,
    back: ['notReportable'],
  },
  decision_withdrawn: {
    before: (s) => s.do({ type: 'confirm_awareness', candidate: 'a1', reason }),
    act: { type: 'withdraw_decision', about: 'awareness', reason },
  },
  law_taken: BOT,
  state_secret_stopped: { act: { type: 'stop_state_secret' } },
  stop_lifted: {
    before: (s) => s.do({ type: 'stop_state_secret' }).do({ type: 'lift_stop', reason }),
    act: (s) => second(s, true, WANG),
    who: WANG,
    back: [],
  },
  proposal_made: {
    act: { type: 'not_reportable', reason, reviewAt: iso(300) },
    back: ['notReportable'],
  },
  proposal_settled: {
    before: (s) => s.do({ type: 'not_reportable', reason, reviewAt: iso(300) }),
    act: (s) => second(s, false, WANG),
    who: WANG,
  },
  level_override_proposed: BOT,
  level_override_refused: BOT,
  person_joined: { act: { type: 'add_person', person: 'zhao-min' }, back: [], profile: true },
  join_asked: BOT,
  right_asked: BOT,
  person_removed: {
    before: (s) => s.do({ type: 'add_note', text: 'x' }, WANG),
    act: { type: 'remove_person', person: actorOf(WANG), reason },
    back: ['lead'],
    profile: true,
  },
  person_named: BOT,
  lead_taken: { before: (s) => s.do({ type: 'take_lead' }, WANG), act: { type: 'take_lead' }, back: [] },
  charge_taken: { act: { type: 'take_charge' } },
  handover_offered: {
    before: (s) => s.do({ type: 'add_note', text: 'x' }, WANG),
    act: { type: 'hand_over', person: actorOf(WANG) },
  },
  handover_taken: {
    before: (s) => s.do({ type: 'add_note', text: 'x' }, WANG).do({ type: 'hand_over', person: actorOf(WANG) }),
    act: (s) => s.do({ type: 'take_over' }, WANG),
    who: WANG,
    back: [],
  },
  language_set: {
    before: (s) => s.do({ type: 'set_language', language: 'en' }),
    act: { type: 'set_language', language: 'zh-CN' },
    back: ['people'],
  },
  item_assigned: { act: { type: 'take_item', item: 'art7.4' }, back: [] },
  field_filled: { before: (s) => s.do(known('断网')), act: known('断网并改口令'), back: [] },
  wording_confirmed: { act: { type: 'confirm_wording', field: FIELD, wording: '已断网' } },
  version_chosen: {
    before: (s) => s.do(known('断网')).do(known('改口令')),
    act: (s) => {
      const [first] = s.state?.fields[FIELD]?.versions ?? [];
      return s.do({ type: 'choose_version', field: FIELD, version: first?.version ?? 0 });
    },
    back: [],
  },
  note_added: { act: { type: 'add_note', text: '已通知云厂商' } },
  evidence_added: {
    act: {
      type: 'add_evidence',
      evidence: { file: 'a'.repeat(64), name: 'log.txt', size: 3, mediaType: 'text/plain' },
    },
  },
  draft_compiled: { before: (s) => s.do({ type: 'decide_level', level: 'major', reason }), act: draft },
  approval_requested: { before: (s) => s.do(draft), act: { type: 'request_approval', draft: 1 } },
  draft_approved: {
    before: (s) => s.do(draft),
    act: (s) => s.do({ type: 'approve', draft: 1, hash: hash(s) }),
  },
  draft_sent_back: {
    before: (s) => s.do(draft),
    act: { type: 'send_back', draft: 1, comments: [{ text: '补充影响' }] },
  },
  approval_voided: BOT,
  point_assessed: BOT,
  filing_recorded: { act: (s) => s.do(filing(s)) },
  filing_corrected: {
    before: (s) => s.do(filing(s)),
    act: (s) => s.do({ type: 'correct_filing', filing: s.state?.filings[0]?.version ?? 0, receipt: 'T-2' }),
  },
  filing_practised: {
    act: (s) =>
      s.do({
        ...{ type: 'practise_filing', obligation: s.situation.ia.obligations[0]?.id ?? '' },
        channel: 'own_contact',
      }),
    drill: true,
  },
  delay_explained: BOT,
  request_received: { act: request },
  request_dropped: {
    before: (s) => s.do(request).do({ type: 'drop_request', request: 'request.1', reason }),
    act: (s) => second(s, true, WANG),
    who: WANG,
    back: [],
  },
  duty_not_owed: {
    before: (s) => s.do(draft),
    act: { type: 'not_owed', obligation: 'draft.1', reason },
    back: ['notOwed'],
  },
  task_added: { act: { type: 'add_task', text: '回电网信办' } },
  task_changed: {
    before: (s) => s.do({ type: 'add_task', text: '回电网信办' }),
    act: { type: 'change_task', task: 't1', due: iso(300) },
    back: ['tasks'],
  },
  task_finished: {
    before: (s) => s.do({ type: 'add_task', text: '回电网信办' }),
    act: { type: 'finish_task', task: 't1' },
  },
  handling_ended: { act: { type: 'end_handling', at: iso(1), reason }, back: ['handlingEnded'] },
  closed: BOT,
  reopened: BOT,
  held: { act: { type: 'hold', reason } },
  hold_released: { before: (s) => s.do({ type: 'hold', reason }), act: { type: 'release_hold', reason } },
  erased: BOT,
  room_added: { act: { type: 'add_room', room: away }, back: ['rooms'] },
  room_removed: {
    before: (s) => s.do({ type: 'add_room', room: away }),
    act: { type: 'remove_room', room: 'console/local/away' },
    back: [],
  },
  room_confirmed: BOT,
  chat_left: BOT,
  chat_returned: BOT,
  released_abroad: BOT,
  release_withdrawn: BOT,
  snoozed: { before: (s) => s.do({ type: 'add_note', text: 'x' }, WANG), act: { type: 'snooze', minutes: 15 } },
  drill_speed_changed: { act: { type: 'set_drill_speed', speed: 10 }, back: [], drill: true },
  call_practised: { act: { type: 'call_officer' }, drill: true },
  inject_given: BOT,
  threshold_crossed: BOT,
  reminder_due: BOT,
  head_stamped: BOT,
  record_restored: BOT,
  notice_delivered: BOT,
};

function played({ before, act, profile, drill }: Case): { story: Story; then: IncidentState } {
  const title = '支付系统疑似用户数据泄露';
  const story = new Story('2026-03-31T09:42:00+08:00', profile ? company : null);
  story.do({ type: 'declare', title, ...(drill ? { drill } : {}) }).wait(5);
  before?.(story);
  const { state: then } = story.situation;
  story.wait(5);
  if (typeof act === 'function') act(story);
  else story.do(act);
  return { story, then };
}
const actOf = ({ situation }: Story, who = LI): Act => {
  const act = situation.state.acts[actorOf(who)];
  if (!act) throw new Error(`${who} did nothing`);
  return act;
};
const texts = (text: Parameters<typeof localise>[0]) => [localise(text, 'zh-CN'), localise(text, 'en')];
/** Parts without who and when: a value that is brought back is an entry of its own. */
const plain = (part: unknown): unknown =>
  JSON.parse(
    JSON.stringify(part, (key, value) => (['by', 'at', 'version', 'previous'].includes(key) ? undefined : value)),
  );

const PLAYED = Object.entries(CASES).flatMap(([type, one]) => (one ? [[type, one] as const] : []));

describe('the last act', () => {
  it.each(PLAYED)('%s is named, and taken back or said why not', (type, one) => {
    const { story, then } = played(one);
    const act = actOf(story, one.who);
    expect(act.event.type).toBe(type);
    const undo = undoOf(story.situation, act);
    expect(texts(undo.what).every((text) => text.length > 3)).toBe(true);
    if (!one.back) {
      expect(undo.why).not.toBeNull();
      for (const text of texts(undo.why ?? { raw: '' })) expect(text.length).toBeGreaterThan(8);
      expect(undo.actions.some(({ id }) => id === 'undo')).toBe(false);
      return;
    }
    expect(undo.why).toBeNull();
    expect(act.back).not.toBeNull();
    expect(undo.actions[0]?.id).toBe('undo');
    if (!act.back) return;
    story.do(act.back, one.who);
    const { state: after } = story.situation;
    expect(after.version).toBeGreaterThan(act.version);
    for (const part of one.back) expect(plain(after[part]), part).toEqual(plain(then[part]));
  });

  it.each(PLAYED.filter(([, { back }]) => back))('%s is taken back at once by one person alone', (_, one) => {
    const { story } = played(one);
    const { back } = actOf(story, one.who);
    if (!back) throw new Error('no way back');
    const open = () => story.situation.state.proposals.filter(({ settled }) => settled === null).length;
    const waiting = open();
    story.do(back, one.who);
    expect(open()).toBeLessThanOrEqual(waiting);
  });

  it('later is a change like any other, and so it is once anything follows', () => {
    const raise: Case = {
      before: (s) => s.do({ type: 'answer', fact: 'operator', value: 'other' }).do(people(1_000), WANG),
      act: people(5_000_000),
    };
    const open = (s: Story) => s.situation.state.proposals.filter(({ settled }) => settled === null).length;
    for (const meanwhile of [(s: Story) => s.wait(1), (s: Story) => s.do({ type: 'add_note', text: 'x' }, WANG)]) {
      const { story } = played(raise);
      meanwhile(story);
      story.do(people(1_000));
      expect(open(story)).toBe(1);
    }
  });

  it('is not what the program did beside it: a room of the profile that came with the declaration', () => {
    const story = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: '支付系统疑似用户数据泄露' });
    story.apply({ type: 'room_added', payload: { room: away } }, actorOf(LI));
    expect(actOf(story)).toMatchObject({ event: { type: 'declared' }, back: null });
  });

  it('that chose a band of figures is named in the words of its button', () => {
    const question = questionOf(
      new Story(iso(0)).do({ type: 'declare', title: 'Leak' }).situation,
      'personal_info_people',
    );
    const bands = (question?.options ?? []).flatMap(({ intent }) =>
      intent.type === 'answer' && typeof intent.value === 'object' ? [intent] : [],
    );
    expect(bands.length).toBeGreaterThan(2);
    for (const band of bands) {
      const { story } = played({ act: band });
      const { value } = undoOf(story.situation, actOf(story));
      expect(question?.options.map(({ label }) => localise(label, 'en'))).toContain(
        localise(value ?? { raw: '' }, 'en'),
      );
    }
  });

  it('that somebody else changed since is not undone over their heads', () => {
    const { story } = played({ act: people(5_000_000) });
    story.do(people(1_300_000), WANG);
    const undo = undoOf(story.situation, actOf(story));
    expect(localise(undo.why ?? { raw: '' }, 'zh-CN')).toContain('此后已有改动');
    expect(undo.actions).toEqual([]);
  });
});

describe('[Wrong, undo] below what one line recorded', () => {
  const view = (s: Story, after: number, about: string) => undoneLine(s.situation, { after: String(after), about });
  const labels = (s: Story, after: number, about: string): readonly string[] =>
    view(s, after, about).blocks.flatMap((block) =>
      block.kind === 'actions' ? block.actions.map(({ label }) => localise(label, 'en')) : [],
    );
  const title = (s: Story, after: number, about: string): string => localise(view(s, after, about).title, 'en');
  const started = (): Story => new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'Leak' }, LI);
  const version = (s: Story): number => s.state?.version ?? 0;

  it('names the act of that line, whoever presses it', () => {
    const s = started().do(people(100), LI);
    const at = version(s);
    s.do(people(1_200_000), LI);
    expect(title(s, at, 'personal_info_people')).toMatch(/^Undo “.*1.2 million/);
    // Another person's later act is not taken for it.
    s.do(known('offline'), WANG);
    expect(title(s, at, 'personal_info_people')).toMatch(/^Undo “.*1.2 million/);
  });

  it('offers to correct what it stated once its writer did something else', () => {
    const s = started();
    const at = version(s);
    s.do(people(1_200_000), LI).do(known('offline'), LI);
    expect(title(s, at, 'personal_info_people')).toMatch(/changed since/);
    expect(labels(s, at, 'personal_info_people')[0]).toMatch(/people/i);
    expect(view(s, at, 'personal_info_people').title).not.toMatchObject({ key: 'text.undo' });
  });

  it('several facts of one line are corrected one by one', () => {
    const s = started();
    const at = version(s);
    s.do(people(5), LI).do(known('offline'), LI);
    expect(labels(s, at, `personal_info_people,${FIELD}`)).toHaveLength(3);
  });
});
