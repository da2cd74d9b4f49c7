import { describe, expect, it } from 'vitest';
import { lawFindings } from '../../src/cli/law-findings.ts';
import { caseFault } from '../../src/cli/regime.ts';
import { awarenessOfPacks } from '../../src/conversation/asking/context-questions.ts';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import { joined } from '../../src/conversation/cards/situation.ts';
import { FORM_KINDS, timelineLine } from '../../src/conversation/commands.ts';
import { dutyRows } from '../../src/conversation/filing/obligations.ts';
import { nextClocks } from '../../src/conversation/level/duties.ts';
import { lawOffers } from '../../src/incident/facts/law-offers.ts';
import { contractPack } from '../../src/incident/people/contracts.ts';
import { type Contract, organisationSchema } from '../../src/incident/people/profile.ts';
import type { Pack } from '../../src/law/pack.ts';
import { lawSet } from '../../src/law/pack.ts';
import { emergencyCard } from '../../src/report/emergency-card.ts';
import { languageOfPaper } from '../../src/report/papers.ts';
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

const CONTRACT: Contract = { ...contract, hours: 1 };

function profile(packs: readonly string[], more: object = {}) {
  return organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other', ...(packs.length > 0 ? { packs } : {}) }],
    people,
    accept: Object.fromEntries([...all.keys()].map((id) => [id, { by: 'zhao', on: '2026-11-29' }])),
    ...more,
  });
}

const PACKS = (ids: readonly string[]): readonly Pack[] => ids.flatMap((id) => all.get(id) ?? []);

/**
 * An incident at 09:42 Beijing time on 31 March 2026 with answers, by one responder. `as`: the packs are read otherwise;
 * `later`: packs that can be added to it.
 */
function incident(
  packs: readonly string[],
  answers: Readonly<Record<string, unknown>> = {},
  more: object = {},
  as: (pack: Pack) => Pack = (pack) => pack,
  later: readonly string[] = [],
): Case {
  const organisation = profile(packs, more);
  const onOffer = () => c.packs.filter(({ id }) => later.includes(id));
  const c: Case = new Case(organisation, later.length > 0 ? { ...regime, onOffer } : regime);
  c.packs = [...all.values()].map(as);
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
const BEIJING = { awareness: '2026-03-31T09:42:00+08:00' };
const BRUSSELS = { awareness: '2026-03-31T09:42:00+02:00' };

type Row = readonly [string, () => unknown, unknown];

const CASES: readonly Row[] = [
  [
    'P-C1 DORA: yes, it is major starts the four hours',
    () => due(incident(['eu-dora'], { dora_major: true }), 'dora.art19.initial'),
    '2026-03-31T05:42:00.000Z',
  ],
  [
    'P-C1 DORA: until the instant is stated it is a limit at the latest',
    () => duty(incident(['eu-dora'], { dora_major: true }), 'dora.art19.initial')?.isLatest,
    true,
  ],
  [
    'P-C1 8-K: yes, it is material starts four business days',
    () => due(incident(['us-sec-8k'], { sec_material: true }), 'sec.item105'),
    '2026-04-03T21:30:00.000Z',
  ],
  [
    'P-C1 PDPA: assessed as notifiable starts three days',
    () => due(incident(['sg-pdpa'], { sg_notifiable: true }), 'sg.pdpa.26d.commission'),
    '2026-04-03T16:00:00.000Z',
  ],
  [
    'P-C2 NFRA: an unknown occurrence is not later than awareness',
    () => due(incident(['cn-nfra-2024'], { nfra_data_incident: true }), 'nfra.art69.initial'),
    '2026-03-31T03:42:00.000Z',
  ],
  [
    'P-C2 contract from the occurrence: at the latest an hour after awareness',
    () => [
      due(incident([], {}, { contracts: [contract] }), 'contract.globex'),
      duty(incident([], {}, { contracts: [contract] }), 'contract.globex')?.isLatest,
    ],
    ['2026-03-31T02:42:00.000Z', true],
  ],
  [
    'P-C4 8-K ends at 17:30 Eastern, not at midnight',
    () =>
      classified(
        ['us-sec-8k'],
        { awareness: '2026-11-27T09:00:00-05:00', materiality: '2026-11-27T16:00:00-05:00' },
        { sec_material: true },
      ).get('sec.item105')?.due,
    '2026-12-03T17:30:00-05:00',
  ],
  [
    'P-C5 Korea: encrypted data are damaged, since 11 September 2026',
    () =>
      classified(
        ['kr-pipa'],
        { awareness: '2026-09-11T09:00:00+09:00' },
        { kr_divulged: true, kr_report_threshold: true },
      ).get('kr.pipa.authority')?.due,
    '2026-09-14T09:00:00+09:00',
  ],
  [
    'P-C5 Korea: a possible leak is told within 72 hours',
    () =>
      classified(['kr-pipa'], { awareness: '2026-09-11T09:00:00+09:00' }, { kr_possible: true }).get('kr.pipa.possible')
        ?.dueMinutes,
    4320,
  ],
  [
    'P-C6 APPI: the individuals are told, promptly',
    () => all.get('jp-appi')?.duties.find(({ id }) => id === 'jp.appi.individuals')?.period.kind,
    'promptly',
  ],
  [
    'P-C7 NIS2: a trust service provider has 24 hours',
    () =>
      classified(['eu-nis2'], BRUSSELS, { nis2_significant: true, nis2_trust_service: true }).get(
        'nis2.art23.notification.trust',
      )?.dueMinutes,
    1440,
  ],
  [
    'P-C7 NIS2: recipients of the service are notified',
    () =>
      classified(['eu-nis2'], BRUSSELS, { nis2_significant: true, nis2_recipients: true }).has('nis2.art23.recipients'),
    true,
  ],
  [
    'P-C7 NIS2: a threat is told to them',
    () => classified(['eu-nis2'], BRUSSELS, { nis2_threat: true }).has('nis2.art23.threat'),
    true,
  ],
  [
    'P-C7 NIS2: after a progress report the final one follows the handling',
    () =>
      classified(
        ['eu-nis2'],
        { ...BRUSSELS, handling_end: '2026-05-31T12:00:00+02:00' },
        { nis2_significant: true, nis2_ongoing: true },
      ).get('nis2.art23.final.handled')?.due,
    '2026-07-01T00:00:00+02:00',
  ],
  [
    'P-C8 SOCI: an impact that is likely is reported',
    () =>
      all
        .get('au-soci')
        ?.facts.find(({ id }) => id === 'au_relevant_impact')
        ?.question.en.includes('likely to have'),
    true,
  ],
  [
    'P-C8 SOCI: a written record follows the call, its unread figure is blank',
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
    'P-C8 Korea: further facts within 24 hours',
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
    'P-C8 Hong Kong: a call is followed by a written record',
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
    'P-C8 DORA: an updated report when business is back',
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
    'P-C8 DORA: clients are told',
    () =>
      classified(['eu-dora'], BRUSSELS, { dora_major: true, dora_clients_affected: true }).has('dora.art19.clients'),
    true,
  ],
  [
    'P-C8 SEC: 8-K/A four business days after the rest is known',
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
    'P-C11 a duty without a computed date is not ended by one person',
    () => {
      const c = incident(['us-sec-8k'], { sec_material: true });
      c.must('li', { type: 'not_owed', obligation: 'sec.item105', reason: 'immaterial after all' });
      return [duty(c, 'sec.item105')?.status, c.current.proposals.length];
    },
    ['running', 1],
  ],
  [
    'P-H4 DORA: classified after 24 hours, four hours from that',
    () =>
      classified(
        ['eu-dora'],
        { awareness: '2026-03-30T09:00:00+02:00', classification: '2026-03-31T15:00:00+02:00' },
        { dora_major: true },
      ).get('dora.art19.initial')?.due,
    '2026-03-31T19:00:00+02:00',
  ],
  [
    'P-H4 the question on awareness says of what each law counts it',
    () => localise(joined(awarenessOfPacks(incident(['eu-gdpr', 'eu-nis2']).assess()), 'sentence'), 'en'),
    'Under other laws, deadlines run from awareness of: General Data Protection Regulation (GDPR): the personal data breach; NIS2 Directive, Art. 23: the significant incident (Art. 23(3)).',
  ],
  [
    'P-H4 what nobody confirmed turns nothing late that was met',
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
    'P-H6 GDPR: without an establishment every authority concerned',
    () =>
      all
        .get('eu-gdpr')
        ?.recipients.find(({ id }) => id === 'gdpr_authority')
        ?.description.en.includes('no one-stop shop'),
    true,
  ],
  [
    'P-H7 GDPR: a processor tells the controller',
    () =>
      [...classified(['eu-gdpr'], BRUSSELS, { gdpr_personal_data: true, gdpr_role: ['processor'] }).keys()].filter(
        (id) => id.startsWith('gdpr'),
      ),
    ['gdpr.art33.processor'],
  ],
  [
    'P-H7 PDPA: an intermediary tells the organisation',
    () => classified(['sg-pdpa'], BRUSSELS, { sg_breach: true, sg_intermediary: true }).has('sg.pdpa.26c.intermediary'),
    true,
  ],
  [
    'P-H8 8-K: reasonably likely impact is asked for',
    () => JSON.stringify(all.get('us-sec-8k')?.papers).includes('reasonably likely material impact on the registrant'),
    true,
  ],
  [
    'P-H10 a filled-in figure is marked as the organisation’s own',
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
    'P-H10 a contract is what the profile states',
    () => duty(incident([], {}, { contracts: [contract] }), 'contract.globex')?.source.verification,
    'stated',
  ],
  [
    'P-H12 NFRA: users and police in a particularly significant incident',
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
    'P-H16 SOCI and APRA: an assessment is sent to nobody',
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
    'P-M1 in force is judged by the zone of the law',
    () =>
      [...classified(['eu-cra'], { awareness: '2026-09-10T23:00:00+02:00' }, { cra_severe: true }).keys()].some((id) =>
        id.startsWith('cra'),
      ),
    false,
  ],
  [
    'P-M5 vulnerabilities: two days are 48 hours until a person reads them otherwise',
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
  [
    'P-C3 the emergency card says of every limit from when it runs, under which condition, and whom to call',
    () => {
      const organisation = profile(['cn-nfra-2024', 'us-sec-8k'], { contracts: [contract] });
      const law = lawSet(regime, [...PACKS(['cn-nfra-2024', 'us-sec-8k']), contractPack(CONTRACT, regime)]);
      const [entity = null] = organisation.entities;
      const card = emergencyCard(
        { regime: law, organisation, language: 'en', at: '2026-03-31T09:42:00+08:00' },
        entity,
      );
      const tables = card.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));
      const rows = tables.flatMap((table) => table.rows);
      const row = (words: string) => rows.find((cells) => cells.some((cell) => cell.includes(words)));
      return [
        row('NFRA')?.slice(0, 2),
        row('EDGAR')?.slice(0, 2),
        rows.filter((cells) => cells.length === 5 && cells[1] === '').length,
        rows.some((cells) => cells.length === 2 && cells[0] === 'Globex'),
      ];
    },
    [['2 h', 'occurrence'], ['4 business days', 'Time at which the incident was determined to be material'], 0, true],
  ],
  [
    'P-C9 one filing never meets the duty of another law, whatever word the two share',
    () => {
      const c = incident(['us-sec-8k', 'sg-pdpa'], {}, {}, (pack) => ({
        ...pack,
        duties: pack.duties.map((one) => ({ ...one, together: 'first_report' })),
      }));
      c.must('li', { type: 'answer', fact: 'sec_material', value: true });
      c.must('li', { type: 'answer', fact: 'sg_notifiable', value: true });
      file(c, 'sec.item105', '2026-03-31T09:42:00+08:00');
      return [duty(c, 'sec.item105')?.status, duty(c, 'sg.pdpa.26d.commission')?.filing];
    },
    ['met', null],
  ],
  [
    'P-C10 a contract on a fact that is never asked, and two contracts with one id, are refused',
    async () => {
      const laws = await loadLaws(null, null);
      const refused = async (contracts: readonly object[]) => {
        try {
          await checkProfile(profile([], { contracts }), laws);
          return 'ok';
        } catch (error) {
          return String(error);
        }
      };
      return [
        (await refused([{ ...contract, when: { fact: 'kr_divulged', is: true } }])).includes('kr_divulged'),
        (await refused([contract, { ...contract, hours: 12 }])).includes('is used twice'),
        await refused([contract]),
      ];
    },
    [true, true, 'ok'],
  ],
  [
    'P-C10 a conditional contract is listed as to be confirmed from the declaration on',
    () => {
      const when = { fact: 'personal_info_compromise', in: ['leaked_or_stolen'] };
      return duty(incident([], {}, { contracts: [{ ...contract, when }] }), 'contract.globex')?.provisional;
    },
    true,
  ],
  [
    'P-C10 a contract is due in business days until an hour, or immediately',
    () => {
      const limits = [
        { businessDays: { days: 1, at: '18:00', off: ['2026-04-01'] }, from: 'awareness', zone: 'Europe/Berlin' },
        { promptly: 'immediately', from: 'awareness' },
      ];
      return limits.map((limit) => {
        const one = { id: 'globex', customer: contract.customer, notify: contract.notify, ...limit };
        const found = duty(incident([], {}, { contracts: [one] }), 'contract.globex');
        return [found?.due ?? null, found?.status];
      });
    },
    [
      ['2026-04-02T18:00:00+02:00', 'running'],
      [null, 'running'],
    ],
  ],
  [
    'P-C11 an answer that rules a duty out waits for a second person',
    () => {
      const c = incident(['eu-gdpr'], { gdpr_personal_data: true, gdpr_risk: 'high' });
      c.must('li', { type: 'answer', fact: 'gdpr_risk', value: 'none' });
      return [duty(c, 'gdpr.art33.authority')?.status, c.current.proposals.length];
    },
    ['running', 1],
  ],
  [
    'P-C11 a profile switches a duty off with two who approved it, not with a reason alone',
    () => {
      const off = (more: object) =>
        duty(
          incident(
            ['eu-gdpr'],
            { gdpr_personal_data: true },
            { duties: { 'gdpr.art33.authority': { off: true, reason: 'group', ...more } } },
          ),
          'gdpr.art33.authority',
        )?.id;
      return [off({}), off({ approvedBy: ['li', 'zhao'] })];
    },
    ['gdpr.art33.authority', undefined],
  ],
  [
    'P-H1 a law is added to an open incident, its clock late if late',
    () => {
      const c = incident(['eu-gdpr'], {}, {}, undefined, ['eu-nis2']);
      c.now += minutes(30 * 60);
      c.must('zhao', { type: 'take_law', law: 'eu-nis2', reason: 'found by counsel' });
      c.must('li', { type: 'answer', fact: 'nis2_significant', value: true });
      return duty(c, 'nis2.art23.early_warning')?.status;
    },
    'late',
  ],
  [
    'P-H2 a corrected text says in the open incident what it would change, and changes nothing by itself',
    () => {
      const c = incident(['kr-network'], { kr_intrusion: true }, {}, undefined, ['kr-network']);
      const before = due(c, 'kr.network.first');
      c.packs = c.packs.map((pack) => ({
        ...pack,
        version: 'c'.repeat(64),
        duties: pack.duties.map((one) => ({ ...one, period: { kind: 'minutes' as const, minutes: 60 } })),
      }));
      const [offer] = lawOffers(c.assess(), c.current).filter(({ replaces }) => replaces);
      return [offer?.law.id, due(c, 'kr.network.first') === before];
    },
    ['kr-network', true],
  ],
  [
    'P-H3 the time line names duty, recipient and law of a filing',
    () => {
      const c = incident(['kr-network'], { kr_intrusion: true });
      file(c, 'kr.network.first', '2026-03-31T09:42:00+08:00');
      const filed = c.events.findLast(({ event }) => event.type === 'filing_recorded');
      const ia = c.assess();
      const line = filed ? localise(timelineLine({ state: c.current, ia, regime: ia.regime }, filed.event), 'en') : '';
      return [
        /Report the intrusion/.test(line),
        line.includes('KISA'),
        line.includes('시행령') || line.includes('Decree'),
      ];
    },
    [true, true, true],
  ],
  [
    'P-H5 a report on a vulnerability that leaves China carries the brakes',
    () =>
      ['第三十六条', '第四十一条', '第九条第（七）项', 'state secrets'].map((words) =>
        (all.get('eu-cra')?.papers ?? []).every(({ before }) => JSON.stringify(before).includes(words)),
      ),
    [true, true, true, true],
  ],
  [
    'P-H8 the data protection officer is asked for, never the night desk',
    () =>
      all
        .get('eu-gdpr')
        ?.papers.find(({ id }) => id === 'gdpr.art33.authority')
        ?.sections.flatMap(({ lines }) => lines.flatMap(({ own }) => own ?? [])),
    ['dpo'],
  ],
  [
    'P-H8 public, customers and individuals have words of their own',
    () =>
      ['us-sec-8k', 'eu-gdpr', 'eu-dora']
        .flatMap((id) => (all.get(id)?.papers ?? []).map(({ reader }) => reader))
        .sort(),
    [
      ...['authority', 'authority', 'authority', 'authority', 'customer', 'customer'],
      ...['individual', 'public', 'public'],
    ],
  ],
  [
    'P-H9 the language of a recipient is a setting of the profile',
    () => {
      const paper = all.get('jp-appi')?.papers[0];
      const of = (contacts: object) => {
        const [entity] = profile(['jp-appi']).entities;
        const c = incident(['jp-appi'], {}, { entities: [{ ...entity, contacts }] });
        return paper && languageOfPaper(c.current, paper);
      };
      return [of({}), of({ jp_ppc: { language: 'zh' } })];
    },
    ['en', 'zh'],
  ],
  [
    'P-H11 a bank in Ireland is advised of DORA and not of NIS2, in Chinese words too',
    async () => {
      const entities = ['银行业', '保险', '证券', '电信', 'financial services'].map((sector, n) => ({
        ...{ id: `e${n}`, name: '某', province: '31', sector, countries: ['IE'] },
      }));
      const lines = await lawFindings({ regimesDir: null }, profile([], { entities }), Date.parse('2026-11-29'));
      const advised = (n: number) =>
        lines.find(({ what, say }) => what === `entity e${n}` && say.includes('suggest'))?.say ?? '';
      return [0, 1, 2, 3, 4].map((n) => [advised(n).includes('eu-dora'), advised(n).includes('eu-nis2')]);
    },
    [
      [true, false],
      [true, false],
      [true, false],
      [false, true],
      [true, false],
    ],
  ],
  [
    'P-H12 NFRA: a report at 10:50 covers until 12:50, and what was never reported does not vanish when handling ends',
    () => [
      classified(
        ['cn-nfra-2024'],
        { occurrence: '2026-03-31T09:00:00+08:00' },
        { nfra_data_incident: true },
        { 'nfra.art69.progress': '2026-03-31T10:50:00+08:00' },
      ).get('nfra.art69.progress')?.due,
      classified(
        ['cn-nfra-2024'],
        { occurrence: '2026-03-31T09:00:00+08:00', handling_end: '2026-04-01T15:00:00+08:00' },
        { nfra_data_incident: true },
      ).get('nfra.art69.progress')?.due,
    ],
    ['2026-03-31T12:50:00+08:00', '2026-03-31T11:00:00+08:00'],
  ],
  [
    'P-H13 doctor names a holiday calendar that ends within six months, and duties that need it',
    async () => {
      const lines = await lawFindings({ regimesDir: null }, profile(['cn-nfra-2024']), Date.parse('2026-11-29'));
      return lines.some(({ say }) => say.includes('cn-state-council ends on 2026-12-31'));
    },
    true,
  ],
  [
    'P-H14 MIIT: important data at once, users promptly, the public internet to ministry and province',
    () =>
      [
        ...classified(['cn-miit-2024'], BEIJING, {
          data_class: ['important'],
          miit_users_harmed: true,
          miit_internet_event: true,
          miit_level: 'none',
        }).values(),
      ].flatMap(({ id, recipient, provisional }) =>
        id.startsWith('miit') && !provisional ? [`${id} ${recipient}`] : [],
      ),
    [
      'miit.data.report miit_local',
      'miit.data.users miit_users',
      'miit.internet.event miit_emergency',
      'miit.internet.event.province miit_communications',
    ],
  ],
  [
    'P-H15 CSRC: Order 218 stands beside the rules of 2021',
    () =>
      [...classified(['cn-csrc-2021'], BEIJING, { csrc_incident: true, csrc_risk: true }).keys()].filter((id) =>
        id.includes('order218'),
      ),
    ['csrc.order218.report', 'csrc.order218.risk'],
  ],
  [
    'P-H17 Singapore CII: only incidents of the escalated kind have these limits',
    () => all.get('sg-cii')?.facts[0]?.question.en.includes('each quarter'),
    true,
  ],
  [
    'P-M2 hours on a duty whose law has its own figure are refused',
    async () => {
      const laws = await loadLaws(null, null);
      try {
        await checkProfile(profile([], { duties: { 'nis2.art23.early_warning': { hours: 12 } } }), laws);
        return 'accepted';
      } catch (error) {
        return String(error).includes('the law has its own figure');
      }
    },
    true,
  ],
  [
    'P-M3 what is owed is grouped by recipient, each row with its law',
    () => {
      const c = incident(['eu-dora', 'kr-pipa'], { dora_major: true, kr_divulged: true });
      const ia = c.assess();
      const rows = dutyRows({ state: c.current, ia, regime: ia.regime }).filter(({ mark }) => mark === 'open');
      const runs = rows.map(({ duty: { recipient } }) => recipient).filter((one, n, list) => one !== list[n - 1]);
      const laws = rows.map(({ marks }) => marks.map((mark) => localise(mark, 'en')).join(' '));
      return [runs.length === new Set(runs).size, laws.every((text) => /\S{4}/.test(text))];
    },
    [true, true],
  ],
  [
    'P-M4 the channels that reach the recipient of a duty of a pack stand first',
    () => {
      const c = incident(['us-sec-8k'], { sec_material: true });
      const ia = c.assess();
      const args = { incident: c.current.id, obligation: 'sec.item105' };
      const built = FORM_KINDS['filing']?.build({ state: c.current, ia, regime: ia.regime }, args);
      const channel = built?.fields.find(({ id }) => id === 'channel');
      if (channel?.kind !== 'one') throw new Error('there is no such field');
      return channel.options.slice(0, 2).map(({ value }) => value);
    },
    ['own_contact', 'in_person'],
  ],
  [
    'P-M6 CII: protection department and police are two duties',
    () =>
      [...classified(['cn-cii-2021'], BEIJING, { cii_threat: true }).values()].flatMap(({ id, recipient }) =>
        id.startsWith('cii') ? [recipient] : [],
      ),
    ['protection_department', 'public_security'],
  ],
  [
    'P-M7 no rule is linked to a home page',
    () =>
      [...all.values()]
        .flatMap(({ duties }) => duties.map(({ source: { url } }) => url))
        .filter((url) => /^https?:\/\/[^/]+\/?$/.test(url)),
    [],
  ],
  [
    'P-M8 a worked case that names a duty that does not exist proves nothing',
    () => {
      const [pack] = PACKS(['eu-gdpr']);
      const input = { anchors: BRUSSELS, facts: {} };
      return pack && caseFault(regime, pack, { input, expect: { absent: ['no.such.duty'] } });
    },
    'absent: no duty is called no.such.duty, so the case proves nothing',
  ],
  [
    'P-M9 DORA: whether weekend relief applies is asked where it moves a limit',
    () => {
      const c = incident(['eu-dora']);
      // Classified on a Saturday: its four hours end on a day that is not a business day.
      c.now += minutes(4 * 24 * 60);
      c.must('li', { type: 'answer', fact: 'dora_major', value: true });
      c.byTwo('li', 'zhao', { type: 'answer', fact: 'classification', value: '2026-04-04T09:00:00+08:00' });
      const asked: string[] = [];
      for (let n = 0; n < 40; n += 1) {
        const ia = c.assess();
        const question = nextQuestion({ state: c.current, ia, regime: ia.regime });
        if (!question) break;
        asked.push(question.id);
        const [first] = question.options.toReversed();
        if (question.id === 'dora_no_weekend_relief' || !first || first.intent.type !== 'answer') break;
        c.must('li', first.intent);
      }
      return asked.includes('dora_no_weekend_relief');
    },
    true,
  ],
  [
    'P-M10 a card shows the next two further clocks and how many more there are',
    () => {
      const { shown, more } = nextClocks({ regime: lawSet(regime, PACKS(['eu-gdpr'])) }, [1, 2, 3, 4, 5]);
      return [shown.length, more];
    },
    [2, 3],
  ],
];

/** The list: eleven critical points, seventeen high ones, ten others. */
const NUMBERS = [
  ...Array.from({ length: 11 }, (_, n) => `P-C${n + 1}`),
  ...Array.from({ length: 17 }, (_, n) => `P-H${n + 1}`),
  ...Array.from({ length: 10 }, (_, n) => `P-M${n + 1}`),
];

describe('scenarios of a breach lawyer', () => {
  it('are 38, and each is played here', () => {
    expect(NUMBERS).toHaveLength(38);
    expect(NUMBERS.filter((number) => !CASES.some(([name]) => name.startsWith(`${number} `)))).toEqual([]);
  });

  it.each(CASES)('%s', async (_name, run, expected) => {
    expect(await run()).toEqual(expected);
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
