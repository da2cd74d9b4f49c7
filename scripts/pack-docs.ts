import { fileURLToPath } from 'node:url';
import type { BilingualText } from '../src/law/types.ts';
import { loadRegime } from '../src/regimes/load.ts';
import { loadPacks } from '../src/regimes/load-packs.ts';
import { guideSheet, periodText } from '../src/report/guide-sheet.ts';
import { VERIFIED } from './verification-words.ts';

const { regime } = loadRegime(fileURLToPath(new URL('../src/regimes/cn-cac-2025', import.meta.url)));
const packs = [...loadPacks(regime).values()].map(({ pack }) => pack);

const WORDS = {
  duty: { zh: '义务', en: 'Duty' },
  to: { zh: '对象', en: 'Recipient' },
  limit: { zh: '时限', en: 'Limit' },
  source: { zh: '出处', en: 'Source' },
  read: { zh: '核实程度', en: 'Verification' },
  bound: { zh: '适用对象：', en: 'Bound: ' },
  checked: { zh: '最近核对：', en: 'Last compared: ' },
  version: { zh: '版本', en: 'version' },
} as const satisfies Record<string, BilingualText>;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Every built-in clock pack with its duties, limits, sources and how well each was read; Markdown. */
export function packList(language: 'zh' | 'en'): string {
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const sheet = guideSheet({ regime, organisation: null, language, at: `${regime.checked}T00:00:00+08:00` });
  return packs
    .map((pack) => {
      const names = new Map(pack.recipients.map(({ id, name }) => [id, name[language]]));
      const rows = pack.duties.map(({ title, recipient, source, ...rule }) => [
        title[language],
        names.get(recipient) ?? recipient,
        periodText(sheet, rule),
        `${source.instrument}, ${source.article}`,
        VERIFIED[source.verification][language],
      ]);
      const head = [say('duty'), say('to'), say('limit'), say('source'), say('read')];
      return [
        `### \`${pack.id}\` ${pack.title[language]}`,
        '',
        `${say('bound')}${pack.bound[language]}. ${say('checked')}${pack.checked} (${say('version')} ${pack.version.slice(0, 12)}).`,
        '',
        ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`),
      ].join('\n');
    })
    .join('\n\n');
}
