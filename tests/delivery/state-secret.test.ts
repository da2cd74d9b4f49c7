import { describe, expect, it, onTestFinished } from 'vitest';
import { sentenceCard } from '../../src/conversation/cards/sentence.ts';
import { FORM_KINDS } from '../../src/conversation/commands.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { commandsWithWords, SECRET, secretive } from '../conversation/secrets.ts';
import type { MemoryChat } from '../fakes/memory-chat.ts';
import { BERLIN, GROUP, MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
const profile = organisationSchema.parse({
  ...secretive,
  people: [
    {
      id: 'li',
      name: 'Li Wei',
      roles: ['lead', 'approver'],
      accounts: [account('li', 'one')],
      email: 'li@example.com',
    },
    { id: 'wang', name: 'Wang', roles: ['legal', 'approver'], accounts: [account('wang', 'two')] },
    { id: 'adm', name: 'Adm Min', roles: ['administrator'], accounts: [account('adm', 'own')] },
  ],
  rooms: [
    { ...BERLIN, entities: ['shanghai'] },
    { ...GROUP, entities: ['shanghai'] },
    { ...OWN, entities: ['shanghai'] },
  ],
});
const SECRETS = Object.values(SECRET);
const found = (text: string) => SECRETS.filter((secret) => text.includes(secret));
const LI = person('li', OPS);
const WANG: Caller = { ...person('wang', GROUP), aloud: true };
const VIEWS = [
  'status',
  'verdict',
  'proposals',
  'question',
  'checklist',
  'draft',
  'why',
  'answers',
  'people',
  'more',
  'timeline',
  'script',
  'send',
].concat(['tasks', 'text', 'assessment', 'list']);
const LINES = ['status', 'why', 'items', 'timeline', 'draft', 'read', 'list', 'people', 'tasks', 'all answers', 'x'];

/** An incident with a word of every kind in it, told in chats that can edit, in one that cannot, and in direct messages. */
async function told(): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.open(profile, true);
  onTestFinished(() => rooms.close());
  await rooms.declare(SECRET.title);
  for (const command of commandsWithWords('<b>"hostile"</b>').slice(2)) await rooms.do(command);
  await rooms.must({ type: 'add_task', text: SECRET.texts, person: 'li' }, WANG);
  await rooms.follow(3 * 60 * MINUTE);
  return rooms;
}

describe('after a state-secret stop', () => {
  it('no place, person, list, form, file or answer holds a word that anybody wrote', async () => {
    const rooms = await told();
    const standing = () =>
      [...rooms.one.messages, ...rooms.own.messages].map(({ address, body }) => ({ address, body }));
    const before = standing().filter(({ body }) => found(body).length > 0);
    for (const address of ['ops', 'main', 'dm:li']) expect(before.map((one) => one.address)).toContain(address);
    const sentToGroup = rooms.two.messages.length;
    const asked = await rooms.say('state secret', LI);
    expect(JSON.stringify(asked)).toContain(rooms.incident);
    expect((await rooms.state()).stopped).toBeNull();
    await rooms.must({ type: 'stop_state_secret', reason: SECRET.texts }, LI);
    await rooms.pass(MINUTE);
    const leaks = () => standing().filter(({ body }) => found(body).length > 0);
    expect(leaks()).toEqual([]);
    await rooms.follow(26 * 60 * MINUTE);
    expect(leaks()).toEqual([]);
    expect(
      found(
        rooms.two.messages
          .slice(sentToGroup)
          .map(({ body }) => body)
          .join(),
      ),
    ).toEqual([]);
    expect(rooms.two.messages.length).toBeGreaterThan(sentToGroup);
  });

  it('answers and files are taken back too, also one that arrives only then, and how many stay is said', async () => {
    const rooms = await told();
    const { one, two, house, incident } = rooms;
    const answer = async (chat: MemoryChat, address: string, isFile = false): Promise<string> => {
      const place = { tenant: 't', address, thread: null };
      const sent = await chat.messenger.post(place, SECRET.title, `answer-${chat.wire.length}`);
      if (sent.kind !== 'sent') throw new Error(sent.kind);
      const { ref } = sent;
      const { platform } = chat.messenger;
      await house.app.answered({
        ...{ platform, tenant: 't', address, language: 'en', ref, isFile },
        holds: sentenceCard({ raw: `${incident}: and INC-2026-0999` }),
      });
      return ref;
    };
    const gone: string[] = [];
    const [card, file] = [await answer(one, 'dm:wang'), await answer(one, 'dm:wang', true)];
    Object.assign(one.messenger, {
      canRemove: {
        remove: async (_: unknown, ref: string) => {
          gone.push(ref);
          return { kind: 'sent', ref };
        },
      },
    });
    const body = (ref: string) => one.messages.find((message) => message.ref === ref)?.body ?? '';
    expect(found(body(card))).not.toEqual([]);
    await rooms.must({ type: 'stop_state_secret', reason: SECRET.texts }, LI);
    const late = await answer(one, 'ops');
    await rooms.pass(MINUTE);
    expect([found(body(card)), found(body(late)), gone]).toEqual([[], [], [file]]);
    // The second chat can change nothing: people have to.
    const said = [...one.messages, ...two.messages].find(({ body: text }) =>
      /cannot change or remove|无法修改或删除/.test(text),
    );
    expect(said?.body).toMatch(/at least \d+ messages|至少\d+条消息/);
  });

  it('what was settled before says who did what no longer', async () => {
    const rooms = await told();
    const direct = () => rooms.one.messages.filter(({ address }) => address === 'dm:li').map(({ body }) => body);
    for (const { id, finished } of (await rooms.state()).tasks) {
      if (!finished) await rooms.must({ type: 'finish_task', task: id }, LI);
    }
    await rooms.pass(MINUTE);
    const isSettled = (body: string) => body.includes('· settled');
    expect(direct().filter(isSettled)).not.toEqual([]);
    await rooms.must({ type: 'stop_state_secret' }, LI);
    await rooms.pass(MINUTE);
    expect(direct().filter(isSettled)).toEqual([]);
  });

  it('nothing that is asked for gives it back, to nobody, nor over the API', async () => {
    const rooms = await told();
    await rooms.must({ type: 'stop_state_secret' }, LI);
    const { app } = rooms.house;
    const { incident } = rooms;
    const answers: unknown[] = [];
    const filing = String((await rooms.state()).filings[0]?.version);
    for (const who of [LI, WANG, person('adm', OWN), person('hans', BERLIN)]) {
      for (const view of VIEWS) answers.push(await app.view({ view, args: view === 'list' ? {} : { incident } }, who));
      for (const form of Object.keys(FORM_KINDS)) {
        const of = { item: 'art7.2', field: 'art7.2.impact', fact: 'personal_info_people', task: 't1', filing };
        const args = { incident, ...of };
        answers.push(await app.form({ form, args }, who));
      }
      for (const line of LINES) answers.push(withoutState(await rooms.say(line, who)));
      answers.push(await app.cards(incident, who), await app.timeline(incident, who, 'en'));
      answers.push(await app.openIncidents(who, 10), await app.incidents(who, { limit: 10, search: SECRET.title }));
    }
    for (const who of [LI, 'api'] as const) {
      answers.push(await app.incident(incident, who, 'en'), {
        ...(await app.state(incident, who)),
        organisation: null,
        inForce: null,
      });
      answers.push(await app.report(incident, who, { format: 'md', language: 'en' }));
      answers.push(await app.toSend(incident, who, { what: 'mail', format: 'docx' }));
      answers.push(await app.article11(incident, who, { format: 'md', language: 'en' }));
      answers.push(
        await app.bundle(incident, who, { counsel: true }),
        await app.record(incident, who, { counsel: true }),
      );
      answers.push(await app.file(incident, 'a'.repeat(64), who), await app.incidents(who, { limit: 10 }));
    }
    expect(answers.filter((answer) => found(JSON.stringify(answer)).length > 0)).toEqual([]);
    expect(answers).toContainEqual({ code: 'stopped' });
  });
});

/** The answer as a platform shows it; the state beside it is for looking things up. */
function withoutState(reply: object): object {
  return JSON.parse(
    JSON.stringify(reply, (key, value) =>
      key === 'state' ? undefined : typeof value === 'function' && key === 'said' ? value() : value,
    ),
  );
}
