import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectionSchema, TOPICS } from '../../src/law/inspection.ts';
import { loadInspection } from '../../src/regimes/load-inspection.ts';
import { allPacks } from '../fakes/law.ts';
import { theRegime } from './support.ts';

const map = loadInspection();
const regime = theRegime();
const items = map.groups.flatMap((group) => group.items);
const answers = items.flatMap(({ id, answers: all }) => all.map((one) => ({ item: id, ...one })));

describe('the items of an inspection pack', () => {
  it('use every kind of evidence there is', () => {
    expect(new Set(items.map(({ topic }) => topic))).toEqual(new Set(TOPICS));
  });

  it('name recipients that the law has', () => {
    const known = [...regime.recipients, ...[...allPacks().values()].flatMap(({ pack }) => pack.recipients)];
    const named = items.flatMap(({ recipients = [] }) => recipients);
    expect(named.filter((id) => !known.some((one) => one.id === id))).toEqual([]);
  });

  it('of MPS Order 176 nothing is quoted: nobody has read it, and the base law says the same', () => {
    const source = map.sources.find(({ id }) => id === 'mps176');
    const instrument = regime.instruments['police_inspection'];
    expect(source).toMatchObject({
      url: instrument?.url,
      effective: instrument?.effective,
      verification: 'unverified',
    });
    const mapped = answers.filter((one) => one.source === 'mps176');
    expect(mapped.length).toBeGreaterThan(5);
    expect(mapped.filter(({ place, quote }) => place ?? quote)).toEqual([]);
  });

  it('quote the Cybersecurity Law word for word, as far as its text is kept beside the rules', () => {
    const law = readFileSync(
      new URL('../../src/regimes/cn-cac-2025/texts/cybersecurity_law.txt', import.meta.url),
      'utf8',
    );
    const kept = answers.filter(
      ({ source, place }) => source === 'csl' && /^第(?:二十七|四十四)条/.test(place?.zh ?? ''),
    );
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(kept.filter(({ quote = '-' }) => !law.includes(quote))).toEqual([]);
  });
});

describe('a file of items', () => {
  const file = (answer: object, verification = 'copy', twice = false) => {
    const title = { zh: '题', en: 'Title' };
    const item = { id: 'plan', title, topic: 'plan', answers: [answer] };
    return inspectionSchema.safeParse({
      sources: [{ id: 'law', title, short: title, verification, note: title }],
      groups: [{ id: 'group', title, items: twice ? [item, item] : [item] }],
    });
  };
  const place = { zh: '第一条', en: 'Art. 1' };

  it('is refused for an unknown source, a quotation without its place, words of a text nobody read, an id twice', () => {
    expect(file({ source: 'law', place, quote: '应当' }).success).toBe(true);
    expect(file({ source: 'other' }).error?.issues[0]?.message).toBe('no source is called other');
    expect(file({ source: 'law', quote: '应当' }).error?.issues[0]?.message).toBe('a quotation needs its place');
    expect(file({ source: 'law', place }, 'unverified').error?.issues[0]?.message).toContain(
      'nobody has read this text',
    );
    expect(file({ source: 'law' }, 'copy', true).error?.issues[0]?.message).toBe('another item is called plan');
  });
});
