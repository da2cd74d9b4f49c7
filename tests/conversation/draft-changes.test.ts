import { describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { changeText } from '../../src/conversation/filing/draft-changes.ts';

const label = { zh: '处置经过', en: 'Course of handling' };
const start = {
  zh: '2026年3月31日09时40分获知；2026年3月31日09时41分研判为较大网络安全事件，随即开展处置',
  en: 'aware 31 March 2026, 09:40 (Beijing, UTC+8); level 较大 (Major, 2 of 4) 31 March 2026, 09:41 (Beijing, UTC+8)',
};
const whole = { zh: `${start.zh}；09时41分处置结束。`, en: `${start.en}; handling ended 09:41 (Beijing, UTC+8).` };
const short = { zh: `${start.zh}。`, en: `${start.en}.` };
const said = (before: typeof label, after: typeof label) => {
  const text = changeText({ id: 'x', label, before, after });
  return [localise(text, 'en'), localise(text, 'zh-CN')];
};

describe('a change of a long text', () => {
  it('names the clause that is gone, whole', () => {
    const [en, zh] = said(whole, short);
    expect(en).toBe('“Course of handling” no longer includes “handling ended 09:41 (Beijing, UTC+8)”');
    expect(zh).toMatch(/”中已删去“.*09时41分处置结束”$/);
  });

  it('names the clause that is new, without the others', () => {
    const [en, zh] = said(short, whole);
    expect(en).toBe('“Course of handling” handling ended 09:41 (Beijing, UTC+8)');
    expect(zh).toContain('：09时41分处置结束');
  });

  it('names both sides of a clause that changed, and cuts no word', () => {
    const other = { zh: whole.zh.replace('结束', '中止'), en: whole.en.replace('ended', 'paused') };
    const [en] = said(whole, other);
    expect(en).toContain('handling ended 09:41 (Beijing, UTC+8) → handling paused 09:41 (Beijing, UTC+8)');
  });
});
