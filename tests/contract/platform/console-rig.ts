import { z } from 'zod';
import type { Room } from '../../../src/incident/identity.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { PLATFORM, TENANT } from '../../../src/platforms/console/messenger.ts';
import { createConsole } from '../../../src/platforms/console/platform.ts';
import { withPrefix } from '../../../src/use-cases/directory/kept-map.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { type ContractBot, type Making, startContractBot } from './bot.ts';
import { type Act, act, type Entry, linksIn, profileOf, type Rig, type Where, type Who } from './rig.ts';

const NAMES: Readonly<Record<Who, string>> = {
  lead: 'Li Wei',
  colleague: '陈宇',
  stranger: '王磊',
  foreigner: 'Foreign',
};
const LANGUAGES: Readonly<Record<Who, string>> = { lead: 'en', colleague: 'zh-CN', stranger: 'zh-CN', foreigner: 'en' };
const room = (address: string, more: Partial<Room> = {}): Room => ({
  ...{ platform: PLATFORM, tenant: TENANT, address, location: 'home', language: 'zh-CN', open: false, ...more },
});
const ROOMS = {
  home: room('main'),
  open: room('everybody', { open: true }),
  abroad: room('hq', { location: 'abroad', language: 'en' }),
} as const;

const actionSchema = z.looseObject({
  label: z.string(),
  does: z.looseObject({ kind: z.string(), intent: z.unknown().optional(), form: z.unknown().optional() }),
});
const blockSchema = z.looseObject({
  kind: z.string(),
  text: z.string().optional(),
  actions: z.array(actionSchema).default([]),
  choice: z
    .looseObject({ fact: z.string(), options: z.array(z.looseObject({ value: z.string(), label: z.string() })) })
    .optional(),
});
const messageSchema = z.looseObject({
  author: z.string().nullable(),
  incident: z.string().default(''),
  revision: z.number().default(0),
  ring: z.boolean().default(false),
  card: z.looseObject({ blocks: z.array(blockSchema) }).optional(),
});
const formSchema = z.looseObject({ fields: z.array(z.looseObject({ id: z.string(), value: z.unknown().optional() })) });
type Message = z.infer<typeof messageSchema>;
const pageSchema = z.object({ messages: z.array(messageSchema) });

/** The console as its page uses it: over HTTP, with the session of a person. */
export async function consoleRig(): Promise<Rig> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  let acts = 0;
  const bot = await startContractBot({
    make: (making) => consoleAsPlatform(making),
    clock,
    settings: {},
    rooms: Object.values(ROOMS),
    organisation: profileOf({
      ...{ platform: PLATFORM, tenant: TENANT, lead: NAMES.lead, colleague: NAMES.colleague },
      rooms: { home: ROOMS.home.address, open: ROOMS.open.address, abroad: ROOMS.abroad.address },
    }),
    traffic: () => acts,
  });
  const cookies = new Map<Who, string>();
  for (const who of ['lead', 'colleague'] as const) cookies.set(who, await signedIn(bot, NAMES[who]));
  const ask = (who: Who, path: string, more: RequestInit = {}): Promise<Response> =>
    fetch(`${bot.url}${path}`, {
      ...more,
      headers: { cookie: cookies.get(who) ?? '', 'accept-language': LANGUAGES[who], ...more.headers },
    });
  const addressOf = (where: Where, who: Who): string =>
    where === 'direct' ? `dm:${NAMES[who]}` : ROOMS[where].address;
  const read = async (who: Who, address: string, thread: string | null): Promise<readonly Message[]> => {
    const query = thread === null ? '' : `&thread=${encodeURIComponent(thread)}`;
    const response = await ask(who, `/api/v1/rooms/${encodeURIComponent(address)}/messages?limit=200${query}`);
    return pageSchema.parse(await response.json()).messages.filter(({ author }) => author === null);
  };
  const rootOf = async (incident: string, where: Where): Promise<string | null> => {
    const address = where === 'direct' ? '' : ROOMS[where].address;
    return (await bot.store.surfaces.get(incident, `${PLATFORM}/${TENANT}/${address}`, 'status'))?.ref ?? null;
  };
  const posting = (who: Who, path: string, body: object): Act => {
    const key = `act-${++acts}`;
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return act(
      bot,
      () => [],
      async () => {
        const response = await ask(who, path, { method: 'POST', body: JSON.stringify(body), headers });
        return { acknowledged: response.status < 500, body: await response.text() };
      },
    );
  };
  /** All cards of a place, newest first: those of its threads, too. */
  const cardsIn = async (who: Who, where: Where): Promise<readonly Message[]> => {
    const address = addressOf(where, who);
    const roots = await read(who, address, null);
    const incidents = [...new Set(roots.map(({ incident }) => incident))].filter((id) => id !== '');
    const threads = await Promise.all(
      incidents.map(async (id) => {
        const root = await rootOf(id, where);
        return root === null ? [] : read(who, address, root);
      }),
    );
    return [...roots, ...threads.flat()].toReversed();
  };
  const pressed = async (who: Who, label: RegExp, where: Where, row?: string) => {
    for (const message of await cardsIn(who, where)) {
      const blocks = (message.card?.blocks ?? []).filter(({ text = '' }) => row === undefined || text.includes(row));
      const action = blocks.flatMap(({ actions }) => actions).find((one) => label.test(one.label));
      if (action) return { message, does: action.does };
    }
    throw new Error(`no button ${label} ${row ?? ''}`);
  };
  const intent = (who: Who, { incident, revision }: Message, of: unknown): Act =>
    posting(who, `/api/v1/incidents/${incident}/intents`, { intent: of, revision });
  return {
    bot,
    lacks: {
      strangers: true,
      silence: true,
      mixing: true,
      mentions: true,
      foreigners: true,
      fileAnswers: true,
      network: true,
      odd: true,
      credentials: true,
    },
    account: (who) => ({ platform: PLATFORM, tenant: TENANT, id: NAMES[who] }),
    place: (where, who = 'lead') => ({ tenant: TENANT, address: addressOf(where, who), thread: null }),
    seen: async ({ address, thread }, who = 'lead') =>
      Promise.all(
        (await read(who, address, thread)).map(async ({ card, ring }) => ({
          text: words(card),
          buttons: (card?.blocks ?? []).flatMap(({ actions }) => actions.map(({ label }) => label)),
          rings: ring,
          mentions: [],
          links: linksIn(card),
          file: null,
        })),
      ),
    write: async (who, text, where, about = null) => {
      const path = `/api/v1/rooms/${encodeURIComponent(addressOf(where, who))}/messages`;
      return posting(who, path, { text, incident: about, thread: about === null ? null : await rootOf(about, where) });
    },
    press: async (who, label, where, row) => {
      const { message, does } = await pressed(who, label, where, row);
      return intent(who, message, does.intent);
    },
    tick: async (who, labels, where) => {
      for (const message of await cardsIn(who, where)) {
        const choice = message.card?.blocks.find((block) => block.choice)?.choice;
        const ticked = choice?.options.filter((one) => labels.some((label) => one.label.includes(label))) ?? [];
        if (!choice || ticked.length < labels.length) continue;
        return intent(who, message, { type: 'answer', fact: choice.fact, value: ticked.map(({ value }) => value) });
      }
      throw new Error(`no ticks ${labels.join()}`);
    },
    fill: async (who, label, entries, where) => {
      const { message, does } = await pressed(who, label, where);
      const ref = JSON.stringify(does.form);
      const headers = { 'content-type': 'application/json' };
      const form = await ask(who, '/api/v1/forms/open', { method: 'POST', body: ref, headers });
      const shown = formSchema
        .parse(await form.json())
        .fields.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value]]));
      const entered = entries.map(({ id, value }: Entry) => [id, value]);
      const values = Object.fromEntries([...shown, ...entered]);
      return posting(who, '/api/v1/forms/submit', { ref: does.form, revision: message.revision, values });
    },
    give: async (who, content, incident) => {
      const key = `act-${++acts}`;
      const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': key };
      const path = `/api/v1/incidents/${incident}/files?name=evidence.bin`;
      return act(
        bot,
        () => [],
        async () => {
          const response = await ask(who, path, { method: 'POST', body: Buffer.from(content), headers });
          return { acknowledged: response.status < 500, body: await response.text() };
        },
      );
    },
    odd: () => Promise.reject(new Error('what is not documented is refused at the door')),
    forge: async (text) => {
      const path = `/api/v1/rooms/${ROOMS.home.address}/messages`;
      const body = JSON.stringify({ text, incident: null, thread: null });
      const headers = { 'content-type': 'application/json' };
      const as = (cookie: string): Act =>
        act(
          bot,
          () => [],
          async () => {
            const response = await fetch(`${bot.url}${path}`, {
              method: 'POST',
              body,
              headers: { ...headers, cookie },
            });
            return { acknowledged: response.status < 400 };
          },
        );
      return [as(''), as((cookies.get('lead') ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))];
    },
    loseNextAnswer: () => {},
    refuseNextFile: () => {},
    limitNextSend: () => {},
    cutOff: async () => {},
    recall: async () => false,
    refusals: () => 0,
    stop: () => bot.stop(),
  };
}

async function consoleAsPlatform({ store, kept, clock, ids, profile }: Making) {
  const page = createConsole({
    ...{ clock, ids, profile, log: store.roomLog },
    program: { log: createLogger('silent'), inbox: store.inbox },
    kept: withPrefix(kept, 'console:'),
    rooms: Object.values(ROOMS),
    store,
  });
  const { messenger, readsRoom } = page;
  return {
    ...{ messenger, readsRoom },
    serve: ({ app }: { readonly app: Parameters<typeof page.routes>[0] }) => ({
      routes: page.routes(app),
      start: async () => {},
      stop: async () => {},
      health: () => ({ ok: true, detail: '' }),
    }),
  };
}

/** The cookies of somebody who came by the printed link and chose a name. */
async function signedIn({ url }: ContractBot, name: string): Promise<string> {
  const first = (await fetch(`${url}/?token=local`)).headers.getSetCookie();
  const admitted = first.map((line) => line.split(';')[0]).join('; ');
  const headers = { 'content-type': 'application/json', cookie: admitted };
  const response = await fetch(`${url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ name }), headers });
  if (response.status !== 200) throw new Error(await response.text());
  return [...first, ...response.headers.getSetCookie()].map((line) => line.split(';')[0]).join('; ');
}

/** All words of a card. */
function words(card: unknown): string {
  const all: string[] = [];
  JSON.stringify(card, (key, value: unknown) => {
    if (typeof value === 'string' && !['kind', 'tone', 'id', 'due', 'mark', 'value', 'fact', 'type'].includes(key))
      all.push(value);
    return value;
  });
  return all.join('\n');
}
