import type { Command } from '../../src/incident/commands.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import type { Supposition } from '../../src/incident/facts/what-if.ts';
import { catalogueOf } from '../../src/use-cases/classify/catalogue.ts';
import { allPacks } from '../fakes/law.ts';
import { type Case, company, minutes, regime } from '../report/cases.ts';

export const bank = { ...company, entities: company.entities.map((one) => ({ ...one, packs: ['cn-nfra-2024'] })) };
export const packs = [...allPacks().values()].map(({ pack }) => pack);
export const used = packs.filter(({ id }) => id === 'cn-nfra-2024');

/** The rest of an incident: the level, its report, and a filing, each as far as it is accepted. */
const ENDING: readonly (readonly [string, Command])[] = [
  ['li-wei', { type: 'answer', fact: 'operator', value: 'other' }],
  ['li-wei', { type: 'confirm_awareness', candidate: 'a1', reason: 'read the alert' }],
  ['li-wei', { type: 'decide_level', level: 'major', reason: 'counted' }],
  ['li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: ['cause', 'trend'] }],
];

export function ended(it: Case): Case {
  for (const [who, command] of ENDING) {
    it.now += minutes(3);
    it.do(who, command);
  }
  for (const clock of it.assess().clocks.slice(0, 2)) {
    it.now += minutes(4);
    it.do('zhao-min', {
      type: 'record_filing',
      obligation: clock.id,
      at: isoOf(it.now),
      channel: 'hotline_12387',
      noReceipt: 'by phone',
    });
  }
  return it;
}

export const law = (it: Case) => ({ regime, at: it.now, catalogue: catalogueOf });
export const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

/** Nineteen ways in which it could have been otherwise; with nothing supposed they are twenty. */
export const VARIANTS: readonly Supposition[] = [
  ...['09:00', '09:10', '09:30', '09:41'].map((clock) => ({ awareness: at(clock) })),
  ...[0, 9_999, 100_000, 1_000_000, 10_000_000].map((value) => ({ facts: { personal_info_people: value } })),
  ...[0, 50_000_000, 200_000_000].map((value) => ({ facts: { direct_loss_cny: value } })),
  { facts: { operator: 'cii_involved' } },
  { facts: { operator: 'central_state_organ', suspected_crime: true } },
  { facts: { site_outage_minutes: { since: at('09:00') } } },
  ...regime.openQuestions
    .flatMap(({ id, readings }) => readings.slice(1, 2).map((one) => ({ readings: { [id]: one.id } })))
    .slice(0, 2),
  ...packs.filter(({ id }) => id === 'eu-gdpr').map((pack) => ({ law: { pack } })),
  { law: { regime: { ...regime, version: 'next' } } },
];
