import { expect, it } from 'vitest';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { regime } from '../conversation/story.ts';
import { MINUTE, OPS, RoomsHouse } from './rooms-house.ts';

const MIDNIGHT = Date.parse('2026-04-01T00:00:00+08:00');

it('times of yesterday have their date on every card that can be edited, from midnight on', async () => {
  const rooms = await RoomsHouse.start();
  await rooms.declare('case');
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await rooms.must({ type: 'decide_level', level: 'major' });
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  await rooms.follow(MIDNIGHT - rooms.clock.now() - MINUTE);
  await rooms.pass(2 * MINUTE);
  const state = await rooms.state();
  const cards = surfacesOf({ state, ia: rooms.house.engine.assess(state), regime }, OPS);
  const compared: string[] = [];
  for (const { key, card } of cards) {
    const row = await rooms.store.surfaces.get(rooms.incident, 'one/t/ops', key);
    const shown = rooms.one.messages.find(({ ref }) => ref === row?.ref);
    if (!shown || key === 'status') continue;
    const message = { incident: '', card, language: OPS.language, revision: 0, surface: key, ring: false };
    expect(shown.body, key).toBe(rooms.one.messenger.render(message));
    compared.push(key);
  }
  expect(compared).toEqual(['verdict', 'question', 'checklist', 'draft']);
});
