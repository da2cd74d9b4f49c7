import { describe, expect, it } from 'vitest';
import { readerOf, understood } from './night-lines/ends.ts';

/** Readings of a line as a time of awareness, recorded or offered, as an instant each. */
function timesOf(line: string): readonly string[] {
  const text = JSON.stringify(understood(line, readerOf('awareness')));
  return [...text.matchAll(/"type":"add_awareness","at":"([^"]+)"/g)].map(([, at = '']) => at);
}

describe('at the question about awareness', () => {
  const figures = ['120', '130', '945', '1030', '2230'];
  const measures = ['万', '万人', '万条', '千', '人', '名用户', '条', '台', '个账号', '元', '亿', '家', '份'];

  it.each(measures)('a figure in %s is no time, at whatever place of the line', (measure) => {
    const lines = figures.flatMap((figure) => [
      `${figure}${measure}`,
      `${figure} ${measure}`,
      `改成${figure}${measure}`,
    ]);
    expect(lines.filter((line) => timesOf(line).length > 0)).toEqual([]);
  });

  it.each(['people', 'users', 'records', 'million', 'rows', 'accounts', 'servers'])(
    'a figure of %s is no time',
    (measure) => {
      expect(figures.map((figure) => `${figure} ${measure}`).filter((line) => timesOf(line).length > 0)).toEqual([]);
    },
  );

  it('four figures alone, or before the words about knowing, are one', () => {
    for (const line of ['0922', '922', '0922收到短信', '922 收到告警'])
      expect(timesOf(line), line).toContainEqual(expect.stringContaining('T09:22'));
  });
});
