import { expect, it } from 'vitest';
import { accountOf, CHANNEL, LI } from '../platforms/slack/bot.ts';
import { declared } from '../platforms/slack/declared.ts';
import { ANSWERS, CLOCKS, underThreeLaws } from './three-laws.ts';

it('in Slack: three laws at once, from the declaration to all filings', async () => {
  const people = [{ id: 'li', name: 'Li Wei', roles: ['lead', 'filer'], accounts: [accountOf(LI)], language: 'en' }];
  const { bot, id, state, workspace } = await declared({ organisation: underThreeLaws(people) });
  const caller = { account: accountOf(LI), name: 'Li Wei', language: 'en' } as const;
  const say = async (intent: Parameters<typeof bot.house.app.submit>[0]['intent']): Promise<void> => {
    const { version } = await state();
    const delivery = { platform: 'slack', key: `k${version}`, body: '' };
    const done = await bot.house.app.submit({ incident: id, intent, revision: version, caller, delivery });
    expect(done).toMatchObject({ kind: 'done' });
  };
  for (const [fact, value] of Object.entries(ANSWERS))
    await say({ type: 'answer', fact, value: typeof value === 'object' ? [...value] : value });
  const shown = () => JSON.stringify(workspace.messages.filter(({ channel }) => channel === CHANNEL));
  await expect.poll(shown, { timeout: 60_000 }).toContain('Notify Acme under the contract: Acme SOC by');
  const board = await bot.house.app.view({ view: 'owed', args: { incident: id } }, caller);
  expect(JSON.stringify(board)).toContain('Art. 33(1)');
  for (const obligation of CLOCKS) {
    const channel = obligation.startsWith('cac') ? 'web_12387' : 'own_contact';
    await say({ type: 'record_filing', obligation, channel, at: new Date().toISOString() });
    const filed = (await state()).filings.map((filing) => filing.obligation);
    expect(filed.at(-1)).toBe(obligation);
  }
  const found = await state();
  const clocks = bot.house.engine.assess(found).clocks;
  expect(clocks.map(({ id: duty, status }) => [duty, status])).toEqual(CLOCKS.map((duty) => [duty, 'met']));
});
