import { expect, it } from 'vitest';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { type Room, roomId } from '../../src/incident/identity.ts';
import { hasLeft } from '../../src/incident/rooms.ts';
import { scoreOf } from '../../src/report/drills/score.ts';
import { scenariosOf } from '../fakes/law.ts';
import { Case, company, minutes, regime } from '../report/cases.ts';

const own: Room = {
  platform: 'console',
  tenant: 'local',
  address: 'main',
  location: 'home',
  language: 'zh-CN',
  open: false,
};
const chat: Room = { ...own, platform: 'chat', address: 'thread' };

/** Drill of the scenario at its own time, declared in a chat room. */
function started(): Case {
  const it = new Case(company);
  it.scenarios = scenariosOf();
  it.elsewhere = { own: [own], refuge: [{ ...chat, platform: 'other-chat' }] };
  it.must(
    'li-wei',
    { type: 'declare', title: 'Chat goes down', drill: true, speed: 1, scenario: 'no-chat' },
    { room: chat },
  );
  return it;
}
function tick(it: Case, at: number): void {
  it.now = Date.parse(it.events[0]?.at ?? '') + minutes(at);
  it.must('clock', { type: 'tick', timer: 'x', dueAt: isoOf(it.now) });
}
const types = (it: Case) => it.events.map(({ event }) => event.type);

function filed(it: Case, obligation: string): void {
  it.must('zhao-min', { type: 'practise_filing', obligation, channel: 'hotline_12387' });
}

function reported(it: Case): void {
  it.must('li-wei', { type: 'answer', fact: 'operator', value: 'other' });
  it.must('li-wei', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  it.must('li-wei', { type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  it.must('li-wei', { type: 'decide_level', level: 'major', reason: 'counted' });
  it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  filed(it, 'cac.art4.other');
}

it('pulls chat away at its time, goes on in the rooms of the bot alone, and gives it back', () => {
  const it = started();
  tick(it, 14);
  expect(types(it)).not.toContain('chat_left');
  tick(it, 15);
  expect(it.current.chatLeft).toMatchObject({ played: true, quiet: true, platforms: ['console'] });
  expect(hasLeft(it.current, 'chat')).toBe(true);
  expect(Object.keys(it.current.rooms)).toEqual([roomId(own)]);
  tick(it, 120);
  expect(it.current.chatLeft).toBeNull();
  expect(Object.keys(it.current.rooms)).toContain(roomId(chat));
  // Each comes once.
  tick(it, 121);
  expect(types(it).filter((type) => type === 'chat_left' || type === 'chat_returned')).toHaveLength(2);
});

it('leaves a chat that people left themselves as it is', () => {
  const it = started();
  it.must('li-wei', { type: 'leave_chat', reason: 'the attacker reads it' });
  tick(it, 120);
  expect(it.current.chatLeft).toMatchObject({ reason: 'the attacker reads it' });
  expect(types(it)).not.toContain('chat_returned');
});

it('the officer calls back after the filing only, with a request that has a clock of its own', () => {
  const late = started();
  tick(late, 100);
  expect(late.current.requests).toHaveLength(0);
  const it = started();
  tick(it, 40);
  reported(it);
  tick(it, 54);
  expect(it.current.requests).toHaveLength(0);
  tick(it, 55);
  const clock = it.assess().clocks.find(({ id }) => id === 'request.1');
  expect(clock).toMatchObject({ recipient: 'provincial_cac', status: 'running', dueMinutes: 60 });
  it.now += minutes(30);
  filed(it, 'request.1');
  expect(it.assess().clocks.find(({ id }) => id === 'request.1')?.status).toBe('met');
});

it('scores what was done without chat, and that what was kept came on the record with its time', () => {
  const played = (note: { happenedAt?: string }) => {
    const it = started();
    tick(it, 15);
    it.now += minutes(10);
    it.must('chen-yu', { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '浦东' } });
    tick(it, 40);
    reported(it);
    tick(it, 55);
    it.now += minutes(20);
    filed(it, 'request.1');
    tick(it, 120);
    it.now += minutes(5);
    it.must('chen-yu', { type: 'add_note', text: '09:58 call to 12387', ...note });
    const { injects } = scoreOf({ state: it.current, ia: it.assess(), regime }, it.events);
    return Object.fromEntries(injects.map(({ inject, outcome }) => [inject.id, outcome]));
  };
  const during = isoOf(Date.parse(started().events[0]?.at ?? '') + minutes(40));
  expect(played({ happenedAt: during })).toMatchObject({ down: 'met', phone: 'met', officer: 'met', back: 'met' });
  // Without a time, or with one after the outage, it is no record of it.
  expect(played({})).toMatchObject({ back: 'missed' });
});

it('other scenarios bring neither: an ordinary drill is as it was', () => {
  const others = [...scenariosOf().values()].filter(({ id }) => id !== 'no-chat').flatMap(({ injects }) => injects);
  expect(others.filter(({ chat: with_, request, after }) => with_ ?? request ?? after)).toEqual([]);
});
