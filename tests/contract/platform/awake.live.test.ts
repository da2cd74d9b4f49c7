import { expect, it } from 'vitest';
import { type Gateway, LIMITS } from '../../../src/platforms/shared/telephone.ts';
import { soaked } from '../../fakes/soak.ts';
import { Random } from '../../simulation/random.ts';
import { dingtalkRig } from './dingtalk-rig.ts';
import { feishuRig } from './feishu-rig.ts';
import { type MakeRig, NUMBERS, type Rig } from './rig.ts';
import { slackRig } from './slack-rig.ts';
import { wecomAppRig } from './wecom-app-rig.ts';
import { wecomBotRig } from './wecom-bot-rig.ts';

// @module-tag grows

const ID = 'INC-2026-0001';
const PLATFORMS: Readonly<Record<string, MakeRig>> = {
  Slack: (options) => slackRig('socket', options),
  Feishu: feishuRig,
  DingTalk: dingtalkRig,
  'the smart bot of WeCom': wecomBotRig,
  'the self-built app of WeCom': wecomAppRig,
};
const SEEDS = Array.from({ length: soaked(1, 20) }, (_, seed) => seed + 1);
const NIGHTS = Object.entries(PLATFORMS).flatMap(([name, make]) => SEEDS.map((seed) => [seed, name, make] as const));
const PEOPLE = ['lead', 'stranger'] as const;
type Called = (typeof PEOPLE)[number];

/** Takes charge of the incident, as by a key pressed on the telephone. */
async function takeCharge({ bot, account }: Rig, who: Called): Promise<void> {
  const caller = { account: account(who), name: who, language: 'zh-CN', room: null } as const;
  const { version } = await bot.state(ID);
  const delivery = { platform: 'calls', key: `key-${who}-${version}`, body: '' };
  await bot.house.app.submit({ incident: ID, intent: { type: 'take_charge' }, revision: version, caller, delivery });
}

it.each(NIGHTS)(
  'night %i, %s is down and who is on duty is silent: somebody else has answered within ten minutes',
  async (seed, _, make) => {
    const random = new Random(seed);
    const onDuty = random.pick([...PEOPLE, undefined]);
    const silent = onDuty ?? 'lead';
    const rung: Called[] = [];
    const built: { rig?: Rig } = {};
    const gateway: Gateway = {
      ...{ platform: 'calls', limits: LIMITS },
      call: async ({ number }) => {
        const who = PEOPLE.find((one) => number.endsWith(NUMBERS[one]));
        const { rig } = built;
        if (!who || !rig) throw new Error(`nobody has ${number}`);
        rung.push(who);
        const { clock } = rig.bot;
        if (who !== silent) clock.at(clock.now() + random.int(5, 59) * 1_000, () => void takeCharge(rig, who));
        return 'call';
      },
    };
    const rig = await make({ three: true, gateway, onDuty });
    built.rig = rig;
    try {
      for (const who of ['colleague', ...PEOPLE] as const) await (await rig.write(who, '你好', 'direct')).deliver();
      // Chat goes down before anybody declares, or in the minutes after it.
      const isDownFirst = random.chance(0.5);
      if (isDownFirst) {
        await rig.cutOff(true);
        const caller = { account: rig.account('colleague'), name: 'colleague', language: 'zh-CN', room: null } as const;
        const delivery = { platform: 'console', key: 'declared', body: '' };
        await rig.bot.house.app.declare({ title: '网上商城', caller, room: null, delivery });
      } else {
        await (await rig.write('colleague', '新建事件 网上商城', 'home')).deliver();
        await rig.bot.pass(random.int(0, 2));
        await rig.cutOff(true);
      }
      const charge = async () => (await rig.bot.state(ID)).charge;
      for (let minutes = 0; minutes < 10 && !(await charge()); minutes += 1) await rig.bot.pass(1);
      const { people, declared } = await rig.bot.state(ID);
      const by = people[(await charge())?.by ?? '']?.person;
      expect(by, rung.join()).toBe(silent === 'lead' ? 'third' : 'lead');
      // Who is silent was called as well, unless the incident was taken before the turn of the next by roster.
      const untilTaken = Date.parse((await charge())?.at ?? '') - Date.parse(declared.at);
      expect(rung.includes(silent) || untilTaken <= 3 * 60_000, rung.join()).toBe(true);
    } finally {
      await rig.stop();
    }
  },
);
