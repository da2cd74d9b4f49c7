import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { API_TOKEN, type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, signIn } from '../fakes/http-client.ts';

/** Duties of an incident as the API shows them: what is unknown shows the duty, never hides it. */
const shown = z.object({
  id: z.string(),
  revision: z.number(),
  ceilingByNumbers: z.string(),
  warnings: z.array(z.object({ question: z.string(), levelIfReadOtherwise: z.string().optional() })),
  obligations: z.array(z.object({ id: z.string(), provisional: z.boolean(), status: z.string() })),
  proposals: z.array(z.object({ id: z.string() })),
});

let house: RunningHouse | null = null;
afterEach(() => house?.stop());

async function incident(title: string, organisation?: unknown) {
  house = await startHouse(organisation === undefined ? {} : { organisation: organisationSchema.parse(organisation) });
  const program = new Client(house, { authorization: `Bearer ${API_TOKEN}` });
  const person = await signIn(new Client(house), 'Li Wei');
  const read = async (response: Response) => shown.parse(await response.json());
  let state = await read(await program.post('/api/v1/incidents', { title, awareness: new Date().toISOString() }));
  const give = async (intent: object, by = person) => {
    state = await read(await by.post(`/api/v1/incidents/${state.id}/intents`, { intent, revision: state.revision }));
  };
  return {
    answer: (fact: string, value: unknown) => give({ type: 'answer', fact, value }),
    answerAsProgram: (fact: string, value: unknown) => give({ type: 'answer', fact, value }, program),
    /** One person may be both at the local console without a profile. */
    agree: () => give({ type: 'second', proposal: state.proposals[0]?.id, agree: true }),
    state: () => state,
    owed: (prefix: string) =>
      state.obligations
        .filter(({ id }) => id.startsWith(prefix))
        .map(({ id, provisional }) => (provisional ? `${id}?` : id)),
  };
}

describe('duties without a threshold', () => {
  test('a suspected leak: number and what happened are not known', async () => {
    const { answer, agree, owed } = await incident('用户数据疑似外泄');
    expect([...owed('pipl'), ...owed('police')]).toEqual([]);
    await answer('incident_type', 'data.leak');
    await answer('affected', ['personal_info']);
    await answer('personal_info_people', 'unknown');
    await answer('personal_info_compromise', 'unknown');
    expect(owed('pipl')).toEqual(['pipl.art57.authority?', 'pipl.art57.individuals?']);
    expect(owed('minors')).toEqual(['minors.art35.authority?', 'minors.art35.guardians?']);
    await answer('minors', false);
    expect(owed('minors')).toEqual([]);
    await answer('personal_info_compromise', ['leaked_or_stolen']);
    const certain = ['pipl.art57.authority', 'pipl.art57.individuals'];
    expect(owed('pipl')).toEqual(certain);
    await answer('personal_info_compromise', ['none']);
    await answer('personal_info_people', 0);
    // What replaces an answer and ends a certain duty waits for a second person.
    expect(owed('pipl')).toEqual(certain);
    await agree();
    expect([...owed('pipl'), ...owed('csl')]).toEqual([]);
  });

  test('important data are involved, nothing is known of what happened to them', async () => {
    const { answer, answerAsProgram, agree, owed } = await incident('数据仓库异常访问');
    await answer('affected', ['data']);
    await answer('data_class', ['important']);
    expect(owed('dsl')).toEqual(['dsl.art29.authority?', 'dsl.art29.users?']);
    expect(owed('pipl')).toEqual([]);
    // A program decides nothing: who agrees to what it said states it for the first time.
    await answerAsProgram('data_compromise', ['none']);
    expect(owed('dsl')).toEqual(['dsl.art29.authority?', 'dsl.art29.users?']);
    await agree();
    expect(owed('dsl')).toEqual([]);
  });

  test.each([
    ['suspected crime is not known', 'suspected_crime', 'unknown'],
    ['ransomware by its type', 'incident_type', 'malware.ransomware'],
    ['an intrusion by its type', 'incident_type', 'attack.exploit'],
    ['illegal content on the site', 'tampered_illegal_content', true],
    ['a theft', 'personal_info_compromise', ['leaked_or_stolen']],
  ])('the police may be owed a report: %s', async (_what, fact, value) => {
    const { answer, owed } = await incident('系统异常');
    expect(owed('police')).toEqual([]);
    await answer(fact, value);
    expect(owed('police')).toEqual(['police.art14?', 'police.art10?']);
    await answer('suspected_crime', true);
    expect(owed('police')).toEqual(['police.art14', 'police.art10']);
  });

  test('a vulnerability of an own product may have to be reported within 24 hours', async () => {
    const { answer, owed } = await incident('产品漏洞');
    await answer('incident_type', 'hazard.vulnerability');
    expect(owed('ndr.art10')).toEqual(['ndr.art10?']);
    await answer('product_defect', true);
    expect(owed('ndr.art10')).toEqual(['ndr.art10']);
  });
});

describe('rules of the sector (Art. 4, paragraph 5)', () => {
  const company = (more: object) => ({
    organisation: '某某公司',
    entities: [{ id: 'one', name: '某某公司', province: 'shanghai', operator: 'other', sector: '银行', ...more }],
    people: [
      { id: 'li', name: 'Li Wei', roles: ['lead'], accounts: [{ platform: 'console', tenant: 'local', id: 'li' }] },
    ],
  });

  test.each([
    ['a sector alone is none', {}, []],
    ['where the profile names them', { sectorRules: ['银行保险机构数据安全管理办法'] }, ['cac.art4.sector']],
  ])('are owed from 较大 up: %s', async (_what, more, expected) => {
    const { answer, owed } = await incident('数据泄露', company(more));
    await answer('affected', ['loss']);
    await answer('direct_loss_cny', 4_999_999);
    const below = owed('cac.art4.sector');
    await answer('direct_loss_cny', 5_000_000);
    expect([below.every((id) => id.endsWith('?')), owed('cac.art4.sector')]).toEqual([true, expected]);
  });
});

describe('an outage that goes on', () => {
  const since = () => new Date(Date.now() - 110 * 60_000).toISOString();

  test('has the ceiling it will reach while it runs, and its own length once it has ended', async () => {
    const { answer, state } = await incident('官网不能访问');
    await answer('operator', 'other');
    await answer('affected', ['outage']);
    await answer('site_kind', ['enterprise']);
    const began = since();
    await answer('site_outage_minutes', { since: began });
    expect(state().ceilingByNumbers).toBe('significant');
    await answer('site_outage_minutes', { since: began, until: new Date().toISOString() });
    expect(state().ceilingByNumbers).toBe('general');
  });

  test("of a platform's shop: a person is asked whether it is a portal", async () => {
    const { answer, state } = await incident('商城不能访问');
    await answer('affected', ['outage']);
    await answer('site_kind', ['platform_other']);
    await answer('site_outage_minutes', 200);
    const asked = state().warnings.find(({ question }) => question === 'platform_portal');
    expect(asked?.levelIfReadOtherwise).toBe('major');
    await answer('site_outage_minutes', 100);
    expect(state().warnings.some(({ question }) => question === 'platform_portal')).toBe(false);
  });
});
