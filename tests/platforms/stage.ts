import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { newDataFolder } from '../fakes/folder.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { button, buttonsIn, press, slash } from '../fakes/slack/payloads.ts';
import { TEAM, Workspace } from '../fakes/slack/workspace.ts';
import { BotServer } from '../fakes/wecom/bot-server.ts';
import { CHANNEL, LI, workspace } from './slack/bot.ts';

/** The real program between a fake Slack and a fake WeCom, over sockets: one incident in both at once. */
export const SOON = { timeout: 60_000, interval: 20 };
export const GROUP = 'wrGROUP0001';
/** A second workspace in Slack, of the same app. */
export const HQ = 'T00HQ000002';
export const LI_WECOM = 'liwei';
export const CHEN = 'chenyu';
export const TITLE = 'zqTITLEqz';
/** Ids are given by the year in Shanghai. */
export const ID = `INC-${new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()}-0001`;

export async function stage(slackIs: 'home' | 'abroad') {
  const wecom = new BotServer();
  const { server: slack, apiUrl } = await workspace();
  slack.others.set('xoxb-hq', new Workspace(undefined, HQ));
  const dataDir = newDataFolder('two');
  const file = join(dataDir, 'organisation.json');
  const room = { platform: 'slack', tenant: TEAM, address: CHANNEL, location: slackIs, language: 'en' };
  const accounts = [
    { platform: 'slack', tenant: TEAM, id: LI },
    { platform: 'wecom', tenant: wecom.botId, id: LI_WECOM },
  ];
  const profile = {
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: 'shanghai', operator: 'other' }],
    people: [{ id: 'li', name: '李伟', roles: ['lead', 'approver', 'administrator'], accounts }],
    rooms: [
      { ...room, open: false, ...(slackIs === 'abroad' ? { entities: ['sh'] } : {}) },
      { platform: 'wecom', tenant: 'aib-test', address: GROUP, location: 'home', open: false },
    ],
  };
  writeFileSync(file, JSON.stringify(profile));
  const program = new BotProgram(dataDir, await freePort(), {
    ...{ ORGANISATION_FILE: file, API_TOKEN: 'a-token-for-tests-of-32-characters' },
    ...{ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', SLACK_API_URL: apiUrl },
    SLACK_WORKSPACES: `${HQ}=xoxb-hq`,
    ...{ WECOM_BOT_ID: wecom.botId, WECOM_BOT_SECRET: 'secret-test', WECOM_BOT_WS_URL: await wecom.listen() },
  });
  onTestFinished(async () => {
    await program.end('SIGKILL');
    await Promise.all([slack.close(), wecom.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  });
  await program.start();
  await expect.poll(() => slack.sockets.size > 0 && wecom.isConnected, SOON).toBe(true);
  const root = () => slack.workspace.inThread(CHANNEL, null)[0];
  const inThread = () => slack.workspace.inThread(CHANNEL, root()?.ts ?? '');
  return {
    ...{ slack, wecom, program, root, inThread },
    words: () => wecom.chats.words(GROUP),
    tell: (text: string, user = LI_WECOM) => wecom.say(user, `@计时 ${text}`, { chat: GROUP }),
    /** What the posts in Slack were made for, each once. */
    keys: () =>
      slack.workspace.messages.flatMap(({ metadata }) => (metadata ? [String(metadata.event_payload['key'])] : [])),
    /** An answer over the API. */
    intent: async (intent: object, id: string = ID): Promise<void> => {
      const url = `${program.url}/api/v1/incidents/${id}`;
      const headers = {
        authorization: 'Bearer a-token-for-tests-of-32-characters',
        'content-type': 'application/json',
      };
      const { revision } = JSON.parse(await (await fetch(url, { headers })).text());
      const body = JSON.stringify({ intent, revision });
      const answer = await fetch(`${url}/intents`, { method: 'POST', headers, body });
      expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, '']);
    },
    /** Nothing has gone to either for as long as a pause between two messages takes. */
    settled: async (): Promise<void> => {
      let sent = -1;
      let still = 0;
      const looks = (): number => {
        const now = slack.calls.length + wecom.requests.length;
        still = now === sent ? still + 1 : 0;
        sent = now;
        return still;
      };
      await expect.poll(looks, { timeout: 60_000, interval: 150 }).toBeGreaterThan(6);
    },
    command: (text: string) => slack.send('slash_commands', slash(text, LI, CHANNEL)),
  };
}
export type Stage = Awaited<ReturnType<typeof stage>>;

/** Presses a button of the thread in Slack once it is there. */
export async function pressedInSlack({ slack, inThread }: Stage, label: RegExp): Promise<void> {
  const withIt = () => inThread().findLast(({ blocks }) => buttonsIn(blocks).some((one) => label.test(one.label)));
  await expect.poll(() => withIt() !== undefined, { ...SOON, message: String(label) }).toBe(true);
  const message = withIt();
  if (!message) throw new Error(String(label));
  const at = { channel: CHANNEL, ts: message.ts, thread: message.thread };
  await slack.send('interactive', press(button(message.blocks, label), LI, at));
}

/** Waits until the thread in Slack, its root or what is below it, shows these words. */
export const shownInSlack = ({ root, inThread }: Stage, words: string) =>
  expect
    .poll(() => JSON.stringify([root()?.blocks, ...inThread().map(({ blocks }) => blocks)]), {
      ...SOON,
      message: words,
    })
    .toContain(words);
