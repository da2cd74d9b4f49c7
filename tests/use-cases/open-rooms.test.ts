import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import type { Language } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const OPEN = { ...OPS, address: 'general', open: true };
const PRIVATE = { ...OPS, address: 'inc-1', insteadOf: 'one/t/general' };
const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
  openChannels: 'private',
  languages: { rooms: 'en', people: 'en' },
  people: [
    { id: 'li', name: 'li', roles: ['lead'], accounts: [person('li', OPEN).account] },
    { id: 'wang', name: 'wang', roles: ['legal'], accounts: [person('wang', OPEN).account] },
  ],
});
const LI = person('li', OPEN);
const READER = person('zhang', OPEN);
const SECOND = person('wang', PRIVATE);
const MEMBER = person('chen', PRIVATE);

/** Declared in an open channel; the content lives in a private one. */
async function declared() {
  const rooms = await RoomsHouse.start(organisation);
  await rooms.declare('Leak of payroll data', OPEN);
  await rooms.house.app.roomMade({ incident: rooms.incident, room: PRIVATE, ...rooms.delivery() });
  await rooms.must({ type: 'add_note', text: 'an employee of the third floor' }, LI);
  const { house, incident } = rooms;
  const view = (name: string, who: Caller) => house.app.view({ view: name, args: { incident } }, who);
  return { rooms, house, incident, view };
}
const CONTENT = /payroll|third floor/;

describe('whoever reads only the open channel of an incident whose content is private', () => {
  it('sees id, clocks and lead, in a list and when asking for the status, and no title anywhere', async () => {
    const { rooms, incident, view } = await declared();
    for (const line of ['list', `status ${incident}`, 'status']) {
      const reply = JSON.stringify(await rooms.say(line, READER));
      expect(reply).toContain(incident);
      expect(reply).not.toMatch(CONTENT);
    }
    const status = JSON.stringify(await view('status', READER));
    expect(status).toContain('status.lead');
    expect(status).not.toMatch(CONTENT);
  });

  it('gets nothing else: no view, form, file, record or state', async () => {
    const { house, incident, view } = await declared();
    for (const name of ['timeline', 'people', 'checklist', 'why', 'question', 'more']) {
      expect(await view(name, READER)).toEqual({ code: 'kept_private', params: { id: incident, lead: 'li' } });
    }
    const { app } = house;
    expect(await app.form({ form: 'note', args: { incident } }, READER)).toMatchObject({ code: 'kept_private' });
    const report = await app.report(incident, READER, { format: 'md', language: 'zh' });
    expect(report).toMatchObject({ code: 'kept_private' });
    expect(await app.record(incident, READER, { counsel: false })).toMatchObject({ code: 'kept_private' });
    expect(await app.state(incident, READER)).toBeNull();
    expect(await app.incident(incident, READER, 'en')).toBeNull();
    expect(await app.cards(incident, READER)).toBeNull();
    expect(await app.timeline(incident, READER, 'en')).toBeNull();
  });

  it('writes nothing on its record', async () => {
    const { rooms, incident } = await declared();
    const { version } = await rooms.state();
    const said = await rooms.say('4 the cause is X', READER);
    expect(JSON.stringify(said)).toContain('refuse.kept_private');
    const done = await rooms.do({ type: 'add_note', text: 'x' }, READER);
    expect(done).toMatchObject({ kind: 'refused', refusal: { code: 'kept_private' } });
    const form = await rooms.house.app.submitForm({
      ref: { form: 'note', args: { incident } },
      revision: version,
      values: { text: 'x', at: '' },
      caller: READER,
      ...rooms.delivery(),
    });
    expect(form).toMatchObject({ kind: 'refused', refusal: { code: 'kept_private' } });
    expect((await rooms.state()).version).toBe(version);
  });

  it('asks the lead to take part, with the button of the card or of any refusal, and is let in', async () => {
    const { rooms, incident, view } = await declared();
    const dm = (who: string) => rooms.one.in(`dm:${who}`).map(({ body }) => body);
    for (const shown of [await view('status', READER), await rooms.say('4 x', READER)])
      expect(JSON.stringify(shown)).toContain('"does":{"kind":"intent","intent":{"type":"ask_to_join"}}');
    expect(await rooms.say('4 x', READER)).toMatchObject({ incident });
    const asked = await rooms.do({ type: 'ask_to_join' }, READER);
    expect(asked.kind === 'done' && asked.said()).toMatchObject({ title: { key: 'said.join_asked' } });
    expect(await rooms.do({ type: 'ask_to_join' }, READER)).toMatchObject({ refusal: { code: 'asked_already' } });
    expect(dm('li')).toHaveLength(1);
    expect(dm('li')[0]).toMatch(/zhang asks to take part in INC.*Let in/s);
    expect(await rooms.house.app.state(incident, READER)).toBeNull();
    const [actor = ''] = Object.keys((await rooms.state()).asked);
    await rooms.must({ type: 'add_person', person: actor }, LI);
    expect(JSON.stringify(await view('status', READER))).toContain('payroll');
    expect(dm('zhang')).toHaveLength(1);
    expect(await rooms.do({ type: 'ask_to_join' }, READER)).toMatchObject({ refusal: { code: 'takes_part' } });
  });

  it('is on the card of the people with a button that lets them in, until they are', async () => {
    const { rooms, view } = await declared();
    const people = async (language: Language = 'en') => {
      const card = await view('people', LI);
      if ('code' in card) throw new Error(card.code);
      const { summary, blocks } = localiseCard(card, language);
      return [summary, ...blocks.flatMap((block) => (block.kind === 'row' ? [block] : []))];
    };
    expect(await people()).toMatchObject(['Lead: li · 1 person', { text: expect.stringContaining('li · ') }]);
    await rooms.do({ type: 'ask_to_join' }, READER);
    const [actor = ''] = Object.keys((await rooms.state()).asked);
    const letIn = { kind: 'intent', intent: { type: 'add_person', person: actor } };
    expect(await people()).toMatchObject([
      'Lead: li · 1 person · 1 person asks to take part',
      { mark: 'open', text: 'zhang · asks to take part', actions: [{ label: 'Let in', does: letIn }] },
      { text: expect.stringContaining('li · ') },
    ]);
    expect(await people('zh-CN')).toMatchObject([
      '牵头人：li · 共1人 · 1人申请参与',
      { text: 'zhang · 申请参与，待同意', actions: [{ label: '同意加入' }] },
      {},
    ]);
    await rooms.must({ type: 'add_person', person: actor }, LI);
    expect(await people()).toMatchObject(['Lead: li · 2 people', {}, { text: expect.stringContaining('zhang · ') }]);
  });

  it('has no such button once the incident is closed: nobody is let in then', async () => {
    const { rooms, view } = await declared();
    await rooms.do({ type: 'ask_to_join' }, READER);
    await rooms.must({ type: 'decide_level', level: 'general', reason: 'x' }, LI);
    await rooms.must({ type: 'second', proposal: 'p1', agree: true }, SECOND);
    await rooms.must({ type: 'close', reason: 'x' }, LI);
    expect(JSON.stringify(await view('people', LI))).toMatch(/zhang/);
    expect(JSON.stringify(await view('people', LI))).not.toContain('act.let_in');
  });

  it('is let in by name as well', async () => {
    const { rooms, incident } = await declared();
    await rooms.do({ type: 'ask_to_join' }, READER);
    expect(JSON.stringify(await rooms.say('let in wu', LI))).toContain('text.not_in_profile');
    await rooms.say('let in zhang', LI);
    expect(await rooms.house.app.state(incident, READER)).not.toBeNull();
  });

  it('cannot ask about an incident of which they see nothing, nor once it is closed or stopped', async () => {
    const { rooms } = await declared();
    const stranger = person('wu', { ...OPS, address: 'elsewhere' });
    expect(await rooms.do({ type: 'ask_to_join' }, stranger)).toMatchObject({ refusal: { code: 'unknown_incident' } });
    expect(await rooms.do({ type: 'ask_to_join' }, { ...READER, outside: true })).toMatchObject({ kind: 'refused' });
    await rooms.must({ type: 'stop_state_secret' }, LI);
    expect(await rooms.do({ type: 'ask_to_join' }, READER)).toMatchObject({ refusal: { code: 'stopped' } });
  });

  it('while those who take part, and the members of the private channel, see everything', async () => {
    const { rooms, incident, view } = await declared();
    for (const who of [LI, MEMBER]) {
      expect(JSON.stringify(await view('status', who))).toContain('payroll');
      expect(JSON.stringify(await rooms.say('list', who))).toContain('payroll');
      expect(JSON.stringify(await view('timeline', who))).toContain('third floor');
    }
    await rooms.must({ type: 'add_note', text: 'y' }, MEMBER);
    expect(await rooms.house.app.state(incident, MEMBER)).not.toBeNull();
  });
});
