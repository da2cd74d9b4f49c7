import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';

const contract = (id: string, en: string, hours: number) => ({
  ...{ id, hours, from: 'awareness', customer: { zh: `${en}公司`, en } },
  notify: { name: `${en} SOC`, email: `soc@${id}.example` },
});

/** A company under three laws: the Measures, the GDPR and a contract; `people` with their accounts. */
export function underThreeLaws(people: readonly object[] = []): Organisation {
  return organisationSchema.parse({
    organisation: '某某（上海）贸易有限公司',
    languages: { rooms: 'en', people: 'en' },
    entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31', operator: 'other', packs: ['eu-gdpr'] }],
    contracts: [contract('acme', 'Acme', 12), contract('globex', 'Globex', 36)],
    people,
  });
}

/** Answers that make every duty certain. */
export const ANSWERS = {
  affected: ['personal_info'],
  personal_info_people: 1_200_000,
  personal_info_compromise: ['leaked_or_stolen'],
  suspected_crime: false,
  intrusion: false,
  gdpr_personal_data: true,
  gdpr_risk: 'risk',
} as const;

/** Duties with a clock, in the order of their due times. */
export const CLOCKS = ['cac.art4.other', 'contract.acme', 'contract.globex', 'gdpr.art33.authority'];
