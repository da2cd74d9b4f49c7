import { expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { checkProfile, loadLaws } from '../../src/wiring/laws.ts';

const laws = await loadLaws(null, null);
const notify = { name: 'SOC' };
const contract = { id: 'acme', customer: { zh: '客户', en: 'Acme' }, hours: 4, from: 'awareness', notify };
const sh = { id: 'sh', name: '公司', province: '31' };
const kr = { id: 'kr', name: '公司二', province: '44', packs: ['kr-pipa'] };

async function fault(more: object): Promise<string | null> {
  try {
    await checkProfile(organisationSchema.parse({ organisation: 'X', entities: [sh, kr], ...more }), laws);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

it.each([
  [
    'a fact of no law it is asked under',
    { when: { fact: 'kr_divulged', is: true } },
    /contracts\[0\]\.when: .*kr_divulged.*\(entity sh\)/,
  ],
  [
    'an instant of no law it is asked under',
    { from: 'materiality' },
    /contracts\[0\]\.from: materiality is not an anchor/,
  ],
  ['an entity that does not exist', { entity: 'nope' }, /no entity is called nope/],
])('a contract is refused that names %s', async (_, more, reason) => {
  expect(await fault({ contracts: [{ ...contract, ...more }] })).toMatch(reason);
});

it('a contract may name what is asked in the incidents of its own entity', async () => {
  expect(
    await fault({ contracts: [{ ...contract, entity: 'kr', when: { fact: 'kr_divulged', is: true } }] }),
  ).toBeNull();
  expect(await fault({ contracts: [contract] })).toBeNull();
});

it('two contracts never share an id: one filing would end both clocks', async () => {
  expect(await fault({ contracts: [contract, { ...contract, hours: 12 }] })).toMatch(
    /contracts\[1\]\.id: acme is used twice/,
  );
});

it('hours fill in a figure that a law leaves open, and never replace one it has', async () => {
  const blank = [...laws.packs.values()].flatMap(({ duties }) => duties).find(({ period }) => period.kind === 'blank');
  expect(await fault({ duties: { [blank?.id ?? '']: { hours: 1 } } })).toBeNull();
  expect(await fault({ duties: { 'gdpr.art33.authority': { hours: 12 } } })).toMatch(
    /gdpr\.art33\.authority\.hours: the law has/,
  );
});
