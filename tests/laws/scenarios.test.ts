import { describe, expect, it } from 'vitest';
import { lawFindings } from '../../src/cli/law-findings.ts';
import { awarenessOfPacks } from '../../src/conversation/asking/context-questions.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { joined } from '../../src/conversation/cards/situation.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Pack } from '../../src/law/pack.ts';
import { classify } from '../../src/use-cases/classify/classify.ts';
import { checkProfile, loadLaws } from '../../src/wiring/laws.ts';
import { allPacks } from '../fakes/law.ts';
import { account, Case, minutes, regime } from '../incident/bench-incident.ts';

/**
 * What a breach lawyer tried and found wrong, each with the answer the law gives: the packs and contracts as incidents see
 * them. The numbers are those of the list the cases came from.
 */
const all: ReadonlyMap<string, Pack> = new Map([...allPacks()].map(([id, { pack }]) => [id, pack]));
const people = [
  { id: 'li', name: 'li', roles: ['responder', 'lead'], accounts: [account('li')] },
  { id: 'zhao', name: 'zhao', roles: ['legal', 'approver'], accounts: [account('zhao')] },
];
const contract = {
  id: 'globex',
  customer: { zh: '环球', en: 'Globex' },
  hours: 1,
  from: 'occurrence',
  notify: { name: 'G' },
};

function profile(packs: readonly string[], more: object = {}) {
  return organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other', ...(packs.length > 0 ? { packs } : {}) }],
    people,
    accept: Object.fromEntries([...all.keys()].map((id) => [id, { by: 'zhao', on: '2026-11-29' }])),
    ...more,
  });
}

/** An incident at 09:42 Beijing time on 31 March 2026 with answers, by one responder. */
function incident(packs: readonly string[], answers: Readonly<Record<string, unknown>> = {}, more: object = {}): Case {
  const c = new Case(profile(packs, more));
  c.packs = [...all.values()];
  c.must('li', { type: 'declare', title: 'leak' });
  for (const [fact, value] of Object.entries(answers)) {
    c.must('li', { type: 'answer', fact, value: value as boolean });
  }
  return c;
}

const duty = (c: Case, id: string) => c.assess().obligations.find((one) => one.id === id);
const due = (c: Case, id: string) => {
  const at = duty(c, id)?.due;
  return at == null ? at : new Date(Date.parse(at)).toISOString();
};
const file = (c: Case, obligation: string, at: string) =>
  c.must('li', {
    type: 'record_filing',
    obligation,
    channel: 'own_contact',
    at,
    receipt: 'R',
    otherChannel: 'its own',
  });

/** `classify` with packs; the duties by id. */
function classified(packs: readonly string[], anchors: object, facts: object, filings: object = {}) {
  const input = { regime: regime.id, packs, operator: 'other', anchors, facts, filings };
  const result = classify(new Map([[regime.id, regime]]), input, all);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return new Map([result.output].flat().flatMap(({ obligations }) => obligations.map((one) => [one.id, one] as const)));
}
const BRUSSELS = { awareness: '2026-03-31T09:42:00+02:00' };

type Row = readonly [string, () => unknown, unknown];

const CASES: readonly Row[] = [
  [
    'C1 DORA: yes, it is major starts the four hours',
    () => due(incident(['eu-dora'], { dora_major: true }), 'dora.art19.initial'),
    '2026-03-31T05:42:00.000Z',
  ],
  [
    'C1 DORA: until the instant is stated it is a limit at the latest',
    () => duty(incident(['eu-dora'], { dora_major: true }), 'dora.art19.initial')?.isLatest,
    true,
  ],
  [
    'C1 8-K: yes, it is material starts four business days',
    () => due(incident(['us-sec-8k'], { sec_material: true }), 'sec.item105'),
    '2026-04-03T21:30:00.000Z',
  ],
  [
    'C1 PDPA: assessed as notifiable starts three days',
    () => due(incident(['sg-pdpa'], { sg_notifiable: true }), 'sg.pdpa.26d.commission'),
    '2026-04-03T16:00:00.000Z',
  ],
  [
    'C2 NFRA: an unknown occurrence is not later than awareness',
    () => due(incident(['cn-nfra-2024'], { nfra_data_incident: true }), 'nfra.art69.initial'),
    '2026-03-31T03:42:00.000Z',
  ],
  [
    'C2 contract from the occurrence: at the latest an hour after awareness',
    () => [
      due(incident([], {}, { contracts: [contract] }), 'contract.globex'),
      duty(incident([], {}, { contracts: [contract] }), 'contract.globex')?.isLatest,
    ],
    ['2026-03-31T02:42:00.000Z', true],
  ],
  [
    'C4 8-K ends at 17:30 Eastern, not at midnight',
    () =>
      classified(
        ['us-sec-8k'],
        { awareness: '2026-11-27T09:00:00-05:00', materiality: '2026-11-27T16:00:00-05:00' },
        { sec_material: true },
      ).get('sec.item105')?.due,
    '2026-12-03T17:30:00-05:00',
  ],
  [
    'C5 Korea: encrypted data are damaged, since 11 September 2026',
    () =>
      classified(
        ['kr-pipa'],
        { awareness: '2026-09-11T09:00:00+09:00' },
        { kr_divulged: true, kr_report_threshold: true },
      ).get('kr.pipa.authority')?.due,
    '2026-09-14T09:00:00+09:00',
  ],
  [
    'C5 Korea: a possible leak is told within 72 hours',
    () =>
      classified(['kr-pipa'], { awareness: '2026-09-11T09:00:00+09:00' }, { kr_possible: true }).get('kr.pipa.possible')
        ?.dueMinutes,
    4320,
  ],
  [
    'C6 APPI: the individuals are told, promptly',
    () => all.get('jp-appi')?.duties.find(({ id }) => id === 'jp.appi.individuals')?.period.kind,
    'promptly',
  ],
  [
    'C7 NIS2: a trust service provider has 24 hours',
    () =>
      classified(['eu-nis2'], BRUSSELS, { nis2_significant: true, nis2_trust_service: true }).get(
        'nis2.art23.notification.trust',
      )?.dueMinutes,
    1440,
  ],
  [
    'C7 NIS2: recipients of the service are notified',
    () =>
      classified(['eu-nis2'], BRUSSELS, { nis2_significant: true, nis2_recipients: true }).has('nis2.art23.recipients'),
    true,
  ],
  [
    'C7 NIS2: a threat is told to them',
    () => classified(['eu-nis2'], BRUSSELS, { nis2_threat: true }).has('nis2.art23.threat'),
    true,
  ],
  [
    'C7 NIS2: after a progress report the final one follows the handling',
    () =>
      classified(
        ['eu-nis2'],
        { ...BRUSSELS, handling_end: '2026-05-31T12:00:00+02:00' },
        { nis2_significant: true, nis2_ongoing: true },
      ).get('nis2.art23.final.handled')?.due,
    '2026-07-01T00:00:00+02:00',
  ],
  [
    'C8 SOCI: an impact that is likely is reported',
    () =>
      all
        .get('au-soci')
        ?.facts.find(({ id }) => id === 'au_relevant_impact')
        ?.question.en.includes('likely to have'),
    true,
  ],
  [
    'C8 SOCI: a written record follows the call, its unread figure is blank',
    () =>
      classified(
        ['au-soci'],
        { awareness: '2026-03-31T09:00:00+11:00' },
        { au_relevant_impact: true, au_significant_impact: false, au_oral_report: true },
        { 'au.soci.30bd': '2026-04-01T09:00:00+11:00' },
      ).get('au.soci.30bd.written')?.due,
    null,
  ],
  [
    'C8 Korea: further facts within 24 hours',
    () =>
      classified(
        ['kr-network'],
        { awareness: '2026-03-31T09:00:00+09:00', kr_news: '2026-04-02T09:00:00+09:00' },
        { kr_intrusion: true, kr_intrusion_news: true },
        { 'kr.network.first': '2026-03-31T12:00:00+09:00' },
      ).get('kr.network.update')?.due,
    '2026-04-03T09:00:00+09:00',
  ],
  [
    'C8 Hong Kong: a call is followed by a written record',
    () =>
      classified(
        ['hk-cap653'],
        { awareness: '2026-03-31T09:00:00+08:00' },
        { hk_incident: true, hk_core_disrupted: true, hk_other_form: true },
        { 'hk.s28.serious': '2026-03-31T12:00:00+08:00' },
      ).has('hk.s28.serious.record'),
    true,
  ],
  [
    'C8 DORA: an updated report when business is back',
    () =>
      classified(
        ['eu-dora'],
        { ...BRUSSELS, recovery: '2026-04-03T09:00:00+02:00' },
        { dora_major: true },
        { 'dora.art19.initial': '2026-03-31T12:00:00+02:00', 'dora.art19.intermediate': '2026-04-02T12:00:00+02:00' },
      ).has('dora.art19.updated'),
    true,
  ],
  [
    'C8 DORA: clients are told',
    () =>
      classified(['eu-dora'], BRUSSELS, { dora_major: true, dora_clients_affected: true }).has('dora.art19.clients'),
    true,
  ],
  [
    'C8 SEC: 8-K/A four business days after the rest is known',
    () =>
      classified(
        ['us-sec-8k'],
        {
          awareness: '2026-03-31T09:00:00-04:00',
          materiality: '2026-03-31T10:00:00-04:00',
          sec_determined: '2026-04-10T10:00:00-04:00',
        },
        { sec_material: true, sec_missing: true },
        { 'sec.item105': '2026-04-02T12:00:00-04:00' },
      ).get('sec.item105.amendment')?.due,
    '2026-04-16T17:30:00-04:00',
  ],
  [
    'C11 a duty without a computed date is not ended by one person',
    () => {
      const c = incident(['us-sec-8k'], { sec_material: true });
      c.must('li', { type: 'not_owed', obligation: 'sec.item105', reason: 'immaterial after all' });
      return [duty(c, 'sec.item105')?.status, c.current.proposals.length];
    },
    ['running', 1],
  ],
  [
    'H4a DORA: classified after 24 hours, four hours from that',
    () =>
      classified(
        ['eu-dora'],
        { awareness: '2026-03-30T09:00:00+02:00', classification: '2026-03-31T15:00:00+02:00' },
        { dora_major: true },
      ).get('dora.art19.initial')?.due,
    '2026-03-31T19:00:00+02:00',
  ],
  [
    'H4c the question on awareness says of what each law counts it',
    () => localise(joined(awarenessOfPacks(incident(['eu-gdpr', 'eu-nis2']).assess()), 'sentence'), 'en'),
    'Further laws count from awareness of this: General Data Protection Regulation (GDPR): the personal data breach; NIS2 Directive, Art. 23: the significant incident (Art. 23(3)).',
  ],
  [
    'H4b what nobody confirmed turns nothing late that was met',
    () => {
      const c = incident(['kr-network'], { kr_intrusion: true });
      c.now += minutes(22 * 60);
      file(c, 'kr.network.first', '2026-04-01T07:42:00+08:00');
      const before = duty(c, 'kr.network.first')?.status;
      c.must('li', { type: 'add_awareness', at: '2026-03-31T04:00:00+08:00', source: 'alert', reachedUs: true });
      const after = duty(c, 'kr.network.first')?.status;
      c.must('zhao', { type: 'confirm_awareness', candidate: 'a2', reason: 'the alert was read' });
      return [before, after, duty(c, 'kr.network.first')?.status];
    },
    ['met', 'met', 'late'],
  ],
  [
    'H6 GDPR: without an establishment every authority concerned',
    () =>
      all
        .get('eu-gdpr')
        ?.recipients.find(({ id }) => id === 'gdpr_authority')
        ?.description.en.includes('no one-stop shop'),
    true,
  ],
  [
    'H7 GDPR: a processor tells the controller',
    () =>
      [...classified(['eu-gdpr'], BRUSSELS, { gdpr_personal_data: true, gdpr_role: ['processor'] }).keys()].filter(
        (id) => id.startsWith('gdpr'),
      ),
    ['gdpr.art33.processor'],
  ],
  [
    'H7 PDPA: an intermediary tells the organisation',
    () => classified(['sg-pdpa'], BRUSSELS, { sg_breach: true, sg_intermediary: true }).has('sg.pdpa.26c.intermediary'),
    true,
  ],
  [
    'H8 8-K: reasonably likely impact is asked for',
    () => JSON.stringify(all.get('us-sec-8k')?.papers).includes('reasonably likely material impact on the registrant'),
    true,
  ],
  [
    'H10 a filled-in figure is marked as the organisation’s own',
    () => {
      const c = incident(
        ['cn-pboc-2025'],
        { pboc_incident: true },
        { duties: { 'pboc.brief': { hours: 0.5 }, 'pboc.report': { hours: 2 } } },
      );
      return ['pboc.brief', 'pboc.report'].map((id) => [due(c, id), duty(c, id)?.source.verification]);
    },
    [
      ['2026-03-31T02:12:00.000Z', 'stated'],
      ['2026-03-31T03:42:00.000Z', 'stated'],
    ],
  ],
  [
    'H10 a contract is what the profile states',
    () => duty(incident([], {}, { contracts: [contract] }), 'contract.globex')?.source.verification,
    'stated',
  ],
  [
    'H12 NFRA: users and police in a particularly significant incident',
    () =>
      [
        ...classified(
          ['cn-nfra-2024'],
          { occurrence: '2026-03-31T09:00:00+08:00' },
          { nfra_data_incident: true, nfra_level: 'nfra_particular' },
        ).keys(),
      ].filter((id) => /users|police/.test(id) && id.startsWith('nfra')),
    ['nfra.art69.users', 'nfra.art69.police'],
  ],
  [
    'H16 SOCI and APRA: an assessment is sent to nobody',
    () => all.get('au-privacy')?.recipients[0]?.name.en,
    'Internal assessment, not sent (Australia)',
  ],
  [
    'UK: the ICO within 72 hours',
    () =>
      classified(
        ['uk-gdpr'],
        { awareness: '2026-03-31T09:00:00+01:00' },
        { uk_personal_data: true, uk_risk: 'risk' },
      ).get('uk.gdpr.art33.authority')?.due,
    '2026-04-03T09:00:00+01:00',
  ],
  [
    'M1 in force is judged by the zone of the law',
    () =>
      [...classified(['eu-cra'], { awareness: '2026-09-10T23:00:00+02:00' }, { cra_severe: true }).keys()].some((id) =>
        id.startsWith('cra'),
      ),
    false,
  ],
  [
    'M5 vulnerabilities: two days are 48 hours until a person reads them otherwise',
    () =>
      classified(
        ['cn-vulnerability-2021'],
        { awareness: '2026-03-02T23:30:00+08:00' },
        { own_product_vulnerability: true },
      ).get('cn.vulnerability.art7')?.due,
    '2026-03-04T23:30:00+08:00',
  ],
  [
    'draft packs are marked by classify',
    () => [
      classified(['sg-cii'], BRUSSELS, { sg_cii_incident: true }).get('sg.cii.initial')?.draft,
      classified(['eu-gdpr'], BRUSSELS, { gdpr_personal_data: true }).get('gdpr.art33.authority')?.draft,
    ],
    [true, undefined],
  ],
];

describe('scenarios of a breach lawyer', () => {
  it.each(CASES)('%s', (_name, run, expected) => {
    expect(run()).toEqual(expected);
  });

  it('news that is stated anew is owed again, and met only by what is filed after it', () => {
    const c = incident(['kr-network'], { kr_intrusion: true });
    file(c, 'kr.network.first', '2026-03-31T09:42:00+08:00');
    c.must('li', { type: 'answer', fact: 'kr_intrusion_news', value: true });
    c.must('li', { type: 'answer', fact: 'kr_news', value: '2026-03-31T09:42:00+08:00' });
    file(c, 'kr.network.update', '2026-03-31T09:42:00+08:00');
    expect(duty(c, 'kr.network.update')?.status).toBe('met');
    c.now += minutes(60);
    c.must('li', { type: 'answer', fact: 'kr_news', value: '2026-03-31T10:42:00+08:00' });
    expect(duty(c, 'kr.network.update')).toMatchObject({ status: 'running', filing: null });
    expect(due(c, 'kr.network.update')).toBe('2026-04-01T02:42:00.000Z');
  });
});

describe('drafts', () => {
  const laws = loadLaws(null, null);

  it('run only where the profile accepts them by name and date', () => {
    const accepted = incident(['eu-dora'], {});
    expect(accepted.current.packs.map(({ id }) => id)).toEqual(['eu-dora']);
    expect(incident(['eu-dora', 'eu-gdpr'], {}, { accept: {} }).current.packs.map(({ id }) => id)).toEqual(['eu-gdpr']);
  });

  it('are accepted by somebody who decides on the law, and are packs', async () => {
    const by = (accept: object) => async () => checkProfile(profile([], { accept }), await laws);
    await expect(by({ 'eu-dora': { by: 'nobody', on: '2026-11-29' } })()).rejects.toThrow(
      'accept.eu-dora.by: nobody is nobody',
    );
    await expect(by({ 'no-pack': { by: 'zhao', on: '2026-11-29' } })()).rejects.toThrow('no-pack is not a clock pack');
  });

  it('are named by the checks of the profile: not running, accepted, changed since', async () => {
    const on = async (accept: object) => {
      const findings = await lawFindings(
        { regimesDir: null },
        profile(['eu-dora'], { accept }),
        Date.parse('2026-11-30'),
      );
      return findings.filter(({ what }) => what === 'pack eu-dora').map(({ state, say }) => `${state} ${say}`);
    };
    expect(await on({})).toContainEqual(expect.stringMatching(/^wrong draft: .*DO NOT RUN/));
    expect(await on({ 'eu-dora': { by: 'zhao', on: '2026-11-29' } })).toContainEqual(
      'warning draft, accepted by zhao on 2026-11-29',
    );
    expect(await on({ 'eu-dora': { by: 'zhao', on: '2026-01-01' } })).toContainEqual(
      expect.stringMatching(/changed since/),
    );
  });
});

it('the checks say which laws fit in Chinese words, which exclude each other, and which calendars end', async () => {
  const organisation = profile([], {
    entities: [
      { id: 'bank', name: '银行', province: '31', sector: '银行业', countries: ['DE', 'IE'], packs: ['cn-nfra-2024'] },
      { id: 'both', name: '支付', province: '31', sector: '支付', countries: ['DE'], packs: ['eu-dora', 'eu-nis2'] },
    ],
  });
  const lines = (await lawFindings({ regimesDir: null }, organisation, Date.parse('2026-11-29'))).map(
    ({ what, say }) => `${what}: ${say}`,
  );
  const bank = lines.find((one) => one.startsWith('entity bank: its sector'));
  expect(bank).toContain('cn-pboc-2025');
  expect(bank).toContain('eu-dora');
  expect(bank).not.toContain('eu-nis2');
  expect(lines).toContainEqual(expect.stringMatching(/^entity both: eu-nis2 beside eu-dora: .*do not run both/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^pack cn-nfra-2024: the holiday calendar cn-state-council ends on 2026-12-31/),
  );
});
