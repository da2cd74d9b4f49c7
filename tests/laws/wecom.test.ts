import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../fakes/clock.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { deskOf } from '../platforms/wecom/bot/desk.ts';
import { LI, type Rig, startRig } from '../platforms/wecom/bot/rig.ts';
import { CLOCKS, underThreeLaws } from './three-laws.ts';

let rig: Rig;
let clock: ManualClock;
afterEach(() => rig.stop());

const { say, tap, state } = deskOf(() => ({ rig, clock }));

/** Records the filing of one duty by its title (the list is too long for numbers), by the recipient's own contact. */
async function file(title: string, channel = '7'): Promise<void> {
  await say('登记报送');
  const read = await say(`What was filed: ${title}\nChannel: ${channel}\nSent at: 09:35\nReceipt number: R-17`);
  expect(read).toContain('2 Mar 09:35');
  await tap('Confirm filing');
}

it('in WeCom: three laws at once, from the declaration to all filings', async () => {
  clock = new ManualClock('2026-03-02T09:40:00+08:00');
  const server = new BotServer({ now: () => clock.now() });
  const accounts = [{ platform: 'wecom', tenant: server.botId, id: LI }];
  const organisation = underThreeLaws([
    { id: 'li', name: 'Li Wei', roles: ['lead', 'filer'], language: 'en', accounts },
  ]);
  rig = await startRig({ clock, server, organisation });
  // A card of the bot names the next of the duties beside.
  expect(await say('新建事件 会员数据泄露')).toContain('3 more duties. Due first: Notify Acme');
  expect(await say('what do we owe')).toMatch(/Acme SOC.*Notify Acme under the contract · by 21:40/s);
  for (const answer of ['09:30 运维告警', '1', '1', '120万', 'No']) await say(answer);
  const isFiled = async (id: string) => (await state()).filings.some(({ obligation }) => obligation === id);
  await file('Notify Acme under the contract');
  await file('Notify Globex under the contract');
  await file('Notify the supervisory authority of the personal data breach');
  for (const id of ['contract.acme', 'contract.globex', 'gdpr.art33.authority'])
    expect(await isFiled(id), id).toBe(true);
  await file('1', '1');
  const clocks = rig.house.engine.assess(await state()).clocks;
  expect(clocks.map(({ id, status }) => [id, status])).toEqual(CLOCKS.map((id) => [id, 'met']));
});
