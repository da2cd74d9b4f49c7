import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/incident/identity.ts';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { type Described, People } from '../../../src/platforms/shared/people.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { memoryKept } from '../slack/kept.ts';

const DAY = 24 * 3_600_000;

/** People of a platform that describes `others`, and what it was asked; `named`: what went on the record. */
function rig(others: Record<string, Described> = {}) {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const kept = memoryKept();
  const asked: string[] = [];
  const warned: string[] = [];
  const named: string[] = [];
  const organisation = organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31' }],
    people: [
      { id: 'li', name: 'Li Wei', language: 'en', accounts: [{ platform: 'feishu', tenant: 't', id: 'ou_li' }] },
    ],
  });
  const made = () =>
    new People({
      ...{ platform: 'feishu', tenant: 't', profile: () => organisation, kept, clock },
      log: { info: () => {}, warn: (_, text) => void warned.push(text), error: () => {} },
      lookUp: async (id) => {
        asked.push(id);
        const found = others[id];
        if (!found) throw new Error('no permission');
        return found;
      },
    });
  const app = {
    named: async ({ id }: Account, said: { readonly name: string; readonly language: string }) =>
      void named.push(`${id} ${said.name} ${said.language}`),
  };
  return { clock, people: made(), made, others, asked, warned, named, app };
}

describe('somebody who acts', () => {
  it.each<[string, string, Record<string, Described>, object]>([
    ['of the profile', 'ou_li', { ou_li: { name: 'L' } }, { name: 'Li Wei', language: 'en' }],
    ['the platform described', 'ou_chen', { ou_chen: { name: '陈宇', language: 'zh-CN' } }, { name: '陈宇' }],
    ['of whom nothing is known', 'ou_x', {}, { name: 'ou_x', language: 'zh-CN' }],
  ])('%s has the name and language that are known of them', async (_, id, others, expected) => {
    const { people } = rig(others);
    await people.learn(id);
    expect(people.caller(id)).toMatchObject(expected);
  });

  it('speaks the language they chose, whatever profile, platform and payload say, and the record is told that they chose it', async () => {
    const { people, made } = rig({ ou_li: { name: 'Li', language: 'en' } });
    await people.learn('ou_li');
    await people.choose('ou_li', 'zh-CN');
    const again = made();
    await again.recall();
    for (const one of [people, again])
      expect(one.caller('ou_li', { language: 'en' })).toMatchObject({ language: 'zh-CN', choseLanguage: true });
  });

  it('has the name the payload gives until the platform gave another', async () => {
    const { people } = rig({ ou_chen: { name: '陈宇' } });
    expect(people.caller('ou_chen', { name: 'chenyu' }).name).toBe('chenyu');
    await people.learn('ou_chen');
    expect(people.caller('ou_chen', { name: 'chenyu' }).name).toBe('陈宇');
  });
});

describe('the name on the record', () => {
  it('is asked for at the first act, and a new one is learnt a day later', async () => {
    const { people, clock, others, asked, named, app } = rig({ ou_chen: { name: '陈宇' } });
    const acts = async () => people.introduce(app, people.caller('ou_chen'));
    await acts();
    await acts();
    expect([asked, named]).toEqual([['ou_chen'], ['ou_chen 陈宇 zh-CN']]);
    others['ou_chen'] = { name: '陈宇（调岗）' };
    clock.advance(DAY + 1);
    await acts();
    expect(named.at(-1)).toBe('ou_chen 陈宇（调岗） zh-CN');
  });

  it('of somebody in the profile is the profile’s, without a question', async () => {
    const { people, asked, app } = rig();
    await people.introduce(app, people.caller('ou_li'));
    expect(asked).toEqual([]);
  });

  it('that the platform does not give is asked for with each act, and the log says it once', async () => {
    const { people, others, asked, warned, named, app } = rig();
    for (let n = 0; n < 3; n += 1) await people.introduce(app, people.caller('ou_x'));
    expect([asked.length, warned.length, named]).toEqual([3, 1, []]);
    others['ou_x'] = { name: '王芳' };
    await people.introduce(app, people.caller('ou_x'));
    expect(named).toEqual(['ou_x 王芳 zh-CN']);
  });

  it('that each message brings is put down once, and never asked for', async () => {
    const { people, clock, asked, app } = rig();
    for (let n = 0; n < 3; n += 1) {
      await people.met('ou_x', '王芳');
      await people.introduce(app, people.caller('ou_x'));
      clock.advance(DAY + 1);
    }
    expect([people.caller('ou_x').name, asked]).toEqual(['王芳', []]);
  });
});

it('a colleague of long ago counts as an outsider after a restart, until the platform was asked again', async () => {
  const { people, made, clock } = rig({ ou_chen: { name: '陈宇', outsider: false } });
  await people.learn('ou_chen');
  clock.advance(DAY + 1);
  const again = made();
  await again.recall();
  expect(again.known('ou_chen')?.outsider).toBe(true);
  await again.learn('ou_chen');
  expect(again.known('ou_chen')?.outsider).toBe(false);
});

it('who was not met for half a year is forgotten', async () => {
  const { people, made, clock } = rig({ ou_chen: { name: '陈宇' } });
  await people.learn('ou_chen');
  clock.advance(181 * DAY);
  await people.forget();
  const again = made();
  await again.recall();
  expect(again.known('ou_chen')).toBeNull();
});
