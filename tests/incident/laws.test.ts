import { describe, expect, it } from 'vitest';
import { FORM_KINDS } from '../../src/conversation/commands.ts';
import { owedCard } from '../../src/conversation/filing/obligations.ts';
import { changesBy, lawOffers } from '../../src/incident/facts/law-offers.ts';
import { contractPack } from '../../src/incident/people/contracts.ts';
import { lawsOnOffer } from '../../src/incident/people/law-in-use.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { Pack } from '../../src/law/pack.ts';
import { allPacks } from '../fakes/law.ts';
import { account, Case, minutes, regime } from './bench-incident.ts';

const all = [...allPacks().values()].map(({ pack }) => pack);

function profile(packs: readonly string[], more: object = {}): Organisation {
  const person = (id: string, roles: readonly string[]) => ({ id, name: id, roles, accounts: [account(id)] });
  return organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other', packs }],
    people: [person('li', ['responder', 'lead']), person('zhao', ['legal']), person('chen', ['responder'])],
    ...more,
  });
}

/** An incident under the GDPR whose bot has loaded `packs` and a profile that may change later. */
class Open extends Case {
  profile: Organisation;

  constructor(organisation = profile(['eu-gdpr'])) {
    super(organisation, {
      ...regime,
      onOffer: () => lawsOnOffer(this.profile, this.packs, (one) => contractPack(one, regime)),
    });
    this.profile = organisation;
    this.packs = all;
    this.must('li', { type: 'declare', title: 'leak' });
    for (const [fact, value] of [
      ['gdpr_personal_data', true],
      ['gdpr_risk', 'risk'],
    ] as const)
      this.must('li', { type: 'answer', fact, value });
  }

  /** The profile as it is now; incidents keep the one they began with. */
  became(organisation: Organisation): void {
    this.profile = organisation;
    Object.assign(this, { organisation });
  }

  due(id: string): string | null | undefined {
    return this.assess().obligations.find((one) => one.id === id)?.due;
  }

  get situation() {
    const ia = this.assess();
    return { state: this.current, ia, regime: ia.regime };
  }
}

/** The pack with 24 hours in the place of 72. */
function corrected(id: string): Pack {
  const pack = all.find((one) => one.id === id);
  if (!pack) throw new Error(`no pack ${id}`);
  const duties = pack.duties.map((rule) =>
    rule.id === 'gdpr.art33.authority' ? { ...rule, period: { kind: 'minutes' as const, minutes: 1440 } } : rule,
  );
  return { ...pack, duties, version: 'c'.repeat(64) };
}

const reason = 'found by counsel';

describe('a law of an open incident', () => {
  it('is added by lead or legal alone, its clocks from what the record knows, late if late', () => {
    const c = new Open();
    c.now += minutes(30 * 60);
    expect(c.do('chen', { type: 'take_law', law: 'eu-nis2', reason })).toMatchObject({
      ok: false,
      refusal: { code: 'forbidden' },
    });
    c.must('zhao', { type: 'take_law', law: 'eu-nis2', reason });
    c.must('li', { type: 'answer', fact: 'nis2_significant', value: true });
    expect(c.current.proposals).toEqual([]);
    const warning = c.assess().obligations.find(({ id }) => id === 'nis2.art23.early_warning');
    expect(warning).toMatchObject({ status: 'late', provisional: false });
    expect(Date.parse(warning?.due ?? '')).toBe(Date.parse('2026-04-01T09:42:00+08:00'));
    expect(c.do('zhao', { type: 'take_law', law: 'eu-nis2', reason })).toEqual({ ok: true, events: [] });
  });

  it('may be a contract that the profile got later', () => {
    const c = new Open();
    const notify = { name: 'Acme SOC' };
    const acme = { id: 'acme', customer: { zh: '客户', en: 'Acme' }, hours: 12, from: 'awareness', notify };
    expect(c.do('zhao', { type: 'take_law', law: 'contract.acme', reason })).toMatchObject({
      refusal: { code: 'unknown_law' },
    });
    c.became(profile(['eu-gdpr'], { contracts: [acme] }));
    c.must('zhao', { type: 'take_law', law: 'contract.acme', reason });
    expect(Date.parse(c.due('contract.acme') ?? '')).toBe(Date.parse('2026-03-31T21:42:00+08:00'));
  });

  it('is no draft that nobody accepted, and not another text than was shown', () => {
    const c = new Open();
    expect(c.do('zhao', { type: 'take_law', law: 'eu-dora', reason })).toMatchObject({
      refusal: { code: 'draft_law' },
    });
    expect(c.do('zhao', { type: 'take_law', law: 'nothing', reason })).toMatchObject({
      refusal: { code: 'unknown_law' },
    });
    expect(c.do('zhao', { type: 'take_law', law: 'eu-nis2', version: 'a'.repeat(64), reason })).toMatchObject({
      refusal: { code: 'stale_law' },
    });
  });

  it('stays as it was when its file is corrected, says what would change, and is adopted by two people', () => {
    const c = new Open();
    const before = c.due('gdpr.art33.authority');
    expect(lawOffers(c.assess(), c.current).filter(({ replaces }) => replaces)).toEqual([]);
    const pack = corrected('eu-gdpr');
    c.packs = all.map((one) => (one.id === pack.id ? pack : one));
    expect(c.due('gdpr.art33.authority')).toBe(before);
    const [offer] = lawOffers(c.assess(), c.current);
    expect(offer).toMatchObject({ law: { id: 'eu-gdpr' }, replaces: true });
    expect(changesBy(pack, c.current, c.assess())).toEqual([
      expect.objectContaining({
        duty: 'gdpr.art33.authority',
        before: { due: before },
        after: { due: '2026-04-01T03:42:00+02:00' },
      }),
    ]);
    expect(JSON.stringify(owedCard(c.situation))).toContain('board.law_changed');
    c.must('li', { type: 'take_law', law: 'eu-gdpr', version: pack.version, reason });
    expect(c.due('gdpr.art33.authority')).toBe(before);
    expect(c.current.proposals.at(-1)?.effects.map(({ kind }) => kind)).toContain('law_replaced');
    c.must('zhao', { type: 'second', proposal: 'p1', agree: true });
    expect(c.due('gdpr.art33.authority')).toBe('2026-04-01T03:42:00+02:00');
    expect(JSON.stringify(owedCard(c.situation))).not.toContain('board.law_changed');
  });

  it('says nothing of a text whose hash alone moved: a later comparison, a source, an advice to profiles', () => {
    const c = new Open();
    c.packs = all.map((pack) => ({
      ...pack,
      version: 'd'.repeat(64),
      checked: '2027-05-05',
      suggests: { sectors: ['x'], countries: [] },
      duties: pack.duties.map((one) => ({ ...one, source: { ...one.source, checked: '2027-05-05' } })),
    }));
    expect(lawOffers(c.assess(), c.current).filter(({ replaces }) => replaces)).toEqual([]);
    expect(JSON.stringify(owedCard(c.situation))).not.toContain('board.law_changed');
    c.packs = c.packs.map((pack) => ({
      ...pack,
      duties: pack.duties.map((one) => ({ ...one, source: { ...one.source, quote: `${one.source.quote} or later` } })),
    }));
    expect(lawOffers(c.assess(), c.current).filter(({ replaces }) => replaces)).toHaveLength(1);
  });

  it('is chosen in a form that carries the text it showed', () => {
    const c = new Open();
    const kind = FORM_KINDS['take_law'];
    const built = kind?.build(c.situation, {});
    expect(JSON.stringify(built)).toContain('eu-nis2');
    expect(JSON.stringify(built)).not.toContain('eu-dora');
    expect(kind?.parse(c.situation, {}, { law: 'eu-nis2', reason: 'because' })).toMatchObject({
      commands: [{ type: 'take_law', law: 'eu-nis2', version: all.find(({ id }) => id === 'eu-nis2')?.version }],
    });
  });
});
