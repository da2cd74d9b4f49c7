import { afterEach, expect, it } from 'vitest';
import { organisationSchema } from '../../../../src/incident/people/profile.ts';
import { wordsOf } from '../../../fakes/wecom/bot-chats.ts';
import { CHEN, GROUP, LI, type Rig, startRig } from './rig.ts';
import { pressed, settled, shownWith } from './waits.ts';

const OPAQUE = 'wo8xKcDAAAmR2fV9';
const organisation = organisationSchema.parse({
  organisation: '示例公司',
  entities: [{ id: 'shanghai', name: '示例（上海）有限公司', province: '31' }],
  people: [
    { id: 'zhao', name: '赵敏', roles: ['lead', 'approver'], language: 'en', accounts: [] },
    { id: 'wang', name: 'Wang Lei', location: 'abroad', accounts: [] },
  ],
});

let rig: Rig;
afterEach(() => rig.stop());

async function linked(person: string, id: string): Promise<void> {
  const offered = await rig.links.offer(person);
  const account = { platform: 'wecom', tenant: rig.server.botId, id };
  expect(await rig.links.redeem(offered?.code ?? '', account)).toMatchObject({ kind: 'linked' });
}
const state = async () => {
  const [row] = await rig.store.incidents({ limit: 1 });
  return row ? rig.store.incident(row.id) : null;
};

it('whoever linked their account is called by their name on the card they answered', async () => {
  rig = await startRig({ organisation });
  await linked('zhao', OPAQUE);
  const { server } = rig;
  server.say(LI, '@计时 新建事件 支付系统疑似用户数据泄露', { chat: GROUP });
  await shownWith(server, GROUP, '是否涉及关键信息基础设施');
  await pressed(server, LI, GROUP, '否');
  const asked = await pressed(server, OPAQUE, GROUP, '监测告警');
  await settled(() => asked.edits > 0);
  expect(wordsOf(asked)).toMatch(/赵敏已于\d\d:\d\d回答：监测告警/);
  expect(server.chats.words(GROUP).join()).not.toContain(OPAQUE);
});

it('is spoken to in the language of the profile', async () => {
  rig = await startRig({ organisation });
  await linked('zhao', OPAQUE);
  rig.server.say(OPAQUE, 'hi');
  await shownWith(rig.server, OPAQUE, 'reminders');
});

it('is where the profile says, so a conversation abroad is one', async () => {
  rig = await startRig({ organisation });
  await linked('wang', CHEN);
  rig.server.say(CHEN, '新建事件 支付系统疑似用户数据泄露');
  await expect.poll(async () => Object.values((await state())?.rooms ?? {})[0]?.location).toBe('abroad');
});
