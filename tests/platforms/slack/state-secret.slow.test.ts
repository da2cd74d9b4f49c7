import { expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { button, event, press, slash } from '../../fakes/slack/payloads.ts';
import { accountOf, CHANNEL, CHEN, LI } from './bot.ts';
import { declared } from './declared.ts';

// @module-tag soak: platforms/state-secret has the stop with Slack, WeCom and console; the contract suite every platform.

const WORD = 'zqWORDqz';
/** The word people wrote, and the figure of the verdict. */
const MARK = /zqWORDqz|1\.2 million|1,200,000/;
const people = [
  { id: 'li', name: 'Li Wei', roles: ['lead', 'approver'], accounts: [accountOf(LI)], language: 'en' },
  { id: 'chen', name: 'Chen Yu', roles: ['responder'], accounts: [accountOf(CHEN)], language: 'en' },
];
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  people,
  languages: { rooms: 'en', people: 'en' },
});

it('a state-secret stop in Slack asks once, names its incident, and leaves no word in thread, direct message or home', async () => {
  const { bot, workspace, send, id, state } = await declared({ organisation });
  const caller = { account: accountOf(LI), name: 'Li Wei', language: 'en' as const };
  let key = 0;
  const must = async (intent: Parameters<typeof bot.house.app.submit>[0]['intent']): Promise<void> => {
    key += 1;
    const revision = (await bot.store.incident(id))?.version ?? 0;
    const delivery = { platform: 'slack', key: `k${key}`, body: '' };
    const result = await bot.house.app.submit({ incident: id, intent, revision, caller, delivery });
    expect(result.kind === 'refused' ? result.refusal : null).toBeNull();
    await bot.house.settle();
  };
  await must({ type: 'rename', title: WORD });
  await must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000, basis: WORD });
  await must({ type: 'fill_field', field: 'art7.2.impact', value: { state: 'known', text: WORD } });
  await must({ type: 'add_person', person: 'chen' });
  await must({
    type: 'add_task',
    text: WORD,
    person: Object.keys((await state()).people).find((one) => one.includes('chen')),
  });
  await must({
    type: 'add_request',
    from: WORD,
    what: WORD,
    receivedAt: new Date().toISOString(),
    recipient: 'provincial_cac',
  });
  await must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  await send(event({ type: 'app_home_opened', user: LI, channel: 'D1', tab: 'home' }));
  await bot.service.idle();
  const home = () => JSON.stringify(workspace.views.findLast((one) => one.user === LI && one.how === 'publish'));
  expect(home()).toMatch(MARK);
  const posted = () => workspace.messages.filter(({ user }) => user !== LI && user !== CHEN);
  const leaks = () => posted().filter((message) => MARK.test(JSON.stringify(message)));
  await expect.poll(() => leaks().some(({ channel }) => channel !== CHANNEL)).toBe(true);
  expect(leaks().filter(({ channel }) => channel === CHANNEL).length).toBeGreaterThan(1);

  const asked = await send(slash('state secret', LI, CHANNEL));
  const shown = JSON.stringify([asked, workspace.ephemerals]);
  expect(shown).toContain(`Stop collecting in ${id} because state secrets may be involved?`);
  expect((await bot.store.incident(id))?.stopped).toBeNull();
  const stop = button([asked, workspace.ephemerals], /State secrets/);
  await send(press(stop, LI, { channel: CHANNEL }));
  await expect.poll(async () => (await bot.store.incident(id))?.stopped != null).toBe(true);
  await expect.poll(leaks, { timeout: 60_000 }).toEqual([]);
  // The tab was not opened since.
  await expect.poll(home).not.toMatch(MARK);
  const views = workspace.views.length;
  await send(event({ type: 'app_home_opened', user: LI, channel: 'D1', tab: 'home' }));
  for (const line of ['status', 'list', `${id} timeline`, `${id} tasks`]) await send(slash(line, LI, CHANNEL));
  await bot.service.idle();
  await bot.house.settle();
  expect(JSON.stringify(workspace.views.slice(views))).not.toMatch(MARK);
  expect(leaks()).toEqual([]);
});
