import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { CHANNEL, Driven, HOUR, iso, MINUTE, ROOM } from './harness.ts';

const fill = (field: string, text: string): Command => ({
  type: 'fill_field',
  field,
  value: { state: 'known', text },
  wording: text,
});

/** What five people do between 09:42 and the next morning, as in the storyboard, minutes after the declaration. */
const STEPS: readonly (readonly [minute: number, by: string, Command])[] = [
  [1, 'li', { type: 'answer', fact: 'operator', value: 'other' }],
  [
    3,
    'li',
    { type: 'add_awareness', at: '2026-03-31T09:20:00+08:00', source: 'alert', description: 'ops', reachedUs: true },
  ],
  [4, 'li', { type: 'answer', fact: 'affected', value: ['personal_info'] }],
  [5, 'chen', { type: 'answer', fact: 'personal_info_people', value: { min: 1_000_000, max: 9_999_999 } }],
  [6, 'li', { type: 'answer', fact: 'suspected_crime', value: true }],
  [7, 'chen', { type: 'answer', fact: 'personal_info_people', value: 1_200_000 }],
  [9, 'li', { type: 'decide_level', level: 'major' }],
  [12, 'chen', { type: 'take_item', item: 'art7.2' }],
  [20, 'wang', { type: 'take_item', item: 'art7.4' }],
  [25, 'chen', fill('art7.2.place', '上海')],
  [40, 'chen', fill('art7.2.impact', '约120万名用户的姓名、手机号泄露')],
  [50, 'wang', { type: 'add_note', text: 'looked at the logs' }],
  [150, 'chen', fill('art7.2.measures', '09:50 已隔离两台服务器并重置口令')],
  [200, 'li', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] }],
  [205, 'chen', fill('art7.2.effect', '外流已停止')],
  [206, 'li', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] }],
];

it('is quiet: at most twelve messages in the thread over the standard case, and at most three ring the room', async () => {
  const driven = await Driven.start();
  await driven.declare();
  const began = driven.clock.now();
  for (const [minute, by, command] of STEPS) {
    await driven.pass(began + minute * MINUTE - driven.clock.now());
    await driven.say(command, by);
  }
  await driven.pass(began + 210 * MINUTE - driven.clock.now());
  const at = iso(driven.clock.now());
  await driven.say({ type: 'record_filing', obligation: 'cac.art4.other', channel: CHANNEL, at, draft: 2 });
  await driven.pass(18 * HOUR);
  const inRoom = driven.chat.posts.filter(({ place }) => place.address === ROOM.address);
  const inThread = inRoom.filter(({ place }) => place.thread !== null);
  const ringing = inRoom.filter(({ place, ring }) => ring || place.thread === null);
  expect(inThread.length).toBeLessThanOrEqual(12);
  expect(ringing.length).toBeLessThanOrEqual(3);
  // The status card with its question, checklist and draft, the reminder at 30 minutes and the anchor of the filing.
  expect(inThread.map(({ key }) => key.replace(/.*:/u, ''))).toEqual(
    ['question', 'checklist', 'verdict', 'ops', 'draft', 'ops'].map((end) => expect.stringContaining(end)),
  );
  expect(ringing).toHaveLength(1);
});
