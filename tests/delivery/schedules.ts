import type { Command } from '../../src/incident/commands.ts';
import { type Room, roomId } from '../../src/incident/identity.ts';
import type { Weather } from '../fakes/memory-chat.ts';
import { SOAK_SEED, soaked } from '../fakes/soak.ts';
import { BERLIN, GROUP, MINUTE, OPS, person, RoomsHouse } from './rooms-house.ts';

/** Numbers from a seed (mulberry32): the same seed is the same schedule. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const WEATHERS: readonly Weather[] = ['refuses', 'swallows', 'loses'];
const PEOPLE = ['li', 'wang', 'zhang'];
const STEPS = 9;
const SECOND = 1_000;

/** Schedules played from one seed on: six in all with every change, another thousand in each round of a whole soak. */
export const IN_A_ROW = soaked(3, 100);

export function seeds(half: 'first half' | 'second half'): readonly number[] {
  const all = Array.from({ length: soaked(2, 10) }, (_, n) => (SOAK_SEED ?? 0) * 1_000 + n * 100 + 1);
  const middle = Math.ceil(all.length / 2);
  return half === 'first half' ? all.slice(0, middle) : all.slice(middle);
}

/** What is wrong after so many schedules from this seed on. */
export async function playSchedules(first: number, count: number): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let seed = first; seed < first + count; seed += 1) wrong.push(...(await playSchedule(seed)));
  return wrong;
}

/**
 * What people do in two chats while these fail and come back, drawn from a seed; in the end everything is fine again and
 * time enough has gone by. Answers what is wrong then: nothing.
 */
async function playSchedule(seed: number): Promise<readonly string[]> {
  // Slack beside a chat of its kind, and beside one that can edit and look up nothing, as WeCom.
  const rooms = await RoomsHouse.open(null, seed % 2 === 0);
  const draw = seeded(seed);
  const at: readonly Room[] = [OPS, GROUP];
  const first = at[draw(2)] ?? OPS;
  const said: string[] = [];
  if (draw(3) === 0) storm(rooms, draw);
  await rooms.declare(`case ${seed}`, first);
  const other = first === OPS ? GROUP : OPS;
  await rooms.do({ type: 'add_room', room: other }, person('li', first));
  if (draw(4) === 0) await rooms.do({ type: 'add_room', room: BERLIN }, person('li', first));
  for (let step = 0; step < STEPS; step += 1) {
    const here = at[draw(2)] ?? OPS;
    const who = person(PEOPLE[draw(PEOPLE.length)] ?? 'li', here);
    const command = commandFor(draw, `${seed}.${step}`);
    if (command) {
      const result = await rooms.do(command, who);
      if (result.kind === 'done' && command.type === 'add_note') said.push(command.text);
    }
    if (draw(4) === 0) storm(rooms, draw);
    if (draw(4) === 0) clear(rooms, draw);
    if (draw(3) === 0) await rooms.pass((draw(20) + 1) * SECOND);
    // Long enough for reminders to fall due.
    if (draw(4) === 0) await rooms.skip((draw(30) + 1) * MINUTE);
  }
  for (const chat of [rooms.one, rooms.two, rooms.own]) chat.weather = 'fine';
  // Longer than the pause between two tries has become by now, most of it without anybody looking.
  await rooms.skip(5 * MINUTE);
  // What spoke for an older reminder may have arrived in the last of those seconds; the older one ends after it.
  await rooms.pass(40 * SECOND);
  const wrong = [...(await rooms.differences()), ...(await lost(rooms, said))];
  await rooms.close();
  return wrong.map((one) => `seed ${seed}: ${one}`);
}

function commandFor(draw: (below: number) => number, name: string): Command | null {
  const commands: readonly (Command | null)[] = [
    { type: 'add_note', text: `note ${name}` },
    { type: 'answer', fact: 'personal_info_people', value: draw(2_000_000) },
    { type: 'answer', fact: 'suspected_crime', value: draw(2) === 0 },
    { type: 'take_item', item: `art7.${draw(8) + 1}` },
    { type: 'fill_field', field: 'art7.2.impact', value: { state: 'known', text: `impact ${name}` } },
    { type: 'rename', title: `case ${name}` },
    { type: 'take_lead' },
    { type: 'compile_draft', report: 'initial', cannotDetermine: [] },
    null,
  ];
  return commands[draw(commands.length)] ?? null;
}

function storm(rooms: RoomsHouse, draw: (below: number) => number): void {
  rooms.chat(draw(2) === 0 ? 'one' : 'two').weather = WEATHERS[draw(WEATHERS.length)] ?? 'refuses';
}
function clear(rooms: RoomsHouse, draw: (below: number) => number): void {
  rooms.chat(draw(2) === 0 ? 'one' : 'two').weather = 'fine';
}

/** What was said and is not on the record, and reminders that are neither in their room nor given up. */
async function lost(rooms: RoomsHouse, said: readonly string[]): Promise<readonly string[]> {
  const state = await rooms.state();
  const notes = state.notes.map(({ text }) => text);
  const waiting = await rooms.store.outbox.counts();
  const inRooms: string[] = [];
  for (const reminder of state.reminders) {
    for (const [id, room] of Object.entries(state.rooms)) {
      const key = `${rooms.incident}:${reminder.version}:${id}`;
      const { messages, tried } = rooms.chat(room.platform);
      const there = messages.filter((one) => one.key === key && !one.body.includes('"repeated":true'));
      if (there.length > 1) inRooms.push(`${key} ${there.length} times`);
      // Sent without any trace in its room: lost, unless not even the second try, which says so, had an answer.
      const sent = (await rooms.store.outbox.get(key))?.state === 'sent';
      const isThere = messages.some((one) => one.key === key);
      const isGivenUp = tried.findLast((one) => one.key === key)?.repeated === true;
      if (sent && !isThere && !isGivenUp) inRooms.push(`${key} is lost`);
    }
  }
  return [
    ...said.filter((text) => !notes.includes(text)).map((text) => `${text} is lost`),
    ...(waiting.ready + waiting.unknown + waiting.sending > 0 ? [`${JSON.stringify(waiting)} still waits`] : []),
    ...inRooms,
    ...Object.values(state.rooms).flatMap((room) =>
      rooms.chat(room.platform).in(room.address).length === 0 ? [`${roomId(room)} is empty`] : [],
    ),
  ];
}
