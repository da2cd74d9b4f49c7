import type { Command } from '../../src/incident/commands.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { packsOf } from '../fakes/packs.ts';
import { account, Case, regime } from './bench-incident.ts';

/** A company with a plain system, a CII, one of another entity abroad, laws of other countries and a contract. */
export function group(more: object = {}): Organisation {
  const person = (id: string, roles: readonly string[]) => ({ id, name: id, roles, accounts: [account(id)] });
  return organisationSchema.parse({
    organisation: '某集团',
    entities: [
      { id: 'sh', name: '上海公司', province: '31', operator: 'other', packs: ['eu-gdpr', 'cn-nfra-2024'] },
      { id: 'bj', name: '北京公司', province: '11', operator: ['other', 'cii_involved'] },
      { id: 'zy', name: '中央单位', province: '11', operator: ['central_state_organ', 'cii_involved'] },
    ],
    systems: [
      { id: 'shop', name: '商城', entity: 'sh' },
      { id: 'grid', name: '调度', entity: 'bj', cii: true },
      { id: 'site', name: '门户', entity: 'bj', cii: false },
      { id: 'core', name: '专网', entity: 'zy', cii: true },
    ],
    people: [
      person('li', ['responder', 'lead']),
      person('zhao', ['legal', 'approver']),
      person('sun', ['filer']),
      person('chen', ['responder']),
      person('anna', ['administrator']),
    ],
    contracts: [
      { id: 'acme', customer: { zh: '某客户', en: 'Acme' }, hours: 24, from: 'awareness', notify: { name: 'Acme' } },
    ],
    ...more,
  });
}

/** The company above under these packs alone, drafts accepted. */
export function withLaws(...packs: readonly string[]): Organisation {
  const accept = Object.fromEntries(packs.map((id) => [id, { by: 'zhao', on: '2026-01-01' }]));
  return group({
    entities: [{ id: 'sh', name: '上海公司', province: '31', operator: 'other', packs }],
    systems: SHOP,
    accept,
  });
}
const SHOP = [{ id: 'shop', name: '商城', entity: 'sh' }];

const PACKS = packsOf(group(), regime);

/** A declared incident; `system` of the company above. */
export function begun(system?: string, organisation: Organisation | null = group()): Case {
  const c = new Case(organisation);
  c.packs = organisation ? PACKS : [];
  c.must('li', { type: 'declare', title: '数据泄露', ...(system === undefined ? {} : { system }) });
  for (const who of ['chen', 'sun', 'zhao']) c.must(who, { type: 'add_note', text: 'here' });
  return c;
}

export const answer = (fact: string, value: Extract<Command, { type: 'answer' }>['value']): Command => ({
  type: 'answer',
  fact,
  value,
});

/** What is owed, for certain or as a possibility, as `id` and limit. */
export function owed(c: Case): readonly string[] {
  return c
    .assess()
    .obligations.filter(({ filing, status }) => !filing && status !== 'void')
    .map(({ id, due, provisional }) => `${id} ${due ?? ''} ${provisional ? '?' : ''}`)
    .sort();
}
