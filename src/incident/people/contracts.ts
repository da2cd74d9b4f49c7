import { createHash } from 'node:crypto';
import type { Pack } from '../../law/pack.ts';
import { fieldsNamed, type Regime } from '../../law/regime.ts';
import type { Contract } from './profile.ts';

/** Id of the duty, the recipient and the law of a contract, e.g. `contract.acme`. */
export function contractDuty(id: string): string {
  return `contract.${id}`;
}

/** The duty of a contract with a customer as a clock pack; its clock has the id `contract.ID`. */
export function contractPack(contract: Contract, base: Pick<Regime, 'items' | 'zone'>): Pack {
  const { id: name, customer, clause, quote, when, hours, from, notify } = contract;
  const id = contractDuty(name);
  const title = { zh: `按合同通知${customer.zh}`, en: `Notify ${customer.en} under the contract` };
  const version = createHash('sha256').update(JSON.stringify(contract)).digest('hex');
  const paper = { zh: `网络安全事件通知（致${customer.zh}）`, en: `Notice of a security incident to ${customer.en}` };
  const source = {
    instrument: customer.zh === customer.en ? customer.en : `${customer.zh} (${customer.en})`,
    article: clause ?? '',
    quote: quote ?? '',
    url: '',
    effective: '',
    checked: '',
    verification: 'primary' as const,
  };
  const language = notify.language ?? 'en';
  const line = (key: string, label: { readonly zh: string; readonly en: string }, fields: readonly string[]) => ({
    id: key,
    label,
    fields,
  });
  return {
    ...{ id, version, title, bound: title, rank: 'contract' as const, zone: base.zone, checked: '' },
    suggests: { sectors: [], countries: [] },
    recipients: [{ id, name: { zh: notify.name, en: notify.name }, description: customer, language, proper: true }],
    anchors: [],
    facts: [],
    openQuestions: [],
    duties: [
      {
        id,
        from: '1970-01-01',
        title,
        applies: title,
        recipient: id,
        content: 'notice',
        anchor: from,
        period: { kind: 'minutes', minutes: Math.round(hours * 60) },
        onceAnchored: false,
        translation: quote ?? title.en,
        source,
        regime: id,
        rank: 'contract',
        zone: base.zone,
        ...(when ? { when } : {}),
      },
    ],
    papers: [
      {
        ...{ id, title: paper, recipient: id, language, duties: [id], sources: [source], before: [] },
        sections: [
          {
            id: 'contents',
            heading: paper,
            lines: [
              line(
                'happened',
                { zh: '事件及影响', en: 'What happened, and its impact' },
                fieldsNamed(base, ['impact']),
              ),
              line('discovered', { zh: '发现时间', en: 'Time of discovery' }, fieldsNamed(base, ['discovery_time'])),
              line(
                'measures',
                { zh: '已采取的措施及效果', en: 'Measures taken and their effect' },
                fieldsNamed(base, ['measures', 'effect']),
              ),
              { id: 'contact', label: { zh: '联系方式', en: 'Contact' }, own: 'contact' as const },
            ],
          },
        ],
      },
    ],
  };
}
