import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningHouse, startHouse } from '../../fakes/house.ts';
import { Client, signIn } from '../../fakes/http-client.ts';

let house: RunningHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.stop());

const desk = z.object({
  running: z.array(z.object({ id: z.string(), turn: z.string().nullable() })),
  total: z.number(),
});

it('real incidents stand above drills, the next deadline first, each with its next step', async () => {
  const li = await signIn(new Client(house), 'Li');
  const declare = async (title: string, more: object) =>
    z.object({ id: z.string() }).parse(await (await li.post('/api/v1/incidents', { title, ...more })).json()).id;
  const ago = (minutes: number) => ({ awareness: new Date(Date.now() - minutes * 60_000).toISOString() });
  const drill = await declare('drill', { drill: true });
  const later = await declare('later', ago(1));
  const sooner = await declare('sooner', ago(30));
  const { running, total } = desk.parse(await (await li.get('/api/v1/desk')).json());
  expect(running.map(({ id }) => id)).toEqual([sooner, later, drill]);
  expect(running.every(({ turn }) => (turn ?? '').length > 0)).toBe(true);
  expect(total).toBe(3);
});
