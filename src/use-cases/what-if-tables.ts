import { formatDuration, formatInstant } from '../i18n/format.ts';
import { translate } from '../i18n/translate.ts';
import type { Language } from '../incident/identity.ts';
import type { ComparedTable, WhatIfAnswer, WhatIfDuty } from './what-if-answer.ts';

/** Returns the tables of a what-if answer (level, duties, steps) for the page and the command line. */
export function tablesOf(
  { verdict: { was, would }, duties, steps }: Omit<WhatIfAnswer, 'tables'>,
  language: Language,
): readonly ComparedTable[] {
  const say = (key: Parameters<typeof translate>[1]) => translate(language, key);
  const range = ({ text: { floor, ceiling } }: typeof was) => (floor === ceiling ? floor : `${floor} – ${ceiling}`);
  const rules = ({ matched }: typeof was) =>
    matched.map(({ text }) => text).join(language === 'zh-CN' ? '；' : '; ') || '–';
  const beside = (title: string, before: string, after: string) => ({
    cells: [title, before, after],
    changed: before !== after,
  });
  const minutes = (n: number | null) => (n === null ? '–' : formatDuration(n, language));
  const sides = [say('what_if.was'), say('what_if.would')];
  return [
    {
      title: say('what_if.level'),
      columns: ['', ...sides],
      rows: [
        beside(say('what_if.level'), was.text.level, would.text.level),
        beside(say('what_if.range'), range(was), range(would)),
        beside(say('what_if.rules'), rules(was), rules(would)),
      ],
    },
    {
      title: say('what_if.duties'),
      columns: [say('what_if.duty'), ...sides],
      rows: duties
        .toSorted((a, b) => Number(b.changed) - Number(a.changed))
        .map((one) => ({
          cells: [one.title, sideText(one.was, language), sideText(one.would, language)],
          under: one.to,
          changed: one.changed,
        })),
    },
    {
      title: say('what_if.minutes'),
      columns: [say('what_if.step'), say('what_if.at'), say('what_if.took'), say('what_if.median')],
      rows: steps.map(({ label, at, minutes: took, median }) => ({
        cells: [label, at ? formatInstant(at, language, 'dated') : '–', minutes(took), minutes(median)],
        changed: took !== null && median !== null && took > median,
      })),
    },
  ];
}

function sideText(one: WhatIfDuty | null, language: Language): string {
  if (one === null || one.status === 'void') return translate(language, 'what_if.not_owed');
  const { due, margin, filedAt, condition } = one;
  return [limitText({ due, margin, filedAt }, language), ...(condition ? [condition] : [])].join(' · ');
}

function limitText(
  { due, margin, filedAt }: Pick<WhatIfDuty, 'due' | 'margin' | 'filedAt'>,
  language: Language,
): string {
  if (due === null || margin === null) {
    const filed = filedAt && translate(language, 'what_if.filed', { at: formatInstant(filedAt, language, 'dated') });
    return [translate(language, 'what_if.no_limit'), ...(filed ? [filed] : [])].join(' · ');
  }
  const key = filedAt
    ? (`what_if.${margin < 0 ? 'late' : 'early'}` as const)
    : (`what_if.${margin < 0 ? 'over' : 'left'}` as const);
  const time = formatDuration(Math.abs(margin), language);
  return `${formatInstant(due, language, 'dated')} · ${translate(language, key, { time })}`;
}
