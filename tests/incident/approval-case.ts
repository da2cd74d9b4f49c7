import type { Command } from '../../src/incident/commands.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { Draft } from '../../src/incident/state.ts';
import { account, Case } from './bench-incident.ts';

/** A company with one who leads, one of legal, two who approve, one of whom has a deputy. */
export function company(approval?: object): Organisation {
  const person = (id: string, roles: readonly string[], more: object = {}) => ({
    id,
    name: id,
    roles,
    accounts: [account(id)],
    ...more,
  });
  return organisationSchema.parse({
    organisation: '某某（上海）贸易有限公司',
    entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31', operator: 'other' }],
    people: [
      person('li', ['responder', 'lead', 'approver']),
      person('zhao', ['approver', 'filer'], { deputy: 'sun' }),
      person('chen', ['responder', 'legal']),
      person('sun', ['responder']),
    ],
    ...(approval ? { approval } : {}),
  });
}

/** A leak of 1.2 million people, with items 1 and 2 and a confirmed level. */
export function leaked(organisation: Organisation | null = company()): Case {
  const c = new Case(organisation);
  const steps: readonly Command[] = [
    { type: 'declare', title: '支付系统疑似用户数据泄露' },
    { type: 'answer', fact: 'operator', value: 'other' },
    { type: 'answer', fact: 'affected', value: ['personal_info'] },
    { type: 'answer', fact: 'personal_info_people', value: 1_200_000 },
    { type: 'decide_level', level: 'major' },
    { type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: '上海' }, wording: '上海市' },
  ];
  for (const command of steps) c.must('li', command);
  return c;
}

export function drafted(c: Case, report: Draft['report'] = 'initial', by = 'li'): Draft {
  c.must(by, { type: 'compile_draft', report, cannotDetermine: [] });
  const draft = c.current.drafts.at(-1);
  if (!draft) throw new Error('no draft');
  return draft;
}
export function hashOf(draft: Draft): string {
  if (!draft.text) throw new Error('no text');
  return draft.text.hash;
}
export const measures = (text: string): Command => ({
  type: 'fill_field',
  field: 'art7.2.measures',
  value: { state: 'known', text },
  wording: text,
});
