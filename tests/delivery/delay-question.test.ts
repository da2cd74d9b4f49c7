import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { secretive } from '../conversation/secrets.ts';
import { GROUP, MINUTE, person, RoomsHouse } from './rooms-house.ts';

const named = (id: string, name: string, roles: readonly string[], more: object = {}) => ({
  ...{ id, name, roles, accounts: [{ platform: 'two', tenant: 't', id }] },
  ...more,
});
const LI = named('li', '李伟', ['lead', 'responder'], { deputy: 'sun' });
const SUN = named('sun', '孙悦', ['lead', 'responder']);
const ZHOU = named('zhou', '周涛', ['lead', 'responder']);
const CHEN = named('chen', '陈宇', ['legal', 'responder']);
const WANG = named('wang', '王磊', ['responder']);
const HE = named('he', '何静', ['filer', 'responder']);

/** A report filed ten minutes after its deadline, when these cannot be written to. */
async function filedLate(
  profile: { people: readonly object[]; roster?: readonly object[] } | null,
  unreachable: readonly string[],
  takingPart: readonly string[] = [],
): Promise<RoomsHouse> {
  const organisation =
    profile && organisationSchema.parse({ ...secretive, ...profile, rooms: [{ ...GROUP, entities: ['shanghai'] }] });
  const rooms = await RoomsHouse.start(organisation);
  rooms.own.isQuiet = true;
  const li = person('li', GROUP);
  await rooms.declare('x', GROUP);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, li);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
  for (const id of takingPart) await rooms.must({ type: 'add_note', text: 'x' }, person(id, GROUP));
  for (const id of unreachable) rooms.two.unreachable.add(id);
  await rooms.follow(250 * MINUTE);
  const at = new Date(rooms.clock.now()).toISOString();
  await rooms.must({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', at }, li);
  return rooms;
}
/** Where the reason of the delay was asked for. */
const askedIn = (rooms: RoomsHouse) =>
  rooms.two.messages
    .filter(({ key, body }) => !key.startsWith('surface:') && body.includes('填写原因'))
    .map(({ address }) => address);

describe('why it was late', () => {
  it('is asked of who can be reached of those who should say it, and of nobody in front of the others', async () => {
    expect(askedIn(await filedLate({ people: [LI, SUN, CHEN] }, ['li'], ['chen']))).toEqual(['dm:chen']);
  });

  it('is asked of the deputy when neither the lead nor legal can be reached', async () => {
    const rooms = await filedLate({ people: [LI, ZHOU, SUN, CHEN] }, ['li', 'chen'], ['chen']);
    expect(askedIn(rooms)).toEqual(['dm:sun']);
  });

  it('is then asked of who leads by the profile, those on duty first', async () => {
    const people = [{ ...LI, deputy: undefined }, SUN, ZHOU];
    expect(askedIn(await filedLate({ people }, ['li']))).toEqual(['dm:sun']);
    const duty = { person: 'zhou', from: '2026-03-31T00:00:00+08:00', until: '2026-04-01T00:00:00+08:00' };
    expect(askedIn(await filedLate({ people, roster: [duty] }, ['li']))).toEqual(['dm:zhou']);
  });

  it('is asked first of somebody who takes part, and never of somebody who may not say it', async () => {
    const people = [{ ...LI, deputy: 'wang' }, SUN, ZHOU, WANG, HE];
    expect(askedIn(await filedLate({ people }, ['li'], ['wang', 'zhou']))).toEqual(['dm:zhou']);
    expect(askedIn(await filedLate({ people: [{ ...LI, deputy: 'wang' }, WANG, HE] }, ['li'], ['wang']))).toEqual([
      'dm:he',
    ]);
  });

  it('is asked of another participant where there is no profile', async () => {
    expect(askedIn(await filedLate(null, ['li'], ['chen']))).toEqual(['dm:chen']);
  });

  it('is asked in the room, by name, when nobody can be reached', async () => {
    const rooms = await filedLate({ people: [LI, SUN, CHEN] }, ['li', 'sun', 'chen'], ['chen']);
    expect(askedIn(rooms)).toEqual(['group']);
    const [inRoom] = rooms.two
      .in('group')
      .filter(({ key, body }) => !key.startsWith('surface:') && body.includes('填写原因'));
    expect(JSON.parse(inRoom?.body ?? '').card.title).toMatch(/^李伟、陈宇：.*请填写原因/);
  });
});
