import { expect, it, onTestFinished } from 'vitest';
import type { Room } from '../../src/incident/identity.ts';
import { scoreOf } from '../../src/report/drills/score.ts';
import { regime } from '../conversation/story.ts';
import { GROUP, MINUTE, OPS, OWN, person, RoomsHouse } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const own = { room: OWN, who: person('li', OWN) };
/** Minutes of the drill, whose clock runs at ten times the speed. */
const drill = (minutes: number): number => (minutes * MINUTE) / 10;

/** Drill without chat, declared in one chat and shown in the other as well; the second one may be unable to edit. */
async function begun(home: Room, once: boolean): Promise<Conversation> {
  const rooms = await RoomsHouse.open(null, once);
  onTestFinished(() => rooms.close());
  const talk = new Conversation(rooms);
  await talk.say(home.language === 'en' ? 'drill no-chat' : '演练 no-chat', { room: home });
  rooms.incident = 'DRILL-2026-0001';
  await rooms.must({ type: 'add_room', room: home === OPS ? GROUP : OPS }, person('li', home));
  await rooms.pass(1_000);
  return talk;
}

it.each([
  ['a chat that edits its messages', OPS, false],
  ['a chat that posts anew', GROUP, true],
] as const)(
  'without chat, declared in %s: nothing is lost or doubled, and the score says it',
  async (_, home, once) => {
    const talk = await begun(home, once);
    const { rooms } = talk;
    const said = () => [...rooms.one.messages, ...rooms.two.messages];
    await talk.say(home.language === 'en' ? '1.2 million people' : '120万人', { room: home });

    // Chat goes down: each room is told once, then nothing comes and nothing is taken.
    await rooms.pass(drill(15));
    expect((await talk.state()).chatLeft).toMatchObject({ played: true });
    const down = said().length;
    const refused = await talk.say('note typed in a chat that is down', { room: home });
    expect(refused.text).toMatch(/chat is down|模拟聊天工具中断/i);
    expect((await talk.state()).notes).toEqual([]);

    // The incident goes on in the console: facts, level, report, the call with its receipt, the filing.
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, own.who);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, own.who);
    await rooms.must({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] }, own.who);
    const text = { state: 'known' as const, text: '已断网并封禁外传地址' };
    await rooms.must({ type: 'fill_field', field: 'art7.2.measures', value: text }, own.who);
    await rooms.must({ type: 'decide_level', level: 'major', reason: 'counted' }, own.who);
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, own.who);
    let call = await talk.say('call 12387', own);
    for (let n = 0; n < 40 && call.buttons.includes('Read it out'); n++)
      call = await talk.press(call, 'Read it out', own);
    expect(call.text).toContain('DRILL-2026-0001-12387-1');
    const file = { type: 'practise_filing', channel: 'hotline_12387' } as const;
    await rooms.must({ ...file, obligation: 'cac.art4.other', draft: 1 }, own.who);
    await rooms.pass(drill(16));
    const { requests } = await talk.state();
    expect(requests).toHaveLength(1);
    await rooms.must({ ...file, obligation: 'request.1' }, own.who);
    await rooms.pass(drill(60));
    expect(
      said()
        .slice(down)
        .map(({ body }) => body),
    ).toEqual([]);

    // Chat is back: both rooms show the filing, and what was kept on paper is put on the record with its time.
    await rooms.pass(drill(45));
    expect((await talk.state()).chatLeft).toBeNull();
    await talk.say(home.language === 'en' ? 'note at 10:05 called 12387' : '记录 10:05 拨打12387', { room: home });
    await rooms.pass(MINUTE);
    // Where cards are posted anew, the status comes with the answer to an act: by the platform's own intake.
    if (!once) expect(await rooms.differences()).toEqual([]);
    for (const chat of [rooms.one, rooms.two]) {
      const since = chat.messages.map(({ body }) => body).join();
      expect(since).toMatch(/practised .* filing|演练报送：12387热线电话|Filing practised|practised by/i);
      expect(since).toMatch(/Chat is back|聊天已恢复/);
    }
    const keys = said().map(({ address, key }) => `${address} ${key}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(said().filter(({ body }) => body.includes('possiblyRepeated'))).toEqual([]);
    const state = await talk.state();
    expect(state.filings).toHaveLength(2);
    expect(state.notes).toHaveLength(1);
    expect(state.calls).toHaveLength(1);
    const ia = rooms.house.engine.assess(state);
    const { injects, calls } = scoreOf({ state, ia, regime }, await rooms.store.events(state.id));
    expect(injects.map(({ inject, outcome }) => [inject.id, outcome])).toEqual([
      ...[
        ['alert', 'met'],
        ['down', 'met'],
        ['phone', expect.anything()],
        ['officer', 'met'],
        ['back', 'met'],
      ],
    ]);
    expect(calls).toMatchObject([{ left: [], open: 0 }]);
  },
);
