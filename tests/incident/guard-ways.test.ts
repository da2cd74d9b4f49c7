import { expect, it } from 'vitest';
import { room as roomOf } from './bench-rooms.ts';
import { agreed, answer, begun, duty, filedText, iso, leak, owed, pass, withLaws } from './guard-case.ts';

/**
 * The ways in which one person or one program ended, delayed, hid or declared met what the law asks for. Each returns
 * what is wrong afterwards; empty: the clock still stands.
 */
const FIRST = 'cac.art4.other';

const WAYS: Readonly<Record<string, () => string>> = {
  'a figure above 较大 after two people decided 一般': () => {
    const c = leak(50_000);
    agreed(c);
    c.must('li', { type: 'decide_level', level: 'general', reason: '少' });
    agreed(c);
    pass(c, 300);
    c.must('chen', answer('personal_info_people', 1_200_000));
    const status = duty(c, FIRST)?.status;
    return status === 'late' ? '' : `the clock is ${status}`;
  },
  'crime from yes to no ends both clocks of the police': () => {
    const c = leak();
    c.must('chen', answer('personal_info_compromise', ['leaked_or_stolen']));
    c.must('chen', answer('suspected_crime', true));
    c.must('chen', answer('suspected_crime', false));
    return ['police.art14', 'police.art10'].filter((id) => duty(c, id)?.provisional !== false).join();
  },
  'crime answered with no at once ends 1997 Art. 10(6)': () => {
    const c = leak();
    c.must('chen', answer('personal_info_compromise', ['leaked_or_stolen']));
    c.must('chen', answer('suspected_crime', false));
    agreed(c);
    return duty(c, 'police.art10') ? '' : 'no duty to report unauthorised entry';
  },
  'another kind of operator than the profile says': () => {
    const c = leak(1_200_000, 'grid');
    const before = owed(c);
    c.must('chen', answer('operator', 'other'));
    return before.filter((one) => !owed(c).includes(one)).join();
  },
  'another system': () => {
    const c = leak(1_200_000, 'grid');
    const before = owed(c);
    c.must('chen', answer('system', 'shop'));
    return before.filter((one) => !owed(c).includes(one)).join();
  },
  'a "no" to CII before the system that is one': () => {
    const c = begun();
    c.must('chen', answer('operator', 'other'));
    c.must('chen', answer('system', 'grid'));
    return duty(c, 'cac.art4.cii.public_security') ? '' : 'no clock of CII';
  },
  'CII of a central organ drops its own cyberspace body': () => {
    const c = leak(1_200_000, 'core');
    const wanted = ['cac.art4.cii.protection_department', 'cac.art4.cii.public_security', 'cac.art4.central'];
    return wanted.filter((id) => duty(c, id)?.provisional !== false).join();
  },
  'cii: false is not CII': () => {
    const c = leak(1_200_000, 'site');
    return duty(c, 'cac.art4.cii.public_security') ? 'a clock of CII' : '';
  },
  'a settled reading makes a certain clock possible only': () => {
    const c = begun('shop');
    c.must('chen', answer('affected', ['outage']));
    c.must('chen', answer('site_kind', ['enterprise']));
    c.must('chen', answer('site_outage_minutes', 600));
    const reading = c.law.openQuestions.find(({ id }) => id === 'enterprise_portal_rank')?.readings[1]?.id ?? '';
    const before = duty(c, FIRST)?.provisional;
    c.must('li', { type: 'settle_question', question: 'enterprise_portal_rank', reading, reason: 'x' });
    return before === false && duty(c, FIRST)?.provisional === false ? '' : 'only possible now';
  },
  'not owed on 立即, by one person': () => {
    const c = leak();
    c.do('li', { type: 'not_owed', obligation: 'pipl.art57.individuals', reason: '已采取措施' });
    return duty(c, 'pipl.art57.individuals')?.status === 'running' ? '' : 'not owed any more';
  },
  'not owed where the law has no exemption, by two': () => {
    const c = leak();
    c.do('li', { type: 'not_owed', obligation: 'pipl.art57.authority', reason: '已采取措施' });
    agreed(c);
    return duty(c, 'pipl.art57.authority')?.status === 'running' ? '' : 'not owed any more';
  },
  'a filing entered after its limit with a time before it': () => {
    const c = leak();
    pass(c, 300);
    const at = iso(c, 65);
    c.must('sun', { type: 'record_filing', obligation: FIRST, channel: 'web_12387', at });
    return duty(c, FIRST)?.status === 'late' ? '' : 'met after the fact';
  },
  'a correction that makes late into on time': () => {
    const c = leak();
    pass(c, 300);
    c.must('sun', { type: 'record_filing', obligation: FIRST, channel: 'web_12387', at: iso(c, 5) });
    const filing = c.current.filings[0]?.version ?? 0;
    c.must('sun', { type: 'correct_filing', filing, at: iso(c, 200), reason: 'x', receipt: 'T-1' });
    return duty(c, FIRST)?.status === 'late' ? '' : 'met after the fact';
  },
  'a program stops for a state secret': () => {
    const c = leak();
    c.do('api', { type: 'stop_state_secret' });
    return c.current.stopped ? 'stopped by a token' : '';
  },
  'a program answers the judgement of a pack': () => {
    const c = begun('shop');
    c.must('chen', answer('gdpr_personal_data', true));
    const before = owed(c).filter((one) => one.startsWith('gdpr'));
    c.do('api', answer('gdpr_risk', 'none'));
    return before.length > 0 ? before.filter((one) => !owed(c).includes(one)).join() : 'nothing owed before';
  },
  'one person replaces the judgement of a pack': () => {
    const c = begun('shop');
    c.must('chen', answer('gdpr_personal_data', true));
    c.must('zhao', answer('gdpr_risk', 'risk'));
    const before = owed(c).filter((one) => one.startsWith('gdpr'));
    c.do('li', answer('gdpr_risk', 'none'));
    return before.filter((one) => !owed(c).includes(one)).join();
  },
  'the first “no” to the one judgement of a pack, by one person who may make it': () => {
    const c = begun('shop', withLaws('us-sec-8k', 'eu-dora'));
    const before = owed(c).filter((one) => /^(sec|dora)\./.test(one));
    if (before.length === 0) return 'nothing owed before';
    c.must('zhao', answer('sec_material', false));
    c.must('zhao', answer('dora_major', false));
    return before.filter((one) => !owed(c).includes(one)).join();
  },
  'a judgement of a pack by who may not make it': () => {
    const c = begun('shop', withLaws('eu-dora'));
    const codes = ['chen', 'sun', 'anna'].map((who) => {
      const done = c.do(who, answer('dora_major', false));
      return done.ok ? who : '';
    });
    return codes.join('');
  },
  'another province, or none any more, than was stated': () => {
    const c = begun();
    c.must('chen', answer('affected', ['personal_info']));
    c.must('chen', answer('personal_info_people', 1_200_000));
    c.must('chen', answer('province', 'shanghai'));
    if (c.current.facts['province']?.value !== 'shanghai') return 'the first statement waits';
    for (const other of ['beijing', 'unknown']) c.do('chen', answer('province', other));
    const { value } = c.current.facts['province'] ?? {};
    return value === 'shanghai' ? '' : `sent to ${JSON.stringify(value)}`;
  },
  'one person leaves chat while a clock runs': () => {
    const c = leak();
    c.must('li', { type: 'add_room', room: roomOf('slack', 'ops') });
    c.elsewhere = { own: [roomOf('console', 'main')], refuge: [] };
    c.do('chen', { type: 'leave_chat', reason: 'x' });
    return c.current.chatLeft ? 'out of chat' : '';
  },
  'one person takes the room of the declaration off': () => {
    const c = leak();
    c.must('li', { type: 'add_room', room: roomOf('slack', 'ops') });
    c.do('chen', { type: 'remove_room', room: 'slack/t/ops' });
    return 'slack/t/ops' in c.current.rooms ? '' : 'hidden';
  },
  'the last one who is reminded mutes it': () => {
    const c = begun(undefined, null);
    c.do('chen', { type: 'snooze', minutes: 60 });
    c.do('sun', { type: 'snooze', minutes: 60 });
    c.do('zhao', { type: 'snooze', minutes: 60 });
    c.do('li', { type: 'snooze', minutes: 60 });
    return Object.keys(c.current.snoozes).length < 4 ? '' : 'nobody is reminded';
  },
  'closing with a report of news owed': () => {
    const c = leak();
    filedText(c);
    c.must('chen', answer('personal_info_people', 9_000_000));
    const closed = c.do('li', { type: 'close', reason: 'over' });
    const needs = closed.ok ? [] : [closed.refusal.params?.['obligations']].flat();
    return needs.includes('report.update') ? '' : `can be closed: ${needs.join()}`;
  },
};

it.each(Object.entries(WAYS))('%s', (_, wrong) => {
  expect(wrong()).toBe('');
});
