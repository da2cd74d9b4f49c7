import { fileURLToPath } from 'node:url';
import { lawSet } from '../src/law/pack.ts';
import type { BilingualText } from '../src/law/types.ts';
import { loadRegime } from '../src/regimes/load.ts';
import { loadPacks } from '../src/regimes/load-packs.ts';
import { guideSheet, marksText, periodText, startText } from '../src/report/guide-sheet.ts';
import { VERIFIED } from './verification-words.ts';

const { regime } = loadRegime(fileURLToPath(new URL('../src/regimes/cn-cac-2025', import.meta.url)));
const packs = [...loadPacks(regime).values()].map(({ pack }) => pack);

const WORDS = {
  duty: { zh: '义务', en: 'Duty' },
  to: { zh: '对象', en: 'Recipient' },
  limit: { zh: '时限', en: 'Limit' },
  from: { zh: '起算', en: 'Runs from' },
  source: { zh: '出处', en: 'Source' },
  read: { zh: '核实程度', en: 'Verification' },
  bound: { zh: '适用对象：', en: 'Bound: ' },
  checked: { zh: '最近核对：', en: 'Last compared: ' },
  version: { zh: '版本', en: 'version' },
  marks: { zh: '标记', en: 'Marks' },
  compared: { zh: '**已核对**', en: '**Compared**' },
  draft: {
    zh: '**草稿**：组织档案的`accept`确认采用后才启用',
    en: '**Draft**: runs only where the profile accepts it (`accept`)',
  },
  excludes: { zh: '不与其同时启用', en: 'Not beside' },
} as const satisfies Record<string, BilingualText>;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Every built-in clock pack with its duties, limits, sources and how well each was read; Markdown. */
export function packList(language: 'zh' | 'en'): string {
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const all = lawSet(regime, packs);
  const sheet = guideSheet({ regime: all, organisation: null, language, at: `${regime.checked}T00:00:00+08:00` });
  return packs
    .map((pack) => {
      const names = new Map(pack.recipients.map(({ id, name }) => [id, name[language]]));
      const rows = pack.duties.map((rule) => [
        rule.title[language],
        names.get(rule.recipient) ??
          all.recipients.find(({ id }) => id === rule.recipient)?.name[language] ??
          rule.recipient,
        periodText(sheet, rule),
        startText(sheet, rule).replaceAll('\n', '; '),
        `${rule.source.instrument}, ${rule.source.article}`,
        VERIFIED[rule.source.verification][language],
        marksText(sheet, [rule]) || '–',
      ]);
      const head = (['duty', 'to', 'limit', 'from', 'source', 'read', 'marks'] as const).map(say);
      const excluded = (pack.excludes ?? []).map((one) => `${say('excludes')} \`${one.pack}\`: ${one.why[language]}.`);
      return [
        `### \`${pack.id}\` ${pack.title[language]}`,
        '',
        `${say(pack.status === 'draft' ? 'draft' : 'compared')}. ${say('bound')}${pack.bound[language]}. ${say('checked')}${pack.checked} (${say('version')} ${pack.version.slice(0, 12)}).`,
        ...excluded,
        '',
        ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`),
      ].join('\n');
    })
    .join('\n\n');
}
