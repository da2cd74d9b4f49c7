import { translate } from '../../src/i18n/translate.ts';
import type { Language } from '../../src/incident/identity.ts';
import { ManualClock } from '../fakes/clock.ts';
import { buttonsIn, press, said, slash, submit } from '../fakes/slack/payloads.ts';
import type { FakeMessage } from '../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI, sender, startBot, workspace } from '../platforms/slack/bot.ts';
import { AFTERWARDS, type Driver, type Sent, type Who } from './script.ts';
import { goldenIds } from './transcript.ts';

/** Calls that change something others see; the rest only read. */
const WRITES = /^(chat\.|views\.|files\.(get|complete)|bookmarks\.|conversations\.(create|invite|setTopic|open))/;

/** Slack in Socket Mode: a private channel, its threads and the direct conversations of two people. */
export async function slackDriver(language: Language): Promise<Driver> {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const { server, apiUrl } = await workspace(() => clock.now());
  const bot = await startBot({ clock, ids: goldenIds(), server, apiUrl });
  const send = sender(bot);
  const people: Readonly<Record<Who, string>> =
    language === 'en' ? { lead: LI, colleague: CHEN } : { lead: CHEN, colleague: LI };
  const ours = (): readonly FakeMessage[] => server.workspace.messages.filter(({ blocks }) => blocks.length > 0);
  const root = (): FakeMessage | undefined =>
    ours().find(({ channel, thread }) => channel === CHANNEL && thread === null);
  let confirmed: unknown = null;
  let seen = { calls: 0, responses: 0, acks: 0 };
  const settle = async (): Promise<void> => {
    for (let before = -1, quiet = 0; quiet < 3; quiet = before === server.calls.length ? quiet + 1 : 0) {
      before = server.calls.length;
      await bot.service.idle();
      await bot.house.settle();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const act = async (payload: object): Promise<void> => {
    await send(payload);
    await settle();
    clock.advance(AFTERWARDS);
    await settle();
  };
  const at = ({ channel, ts, thread }: FakeMessage) => ({
    channel,
    ts,
    thread,
    responseUrl: `${server.url}/response/1`,
  });
  await settle();
  return {
    say: async (text, who) => {
      const thread = root();
      if (!thread) return act(slash(text, people[who], CHANNEL));
      const line = server.workspace.say(CHANNEL, people[who], `<@U00BOT00001> ${text}`, thread.ts);
      return act(said(line, 'app_mention'));
    },
    tap: async (label, who) => {
      // A decision that is read back stands in the last answer, which only its reader sees.
      const asked = server.workspace.ephemerals.at(-1);
      const confirm = asked && buttonsIn(asked.blocks).find((one) => one.label === label);
      const thread = root();
      if (confirm && thread && asked !== confirmed) {
        confirmed = asked;
        await act(press(confirm, people[who], at(thread)));
        return true;
      }
      for (const message of ours().toReversed()) {
        const button = buttonsIn(message.blocks).find((one) => one.label.includes(label));
        if (!button) continue;
        await act(press(button, people[who], at(message)));
        return true;
      }
      return false;
    },
    tick: async (labels, who) => {
      const label = translate(language, 'act.submit');
      for (const message of ours().toReversed()) {
        const list = ticksIn(message.blocks);
        const options = list?.options.filter((option) => labels.some((one) => JSON.stringify(option).includes(one)));
        const button = buttonsIn(message.blocks).find((one) => one.label === label);
        if (!list || !button || !options || options.length < labels.length) continue;
        const state = {
          values: { [list.block]: { [list.action]: { type: 'checkboxes', selected_options: options } } },
        };
        await act(press(button, people[who], { ...at(message), state }));
        return true;
      }
      return false;
    },
    file: async (receipt, who) => {
      const label = translate(language, 'act.file');
      const shown = ours().findLast(({ blocks }) => buttonsIn(blocks).some((one) => one.label === label));
      const button = shown && buttonsIn(shown.blocks).find((one) => one.label === label);
      if (!shown || !button) return false;
      await act(press(button, people[who], at(shown)));
      const modal = server.workspace.views.at(-1);
      if (!modal) return false;
      const entries = { ...presetOf(modal.view['blocks']), receipt: { value: receipt } };
      await act(submit(modal.view, modal.id, people[who], entries));
      // It is read back, and recorded when that is confirmed.
      const back = field(server.acks.findLast(({ payload }) => field(payload, 'view'))?.payload, 'view');
      const blocks = field(back, 'blocks');
      const [confirm] = Array.isArray(blocks) ? buttonsIn(blocks) : [];
      if (!confirm) return false;
      const view = { id: modal.id, type: 'modal', private_metadata: field(back, 'private_metadata') };
      await act(press(confirm, people[who], { view }));
      return true;
    },
    pass: (minutes) => clock.pass(minutes * 60_000, settle),
    received: async () => {
      const calls = server.calls.slice(seen.calls).filter(({ method }) => WRITES.test(method));
      const responses = server.responses.slice(seen.responses);
      const acks = server.acks.slice(seen.acks).filter(({ payload }) => payload !== undefined);
      seen = { calls: server.calls.length, responses: server.responses.length, acks: server.acks.length };
      return [
        ...calls.map(({ method, params }): Sent => {
          const { ts = '', channel = params['user_id'] ?? '' } = params;
          return { where: channel, what: method, body: params, ...(ts === '' ? {} : { of: `${channel} ${ts}` }) };
        }),
        ...responses.map(({ body }): Sent => ({ where: 'response_url', what: 'answer', body })),
        ...acks.map(({ payload }): Sent => ({ where: 'socket', what: 'acknowledged with', body: payload })),
      ];
    },
    stop: async () => {
      await bot.stop();
      await server.close();
    },
  };
}

interface Ticks {
  readonly block: string;
  readonly action: string;
  readonly options: readonly unknown[];
}

function ticksIn(blocks: readonly unknown[]): Ticks | null {
  for (const block of blocks) {
    const id = field(block, 'block_id');
    const inside = field(block, 'elements') ?? [field(block, 'element'), field(block, 'accessory')];
    for (const element of Array.isArray(inside) ? inside : []) {
      const options = field(element, 'options');
      if (field(element, 'type') === 'checkboxes' && Array.isArray(options))
        return { block: String(id), action: String(field(element, 'action_id')), options };
    }
  }
  return null;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** Entries of a modal as it opens, by field. */
function presetOf(blocks: unknown): Readonly<Record<string, object>> {
  const inputs = Array.isArray(blocks) ? blocks.filter((block) => field(block, 'type') === 'input') : [];
  const entries = inputs.map((block): [string, object] => {
    const element = field(block, 'element');
    // What is sworn to has no preset: the first is chosen.
    const [first] = field(block, 'optional') === false ? [field(element, 'options')].flat() : [];
    const option = field(element, 'initial_option') ?? first;
    const options = field(element, 'initial_options');
    const value = field(element, 'initial_value') ?? '';
    const entered = option ? { selected_option: option } : options ? { selected_options: options } : { value };
    return [String(field(block, 'block_id')), entered];
  });
  return Object.fromEntries(entries);
}
