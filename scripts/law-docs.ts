import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mentionsOf } from '../src/law/mentions.ts';
import type { Instrument, Regime } from '../src/law/regime.ts';
import type { BilingualText, Source } from '../src/law/types.ts';
import { loadRegime } from '../src/regimes/load.ts';
import { VERIFIED } from './verification-words.ts';

type Language = 'zh' | 'en';
interface Use {
  readonly source: Source;
  /** The bot's part in it, e.g. 级别：较大第5项. */
  readonly does: BilingualText;
  readonly questions: readonly string[];
}

const FOLDER = fileURLToPath(new URL('../src/regimes/cn-cac-2025', import.meta.url));
const { regime } = loadRegime(FOLDER);

const WORDS = {
  official: { zh: '官方地址', en: 'Official address' },
  effective: { zh: '施行日期', en: 'In force' },
  verification: { zh: '核实程度', en: 'Verification' },
  text: { zh: '随附文本', en: 'Text kept here' },
  copied: { zh: '抄自', en: 'copied from' },
  compared: { zh: '比对', en: 'Compared' },
  place: { zh: '条款', en: 'Article' },
  quote: { zh: '原文', en: 'Quotation' },
  does: { zh: '本工具的处理', en: 'What the bot does' },
  questions: { zh: '未尽问题', en: 'Open questions' },
  question: { zh: '问题', en: 'Question' },
  used: { zh: '默认采用', en: 'Used until settled' },
  other: { zh: '另一种理解', en: 'Other readings' },
  grades: { zh: '分级：', en: 'Grading: ' },
  owed: { zh: '报告义务：', en: 'Duty: ' },
  item: { zh: '首报事项：', en: 'Item of the first report: ' },
  level: { zh: '级别定义：', en: 'Definition of the level ' },
  shown: { zh: '作为说明显示：', en: 'Shown as a note: ' },
  later: { zh: '可后续补报的条件', en: 'Decides what may follow later' },
} as const satisfies Record<string, BilingualText>;

const both = (word: BilingualText, text: BilingualText): BilingualText => ({
  zh: `${word.zh}${text.zh}`,
  en: `${word.en}${text.en}`,
});

function uses({ levels, criteria, obligations, items, notes, later, openQuestions }: Regime): readonly Use[] {
  const asked = (names: readonly string[]) =>
    openQuestions.flatMap(({ id, concerns }) => (concerns.some((name) => names.includes(name)) ? [id] : []));
  const plain = (source: Source, does: BilingualText): Use => ({ source, does, questions: [] });
  return [
    ...levels.map(({ source, name }) => plain(source, both(WORDS.level, name))),
    ...criteria.map(({ source, label, when }) => {
      const { facts, questions } = mentionsOf(when);
      return { source, does: both(WORDS.grades, label), questions: [...new Set([...questions, ...asked([...facts])])] };
    }),
    ...obligations.map(({ source, title, applies, id, anchor }) => ({
      source,
      does: both(WORDS.owed, { zh: `${title.zh}（${applies.zh}）`, en: `${title.en} (${applies.en})` }),
      questions: asked([id, ...(id.startsWith('cac.') ? [anchor] : [])]),
    })),
    ...items.map(({ source, title }) => plain(source, both(WORDS.item, title))),
    plain(later.source, WORDS.later),
    ...notes.map(({ source, text, topic }) => ({
      source,
      does: both(WORDS.shown, text),
      questions: topic === 'leniency' ? asked(['leniency']) : [],
    })),
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function instrumentLines(id: string, instrument: Instrument, language: Language): readonly string[] {
  const say = (word: keyof typeof WORDS) => WORDS[word][language];
  const { url, effective, verification, text, compared } = instrument;
  return [
    `- ${say('official')}: <${url}> · ${say('effective')}: ${effective} · ${say('verification')}: ${VERIFIED[verification][language]}`,
    ...(text
      ? [
          `- ${say('text')}: \`src/regimes/cn-cac-2025/${text.file}\` (${say('copied')} \`${text.from}\`), SHA-256 \`${text.sha256}\``,
        ]
      : []),
    ...compared.map((one) => `- ${say('compared')} ${one.on}: ${one.with[language]} — ${one.found[language]}`),
    ...(text ? [] : [`- \`${id}\``]),
  ];
}

function instrumentPart([id, instrument]: [string, Instrument], all: readonly Use[], language: Language): string {
  const say = (word: keyof typeof WORDS) => WORDS[word][language];
  const own = all.filter(({ source }) => source.instrument === instrument.title);
  const places = Map.groupBy(own, ({ source }) => `${source.article}\n${source.quote}`);
  const text = instrument.text ? readFileSync(join(FOLDER, instrument.text.file), 'utf8') : '';
  const position = (quote: string) => text.indexOf(quote.replace(/^……/, '').slice(0, 20));
  const ordered = [...places].toSorted(
    ([a], [b]) => position(a.split('\n')[1] ?? '') - position(b.split('\n')[1] ?? ''),
  );
  const rows = ordered.map(([place, list]) => {
    const [article = '', quote = ''] = place.split('\n');
    const does = [...new Set(list.map((use) => use.does[language]))].join('; ');
    return row(article, quote, does, [...new Set(list.flatMap(({ questions }) => questions))].join(', '));
  });
  const head = [row(say('place'), say('quote'), say('does'), say('questions')), row('---', '---', '---', '---')];
  return [`### ${instrument.title}`, '', ...instrumentLines(id, instrument, language), '', ...head, ...rows].join('\n');
}

function questionTable(language: Language): string {
  const say = (word: keyof typeof WORDS) => WORDS[word][language];
  const rows = regime.openQuestions.map(({ id, text, readings }) => {
    const [used, ...others] = readings.map(({ name }) => name[language]);
    return row(`\`${id}\``, text[language], used ?? '', others.join('; '));
  });
  const head = [row('id', say('question'), say('used'), say('other')), row('---', '---', '---', '---')];
  return [`### ${say('questions')}`, '', ...head, ...rows].join('\n');
}

/** The law article by article, as Markdown: quotation, source, comparison, and what the bot makes of it. */
export function lawList(language: Language): string {
  const all = uses(regime);
  const parts = Object.entries(regime.instruments).map((entry) => instrumentPart(entry, all, language));
  return [...parts, questionTable(language)].join('\n\n');
}
