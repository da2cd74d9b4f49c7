import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MessageKey } from '../i18n/keys.ts';
import { mentionsOf } from '../law/mentions.ts';
import { lawSet, type Pack } from '../law/pack.ts';
import type { Instrument, Regime } from '../law/regime.ts';
import type { BilingualText, Source } from '../law/types.ts';
import { BASE_REGIME } from '../regimes/base.ts';
import { loadRegimes } from '../regimes/load.ts';
import { loadPacks } from '../regimes/load-packs.ts';
import { type GuideSheet, guideSheet, lawName, marksText, periodText, startText } from '../report/guide-input.ts';
import { CommandError, parsedArgs, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

/** Rule of the base law: its quotation, how it is used, and the questions it leaves open. */
interface Use {
  readonly source: Source;
  readonly does: string;
  readonly questions: readonly string[];
}

/**
 * `jishi regime show [ID]` lists the base law and every pack, one per line; with an id, e.g. `jishi regime show
 * eu-gdpr`, it prints the rules as Markdown: quotation, source, verification, time limit and open questions.
 */
export async function showCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [id, ...more] = parsedArgs({ args: [...args], allowPositionals: true }, 'regime').positionals;
  if (more.length > 0) throw new UsageError('regime');
  const language = languageOf(terminal.env) === 'en' ? 'en' : 'zh';
  const folder = terminal.env['REGIMES_DIR'];
  const base = (await loadRegimes(null)).get(BASE_REGIME);
  if (!base) throw new Error(`the regime ${BASE_REGIME} is missing`);
  const packs = [...loadPacks(base, folder, await import('../regimes/check-pack.ts')).values()].map(({ pack }) => pack);
  const at = `${base.checked}T00:00:00+08:00`;
  const sheet = guideSheet({ regime: lawSet(base, packs), organisation: null, language, at });
  terminal.out(textOf(id, base, packs, sheet));
  return 0;
}

function textOf(id: string | undefined, base: Regime, packs: readonly Pack[], sheet: GuideSheet): string {
  if (id === undefined)
    return [line(base.id, sheet.law(base.title)), ...packs.map((one) => packLine(one, sheet))].join('\n');
  if (id === base.id) return baseText(base, sheet);
  const pack = packs.find((one) => one.id === id);
  if (pack) return packText(pack, sheet);
  throw new CommandError(`jishi regime show: there is no law ${id}; without an id all are listed`, 1);
}

const line = (id: string, text: string): string => `${id.padEnd(22)} ${text}`;

function packLine(pack: Pack, { say, law }: GuideSheet): string {
  return line(pack.id, say('cli.law.pack', { title: law(pack.title), status: statusOf(pack), bound: law(pack.bound) }));
}

const statusOf = ({ status }: Pack): string => (status === 'draft' ? 'draft' : 'compared');

function packText(pack: Pack, sheet: GuideSheet): string {
  const { say, law } = sheet;
  const status = statusOf(pack);
  const instruments = new Map(pack.duties.map(({ source }) => [source.instrument, source.url]));
  return [
    `# ${law(pack.title)}`,
    '',
    say('cli.law.head', { status, bound: law(pack.bound), checked: pack.checked, version: pack.version.slice(0, 12) }),
    ...(pack.excludes ?? []).map((one) => say('cli.law.excludes', { pack: one.pack, why: law(one.why) })),
    ...[...instruments].map(([title, url]) => `- ${title}: <${url}>`),
    ...pack.duties.flatMap((rule) => [
      '',
      `## ${law(rule.title)} \`${rule.id}\``,
      '',
      say('cli.law.duty', {
        recipient: lawName(sheet, rule.recipient),
        limit: periodText(sheet, rule),
        start: startText(sheet, rule).replaceAll('\n', '; '),
      }),
      `> ${rule.source.article}: ${rule.source.quote}`,
      ...marksOf(sheet, rule),
    ]),
    ...questionLines(pack.openQuestions, sheet),
  ].join('\n');
}

function marksOf(sheet: GuideSheet, rule: Pack['duties'][number]): readonly string[] {
  const marks = marksText(sheet, [rule]);
  return marks === '' ? [] : ['', `**${marks}**`];
}

function baseText(base: Regime, sheet: GuideSheet): string {
  const uses = usesOf(base, sheet);
  const parts = Object.entries(base.instruments).flatMap(([id, instrument]) => [
    '',
    `## ${instrument.title}`,
    '',
    ...instrumentLines(id, instrument, sheet),
    ...placeLines(base, instrument, uses, sheet),
  ]);
  return [`# ${sheet.law(base.title)}`, ...parts, ...questionLines(base.openQuestions, sheet)].join('\n');
}

function instrumentLines(id: string, { url, effective, text, compared, verification }: Instrument, sheet: GuideSheet) {
  const { say, law } = sheet;
  const kept = text ? say('cli.law.kept', { file: text.file, from: text.from, sha256: text.sha256 }) : `\`${id}\``;
  return [
    `- <${url}> · ${say('cli.law.effective', { date: effective })} · ${say(`cli.law.${verification}`)}`,
    `- ${kept}`,
    ...compared.map(
      (one) => `- ${say('cli.law.compared', { on: one.on, with: law(one.with), found: law(one.found) })}`,
    ),
  ];
}

/** Returns Markdown lines of an instrument's rules, by quoted passage, in the order of the text if it is stored. */
function placeLines(base: Regime, { title, text }: Instrument, uses: readonly Use[], { say }: GuideSheet) {
  const places = Map.groupBy(
    uses.filter(({ source }) => source.instrument === title),
    ({ source }) => `${source.article}\n${source.quote}`,
  );
  const kept = text
    ? readFileSync(fileURLToPath(new URL(`../regimes/${base.id}/${text.file}`, import.meta.url)), 'utf8')
    : '';
  const position = (place: string) => kept.indexOf((place.split('\n')[1] ?? '').replace(/^……/, '').slice(0, 20));
  return [...places]
    .toSorted(([a], [b]) => position(a) - position(b))
    .flatMap(([place, list]) => {
      const questions = [...new Set(list.flatMap((use) => use.questions))].join(', ');
      return [
        '',
        `**${place.replace('\n', '** ')}`,
        ...[...new Set(list.map(({ does }) => does))].map((does) => `- ${does}`),
        ...(questions === '' ? [] : [`- ${say('cli.law.open', { questions })}`]),
      ];
    });
}

function usesOf(regime: Regime, { say, law }: GuideSheet): readonly Use[] {
  const { levels, criteria, obligations, items, notes, later, openQuestions } = regime;
  const asked = (names: readonly string[]) =>
    openQuestions.flatMap(({ id, concerns }) => (concerns.some((name) => names.includes(name)) ? [id] : []));
  const use = (source: Source, key: MessageKey, what: BilingualText, questions: readonly string[] = []): Use => ({
    source,
    does: say(key, { what: law(what) }),
    questions,
  });
  return [
    ...levels.map(({ source, name }) => use(source, 'cli.law.level', name)),
    ...criteria.map(({ source, label, when }) => {
      const { facts, questions } = mentionsOf(when);
      return use(source, 'cli.law.grades', label, [...new Set([...questions, ...asked([...facts])])]);
    }),
    ...obligations.map(({ source, title, id, anchor }) =>
      use(source, 'cli.law.owed', title, asked([id, ...(id.startsWith('cac.') ? [anchor] : [])])),
    ),
    ...items.map(({ source, title }) => use(source, 'cli.law.item', title)),
    { source: later.source, does: say('cli.law.later'), questions: [] },
    ...notes.map(({ source, text, topic }) =>
      use(source, 'cli.law.note', text, topic === 'leniency' ? asked(['leniency']) : []),
    ),
  ];
}

function questionLines(questions: Regime['openQuestions'], { say, law }: GuideSheet): readonly string[] {
  if (questions.length === 0) return [];
  return [
    '',
    `## ${say('cli.law.questions')}`,
    ...questions.flatMap(({ id, text, readings }) => [
      '',
      `**\`${id}\`** ${law(text)}`,
      ...readings.map(({ name }, index) => `- ${index === 0 ? say('cli.law.used', { name: law(name) }) : law(name)}`),
    ]),
  ];
}
