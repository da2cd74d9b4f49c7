import { z } from 'zod';
import { wecomApp } from '../../../src/platforms/wecom-app/index.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { AGENT, CORP, type Delivered, SECRET, WecomServer } from '../../fakes/wecom/app-server.ts';
import { seal } from '../../fakes/wecom/seal.ts';
import { xml } from '../../platforms/wecom/app-bot.ts';
import { startContractBot } from './bot.ts';
import {
  type Act,
  act,
  linksIn,
  profileOf,
  type Rig,
  type RigOptions,
  type Sight,
  type Where,
  type Who,
} from './rig.ts';

const USERS: Readonly<Record<Who, string>> = {
  lead: 'zhangsan',
  colleague: 'lisi',
  stranger: 'wangwu',
  foreigner: 'nobody',
};
const KEYS = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: CORP,
};
/** A group of everybody with an account; nobody can write to an app there. */
const GROUP = 'yingji';
const OTHER_CORP = 'wx0000000000000000';

/** WeCom's self-built app: callbacks in, its HTTP API out, forms as pages. Each of its people is alone with it. */
export async function wecomAppRig({
  wrongCredentials = false,
  offDuty = false,
  three = false,
  ...night
}: RigOptions = {}): Promise<Rig> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const server = await WecomServer.start();
  server.now = () => clock.now();
  const bot = await startContractBot({
    gateway: night.gateway,
    make: wecomApp.make,
    clock,
    settings: {
      ...{ WECOM_CORP_ID: CORP, WECOM_AGENT_ID: AGENT, WECOM_API_URL: server.url },
      WECOM_APP_SECRET: wrongCredentials ? 'another-secret' : SECRET,
      WECOM_CALLBACK_TOKEN: KEYS.token,
      WECOM_ENCODING_AES_KEY: KEYS.encodingAesKey,
    },
    organisation: profileOf({
      ...{ platform: 'wecom-app', tenant: CORP, lead: USERS.lead, colleague: USERS.colleague },
      deputy: offDuty && USERS.stranger,
      third: three && USERS.stranger,
      ...night,
      rooms: { open: GROUP },
    }),
    pages: true,
    traffic: () => server.calls.length,
  });
  const of = (address: string): string => (address.startsWith('@') ? `user:${address.slice(1)}` : `chat:${address}`);
  const toUser = (who: Who): readonly Delivered[] => server.delivered.filter(({ to }) => to === `user:${USERS[who]}`);
  const sight = (who: Who) => (): Sight => [toUser(who).map(words)];
  const callback = async (plain: string, keys = KEYS) => {
    const { signature, timestamp, nonce, encrypt } = seal(keys, plain, clock.now());
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
    const body = `<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt><AgentID><![CDATA[${AGENT}]]></AgentID></xml>`;
    const headers = { 'content-type': 'text/xml' };
    const response = await fetch(`${bot.url}/wecom/callback?${query}`, { method: 'POST', headers, body });
    return { acknowledged: response.status === 200 };
  };
  const acting = (who: Who, plain: string, keys = KEYS): Act => act(bot, sight(who), () => callback(plain, keys));
  let ids = 9_000_000;
  const nextId = (): string => String(++ids);
  const line = (who: Who, Content: string, more: Readonly<Record<string, string>> = {}): string =>
    xml({ FromUserName: USERS[who], MsgType: 'text', Content, MsgId: nextId(), ...more });
  const write = async (who: Who, text: string, _where: Where, about: string | null = null): Promise<Act> =>
    acting(who, line(who, about === null ? text : `${about} ${text}`));
  const click = (who: Who, TaskId: string, EventKey: string, CardType: string, chosen: readonly [string, string][]) => {
    const items = chosen
      .map(
        ([question, option]) =>
          `<SelectedItem><QuestionKey><![CDATA[${question}]]></QuestionKey><OptionIds>${option}</OptionIds></SelectedItem>`,
      )
      .join('');
    const event = { Event: 'template_card_event', EventKey, TaskId, CardType, ResponseCode: `code-${nextId()}` };
    const selected = items === '' ? '' : `<SelectedItems>${items}</SelectedItems>`;
    return xml({ FromUserName: USERS[who], MsgType: 'event', ...event }, selected);
  };
  const optionId = (id: string): string => `<OptionId><![CDATA[${id}]]></OptionId>`;
  const pressed = (who: Who, label: RegExp, row?: string): Act => {
    for (const { message } of toUser(who).toReversed()) {
      if (message.msgtype !== 'template_card') continue;
      const { button_list = [], button_selection, task_id = '', card_type } = message.template_card;
      const button = button_list.find(({ text }) => label.test(text));
      const option = button_selection?.option_list.find(({ text }) => row !== undefined && text.includes(row));
      if (!button || (row !== undefined && !option)) continue;
      return acting(
        who,
        click(who, task_id, button.key ?? '', card_type, option ? [['row', optionId(option.id)]] : []),
      );
    }
    throw new Error(`no button ${label} ${row ?? ''}`);
  };
  return {
    bot,
    lacks: {
      confirms: true,
      ...{
        rooms: ['open', 'abroad'],
        foreigners: true,
        colleagues: true,
        odd: true,
        threads: true,
        history: true,
        ringing: true,
      },
    },
    loud: { tenant: CORP, address: GROUP, thread: null },
    account: (who) => ({ platform: 'wecom-app', tenant: CORP, id: USERS[who] }),
    place: (_where, who = 'lead') => ({ tenant: CORP, address: `@${USERS[who]}`, thread: null }),
    seen: async ({ address }) =>
      server.delivered
        .filter(({ to, msgid }) => to === of(address) && !server.recalled.has(msgid ?? ''))
        .map((one) => ({
          ...{ text: words(one), buttons: buttonsOf(one) },
          rings: false,
          mentions: one.message.msgtype === 'text' ? (one.message.text.mentioned_list ?? []) : [],
          links: linksIn(one),
          file: one.message.msgtype === 'file' ? (server.media.get(one.message.file.media_id) ?? null) : null,
        })),
    write,
    press: async (who, label, _where, row) => pressed(who, label, row),
    tick: async (who, labels) => {
      for (const { message } of toUser(who).toReversed()) {
        if (message.msgtype !== 'template_card' || !message.template_card.checkbox) continue;
        const { checkbox, task_id = '', submit_button, card_type } = message.template_card;
        const ticked = checkbox.option_list.filter(({ text }) => labels.some((label) => text.includes(label)));
        if (ticked.length < labels.length) continue;
        const ids = ticked.map(({ id }) => optionId(id)).join('');
        return acting(who, click(who, task_id, submit_button?.key ?? '', card_type, [['pick', ids]]));
      }
      throw new Error(`no ticks ${labels.join()}`);
    },
    fill: async (who, label, entries) => {
      const { answer } = await pressed(who, label).deliver();
      const link = /\((http[^)]*\/visit\/form\/[^)]*)\)/.exec(answer)?.[1];
      if (link === undefined) throw new Error(`no form in ${answer}`);
      const cookie = await opened(link, USERS[who]);
      const { pathname, searchParams } = new URL(link);
      const ref = { form: pathname.split('/').at(-1), args: Object.fromEntries(searchParams) };
      const key = nextId();
      const ask = (path: string, json?: unknown): Promise<Response> => {
        const about = { cookie, origin: bot.url, 'accept-language': 'zh-CN' };
        if (json === undefined) return fetch(`${bot.url}/visit/api/v1${path}`, { headers: about });
        const headers = { ...about, 'content-type': 'application/json', 'idempotency-key': key };
        return fetch(`${bot.url}/visit/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(json) });
      };
      const { revision } = revised.parse(await (await ask(`/visit?${searchParams}`)).json());
      const { fields } = formShown.parse(await (await ask('/forms/open', ref)).json());
      const shown = fields.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value] as const]));
      const values = Object.fromEntries([...shown, ...entries.map(({ id, value }) => [id, value] as const)]);
      return act(bot, sight(who), async () => {
        const response = await ask('/forms/submit', { ref, revision, values });
        return { acknowledged: response.status < 500, body: await response.text() };
      });
    },
    give: async (who, content, incident) => {
      await (await write(who, 'status', 'direct', incident)).deliver();
      const MediaId = `given-${nextId()}`;
      server.given.set(MediaId, content);
      return acting(
        who,
        xml({ FromUserName: USERS[who], MsgType: 'image', MsgId: nextId(), MediaId, PicUrl: 'http://x' }),
      );
    },
    odd: () => Promise.reject(new Error('what is not documented is refused at the door')),
    forge: async (text) => [
      acting('lead', line('lead', text), { ...KEYS, token: 'another' }),
      acting('lead', line('lead', text), { ...KEYS, receiveId: OTHER_CORP }),
      acting('lead', line('lead', text, { ToUserName: OTHER_CORP })),
      acting('lead', line('lead', text, { AgentID: '1000099' })),
    ],
    loseNextAnswer: () => void server.losses.push('message/send'),
    refuseNextFile: () => void server.failures.push({ api: 'media/upload', errcode: 40058 }),
    limitNextSend: () => void server.failures.push({ api: 'message/send', errcode: 45009 }),
    cutOff: (isOff) => server.cutOff(isOff),
    revoke: async (isRevoked) => {
      server.isRevoked = isRevoked;
      server.endTokens();
    },
    // Nobody tells an app that a message was recalled, and it could edit none.
    recall: async () => false,
    standing: async (where) =>
      server.delivered
        .filter(({ msgid, to }) => (where === 'home' ? to.startsWith('chat:') : msgid && !server.recalled.has(msgid)))
        .map(words),
    refusals: () => server.refusals.filter((code) => code !== 42014 && code >= 40_000).length,
    stop: async () => {
      await bot.stop();
      await server.stop();
    },
  };
}

function buttonsOf({ message }: Delivered): readonly string[] {
  if (message.msgtype !== 'template_card') return [];
  const { button_list = [], submit_button } = message.template_card;
  return [...button_list.map(({ text }) => text), ...(submit_button ? [submit_button.text] : [])];
}

/** All words of a message; of a card those of its fields. */
function words({ message, text }: Delivered): string {
  if (message.msgtype !== 'template_card') return text;
  const all: string[] = [];
  JSON.stringify(message.template_card, (key, value: unknown) => {
    if (typeof value === 'string' && !['card_type', 'task_id', 'key', 'question_key', 'id'].includes(key))
      all.push(value);
    return value;
  });
  return all.join('\n');
}

const revised = z.looseObject({ revision: z.number() });
const formShown = z.looseObject({
  fields: z.array(z.looseObject({ id: z.string(), value: z.union([z.string(), z.array(z.string())]).optional() })),
});

/** A page opened inside WeCom, which knows whose phone it is: the cookie of the visit. */
async function opened(link: string, user: string): Promise<string> {
  const jar = new Map<string, string>();
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  let url = link;
  for (let hops = 0; hops < 5; hops += 1) {
    const headers = { cookie: cookie(), 'user-agent': `wxwork/${user}`, 'accept-language': 'zh-CN' };
    const response = await fetch(url, { headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return cookie();
    url = new URL(location, url).href;
  }
  throw new Error('the page leads nowhere');
}
