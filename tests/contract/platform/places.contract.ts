import { expect, it } from 'vitest';
import { sentenceCard } from '../../../src/conversation/cards/sentence.ts';
import { roomId } from '../../../src/incident/identity.ts';
import type { Stage } from './stage.ts';

/** Minutes pass in these tests (ms). */
const PATIENT = { timeout: 60_000 } as const;
const ANSWER = { type: 'answer', fact: 'operator' } as const;

/** Changes of the place and of the platform around an incident: never silent, and never the end of everything else. */
export function placesContract(stage: Stage): void {
  /** Direct messages to whoever leads since a count of them. */
  const toLead = async (before = 0) =>
    (await stage.rig.seen(stage.rig.place('direct'))).slice(before).map(({ text }) => text);
  const declared = async (): Promise<string> => {
    await stage.say('lead', 'help', 'direct');
    const incident = await stage.declare('home');
    await stage.rig.bot.pass(1);
    return incident;
  };

  it(
    'declared by somebody who may not lead: whoever may is called at once and at the limit, and can act',
    PATIENT,
    async () => {
      const { rig } = stage;
      if (rig.lacks.network) return;
      for (const who of ['lead', 'colleague'] as const) await stage.say(who, 'help', 'direct');
      const before = (await toLead()).length;
      const incident = await stage.declare('home', 'colleague');
      await rig.bot.pass(1);
      expect((await toLead(before)).join('\n')).toContain(incident);
      await rig.bot.change(incident, { ...ANSWER, value: 'other' }, rig.account('colleague'));
      const figure = { type: 'answer', fact: 'personal_info_people', value: 1_200_000 } as const;
      await rig.bot.change(incident, figure, rig.account('colleague'));
      const asked = (await toLead()).length;
      await rig.bot.pass(4 * 60);
      expect((await toLead(asked)).filter((text) => text.includes(incident)).length).toBeGreaterThan(0);
      await (await rig.press('lead', HAVE_IT, 'direct')).deliver();
      const { charge, people } = await rig.bot.state(incident);
      expect(people[charge?.by ?? '']?.person).toBe('lead');
    },
  );

  it(
    'declared by somebody who may not lead: a press in the message to whoever may makes them lead',
    PATIENT,
    async () => {
      const { rig } = stage;
      if (rig.lacks.network) return;
      for (const who of ['lead', 'colleague'] as const) await stage.say(who, 'help', 'direct');
      const incident = await stage.declare('home', 'colleague');
      await rig.bot.pass(1);
      await (await rig.press('lead', TAKE_LEAD, 'direct')).deliver();
      const { lead, people } = await rig.bot.state(incident);
      expect(people[lead]?.person).toBe('lead');
    },
  );

  it(
    'put out of the room: whoever leads hears it once, by another way, and the room follows when the bot is back',
    PATIENT,
    async () => {
      const { rig } = stage;
      if (!rig.kick) return;
      const incident = await declared();
      const before = (await toLead()).length;
      await rig.kick(true);
      await rig.bot.change(incident, { ...ANSWER, value: 'other' }, rig.account('lead'));
      await rig.bot.pass(3);
      const news = (await toLead(before)).filter((text) => text.includes(incident) && LOST.test(text));
      expect(news).toHaveLength(1);
      const shown = (await rig.seen(rig.place('home'))).length;
      await rig.kick(false);
      await rig.bot.change(incident, { type: 'rename', title: 'payroll leak, known again' }, rig.account('lead'));
      await stage.say('lead', 'status', 'home', incident);
      await rig.bot.pass(1);
      const now = await rig.seen(rig.place('home'));
      const words = rig.bot.messenger.canEdit ? now : now.slice(shown);
      expect(words.map(({ text }) => text).join('\n')).toContain('known again');
    },
  );

  it(
    'credentials revoked: this platform is down and says so; the record, the pages and the clock go on',
    PATIENT,
    async () => {
      const { rig } = stage;
      if (!rig.revoke) return;
      const incident = await declared();
      await rig.revoke(true);
      await rig.bot.change(incident, { type: 'add_note', text: 'written elsewhere' }, rig.account('lead'));
      await rig.bot.change(incident, { ...ANSWER, value: 'other' }, rig.account('lead'));
      await rig.bot.pass(12);
      expect(rig.bot.health().ok).toBe(false);
      // Administrators hear of it by another way.
      expect(rig.bot.alarms).toEqual([`${rig.bot.messenger.platform}_removed`]);
      expect((await fetch(`${rig.bot.url}/healthz`)).status).toBe(200);
      const { notes, version } = await rig.bot.state(incident);
      expect(notes.map(({ text }) => text)).toContain('written elsewhere');
      expect(version).toBeGreaterThan(1);
      await rig.revoke(false);
      for (let looks = 0; looks < 30 && !rig.bot.health().ok; looks += 1) await rig.bot.pass(1);
      expect(rig.bot.health().ok).toBe(true);
      const title = stage.nextTitle();
      await stage.say('lead', `new ${title}`, 'home');
      expect(await stage.idOf(title)).toMatch(/^INC-/);
    },
  );

  it(
    'shared with another company: everything that stands there goes, and whoever leads hears it',
    PATIENT,
    async () => {
      const { rig } = stage;
      if (!rig.share || !rig.standing) return;
      const title = stage.nextTitle();
      await stage.say('lead', 'help', 'direct');
      const incident = await stage.declare('home', 'lead', title);
      await stage.say('lead', `note ${title} at the vault`, 'home', incident);
      await stage.say('lead', 'first report', 'home', incident);
      for (const line of ['status', 'timeline', 'read draft']) await stage.say('lead', line, 'home', incident);
      // Beside its cards: a notice, and a file with its words.
      const room = roomId({ platform: rig.bot.messenger.platform, ...rig.place('home') });
      const to = { kind: 'room', room, ring: false } as const;
      const card = sentenceCard({ raw: `told of ${title}` });
      const document = { draft: 1, format: 'docx', language: 'zh-CN' } as const;
      const notice = { incident, lane: 'status', to, dueAt: rig.bot.clock.now() } as const;
      await rig.bot.store.outbox.add([
        { ...notice, key: `${incident}:x`, content: { kind: 'card', card } },
        { ...notice, key: `${incident}:y`, content: { kind: 'file', card, document } },
      ]);
      rig.bot.house.wake();
      await rig.bot.settle();
      const filed = async () => ((await rig.standing?.('home')) ?? []).filter((message) => message.includes('.docx'));
      expect(await filed()).toHaveLength(1);
      const words = new RegExp(`${title}|the vault`);
      const leaks = async () => ((await rig.standing?.('home')) ?? []).filter((message) => words.test(message));
      expect((await leaks()).join('\n')).toContain(`told of ${title}`);
      const before = (await toLead()).length;
      await rig.share();
      for (let looks = 0; looks < 30 && (looks < 2 || (await leaks()).length > 0); looks += 1) await rig.bot.pass(1);
      expect(await leaks()).toEqual([]);
      const news = (await toLead(before)).filter((text) => text.includes(incident) && SHARED.test(text));
      expect(news).toHaveLength(1);
      expect(Object.keys((await rig.bot.state(incident)).rooms)).not.toContain(
        `${rig.bot.messenger.platform}/${rig.place('home').tenant}/${rig.place('home').address}`,
      );
      // What happens from now on is not shown there either.
      await rig.bot.change(incident, { type: 'rename', title: `${title} renamed` }, rig.account('lead'));
      await rig.bot.pass(2);
      expect(await leaks()).toEqual([]);
    },
  );
}

const TAKE_LEAD = /^Take the lead$/;
const HAVE_IT = /^I am on it$/;
const LOST = /no longer accepts messages|was removed from|不再接收|已被移出/;
const SHARED = /shared with another company|已与其他公司共享/;
