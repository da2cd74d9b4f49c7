import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allSources, theRegime } from '../regimes/support.ts';

/** docs/law.md and its Chinese twin list the law from the data: every quotation, paragraph, source and open question. */
describe.each(['docs/law.md', 'docs/law.zh-CN.md'])('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const regime = theRegime();

  it('quotes every rule with its paragraph, in the order of the text', () => {
    for (const [, { article, quote }] of allSources(regime)) {
      if (regime.papers.some(({ sources }) => sources.some((source) => source.quote === quote))) continue;
      expect(text).toContain(`| ${article} | ${quote} |`);
    }
    const starts = [
      '| 第二条 |',
      '| 第四条第二款',
      '| 第四条第六款',
      '| 第七条第一款第一项',
      '| 第十三条',
      '| 附件 一、',
    ];
    const found = starts.flatMap((start) => (text.includes(start) ? text.indexOf(start) : []));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  });

  it('names address, copy, hash, date and object of every comparison', () => {
    for (const { url, text: kept, compared } of Object.values(regime.instruments)) {
      const copy = kept ? [kept.from, kept.sha256] : [];
      for (const part of [url, ...copy, ...compared.map(({ on }) => on)]) expect(text).toContain(part);
    }
  });

  it('lists every open question with its readings', () => {
    for (const { id } of regime.openQuestions) expect(text).toContain(`\`${id}\``);
  });
});
