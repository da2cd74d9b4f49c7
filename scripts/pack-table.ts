import type { Language } from '../src/incident/identity.ts';
import { lawSet, type Pack } from '../src/law/pack.ts';
import { BASE_REGIME } from '../src/regimes/base.ts';
import { loadRegimes } from '../src/regimes/load.ts';
import { packsFor } from '../src/regimes/load-packs.ts';
import { type GuideSheet, guideSheet, lawName, marksText, periodText, startText } from '../src/report/guide-input.ts';

const WORDS = {
  en: { heads: ['duty', 'to', 'limit', 'runs from', 'how it was read'], draft: 'draft', compared: 'compared' },
  'zh-CN': { heads: ['义务', '报告对象', '时限', '起算', '核实情况'], draft: '草稿', compared: '已核对' },
} as const;

const regimes = await loadRegimes(null);
const base = regimes.get(BASE_REGIME);
if (!base) throw new Error(`the regime ${BASE_REGIME} is missing`);
const packs = [...packsFor(regimes).values()];

/** Every duty of every pack, in Markdown: recipient, limit, start and marks, as cards and guide say them. */
export function packTables(language: Language): string {
  if (!base) return '';
  const short = language === 'en' ? 'en' : 'zh';
  const at = `${base.checked}T12:00:00Z`;
  const sheet = guideSheet({ regime: lawSet(base, packs), organisation: null, language: short, at });
  return packs.map((pack) => packTable(pack, sheet, language)).join('\n\n');
}

function packTable(pack: Pack, sheet: GuideSheet, language: Language): string {
  const { heads, draft, compared } = WORDS[language];
  const status = pack.status === 'draft' ? draft : compared;
  const rows = pack.duties.map((rule) =>
    [
      `${sheet.law(rule.title)} \`${rule.id}\``,
      lawName(sheet, rule.recipient),
      periodText(sheet, rule),
      startText(sheet, rule).replaceAll('\n', '; '),
      marksText(sheet, [rule]).replace(new RegExp(`^${sheet.say('verified.draft')}[,、]? ?`), '') || compared,
    ].map((cell) => cell.replaceAll('|', '\\|')),
  );
  return [
    `### \`${pack.id}\` · ${sheet.law(pack.title)} (${status})`,
    '',
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}
