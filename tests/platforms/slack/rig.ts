import { Standing } from '../../../src/platforms/shared/standing.ts';
import { Directory } from '../../../src/platforms/slack/directory.ts';
import { createApi } from '../../../src/platforms/slack/send/api.ts';
import { createMessenger, PressResponses } from '../../../src/platforms/slack/send/messenger.ts';
import type { OutgoingMessage } from '../../../src/use-cases/ports.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { SlackServer } from '../../fakes/slack/server.ts';
import { TEAM } from '../../fakes/slack/workspace.ts';
import { memoryKept, silent } from './kept.ts';

/** The sending half of the platform against the fake. */
export async function sendingRig() {
  const server = new SlackServer();
  const apiUrl = await server.listen();
  server.workspace.addChannel('C1');
  server.workspace.addUser('U1', 'Chen Yu', 'zh-CN');
  const clock = new ManualClock(Date.now());
  const kept = memoryKept();
  const unused = async () => {};
  const needs = { clock, log: silent, profile: () => null, alarm: unused, tell: unused };
  const links = { personOf: () => null, claim: async () => false, accountsOf: () => [] };
  const standing = new Standing({ ...needs, links }, 'slack');
  const api = createApi({
    ...{ token: 'xoxb-test', apiUrl, proxy: null, clock, log: silent },
    standing,
  });
  const directory = new Directory({ api, clock, kept, log: silent, profile: () => null });
  await directory.introduce();
  await directory.loadChannels();
  const messenger = createMessenger({
    api,
    clock,
    kept,
    directory,
    presses: new PressResponses(clock),
    publicUrl: null,
    standing,
  });
  return {
    server,
    workspace: server.workspace,
    clock,
    kept,
    api,
    directory,
    messenger,
    revoked: () => standing.refusalOf('bot'),
    room: { tenant: TEAM, address: 'C1', thread: null },
    close: async () => {
      await api.http.close();
      await server.close();
    },
  };
}
export type SendingRig = Awaited<ReturnType<typeof sendingRig>>;

export function outgoing(title: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    incident: 'INC-2026-0007',
    card: { tone: 'running', drill: false, title: { raw: title }, summary: { raw: 's' }, blocks: [] },
    language: 'en',
    revision: 3,
    surface: null,
    ring: false,
    ...more,
  };
}
