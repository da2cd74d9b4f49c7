import type { Period } from '../../law/calendar.ts';
import { leavingNotes } from '../../law/leaving.ts';
import type { Pack } from '../../law/pack.ts';
import { fieldsNamed, type Regime } from '../../law/regime.ts';
import type { BilingualText } from '../../law/types.ts';
import { canonical, sha256 } from '../record/chain.ts';
import notice from './contract-notice.json' with { type: 'json' };
import type { Contract } from './profile.ts';

/** Id that the duty, the recipient and the law of a contract have in common, e.g. `contract.acme`. */
export function contractDuty(id: string): string {
  return `contract.${id}`;
}

/** The duty of a contract with a customer as a clock pack; its clock has the id `contract.ID`. */
export function contractPack(contract: Contract, base: Pick<Regime, 'items' | 'zone' | 'notes'>): Pack {
  const { id: name, customer, clause, quote, when, from, notify } = contract;
  const zone = contract.zone ?? base.zone;
  const id = contractDuty(name);
  const named = (text: BilingualText): BilingualText => ({
    zh: text.zh.replace('{customer}', () => customer.zh),
    en: text.en.replace('{customer}', () => customer.en),
  });
  const title = named(notice.title);
  // Canonical JSON, because the record keeps a contract's fields in another order: the version must be the same.
  const version = sha256(canonical(contract));
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
  const reader = 'customer' as const;
  // A notice in English, or with days of another time zone, counts as leaving the country.
  const before = language === 'zh' && zone === base.zone ? [] : [...leavingNotes(base)];
  return {
    ...{ id, version, title, bound: title, rank: 'contract' as const, zone, checked: '' },
    suggests: { sectors: [], countries: [] },
    recipients: [
      { id, name: { zh: notify.name, en: notify.name }, description: customer, language, reader, proper: true },
    ],
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
        period: contractPeriod(contract),
        onceAnchored: false,
        translation: quote ?? title.en,
        source,
        regime: id,
        rank: 'contract',
        zone,
        ...(when ? { when } : {}),
      },
    ],
    papers: [
      {
        ...{ id, title: paper, recipient: id, language, reader, duties: [id], sources: [source], before },
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

/** Limit of a contract. Its own holidays cover all years: a day that is not listed is a business day. */
export function contractPeriod({ hours, businessDays, promptly = 'promptly' }: Contract): Period {
  if (hours !== undefined) return { kind: 'minutes', minutes: Math.round(hours * 60) };
  if (!businessDays) return { kind: 'promptly', ...(promptly === 'promptly' ? {} : { word: promptly }) };
  const { days, at, off = [] } = businessDays;
  return { kind: 'business_days', days, holidays: { off, worked: [] }, ...(at === undefined ? {} : { at }) };
}

/** Limit of a contract in short English, e.g. `24 h` or `1 business day until 18:00`, for checks at the terminal. */
export function contractLimit({ hours, businessDays, promptly = 'promptly' }: Contract): string {
  if (hours !== undefined) return `${hours} h`;
  if (!businessDays) return promptly;
  const { days, at } = businessDays;
  return `${days} business day${days === 1 ? '' : 's'}${at === undefined ? '' : ` until ${at}`}`;
}
