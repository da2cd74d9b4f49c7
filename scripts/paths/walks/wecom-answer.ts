import { z } from 'zod';
import '../../../tests/fakes/platform-messages.ts';
import { wecomBotRig } from '../../../tests/contract/platform/wecom-bot-rig.ts';
import { finished, walked } from '../walk.ts';

const MINUTE = 60_000;
const rig = await wecomBotRig();
const { bot } = rig;

const say = async (text: string): Promise<void> => {
  await (await rig.write('lead', text, 'home')).deliver();
  await bot.settle();
};
const shownSchema = z.object({
  question: z.object({
    id: z.string(),
    kind: z.string(),
    options: z.array(z.object({ label: z.string() })).default([]),
  }),
});
const question = async () => shownSchema.parse(await bot.house.app.incident(incident, 'api', 'zh-CN')).question;

/** The line that answers a question: of several options the one about personal data, otherwise the first. */
async function answerTo(): Promise<string> {
  const { kind, options } = await question();
  if (kind === 'time') return '今天上午9点20 SIEM 告警';
  const personal = kind === 'many' ? options.findIndex(({ label }) => label.includes('个人信息')) : 0;
  return String(Math.max(0, personal) + 1);
}

await say('新建事件 支付系统数据泄露');
const [row] = await bot.store.incidents({ limit: 1 });
if (!row) throw new Error('no incident');
const incident = row.id;
for (let asked = 0; asked < 12 && (await question()).id !== 'personal_info_people'; asked += 1)
  await say(await answerTo());
await walked(
  'wecom-answer',
  () => say('120万'),
  async () => JSON.stringify((await bot.state(incident)).facts['personal_info_people']?.value) === '1200000',
);
const due = await bot.store.timers.nextDueAt();
if (due === null) throw new Error('no timer');
const rung = async (): Promise<number> =>
  (await bot.store.events(incident)).filter(({ event }) => event.type === 'reminder_due').length;
// In each minute the rig asks again and again whether all is quiet: the walk is only the one in which the timer is due.
await bot.pass(Math.ceil((due - bot.clock.now()) / MINUTE) - 1);
const before = await rung();
await walked(
  'due-reminder',
  () => bot.pass(1),
  async () => (await rung()) > before,
);
finished();
