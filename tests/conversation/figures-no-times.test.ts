import { describe, expect, it } from 'vitest';
import { readerOf, understood } from './night-lines/ends.ts';

/** Readings of a line as a time of awareness, recorded or offered, as an instant each. */
function timesOf(line: string): readonly string[] {
  const text = JSON.stringify(understood(line, readerOf('awareness')));
  return [...text.matchAll(/"type":"add_awareness","at":"([^"]+)"/g)].map(([, at = '']) => at);
}

/** Facts that a line states as a figure, recorded or offered. */
function figuresOf(line: string): readonly string[] {
  const text = JSON.stringify(understood(line, readerOf('awareness')));
  return [...text.matchAll(/"type":"answer","fact":"([a-z_]+)","value":\d/g)].map(([, fact = '']) => fact);
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

  it.each([
    '人',
    '万人',
    '个人',
    '名',
    '位',
    '名用户',
    '万用户',
    '万会员',
    '条',
    '万条',
    '条记录',
    '个账号',
    ' people',
    ' users',
    ' records',
  ])('a figure in %s is offered as the figure, never left without an answer', (measure) => {
    const lines = [...figures, '1,200'].flatMap((figure) => [
      `${figure}${measure}`,
      `${figure}${measure}。`,
      `共${figure}${measure}`,
    ]);
    expect(lines.filter((line) => !figuresOf(line).includes('personal_info_people'))).toEqual([]);
  });

  it.each(['台', '个电话', '家', '分钟', ' servers'])('a figure in %s is offered as no figure of people', (measure) => {
    expect(figures.map((figure) => `${figure}${measure}`).filter((line) => figuresOf(line).length > 0)).toEqual([]);
  });

  it('four figures alone, or before the words about knowing, are one', () => {
    for (const line of ['0922', '922', '0922收到短信', '922 收到告警'])
      expect(timesOf(line), line).toContainEqual(expect.stringContaining('T09:22'));
  });
});
