import { createHash } from 'node:crypto';
import type { Pack } from '../../law/pack.ts';
import { fieldsNamed, type Regime } from '../../law/regime.ts';
import type { BilingualText } from '../../law/types.ts';
import { canonical } from '../record/chain.ts';
import notice from './contract-notice.json' with { type: 'json' };
import type { Contract } from './profile.ts';

/** Id of the duty, the recipient and the law of a contract, e.g. `contract.acme`. */
export function contractDuty(id: string): string {
  return `contract.${id}`;
}

/** The duty of a contract with a customer as a clock pack; its clock has the id `contract.ID`. */
export function contractPack(contract: Contract, base: Pick<Regime, 'items' | 'zone'>): Pack {
  const { id: name, customer, clause, quote, when, hours, from, notify } = contract;
  const id = contractDuty(name);
  const named = (text: BilingualText): BilingualText => ({
    zh: text.zh.replace('{customer}', () => customer.zh),
    en: text.en.replace('{customer}', () => customer.en),
  });
  const title = named(notice.title);
  // The record keeps the fields of a contract in another order than the profile does: the same contract is the same version.
  const version = createHash('sha256').update(canonical(contract)).digest('hex');
  const paper = named(notice.paper);
  const source = {
    instrument: customer.zh === customer.en ? customer.en : `${customer.zh} (${customer.en})`,
    article: clause ?? '',
    quote: quote ?? '',
    url: '',
    effective: '',
    checked: '',
    verification: 'stated' as const,
  };
  const language = notify.language ?? 'en';
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
              ...notice.lines.map((line) => ({ ...line, fields: fieldsNamed(base, line.fields) })),
              { id: 'contact', label: notice.contact, own: 'contact' as const },
            ],
          },
        ],
      },
    ],
  };
}
