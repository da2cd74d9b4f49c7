import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'vitest';
import { evolve } from '../../src/incident/record/evolve.ts';
import { openReadOnlyStore } from '../../src/storage/sqlite/read-only.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { button, buttonsIn, press, said, slash, submit } from '../fakes/slack/payloads.ts';
import { BOT_USER } from '../fakes/slack/workspace.ts';
import { CHANNEL, CHEN, LI, postSigned, SECRET, workspace } from '../platforms/slack/bot.ts';

// @module-tag soak: platforms/slack/flow has the case; crash/kill kills the whole program beside Slack.

/** The real program with Slack as the fake, killed on the way: what people see is what they would have seen without. */
const SETTLE = { timeout: 60_000, interval: 25 };
const MINUTE = 60_000;

async function world({ expect, onTestFinished }: TestContext, mode: 'socket' | 'http') {
  const { server, apiUrl } = await workspace();
  const dataDir = newDataFolder('slack-e2e');
  const program = new BotProgram(dataDir, await freePort(), {
    NODE_ENV: 'test',
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_API_URL: apiUrl,
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: 'xapp-test' } : { SLACK_SIGNING_SECRET: SECRET }),
  });
  onTestFinished(async () => {
    await program.end('SIGKILL');
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const { workspace: talk } = server;
  const ours = (thread: string | null) => talk.inThread(CHANNEL, thread).filter((m) => m.user === BOT_USER);
  return {
    server,
    talk,
    program,
    expect,
    one: async <T>(find: () => readonly T[]): Promise<T> => {
      await expect.poll(() => find().length, SETTLE).toBe(1);
      const [found] = find();
      if (found === undefined) throw new Error('nothing there');
      return found;
    },
    dataDir,
    roots: () => ours(null),
    below: (title: RegExp) => ours(ours(null)[0]?.ts ?? '').filter((m) => title.test(m.text)),
    up: async (): Promise<void> => {
      const before = server.connections;
      await program.start();
      if (mode === 'socket') await expect.poll(() => server.connections > before && server.sockets.size > 0).toBe(true);
    },
    /** What it was acknowledged with; null if it was not. */
    send: async (payload: object): Promise<unknown> => {
      if (mode === 'socket') {
        const kind = 'command' in payload ? 'slash_commands' : 'event_id' in payload ? 'events_api' : 'interactive';
        return (await server.send(kind, payload, { within: 10_000 }))?.payload ?? null;
      }
      const answer = await postSigned(`${program.url}/slack/events`, payload);
      return answer.status === 200 ? (answer.body ?? {}) : null;
    },
  };
}
type World = Awaited<ReturnType<typeof world>>;

/** A button in the newest modal, pressed; answers the modal as it is renewed or opened then. */
async function inModal(w: World, label: string | RegExp, state?: object): Promise<readonly unknown[]> {
  const { talk, send } = w;
  const shown = talk.views.at(-1);
  const blocks = shown?.view['blocks'];
  if (!shown || !Array.isArray(blocks)) throw new Error('no modal');
  const count = talk.views.length;
  const view = { id: shown.id, type: 'modal', private_metadata: shown.view['private_metadata'], ...state };
  await send(press(button(blocks, label), LI, { view }));
  return nextModal(w, count);
}
async function nextModal({ talk, expect }: World, count: number): Promise<readonly unknown[]> {
  await expect.poll(() => talk.views.length, SETTLE).toBeGreaterThan(count);
  const blocks = talk.views.at(-1)?.view['blocks'];
  return Array.isArray(blocks) ? blocks : [];
}

/** A form opened by a button of a message, filled in and sent twice, as a shaky line does. */
async function fillIn(
  w: World,
  message: { readonly ts: string; readonly thread: string | null; readonly blocks: readonly unknown[] },
  label: string | RegExp,
  values: Readonly<Record<string, object>>,
): Promise<void> {
  const { talk, send, expect } = w;
  const count = talk.views.length;
  const from = { channel: CHANNEL, ts: message.ts, thread: message.thread };
  const isShown = buttonsIn(message.blocks).some((b) =>
    typeof label === 'string' ? b.label === label : label.test(b.label),
  );
  await send(press(button(message.blocks, isShown ? label : 'More'), LI, from));
  await nextModal(w, count);
  // What has no place on a card of five buttons stands behind [More], beside the answer it changes.
  if (!isShown) for (const next of ['All answers', label]) await inModal(w, next);
  const modal = talk.views.at(-1);
  if (!modal) throw new Error('no modal');
  const form = submit(modal.view, modal.id, LI, values);
  expect([await send(form), await send(form)]).toEqual([{ response_action: 'clear' }, { response_action: 'clear' }]);
}

const TICKED = { 'pick:circumstances:0': 'incident_type=data.leak', 'pick:affected:0': 'personal_info' };

/** Everything asked, answered in the modal of [Answer questions]: personal information, more than a million people. */
async function answerQuestions(w: World, root: { readonly ts: string; readonly blocks: readonly unknown[] }) {
  const count = w.talk.views.length;
  await w.send(press(button(root.blocks, 'Answer questions'), LI, { channel: CHANNEL, ts: root.ts }));
  let asked = await nextModal(w, count);
  const can = (label: string | RegExp): boolean =>
    buttonsIn(asked).some((b) => (typeof label === 'string' ? b.label === label : label.test(b.label)));
  while (!can(/^1 million/)) {
    const shown = JSON.stringify(asked);
    const notes = asked.filter((one) => JSON.stringify(one).includes('"context"')).map((one) => JSON.stringify(one));
    w.expect(new Set(notes).size, 'nothing is said twice').toBe(notes.length);
    const [block, value] = Object.entries(TICKED).find(([id]) => shown.includes(id)) ?? [];
    asked =
      block === undefined
        ? await inModal(w, /Don.t know|^No$/)
        : await inModal(w, 'Done', { state: { values: { [block]: { t: { selected_options: [{ value }] } } } } });
  }
  await inModal(w, /^1 million/);
}

describe.concurrent.each(['socket', 'http'] as const)('a whole case over %s, with two kills on the way', (mode) => {
  it('nothing lost, nothing doubled', async (context) => {
    const w = await world(context, mode);
    const { server, talk, program, send, roots, below, one, expect } = w;

    // Declared, and killed as soon as it was acknowledged: the card may or may not be on the wire.
    await w.up();
    expect(
      await send(slash('new 支付系统疑似用户数据泄露', LI, CHANNEL, { channel_name: 'privategroup' })),
    ).not.toBeNull();
    await program.end('SIGKILL');
    await w.up();
    const root = await one(roots);
    await expect.poll(() => buttonsIn(root.blocks).some((b) => b.label === 'CII is involved: No'), SETTLE).toBe(true);

    // Slack's own repetition and somebody else's click: one answer.
    const no = button(root.blocks, 'CII is involved: No');
    const at = { channel: CHANNEL, ts: root.ts };
    const tap = press(no, LI, at);
    await Promise.all([send(tap), send(tap), send(press(no, CHEN, at))]);
    // The answer makes way on the card for what is asked next.
    const labels = () => buttonsIn(root.blocks).map(({ label }) => label);
    await expect.poll(labels, SETTLE).toContain('Answer questions');
    expect(labels()).not.toContain('CII is involved: No');
    await answerQuestions(w, root);
    await fillIn(w, root, 'Add information', { text: { value: 'A storage bucket was public' }, at: { value: '' } });
    const line = talk.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 昨天09:50 已隔离两台服务器', root.ts);
    expect(await send(said(line))).not.toBeNull();

    // The alarm turns out to have rung long ago: soon half an hour is left, and the bot is killed before it can say so.
    const soon = new Date(Date.now() - 210 * MINUTE + 6_000).toISOString();
    const chosen = (value: string) => ({ selected_option: { value } });
    await fillIn(w, root, 'Change time…', {
      at: { value: soon },
      source: chosen('alert'),
      description: { value: '' },
      reached: chosen('yes'),
    });
    await program.end('SIGKILL');
    const missed = talk.say(CHANNEL, CHEN, '<@U00BOT00001> 记录 昨天09:55 已重置口令', root.ts);
    const before = root.edits;
    await w.up();
    // Slack delivers what was not acknowledged, and again what was; it also arrives by catching up.
    for (const message of [missed, line]) expect(await send(said(message))).not.toBeNull();

    // The reminder, in the thread and to the lead; the countdown by itself; what Slack holds in case this machine dies.
    await one(() => below(/30 min/));
    const direct = () => talk.messages.filter((m) => m.channel !== CHANNEL && /30 min/.test(m.text));
    await one(direct);
    await expect.poll(() => root.edits, SETTLE).toBeGreaterThan(before);
    await expect.poll(() => JSON.stringify(root.blocks), SETTLE).toMatch(/\b(30|29) min left/);
    await expect.poll(() => talk.scheduledMessages.length, SETTLE).toBeGreaterThanOrEqual(2);

    // The draft, and its file in the thread.
    const list = await one(() => below(/items/i));
    await fillIn(w, list, 'Draft first report…', {
      words: { selected_options: [{ value: 'confirm' }] },
      'art7.2.place': { value: '上海数据中心' },
    });
    const draft = await one(() => below(/^\S+ Draft/));
    await send(press(button(draft.blocks, /DOCX/), LI, { ...at, ts: draft.ts, thread: root.ts }));
    const file = await one(() => talk.messages.filter((m) => m.files.length > 0));
    expect(file).toMatchObject({ thread: root.ts, files: [{ name: expect.stringMatching(/\.docx$/) }] });
    expect(await program.end('SIGTERM')).toBe(0);

    expect(roots()).toHaveLength(1);
    expect([below(/30 min/), direct()].map((all) => all.length)).toEqual([1, 1]);
    const keys = talk.messages.flatMap((m) => (m.metadata ? [String(m.metadata.event_payload['key'])] : []));
    expect(new Set(keys).size).toBe(keys.length);
    expect(server.callsOf('chat.update').length).toBeGreaterThan(0);
    const store = await openReadOnlyStore({ file: join(w.dataDir, 'jishi.sqlite'), evolve });
    const [row, ...others] = await store.incidents({ limit: 5 });
    const state = await store.incident(row?.id ?? '');
    expect(others).toEqual([]);
    expect(state?.facts).toMatchObject({
      operator: { value: 'other' },
      affected: { value: ['personal_info'] },
      personal_info_people: { value: { min: 1_000_000 } },
    });
    const notes = ['A storage bucket was public', '已隔离两台服务器', '已重置口令'];
    expect(state?.notes.map((n) => n.text)).toEqual(notes);
    expect(state?.fields['art7.2.place']?.current?.text).toBe('上海数据中心');
    expect(state?.drafts).toHaveLength(1);
    await store.close();
  });
});

describe.concurrent('when Slack fails', () => {
  it('declared while it is down: on disk, acknowledged, and shown once when it is back', async (context) => {
    const { server, program, up, send, roots, one, expect } = await world(context, 'socket');
    await up();
    server.down = true;
    expect(await send(slash('new Outage', LI, CHANNEL))).not.toBeNull();
    await expect
      .poll(() => server.callsOf('chat.postMessage').length + server.callsOf('conversations.history').length, SETTLE)
      .toBeGreaterThan(0);
    server.down = false;
    await one(roots);
    expect(await program.end('SIGTERM')).toBe(0);
    expect(roots()).toHaveLength(1);
  });

  it('a revoked token takes Slack down and says what to do; the program goes on', async (context) => {
    const { server, program, expect } = await world(context, 'socket');
    server.workspace.tokenError = 'token_revoked';
    await program.start();
    await expect.poll(() => program.said, SETTLE).toMatch(/token_revoked.*npx jishi connect slack/);
    const ready = await fetch(`${program.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.text()).toMatch(/degraded.*token_revoked/s);
    expect(await program.end('SIGTERM')).toBe(0);
  });
});
