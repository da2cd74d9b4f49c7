import type { Language } from '../../src/incident/identity.ts';
import { parseJson } from '../../src/ops/json.ts';
import { readBody, show } from '../../src/platforms/console/body.ts';
import { consoleRoom } from '../../src/platforms/console/platform.ts';
import { ManualClock } from '../fakes/clock.ts';
import { startHouse } from '../fakes/house.ts';
import { Client, signIn } from '../fakes/http-client.ts';
import { AFTERWARDS, type Driver, type Sent, type Who } from './script.ts';
import { goldenIds } from './transcript.ts';

const NAMES: Readonly<Record<Who, string>> = { lead: 'Li Wei', colleague: '陈宇' };

interface Offered {
  readonly label: string;
  readonly intent: unknown;
}

/** Buttons with a command anywhere in an answer. */
function intentsIn(value: unknown): readonly Offered[] {
  if (typeof value !== 'object' || value === null) return [];
  const { label, does } = { label: undefined, does: undefined, ...value };
  if (typeof label === 'string' && typeof does === 'object' && does !== null && 'intent' in does) {
    return [{ label, intent: Reflect.get(does, 'intent') }];
  }
  return Object.values(value).flatMap(intentsIn);
}

/** The console's room: what its page gets, as answers and over its stream. Buttons are pressed as the page presses them. */
export async function consoleDriver(language: Language): Promise<Driver> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const running = await startHouse({ clock, ids: goldenIds(), rooms: [consoleRoom(language)] });
  const clients = new Map<Who, Client>();
  for (const who of ['lead', 'colleague'] as const) {
    const client = await signIn(new Client(running), NAMES[who]);
    clients.set(who, client.with({ 'accept-language': language }));
  }
  let sent: Sent[] = [];
  let keys = 0;
  /** Decisions that the last answer offered. */
  let answered: readonly Offered[] = [];
  running.store.roomLog.onChange((message) => {
    if (message.author !== null) return;
    const { ref, seq: _, at: __, editedAt, ...body } = show(message, readBody(message.body), language);
    const what = editedAt === null ? 'posted' : 'edited';
    sent.push({ where: message.address, what, body, of: ref });
  });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 3; i += 1) await running.house.settle();
  };
  const post = async (path: string, body: object, who: Who): Promise<void> => {
    keys += 1;
    const response = await clients.get(who)?.post(path, body, { 'idempotency-key': `key-${keys}` });
    const text = (await response?.text()) ?? '';
    sent.push({ where: NAMES[who], what: `answered ${response?.status}`, body: text });
    answered = intentsIn(parseJson(text));
    await settle();
    clock.advance(AFTERWARDS);
    await settle();
  };
  const incident = async () => (await running.store.incidents({ limit: 10 }))[0] ?? null;
  const surfaces = async () => {
    const row = await incident();
    const messages = await running.store.roomLog.since('main', 0, 1_000);
    return row ? messages.map((message) => show(message, readBody(message.body), language)).toReversed() : [];
  };
  return {
    say: async (text, who) => {
      const thread = (await surfaces()).find(({ surface }) => surface === 'status')?.ref ?? null;
      await post('/api/v1/rooms/main/messages', { text, thread }, who);
    },
    tap: async (label, who) => {
      const asked = answered.find((one) => one.label.includes(label));
      const row = asked && (await incident());
      const state = row && (await running.store.incident(row.id));
      if (asked && state) {
        await post(`/api/v1/incidents/${state.id}/intents`, { intent: asked.intent, revision: state.version }, who);
        return true;
      }
      for (const { card, incident: id = '', revision = 0 } of await surfaces())
        for (const block of card?.blocks ?? []) {
          const actions = 'actions' in block ? block.actions : [];
          const action = actions.find((one) => one.label.includes(label));
          if (action?.does.kind !== 'intent') continue;
          await post(`/api/v1/incidents/${id}/intents`, { intent: action.does.intent, revision }, who);
          return true;
        }
      return false;
    },
    tick: async (labels, who) => {
      for (const { card, incident: id = '', revision = 0 } of await surfaces())
        for (const block of card?.blocks ?? []) {
          if (block.kind !== 'choices') continue;
          const options = block.choice.options.filter((one) => labels.some((label) => one.label.includes(label)));
          if (options.length < labels.length) continue;
          const value = options.map((one) => one.value);
          const intent = { type: 'answer', fact: block.choice.fact, value };
          await post(`/api/v1/incidents/${id}/intents`, { intent, revision }, who);
          return true;
        }
      return false;
    },
    pass: (minutes) => clock.pass(minutes * 60_000, settle),
    received: async () => {
      const all = sent;
      sent = [];
      return all;
    },
    stop: () => running.stop(),
  };
}
