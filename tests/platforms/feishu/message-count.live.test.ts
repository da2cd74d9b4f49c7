import { expect, it } from 'vitest';
import type { Command } from '../../../src/incident/commands.ts';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { APP } from '../../fakes/feishu/server.ts';
import { type Bot, CHEN, ROOM, SOON, startBot, write } from './bot.ts';

const LI = 'ou_zhao';
const WANG = 'ou_wang';
const account = (id: string) => ({ platform: 'feishu', tenant: APP, id });
const organisation = organisationSchema.parse({
  organisation: '示例公司',
  entities: [{ id: 'sh', name: '示例（上海）有限公司', province: '31', operator: 'other' }],
  people: [
    { id: 'chen', name: '陈宇', roles: ['lead', 'filer', 'responder'], accounts: [account(CHEN)] },
    { id: 'zhao', name: '赵敏', roles: ['approver', 'responder'], accounts: [account(LI)] },
    { id: 'wang', name: '王磊', roles: ['responder'], accounts: [account(WANG)] },
  ],
});
const ID = 'INC-2026-0001';

/** A button or a form in the group: Feishu answers it in place, by a toast and by edits. */
async function did(bot: Bot, intent: Command, user = CHEN): Promise<void> {
  const { version } = (await bot.store.incident(ID)) ?? { version: 0 };
  const room = {
    platform: 'feishu',
    tenant: APP,
    address: ROOM,
    location: 'home',
    language: 'zh-CN',
    open: false,
  } as const;
  const caller = { account: account(user), name: user, language: 'zh-CN', room } as const;
  const delivery = { platform: 'feishu', key: `k${version}`, body: JSON.stringify(intent) };
  const result = await bot.house.app.submit({ incident: ID, intent, revision: version, caller, room, delivery });
  expect(result.kind, JSON.stringify(result)).toBe('done');
}

it('the standard case by three people, to its first filing: at most twelve new messages in the group', async () => {
  const bot = await startBot({ organisation });
  bot.server.addUser(WANG, '王磊');
  const counts: Record<string, number> = {};
  /** Counts what the bot posts in the group because of an act, once nothing more comes. */
  const counted = async (act: string, run: () => Promise<unknown>): Promise<void> => {
    const posted = () => bot.server.messages.filter(({ chat }) => chat === ROOM).length;
    const before = posted();
    await run();
    let last = -1;
    await expect
      .poll(async () => {
        bot.clock.advance(2_000);
        await bot.house.settle();
        const now = posted();
        const isStill = now === last;
        last = now;
        return isStill;
      }, SOON)
      .toBe(true);
    counts[act] = (counts[act] ?? 0) + posted() - before;
  };
  const answer = (fact: string, value: Extract<Command, { type: 'answer' }>['value']) =>
    counted('answers', () => did(bot, { type: 'answer', fact, value }));
  await counted('declare', () => write(bot, CHEN, '新建事件 支付系统疑似用户数据泄露'));
  await counted('answers', () =>
    did(bot, { type: 'add_awareness', at: '2026-03-31T09:30:00+08:00', source: 'alert', reachedUs: true }),
  );
  await answer('incident_type', 'data.leak');
  await answer('suspected_crime', true);
  await answer('affected', ['personal_info']);
  await answer('personal_info_compromise', ['leaked_or_stolen']);
  await counted('verdict', () => write(bot, CHEN, '120万'));
  expect((await bot.store.incident(ID))?.facts['personal_info_people']?.value).toBe(1_200_000);
  await counted('level', () => did(bot, { type: 'decide_level', level: 'major' }));
  await counted('fields', () =>
    write(bot, WANG, '2 地点：上海机房\n2 影响：约120万名用户\n2 措施：已隔离\n2 效果：已停止'),
  );
  await counted('take', () => write(bot, LI, '认领 2'));
  await counted('draft', () => write(bot, CHEN, '首报'));
  await counted('approval', () => write(bot, CHEN, '提请审批'));
  const draft = (await bot.store.incident(ID))?.drafts.at(-1);
  await counted('approved', () =>
    did(bot, { type: 'approve', draft: draft?.draft ?? 0, hash: draft?.text?.hash ?? '' }, LI),
  );
  const at = new Date(bot.clock.now()).toISOString();
  const filing = {
    type: 'record_filing',
    obligation: 'cac.art4.other',
    channel: 'web_12387',
    draft: draft?.draft ?? 0,
  } as const;
  await counted('filing', () => did(bot, { ...filing, at, receipt: '2026-0331-17' }));
  expect(bot.server.wrong).toEqual([]);
  const sum = Object.values(counts).reduce((one, other) => one + other, 0);
  expect(sum, JSON.stringify(counts)).toBeLessThanOrEqual(12);
});
