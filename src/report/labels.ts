import type { MessageKey } from '../i18n/keys.ts';

/** Names of the facts of the incident itself; those of the law are named by the regime. */
export const CONTEXT_LABELS: Readonly<Record<string, MessageKey>> = {
  operator: 'fact.operator',
  system: 'fact.system',
  first_notice: 'fact.first_notice',
  occurrence: 'fact.occurrence',
  ongoing: 'fact.ongoing',
  circumstances: 'fact.circumstances',
  incident_type: 'fact.incident_type',
  affected: 'fact.affected',
  suspected_crime: 'fact.suspected_crime',
  ransomware: 'fact.ransomware',
  product_defect: 'fact.product_defect',
  minors: 'fact.minors',
  province: 'fact.province',
  signatory: 'report.head.signatory',
  contact_phone: 'report.head.phone',
};

/** Labels of the aspects that can be affected. */
export const ASPECT_LABELS: Readonly<Record<string, MessageKey>> = {
  personal_info: 'aspect.personal_info',
  data: 'aspect.data',
  outage: 'aspect.outage',
  tampering: 'aspect.tampering',
  loss: 'aspect.loss',
  daily_life: 'aspect.daily_life',
  other: 'aspect.other',
  none: 'aspect.none',
};
