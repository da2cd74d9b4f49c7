import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { commandSchema } from '../../src/incident/commands.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { App } from '../../src/use-cases/app.ts';
import { applyRetention } from '../../src/use-cases/upkeep/retention.ts';
import { collect } from '../contract/harness.ts';
import { ManualClock } from '../fakes/clock.ts';
import { startHouse } from '../fakes/house.ts';
import { firstBroken } from '../storage/first-broken.ts';
import { CHEN } from './support/evidence.ts';
import { python, verified } from './support/verifier.ts';

const DAY = 86_400_000;
const SECRET = '会员姓名与手机号外泄';
const profile = (retention?: object): Organisation =>
  organisationSchema.parse({
    organisation: 'x',
    entities: [{ id: 'x', name: '某公司', province: '31', operator: 'other' }],
    people: [{ id: 'chen', name: '陈宇', roles: ['lead', 'administrator'], accounts: [CHEN.account] }],
    ...(retention ? { retention } : {}),
  });

function folder(): string {
  const home = mkdtempSync(join(tmpdir(), 'jishi-retention-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** A closed drill with words, a file and messages. Answers its id. */
async function closedDrill(
  app: App,
  series = 'one',
): Promise<{ id: string; give: (intent: object) => Promise<unknown>; file: string }> {
  let n = 0;
  const delivery = () => {
    n += 1;
    return { platform: 'test', key: `retention-${series}-${n}`, body: String(n) };
  };
  const declared = await app.declare({
    title: SECRET,
    caller: CHEN,
    room: null,
    drill: true,
    anyway: true,
    delivery: delivery(),
  });
  const id = declared.incident ?? '';
  const give = async (intent: object) => {
    const revision = (await app.state(id, 'api'))?.version ?? 0;
    return app.submit({
      incident: id,
      intent: commandSchema.parse(intent),
      revision,
      caller: CHEN,
      delivery: delivery(),
    });
  };
  await give({ type: 'add_note', text: SECRET });
  const content = new TextEncoder().encode(SECRET.repeat(1_000));
  await app.attach({
    incident: id,
    name: `${SECRET}.txt`,
    mediaType: 'text/plain',
    content,
    caller: CHEN,
    delivery: delivery(),
  });
  const file = (await app.state(id, 'api'))?.evidence[0]?.file ?? '';
  await give({ type: 'close', reason: 'over' });
  return { id, give, file };
}

test('an erased incident leaves nothing in the store, still verifies, still folds, and its bundle says what is left', async () => {
  const dataDir = folder();
  const first = await startHouse({ dataDir, organisation: profile() });
  const { id, give, file } = await closedDrill(first.house.app);
  await first.house.settle();
  expect(await give({ type: 'erase', reason: 'asked for' })).toMatchObject({ kind: 'done' });
  expect(await first.house.app.file(id, file, 'api')).toBeNull();
  await first.stop();
  const database = join(dataDir, 'jishi.sqlite');
  expect(await firstBroken(database)).toBeNull();
  expect(readFileSync(database).includes(Buffer.from(SECRET))).toBe(false);

  const again = await startHouse({ dataDir, organisation: profile() });
  onTestFinished(() => again.stop());
  expect(await again.house.app.state(id, 'api')).toMatchObject({ title: '—', erased: { reason: 'asked for' } });
  const bundle = await again.house.app.bundle(id, 'api', { counsel: true });
  if ('code' in bundle) throw new Error(bundle.code);
  const zip = Buffer.concat(await collect(bundle.content));
  const files = unzipSync(zip);
  expect(strFromU8(files['record.jsonl'] ?? new Uint8Array())).toContain('"bytes":null');
  expect(Object.keys(files).filter((name) => /^(reports|art11|attachments)/.test(name))).toEqual([]);
  if (python !== null) expect(verified(zip).said).toMatch(/^ok: /);
});

test('what the profile keeps for a time goes at night, unless it is on hold', async () => {
  const clock = new ManualClock();
  const bot = await startHouse({ organisation: profile({ incidents: 180 }), clock });
  onTestFinished(() => bot.stop());
  const { house } = bot;
  const [kept, gone] = [await closedDrill(house.app), await closedDrill(house.app, 'two')];
  await kept.give({ type: 'hold', reason: 'litigation' });
  const erased = async ({ id }: { id: string }) => (await house.app.state(id, 'api'))?.erased !== null;
  clock.jumpTo(clock.now() + 179 * DAY);
  await applyRetention(house.engine);
  expect([await erased(kept), await erased(gone)]).toEqual([false, false]);
  clock.jumpTo(clock.now() + 2 * DAY);
  await applyRetention(house.engine);
  expect([await erased(kept), await erased(gone)]).toEqual([false, true]);
});
