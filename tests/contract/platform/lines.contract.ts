import { expect, it } from 'vitest';
import { roomId } from '../../../src/incident/identity.ts';
import type { Who } from './rig.ts';
import { roomsOf, type Stage } from './stage.ts';

const HAN = /\p{Script=Han}/u;

/** What people write, where they write it, and what they are told. */
export function linesContract(stage: Stage): void {
  it('what is declared belongs to the room and to whoever wrote it, and shows itself there', async () => {
    const title = stage.nextTitle();
    const incident = await stage.declare('home', 'lead', title);
    const state = await stage.rig.bot.state(incident);
    expect(Object.values(state.people).map(({ account, name }) => ({ account, name }))).toEqual([
      { account: stage.rig.account('lead'), name: 'Li Wei' },
    ]);
    const { tenant } = stage.rig.account('lead');
    expect(roomsOf(state)).toMatchObject([
      { platform: stage.rig.bot.messenger.platform, tenant, location: 'home', open: false },
    ]);
    if (!stage.rig.lacks.colleagues) expect(roomsOf(state)[0]?.address).toBe(stage.rig.place('home').address);
    expect(await stage.shownIn('home')).toContain(title);
  });

  it('a room abroad is one abroad, and shows nothing that people wrote', async () => {
    if (stage.rig.lacks.rooms?.includes('abroad')) return;
    const title = stage.nextTitle();
    const incident = await stage.declare('abroad', 'lead', title);
    expect(roomsOf(await stage.rig.bot.state(incident))).toMatchObject([{ location: 'abroad', language: 'en' }]);
    await stage.say('lead', `note ${title} at the vault`, 'home', incident);
    expect(await stage.shownIn('abroad')).toContain(incident);
    expect(await stage.shownIn('abroad')).not.toContain('payroll');
    const { answer } = await stage.say('lead', 'timeline', 'abroad', incident);
    expect(answer).not.toMatch(/payroll|vault/);
  });

  it('an open room is one that everybody reads, another is not', async () => {
    if (stage.rig.lacks.rooms?.includes('open')) return;
    const incident = await stage.declare('open');
    expect(roomsOf(await stage.rig.bot.state(incident))).toMatchObject([
      { open: true, address: stage.rig.place('open').address },
    ]);
    expect(roomsOf(await stage.rig.bot.state(await stage.declare('home')))).toMatchObject([{ open: false }]);
  });

  it('who is in a room reads it; who is not, whoever is elsewhere, and what is no room of ours do not', async () => {
    const [room] = roomsOf(await stage.rig.bot.state(await stage.declare('home')));
    if (!room) throw new Error('no room');
    const reads = (who: Who, more: object = {}, id = roomId(room)): boolean =>
      stage.rig.bot.platform.readsRoom(id, {
        account: { ...stage.rig.account(who), ...more },
        name: 'x',
        language: 'en',
      });
    expect(reads('lead')).toBe(true);
    expect(reads('lead', { platform: 'elsewhere' })).toBe(false);
    expect(reads('lead', {}, roomId({ ...room, address: 'none-of-ours' }))).toBe(false);
    expect(reads('lead', {}, roomId({ ...room, tenant: 'elsewhere' }))).toBe(false);
    if (stage.rig.lacks.strangers) return;
    expect(reads('stranger')).toBe(false);
    // Another company may well have somebody of the same name.
    if (!stage.rig.lacks.foreigners) return;
    expect(reads('lead', { tenant: 'elsewhere' })).toBe(false);
  });

  it('a colleague who is not in the room learns nothing of it, whatever they ask', async () => {
    if (stage.rig.lacks.strangers) return;
    const title = stage.nextTitle();
    const incident = await stage.declare('home', 'lead', title);
    const { version } = await stage.rig.bot.state(incident);
    for (const line of ['status', 'timeline', 'checklist', 'list']) {
      const { answer } = await stage.say('stranger', line === 'list' ? line : `${incident} ${line}`, 'direct');
      expect(answer).not.toContain(title);
    }
    await stage.say('stranger', `${incident} note from outside`, 'direct');
    expect((await stage.rig.bot.state(incident)).version).toBe(version);
  });

  it('somebody of another organisation is recorded as such and shown nothing', async () => {
    if (stage.rig.lacks.foreigners) return;
    const incident = await stage.declare('home');
    const line = 'note seen at our end';
    await stage.say('foreigner', line, 'home', incident);
    const { people, notes } = await stage.rig.bot.state(incident);
    expect(notes.map(({ text }) => text)).toEqual(['seen at our end']);
    expect(Object.values(people).map(({ account }) => account)).toContainEqual(stage.rig.account('foreigner'));
    for (const asked of ['status', 'timeline', 'list']) {
      const { answer } = await stage.say('foreigner', asked, 'home', incident);
      expect(answer).not.toMatch(/payroll|our end/);
      expect(answer).not.toBe('');
    }
  });

  it('what is written is what is recorded, with the names of those it mentions', async () => {
    const incident = await stage.declare('home');
    // They were met before: nobody waits for a name.
    if (!stage.rig.lacks.colleagues) await stage.say('colleague', 'help', 'home');
    const text = `<b>5 & "six"</b> *7* https://a.example/x?y=1&z ask ${stage.rig.mention?.('colleague') ?? '@陈宇'}`;
    const { answer } = await stage.say('lead', `note ${text}`, 'home', incident);
    const [note] = (await stage.rig.bot.state(incident)).notes;
    expect(note?.text).toMatch(/^<b>5 & "six"<\/b> \*7\* https:\/\/a\.example\/x\?y=1&z ask @陈宇$/);
    expect(answer).not.toContain('undefined');
  });

  it('a catch-up is for whoever asked, not for the room', async () => {
    const { rig } = stage;
    if (rig.lacks.colleagues) return;
    const title = stage.nextTitle();
    const incident = await stage.declare('home', 'lead', title);
    await stage.say('lead', 'hello', 'direct');
    const inRoom = async () => (await rig.standing?.('home')) ?? (await stage.shownIn('home')).split('\n');
    const before = await inRoom();
    expect((await stage.say('lead', 'catch me up', 'home', incident)).answer).toContain(title);
    expect((await inRoom()).slice(before.length).join()).not.toContain(title);
  });

  it('everybody is answered in their own language where they are alone', async () => {
    for (const who of ['lead', 'colleague'] as const) {
      await stage.declare('direct', who);
      const { answer } = await stage.say(who, 'note 12345', 'direct');
      expect(answer.replaceAll(/〔|〕/g, '')).toMatch(who === 'lead' ? /[a-z]{4}/ : HAN);
      if (who === 'lead') expect(answer).not.toMatch(HAN);
    }
  });

  it('the same line delivered again is the same act: one incident, one answer', async () => {
    const title = stage.nextTitle();
    const line = await stage.rig.write('lead', `new ${title}`, 'home');
    expect((await line.deliver()).acknowledged).toBe(true);
    const before = await stage.incidents();
    const cards = (await stage.rig.seen(stage.rig.place('home'))).length;
    const again = await line.deliver();
    expect(again.acknowledged).toBe(true);
    if (!stage.rig.lacks.silence) expect(again.answer).toBe('');
    expect(await stage.incidents()).toBe(before);
    expect(await stage.rig.seen(stage.rig.place('home'))).toHaveLength(cards);
    const note = await stage.rig.write('lead', 'note once', 'home', await stage.idOf(title));
    for (const _ of [1, 2, 3]) await note.deliver();
    expect((await stage.rig.bot.state(await stage.idOf(title))).notes).toHaveLength(1);
  });

  it('a state-secret stop names its incident, takes back every card, and nothing that is asked for gives a word back', async () => {
    const { rig } = stage;
    const title = stage.nextTitle();
    const incident = await stage.declare('home', 'lead', title);
    await stage.say('lead', `note ${title} at the vault`, 'home', incident);
    await stage.say('lead', 'first report', 'home', incident);
    const shown = async (): Promise<string> => {
      const [room] = roomsOf(await rig.bot.state(incident));
      const root = room && (await rig.bot.store.surfaces.get(incident, roomId(room), 'status'))?.ref;
      const below = root && !rig.lacks.threads ? await rig.seen({ ...rig.place('home'), thread: root }) : [];
      return [await stage.shownIn('home'), ...below.map(({ text }) => text)].join('\n');
    };
    expect(await shown()).toContain(title);
    const { answer } = await stage.say('lead', 'state secret', 'home', incident);
    expect(answer).toContain(incident);
    expect((await rig.bot.state(incident)).stopped).toBeNull();
    const does = { kind: 'intent', intent: { type: 'stop_state_secret' } } as const;
    await stage.show(incident, [{ kind: 'actions', actions: [{ id: 'stop', label: { raw: 'stop it' }, does }] }]);
    await (await rig.press('lead', /stop it/, 'home')).deliver();
    expect((await rig.bot.state(incident)).stopped).not.toBeNull();
    if (rig.bot.messenger.canEdit) await expect.poll(shown, { timeout: 60_000 }).not.toContain(title);
    for (const line of ['status', 'timeline', 'checklist', 'list', 'read draft', 'people', 'tasks']) {
      const asked = await stage.say('lead', line === 'list' ? line : `${incident} ${line}`, 'home', incident);
      expect(asked.answer, line).not.toMatch(new RegExp(`${title}|the vault`));
    }
  });

  it('a question that is delivered again is answered once', async () => {
    const incident = await stage.declare('home');
    const line = await stage.rig.write('lead', 'timeline', 'home', incident);
    expect((await line.deliver()).answer).not.toBe('');
    if (!stage.rig.lacks.silence) expect((await line.deliver()).answer).toBe('');
  });

  it('what could not be committed is not acknowledged, and taken when it is delivered again', async () => {
    const title = stage.nextTitle();
    const line = await stage.rig.write('lead', `new ${title}`, 'home');
    const kept = await stage.rig.bot.failed();
    const before = await stage.incidents();
    stage.rig.bot.disk.isFull = true;
    const { acknowledged, answer } = await line.deliver();
    stage.rig.bot.disk.isFull = false;
    expect(await stage.incidents()).toBe(before);
    if (stage.rig.lacks.acknowledgement) {
      // Nobody would deliver it again: it is kept for the operator, and said.
      expect(await stage.rig.bot.failed()).toBe(kept + 1);
      expect(answer).not.toBe('');
      return;
    }
    expect(acknowledged).toBe(false);
    expect((await line.deliver()).acknowledged).toBe(true);
    expect(await stage.idOf(title)).toMatch(/^INC-/);
  });

  it('an answer that comes when there were too many messages is sent once there are not', async () => {
    const { rig } = stage;
    if (rig.lacks.network) return;
    const incident = await stage.declare('home');
    await stage.say('lead', 'note the marble hall was searched', 'home', incident);
    rig.limitNextSend();
    const { answer } = await stage.say('lead', `${incident} timeline`, 'direct');
    await rig.bot.pass(2);
    const seen = async () => (await rig.seen(rig.place('direct'))).map(({ text }) => text);
    expect([answer, ...((await rig.standing?.('direct')) ?? (await seen()))].join()).toContain('marble');
  });
}
