import { slack } from '../../../src/platforms/slack/index.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { ran } from '../../fakes/patience.ts';
import { buttonsIn, event, type FakeButton, press, said, submit } from '../../fakes/slack/payloads.ts';
import { SlackServer } from '../../fakes/slack/server.ts';
import { BOT_USER, type FakeMessage, TEAM } from '../../fakes/slack/workspace.ts';
import { postSigned } from '../../platforms/slack/bot.ts';
import { startContractBot } from './bot.ts';
import {
  type Act,
  act,
  type Entry,
  linksIn,
  profileOf,
  type Rig,
  type RigOptions,
  type Sight,
  sign,
  type Where,
  type Who,
} from './rig.ts';

const SECRET = 'signing-secret';
const OTHER_TEAM = 'T00OTHER001';
const USERS: Readonly<Record<Who, string>> = {
  lead: 'U00LIWEI001',
  colleague: 'U00CHENYU01',
  stranger: 'U00WANG0001',
  foreigner: 'U00FOREIGN1',
};
const CHANNELS = { home: 'C00HOME0001', open: 'C00OPEN0001', abroad: 'C00ABROAD01' } as const;

/** Slack over a WebSocket or over signed HTTP requests. */
export async function slackRig(
  mode: 'socket' | 'http',
  { wrongCredentials = false, offDuty = false, three = false, ...night }: RigOptions = {},
): Promise<Rig> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const server = new SlackServer(() => clock.now());
  const apiUrl = await server.listen();
  server.accepts = new Set(['xoxb-test', 'xapp-test']);
  const { workspace } = server;
  workspace.fileAddress = `${server.url}/files/`;
  const members = [USERS.lead, USERS.colleague, BOT_USER];
  workspace.addChannel(CHANNELS.home, {
    name: 'ops',
    isPrivate: true,
    members: [...members, USERS.foreigner, ...(three ? [USERS.stranger] : [])],
  });
  workspace.addChannel(CHANNELS.open, { name: 'general', members: [...members, USERS.stranger] });
  workspace.addChannel(CHANNELS.abroad, { name: 'hq', isPrivate: true, members });
  workspace.addUser(USERS.lead, 'Li Wei', 'en-US');
  workspace.addUser(USERS.colleague, '陈宇', 'zh-CN');
  workspace.addUser(USERS.stranger, '王磊', 'zh-CN');
  workspace.addUser(USERS.foreigner, 'Foreign', 'en-US', { team: OTHER_TEAM });
  const bot = await startContractBot({
    gateway: night.gateway,
    make: slack.make,
    clock,
    settings: {
      SLACK_BOT_TOKEN: wrongCredentials ? 'xoxb-wrong' : 'xoxb-test',
      ...(mode === 'socket' ? { SLACK_APP_TOKEN: wrongCredentials ? 'xapp-wrong' : 'xapp-test' } : {}),
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: apiUrl,
    },
    organisation: profileOf({
      ...{ platform: 'slack', tenant: TEAM, lead: USERS.lead, colleague: USERS.colleague },
      deputy: offDuty && USERS.stranger,
      third: three && USERS.stranger,
      ...night,
      rooms: { home: CHANNELS.home, open: CHANNELS.open, abroad: CHANNELS.abroad },
    }),
    traffic: () => server.calls.length + server.responses.length,
    arrived: () => sign(server.isConnected, () => server.ping()),
  });
  const connected = async (): Promise<void> => {
    // Pauses go by the clock of the bot.
    for (let n = 0; n < 400 && !(server.isConnected && bot.health().ok); n += 1) {
      await ran(25);
      if (!bot.health().ok) clock.advance(250);
    }
  };
  const channelOf = (where: Where, who: Who): string =>
    where === 'direct' ? workspace.direct(USERS[who]).id : CHANNELS[where];
  const ours = (channel: string): readonly FakeMessage[] =>
    workspace.messages.filter((one) => one.channel === channel && one.user === BOT_USER);
  const sight = (who: Who, where: Where) => (): Sight => [
    workspace.ephemerals.filter(({ user }) => user === USERS[who]).map(({ text, blocks }) => words([text, blocks])),
    server.responses.map(({ body }) => words(body)),
    ours(channelOf('direct', who)).map(({ text, blocks }) => words([text, blocks])),
    workspace.views.map(({ view }) => words(view)),
    where === 'direct' ? [] : ours(channelOf(where, who)).map(({ text, blocks }) => words([text, blocks])),
  ];
  const send = async (payload: object, secret = SECRET) => {
    if (mode === 'http') {
      const { status, body } = await postSigned(`${bot.url}/slack/events`, payload, {
        secret,
        at: Math.floor(clock.now() / 1_000),
      });
      return { acknowledged: status === 200, body: body === null ? '' : words(body) };
    }
    await connected();
    const kind = 'event_id' in payload ? 'events_api' : 'interactive';
    const acked = await server.send(kind, payload, { within: bot.disk.isFull ? 1_000 : 10_000 });
    return { acknowledged: acked !== null, body: acked?.payload === undefined ? '' : words(acked.payload) };
  };
  const acting = (who: Who, where: Where, payload: object): Act => act(bot, sight(who, where), () => send(payload));
  const rootOf = async (incident: string, channel: string): Promise<string | null> =>
    (await bot.store.surfaces.get(incident, `slack/${TEAM}/${channel}`, 'status'))?.ref ?? null;
  const lineOf = async (who: Who, text: string, where: Where, about: string | null = null) => {
    const channel = channelOf(where, who);
    const thread = about === null ? null : await rootOf(about, channel);
    const typed = text
      .replaceAll('&', '&amp;')
      .replaceAll(/<(?!@U)/g, '&lt;')
      .replaceAll(/(?<!<@\w+)>/g, '&gt;');
    const tagged = about !== null && thread === null ? `${about} ${typed}` : typed;
    const line = workspace.say(channel, USERS[who], where === 'direct' ? tagged : `<@${BOT_USER}> ${tagged}`, thread);
    const payload = said(line, where === 'direct' ? 'message' : 'app_mention');
    if (who !== 'foreigner') return payload;
    return { ...payload, event: { ...payload.event, user_team: OTHER_TEAM, team: OTHER_TEAM } };
  };
  const pressed = (who: Who, label: RegExp, where: Where, row?: string) => {
    const own = workspace.ephemerals.filter(({ user }) => user === USERS[who]);
    for (const message of [...own, ...ours(channelOf(where, who))].toReversed()) {
      const button = buttonOf(message.blocks, label, row);
      if (!button) continue;
      const { channel, thread } = message;
      const at = 'ts' in message ? { ts: message.ts } : { isEphemeral: true };
      const payload = press(button, USERS[who], { channel, thread, responseUrl: `${server.url}/response/1`, ...at });
      const team = who === 'foreigner' ? { team_id: OTHER_TEAM } : {};
      return { message, payload: { ...payload, user: { ...payload.user, ...team } } };
    }
    throw new Error(`no button ${label} ${row ?? ''}`);
  };
  return {
    bot,
    // A file that is asked for goes below the message, to who may read all of the incident.
    lacks: { fileAnswers: true },
    account: (who) => ({ platform: 'slack', tenant: who === 'foreigner' ? OTHER_TEAM : TEAM, id: USERS[who] }),
    place: (where, who = 'lead') => ({
      tenant: TEAM,
      address: where === 'direct' ? USERS[who] : CHANNELS[where],
      thread: null,
    }),
    seen: async ({ address, thread }) => {
      const channel = address.replace(/^U/, 'D');
      return ours(channel)
        .filter((one) => one.thread === thread)
        .map((one) => ({
          text: words([one.text, one.blocks]),
          buttons: buttonsIn(one.blocks).map(({ label }) => label),
          rings: one.broadcast,
          mentions: [...one.text.matchAll(/<@(\w+)>/g)].map(([, id = '']) => id),
          ...{ file: fileOf(server, one), links: linksIn(one.blocks) },
        }));
    },
    mention: (who) => `<@${USERS[who]}>`,
    write: async (who, text, where, about) => acting(who, where, await lineOf(who, text, where, about)),
    press: async (who, label, where, row) => acting(who, where, pressed(who, label, where, row).payload),
    tick: async (who, labels, where) => {
      for (const message of ours(channelOf(where, who)).toReversed()) {
        const list = ticksIn(message.blocks);
        const options = list?.options.filter((one) => labels.some((label) => JSON.stringify(one).includes(label)));
        const { channel, ts, thread } = message;
        if (!list || !options || options.length < labels.length) continue;
        const state = {
          values: { [list.block]: { [list.action]: { type: 'checkboxes', selected_options: options } } },
        };
        const submitted = buttonsIn(message.blocks).find(({ value }) => value.includes('"ticks"'));
        if (!submitted) continue;
        const at = { channel, ts, thread, state, responseUrl: `${server.url}/response/1` };
        return acting(who, where, press(submitted, USERS[who], at));
      }
      throw new Error(`no ticks ${labels.join()}`);
    },
    fill: async (who, label, entries, where) => {
      await send(pressed(who, label, where).payload);
      await bot.settle();
      const modal = workspace.views.at(-1);
      if (!modal) throw new Error('no form');
      return acting(who, where, submit(modal.view, modal.id, USERS[who], valuesOf(modal.view, entries)));
    },
    give: async (who, content, incident) => {
      const file = { id: `F00GIVEN${workspace.files.size}`, name: 'evidence.bin' };
      workspace.files.set(file.id, { ...file, content, shared: true });
      const thread = await rootOf(incident, CHANNELS.home);
      const line = workspace.say(CHANNELS.home, USERS[who], `<@${BOT_USER}>`, thread, [file]);
      return acting(who, 'home', said(line, 'app_mention'));
    },
    live: ['/response/2'],
    standing: async (where) =>
      workspace.messages
        .filter(
          ({ user, channel }) => user === BOT_USER && (where === undefined || channel === channelOf(where, 'lead')),
        )
        .map(({ text, blocks, files }) => words([text, blocks, files])),
    kick: async (isOut) => {
      const channel = workspace.channels.get(CHANNELS.home);
      if (isOut) channel?.members.delete(BOT_USER);
      else channel?.members.add(BOT_USER);
      const type = isOut ? 'member_left_channel' : 'member_joined_channel';
      await send(event({ type, user: BOT_USER, channel: CHANNELS.home }));
      await bot.settle();
    },
    revoke: async (isRevoked) => {
      server.accepts = new Set(isRevoked ? [] : ['xoxb-test', 'xapp-test']);
      if (isRevoked) await send(event({ type: 'tokens_revoked', tokens: { bot: [BOT_USER] } }));
      await bot.settle();
    },
    share: async () => {
      const channel = workspace.channels.get(CHANNELS.home);
      if (channel) channel.isShared = true;
      await send(event({ type: 'channel_shared', channel: CHANNELS.home, connected_team_id: OTHER_TEAM }));
      await bot.settle();
    },
    odd: async (who) => {
      const responseUrl = `${server.url}/response/2`;
      const odd = press({ action_id: 'a', value: 'v' }, USERS[who], { channel: CHANNELS.home, ts: '1.1', responseUrl });
      return acting(who, 'home', { ...odd, actions: 'none' });
    },
    forge: async (text) => {
      const payload = await lineOf('lead', text, 'direct');
      return mode === 'http' ? [act(bot, sight('lead', 'direct'), () => send(payload, 'another-secret'))] : [];
    },
    loseNextAnswer: () => server.fail('chat.postMessage', { kind: 'lost' }),
    refuseNextFile: () => server.fail('files.getUploadURLExternal', { kind: 'error', code: 'file_uploads_disabled' }),
    limitNextSend: () => server.fail('chat.postMessage', { kind: 'limited', seconds: 7 }),
    cutOff: async (isOff) => {
      if (isOff) server.hangUp();
      else await server.listen(Number(new URL(server.url).port));
    },
    recall: async ({ address, thread }) => {
      const last = ours(address).findLast((one) => one.thread === thread);
      if (!last) throw new Error('nothing to recall');
      workspace.messages.splice(workspace.messages.indexOf(last), 1);
      const deleted = { subtype: 'message_deleted', channel: address, ts: '9.9', deleted_ts: last.ts };
      await send(
        event({
          type: 'message',
          ...deleted,
          previous_message: { type: 'message', user: BOT_USER, bot_id: 'B', ts: last.ts },
        }),
      );
      await bot.settle();
      return true;
    },
    refusals: () => server.refusals.filter((code) => /^invalid|too_long/.test(code)).length,
    stop: async () => {
      await bot.stop();
      await server.close();
    },
  };
}

/** Words of what was read before: a message is looked at after each act, and an edit brings new blocks. */
const read = new WeakMap<object, string>();

/** All words a reader sees of blocks, a view or an answer. */
function words(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const known = read.get(value);
  if (known !== undefined) return known;
  const parts = Array.isArray(value)
    ? value
    : Object.entries(value).flatMap(([key, one]) => (HIDDEN.has(key) ? [] : [one]));
  const all = parts.map(words).filter(Boolean).join('\n');
  read.set(value, all);
  return all;
}
const HIDDEN = new Set(['value', 'action_id', 'block_id', 'type', 'url', 'style', 'private_metadata', 'callback_id']);

function fileOf(server: SlackServer, { files }: FakeMessage) {
  const [first] = files;
  const kept = first && server.workspace.files.get(first.id);
  return kept ? { name: kept.name, content: kept.content } : null;
}

/** A button by its label, in the block of a row or right below it. */
function buttonOf(blocks: readonly unknown[], label: RegExp, row?: string): FakeButton | null {
  for (const [index, block] of blocks.entries()) {
    const isThere = row === undefined || [blocks[index - 1], block].some((one) => words(one).includes(row));
    const found = buttonsIn([block]).find((one) => label.test(one.label));
    if (found && isThere) return found;
  }
  return null;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function ticksIn(blocks: readonly unknown[]) {
  for (const block of blocks)
    for (const element of [...list(field(block, 'elements')), field(block, 'element'), field(block, 'accessory')])
      if (field(element, 'type') === 'checkboxes')
        return {
          ...{ block: String(field(block, 'block_id')), action: String(field(element, 'action_id')) },
          options: list(field(element, 'options')),
        };
  return null;
}

/** What a person submits: what stood in the form already, and what they entered; nothing for what is not in it. */
function valuesOf(view: Readonly<Record<string, unknown>>, entries: readonly Entry[]): Record<string, object> {
  const values: Record<string, object> = {};
  for (const block of list(view['blocks'])) {
    const element = field(block, 'element');
    if (field(block, 'type') !== 'input' || element === undefined) continue;
    const id = String(field(block, 'block_id'));
    const entered = entries.find((entry) => entry.id === id)?.value;
    const type = field(element, 'type');
    if (type === 'plain_text_input') values[id] = { value: entered ?? field(element, 'initial_value') ?? null };
    else if (type === 'checkboxes') values[id] = { selected_options: field(element, 'initial_options') ?? [] };
    else values[id] = { selected_option: field(element, 'initial_option') ?? null };
  }
  return values;
}
