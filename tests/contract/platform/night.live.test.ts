import { expect, it } from 'vitest';
import { variants } from '../../fakes/soak.ts';
import { dingtalkRig } from './dingtalk-rig.ts';
import { feishuRig } from './feishu-rig.ts';
import { FURTHER_NIGHTS, NIGHT, secondsFor } from './night.ts';
import type { MakeRig, Rig, Who } from './rig.ts';
import { slackRig } from './slack-rig.ts';
import { wecomBotRig } from './wecom-bot-rig.ts';

// @module-tag grows

const ID = 'INC-2026-0001';
const PLATFORMS = {
  Slack: (options) => slackRig('socket', options),
  Feishu: feishuRig,
  DingTalk: dingtalkRig,
  'the smart bot of WeCom': wecomBotRig,
} satisfies Readonly<Record<string, MakeRig>>;
type Name = keyof typeof PLATFORMS;
/** Messages of the bot in the group for the sixty lines, at most. */
const MOST = 20;
/** What a group of WeCom reads after a line, wherever it stands: few messages leave nobody without an answer. */
const ANSWERED: Readonly<Record<string, RegExp>> = {
  在吗: /您好/,
  我来牵头: /现由Li Wei牵头/,
  几点截止: /3月30日22:00前报保护工作部门、公安机关，已逾期/,
  按较大报: /(?:定级|确认).{0,8}较大/,
  同意: /第\d稿已批准|于09:\d\d批准/,
};
const posted = async (rig: Rig): Promise<number> =>
  (rig.standing ? await rig.standing('home') : await rig.seen(rig.place('home'))).length;

/** Files that somebody was given, in the room or alone, and everything that stands there. */
const givenTo = async (rig: Rig, who: Who): Promise<string> => {
  const places = [rig.place('home'), rig.place('direct', who)];
  const seen = await Promise.all(places.map((place) => rig.seen(place, who)));
  const files = seen.flat().flatMap(({ file }) => (file ? [file.name] : []));
  return [...files, ...((await rig.standing?.()) ?? [])].join();
};

const NIGHTS = variants<readonly Name[]>(['Slack', 'the smart bot of WeCom'], ['Feishu', 'DingTalk']);

it.each(NIGHTS.flat())('a messy night on %s, by words alone', async (name) => {
  const make: MakeRig = PLATFORMS[name];
  const rig = await make({ three: true });
  try {
    for (const who of ['lead', 'colleague', 'stranger'] as const)
      await (await rig.write(who, '你好', 'direct')).deliver();
    /** When each of them has typed their last line, in seconds: nobody types two at a time. */
    const at: Partial<Record<Who, number>> = {};
    let now = 0;
    let about: string | null = null;
    let count = 0;
    for (const did of NIGHT) {
      if ('mark' in did) {
        if (did.mark === 'verdict') {
          const { facts } = await rig.bot.state(ID);
          expect(facts['personal_info_people']?.value).toMatchObject({ min: 1_200_000 });
          expect(now).toBeLessThanOrEqual(120);
        } else {
          expect(await givenTo(rig, did.who)).toContain(`${ID}.docx`);
          expect(now).toBeLessThanOrEqual(240);
        }
        continue;
      }
      now = Math.max(now, (at[did.who] ?? 0) + secondsFor(did.say));
      at[did.who] = now;
      const before = await posted(rig);
      await (await rig.write(did.who, did.say, 'home', about)).deliver();
      rig.bot.clock.advance(5_000);
      await rig.bot.settle();
      if (!rig.lacks.threads && did.say.startsWith('新建事件')) about = ID;
      const answer = ANSWERED[did.say];
      if (answer && make === wecomBotRig) {
        const room = await rig.seen(rig.place('home'));
        expect(room.map(({ text }) => text).join('\n'), did.say).toMatch(answer);
      }
      count += Math.max(0, (await posted(rig)) - before);
    }
    const { approvals, levelDecision, fields } = await rig.bot.state(ID);
    expect(levelDecision?.level).toBe('major');
    expect(Object.keys(fields).length).toBeGreaterThan(5);
    expect(approvals.at(-1)?.approved).not.toBeNull();
    // Who asks again what the group was shown minutes before is answered alone.
    if (make === wecomBotRig) {
      const alone = await rig.seen(rig.place('direct', 'stranger'));
      expect(alone.map(({ buttons }) => buttons.join())).toContain('否,是,不清楚');
    }
    expect(rig.refusals()).toBe(0);
    expect(count).toBeLessThanOrEqual(MOST);
  } finally {
    await rig.stop();
  }
});

it.each(
  variants<Name>('the smart bot of WeCom', 'Feishu').flatMap((name) =>
    FURTHER_NIGHTS.map((night, n) => [n + 2, name, night] as const),
  ),
)('night %i on %s has as few messages', async (_, name, night) => {
  const make: MakeRig = PLATFORMS[name];
  const rig = await make({ three: true });
  try {
    for (const who of ['lead', 'colleague', 'stranger'] as const)
      await (await rig.write(who, '你好', 'direct')).deliver();
    const before = await posted(rig);
    let about: string | null = null;
    for (const did of night) {
      if ('mark' in did) continue;
      await (await rig.write(did.who, did.say, 'home', about)).deliver();
      rig.bot.clock.advance(5_000);
      await rig.bot.settle();
      if (!rig.lacks.threads && did.say.startsWith('新建事件')) about = ID;
    }
    expect((await posted(rig)) - before).toBeLessThanOrEqual(MOST);
    expect(rig.refusals()).toBe(0);
  } finally {
    await rig.stop();
  }
});
