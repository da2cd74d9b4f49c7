import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Mention } from '../../src/use-cases/ports.ts';
import { Driven, HOUR, MINUTE, ROOM } from '../case/harness.ts';

const company = {
  organisation: 'Example',
  entities: [{ id: 'shanghai', name: 'Example (Shanghai)', province: '31' }],
  people: ['li', 'chen'].map((id) => ({ id, name: id, accounts: [{ platform: 'chat', tenant: 't', id }] })),
};

/** Whom the messages in the room call by name, and whether the room is notified, by the minutes left. */
async function calls(
  driven: Driven,
): Promise<readonly { left: number; mention: readonly string[] | 'everybody'; ring: boolean }[]> {
  const start = driven.clock.now();
  await driven.follow(4 * HOUR + 16 * MINUTE);
  const names = (mention: Mention) => (mention === 'everybody' ? mention : mention.map(({ id }) => id).toSorted());
  return driven.chat.posts
    .filter(({ place, key }) => place.address === ROOM.address && !key.startsWith('surface:'))
    .map(({ at, mention, ring }) => ({
      left: Math.round(240 - (at - start) / MINUTE),
      mention: names(mention),
      ring,
    }));
}

it('30 minutes, 5 minutes before and at the deadline the lead and the owners of what is missing are called', async () => {
  const driven = await Driven.start({ organisation: organisationSchema.parse(company) });
  await driven.fourHours();
  await driven.say({ type: 'take_item', item: 'art7.3' }, 'chen');
  expect(await calls(driven)).toEqual([
    { left: 30, mention: ['chen', 'li'], ring: false },
    { left: 5, mention: ['chen', 'li'], ring: false },
    { left: 0, mention: ['chen', 'li'], ring: true },
    { left: -15, mention: [], ring: false },
  ]);
});

it('everybody is called at the deadline only, where the profile says so', async () => {
  const organisation = organisationSchema.parse({ ...company, atDeadline: 'everybody' });
  const driven = await Driven.start({ organisation });
  await driven.fourHours();
  expect((await calls(driven)).map(({ mention }) => mention)).toEqual([['li'], ['li'], 'everybody', []]);
});

it('a drill calls its people, and never everybody', async () => {
  const organisation = organisationSchema.parse({ ...company, atDeadline: 'everybody' });
  const driven = await Driven.start({ organisation });
  await driven.fourHours({ drill: true });
  const called = (await calls(driven)).map(({ mention }) => mention);
  expect(called).toEqual([['li'], ['li'], ['li'], []]);
  expect(JSON.stringify(driven.chat.posts)).not.toContain('12387');
});

it('a call that waited for its chat is made by the reminder that stands for it', async () => {
  const driven = await Driven.start({ organisation: organisationSchema.parse(company) });
  await driven.fourHours();
  await driven.follow(3 * HOUR + 50 * MINUTE);
  driven.chat.answer = () => ({ kind: 'refused', reason: 'unreachable', detail: 'down' });
  await driven.pass(26 * MINUTE);
  driven.chat.answer = () => null;
  const from = driven.clock.now();
  driven.returned();
  await driven.pass(2 * MINUTE);
  const room = driven.chat.posts.filter(
    ({ place, key, at }) => at >= from && place.address === ROOM.address && !key.startsWith('surface:'),
  );
  expect(room.map(({ mention }) => mention)).toEqual([[expect.objectContaining({ id: 'li' })]]);
});

it('a person whose direct message is refused is mentioned in the room that is told so', async () => {
  const driven = await Driven.start({ organisation: organisationSchema.parse(company) });
  await driven.fourHours();
  await driven.follow(3 * HOUR + 20 * MINUTE);
  driven.chat.answer = ({ address }) =>
    address === 'dm:li' ? { kind: 'refused', reason: 'invalid', detail: 'blocked' } : null;
  const from = driven.clock.now();
  await driven.pass(20 * MINUTE);
  const told = driven.chat.posts.filter(
    ({ at, place, card }) =>
      at >= from && place.address === ROOM.address && JSON.stringify(card).includes('could not be delivered'),
  );
  expect(told.map(({ mention }) => mention)).toContainEqual([expect.objectContaining({ id: 'li' })]);
});

it('in a direct message 15 minutes before the deadline and later the first report stands first, and nothing is snoozed', async () => {
  const driven = await Driven.start({ organisation: organisationSchema.parse(company) });
  await driven.fourHours();
  const start = driven.clock.now();
  await driven.follow(4 * HOUR + MINUTE);
  const labels = driven.chat.posts
    .filter(({ place }) => place.address === 'dm:li')
    .map(({ at, card }) => ({
      left: Math.round(240 - (at - start) / MINUTE),
      labels: card.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions.map(({ label }) => label) : [])),
    }));
  expect(
    labels.filter(({ left }) => left > 15).every(({ labels: shown }) => shown.some((one) => /Snooze/.test(one))),
  ).toBe(true);
  const last = labels.filter(({ left }) => left <= 15);
  expect(last.map(({ left }) => left)).toEqual([15, 5, 0]);
  for (const { labels: shown } of last) {
    expect(shown[0]).toBe('First report now');
    expect(shown.join()).not.toContain('Snooze');
  }
});
