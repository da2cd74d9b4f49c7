import { describe, expect, it } from 'vitest';
import type { Room } from '../../src/incident/identity.ts';
import { asOf, languageOf } from '../../src/incident/people/people.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { replay } from '../../src/incident/record/evolve.ts';
import { Case } from './bench-incident.ts';

const ROOM: Room = {
  platform: 'slack',
  tenant: 'T1',
  address: 'C1',
  location: 'home',
  language: 'zh-CN',
  open: false,
  assumed: true,
};
const ID = 'slack/T1/C1';
const declared = (room: Room | null = null, organisation: Case['organisation'] = null): Case => {
  const it = new Case(organisation);
  it.must('u1', { type: 'declare', title: 'x' }, { unnamed: true, room });
  return it;
};
const person = (it: Case) => it.current.people['u1'];

describe('somebody met for the first time', () => {
  it('is on the record as unnamed, and gets their name once their platform tells it', () => {
    const it = declared();
    expect(person(it)).toMatchObject({ name: 'u1', language: null, unnamed: true });
    it.must('clock', { type: 'name_person', actor: 'u1', name: '陈宇', language: 'zh-CN' });
    expect(it.events.at(-1)?.event).toEqual({
      type: 'person_named',
      payload: { actor: 'u1', name: '陈宇', was: 'u1', language: 'zh-CN' },
    });
    expect(person(it)).toMatchObject({ name: '陈宇', language: 'zh-CN' });
    expect(person(it)?.unnamed).toBeUndefined();
    expect(replay(it.events)).toEqual(it.current);
  });

  it('is named once: the same again changes nothing, another name is on the record too', () => {
    const it = declared();
    const name = (name: string) => it.do('clock', { type: 'name_person', actor: 'u1', name, language: 'zh-CN' });
    expect(name('陈宇')).toMatchObject({ ok: true, events: [{ type: 'person_named' }] });
    expect(name('陈宇')).toEqual({ ok: true, events: [] });
    expect(name('陈雨')).toMatchObject({ ok: true, events: [{ payload: { was: '陈宇' } }] });
  });

  it('cannot be named by people, and nobody is made up', () => {
    const it = declared();
    const command = { type: 'name_person', actor: 'u1', name: 'Mallory', language: 'en' } as const;
    expect(it.do('u1', command)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    expect(it.do('api', command)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    expect(it.do('clock', { ...command, actor: 'u2' })).toMatchObject({ ok: false });
  });

  it('keeps the name the profile gives and the language they asked for themselves', () => {
    const account = { platform: 'console', tenant: 'local', id: 'u1' };
    const organisation = organisationSchema.parse({
      organisation: '某公司',
      entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
      people: [{ id: 'p1', name: '陈宇', accounts: [account] }],
    });
    const it = declared(null, organisation);
    expect(person(it)).toMatchObject({ name: '陈宇' });
    expect(person(it)?.unnamed).toBeUndefined();
    it.must('u1', { type: 'set_language', language: 'en' });
    it.must('clock', { type: 'name_person', actor: 'u1', name: 'yu.chen', language: 'zh-CN' });
    expect(person(it)).toMatchObject({ name: '陈宇', language: 'en' });
  });
});

it('writes to people in the language of the profile in force, unless they asked for another', () => {
  const profile = (language: 'en' | 'zh-CN') =>
    organisationSchema.parse({
      organisation: '某公司',
      entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
      people: [{ id: 'p1', name: '陈宇', language, accounts: [{ platform: 'console', tenant: 'local', id: 'u1' }] }],
    });
  const it = declared(null, profile('zh-CN'));
  const spoken = () => {
    const state = asOf(it.current, profile('en'));
    return Object.values(state.people).map((one) => languageOf(state, one));
  };
  expect(spoken()).toEqual(['en']);
  it.must('u1', { type: 'set_language', language: 'en' });
  it.must('u1', { type: 'set_language', language: 'zh-CN' });
  expect(spoken()).toEqual(['zh-CN']);
});

describe('the language of a room that was guessed', () => {
  it('becomes that of who declared, once it is known', () => {
    const it = declared(ROOM);
    expect(it.current.rooms[ID]).toMatchObject({ language: 'zh-CN', assumed: true });
    it.must('clock', { type: 'name_person', actor: 'u1', name: 'Li Wei', language: 'en' });
    expect(it.current.rooms[ID]).toMatchObject({ language: 'en' });
    expect(it.current.rooms[ID]?.assumed).toBeUndefined();
  });

  it('is not changed by somebody else, nor where it was said', () => {
    const it = declared(ROOM);
    it.must('u2', { type: 'add_note', text: 'x' }, { unnamed: true });
    it.must('clock', { type: 'name_person', actor: 'u2', name: 'Bob', language: 'en' });
    expect(it.current.rooms[ID]?.language).toBe('zh-CN');
    const { assumed: _, ...told } = ROOM;
    const other = declared(told);
    other.must('clock', { type: 'name_person', actor: 'u1', name: 'Li Wei', language: 'en' });
    expect(other.current.rooms[ID]?.language).toBe('zh-CN');
  });

  it('is what people are written to in until theirs is known', () => {
    const it = declared({ ...ROOM, language: 'en' });
    const unknown = person(it);
    expect(unknown && languageOf(it.current, unknown)).toBe('en');
  });
});
