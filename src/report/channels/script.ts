import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import type { Paragraph, ReportDocument, ReportLanguage } from '../../incident/report-document.ts';
import { onFirstUse } from '../../law/kept-for.ts';
import { nameOfField, type Regime } from '../../law/regime.ts';
import { colon, textOf } from '../paper.ts';
import { messageLanguage } from '../sheet.ts';

/** Dictation speed: characters a minute in Chinese, words a minute in English. */
const PACE = { zh: 220, en: 120 } as const;
export const LONGEST_CALL = 120;
/**
 * Maximum length of one answer in characters; a longer answer is replaced by a reference to the written report. The
 * first maximum with which the whole call fits is used.
 */
const LONGEST = { zh: [90, 70, 50, 30], en: [240, 160, 110, 60] } as const;

/** Fields read aloud, in this order: the system, the incident and the measures; each is cut at the maximum length. */
const READ: readonly string[] = [
  'system',
  'discovery_time',
  'place',
  'type',
  'level',
  'impact',
  'measures',
  'ransom_amount',
];
/** Field of which only the name is read aloud: filing number, place and users are in the written report. */
const NAME_ONLY = 'system';
/** Pattern of ids of new content; the script of a later report reads out nothing else. */
const NEW = /^(changes\.\d+|intro\.statement)$/;
const NEW_READ = 6;

export interface PhoneScript {
  readonly lines: readonly string[];
  readonly seconds: number;
  /** Ids of the paragraphs of the report that each line reads out, from the second line on. */
  readonly fields: readonly (readonly string[])[];
}

/** Script for the phone, at most two minutes: reporter, incident, contact person, and the data to ask for. */
export function phoneScript(document: ReportDocument, regime: Pick<Regime, 'reports'>): PhoneScript {
  const tries = LONGEST[document.language].map((longest) => scriptWithin(document, regime, longest));
  const last = tries.at(-1) ?? { lines: [], seconds: 0, fields: [] };
  return tries.find(({ seconds }) => seconds <= LONGEST_CALL) ?? last;
}

function scriptWithin(document: ReportDocument, { reports }: Pick<Regime, 'reports'>, longest: number): PhoneScript {
  const { language } = document;
  const say = (key: MessageKey, params: Readonly<Record<string, string>> = {}) =>
    translate(messageLanguage(language), key, params);
  const head = (id: string): string => {
    const line = document.head.find((one) => one.id === id);
    const known = (line?.runs ?? []).filter(({ kind }) => kind !== 'phrase');
    return shortened(known.map(({ text }) => text).join(''), longest, '', language);
  };
  const paragraphs = document.sections.flatMap(({ blocks }) => blocks).filter((one) => one.kind === 'paragraph');
  const news = document.introduction.filter((one) => one.kind === 'paragraph' && NEW.test(one.id));
  const known = READ.flatMap((name) => paragraphs.filter(({ id }) => nameOfField(id) === name));
  const told = (news.length > 0 ? news.slice(0, NEW_READ) : known).filter((one) => one.kind === 'paragraph');
  const unit = head('unit');
  const spoken = reports.find(({ id }) => id === document.kind)?.spoken[language];
  const open = told.map(pendingIn);
  const names = open.flatMap(({ names: all }) => all);
  const said = told.flatMap((one, index) => {
    const rest = open[index]?.rest;
    return rest ? [{ text: sentence(rest, longest, say('phone.in_writing'), language), ids: [one.id] }] : [];
  });
  const whole = open.flatMap(({ rest }, index) => (rest ? [] : (told[index]?.id ?? [])));
  const between = language === 'zh' ? '、' : ', ';
  const pending = names.length > 0 ? [{ text: say('phone.pending', { fields: names.join(between) }), ids: whole }] : [];
  const read = [...said, ...pending];
  const lines = [
    say('phone.opening', { unit, contact: head('contact'), kind: spoken ?? document.kind, number: head('number') }),
    ...read.map(({ text }) => text),
    say('phone.closing', { phone: head('phone') }),
    say('phone.ask'),
  ].map((line) => aloud(language, line));
  return { lines, seconds: secondsFor(lines.join(' '), language), fields: read.map(({ ids }) => ids) };
}

/** Names of the values of a paragraph that are still being verified, said in one sentence, and the paragraph without them. */
function pendingIn(one: Paragraph): { readonly names: readonly string[]; readonly rest: Paragraph | null } {
  const values = valuesOf(one);
  const isPending = ({ runs }: Value): boolean =>
    runs.some(({ kind }) => kind === 'to_supplement') &&
    runs.every(({ kind, text }) => (kind === 'to_supplement' && !BLANK.test(text)) || STOP.test(text));
  const names = values.flatMap((value) => (isPending(value) && value.name !== null ? [value.name] : []));
  if (names.length === 0) return { names, rest: one };
  const [first, ...others] = values.filter((value) => !isPending(value));
  const known = first && [...first.runs, ...others.flatMap(({ before, runs: all }) => [...before, ...all])];
  // The full stop belongs to the last value, which may be left out.
  const runs = known && [
    ...known.filter(({ text }) => !STOP.test(text)),
    ...one.runs.filter(({ text }) => STOP.test(text)),
  ];
  return { names, rest: runs ? { ...one, label: first.name, runs } : null };
}

type Runs = Paragraph['runs'];
interface Value {
  readonly name: string | null;
  /** Run with the name, for a value after the first. */
  readonly before: Runs;
  readonly runs: Runs;
}

/** Values of a paragraph with their names: that of the label, and each that a phrase such as "；发生时间：" names. */
function valuesOf({ label, runs }: Paragraph): readonly Value[] {
  const starts = runs.flatMap(({ kind, text }, index) => (kind === 'phrase' && NAME.test(text) ? [index] : []));
  return [-1, ...starts].map((start, nth) => ({
    name: start < 0 ? label : (NAME.exec(runs[start]?.text ?? '')?.[1] ?? null),
    before: start < 0 ? [] : runs.slice(start, start + 1),
    runs: runs.slice(start + 1, starts[nth]),
  }));
}
const NAME = /^[；;] ?([^：:]+)[：:] ?$/u;
const STOP = /^[。.]$/u;
const BLANK = /^[_＿]/u;

/** Returns a text with each blank of the written report replaced by a phrase for words that the caller adds. */
export function aloud(language: ReportLanguage, text: string): string {
  const words = (key: MessageKey) => translate(messageLanguage(language), key);
  return text.replaceAll(words('report.blank'), () => words('call.own_words'));
}

/** Phrase for a field that the report leaves blank: a level is still assessed, anything else is named to the caller. */
function blankSaid(id: string, label: string | null, runs: Paragraph['runs'], language: ReportLanguage): string | null {
  const isBlank = label !== null && runs.every(({ kind, text }) => kind === 'phrase' || BLANK.test(text));
  if (!isBlank || !runs.some(({ kind }) => kind === 'to_supplement')) return null;
  const key = nameOfField(id) === 'level' ? 'phone.level_open' : 'phone.blank';
  return translate(messageLanguage(language), key, { label });
}

/** Paragraph to be read aloud: its name and its text, cut at `longest`; `otherwise` replaces the rest. */
export function sentence(
  { id, label, runs }: Paragraph,
  longest: number,
  otherwise: string,
  language: ReportLanguage,
): string {
  const left = blankSaid(id, label, runs, language);
  if (left !== null) return left;
  const [name = '', ...more] = nameOfField(id) === NAME_ONLY ? textOf(runs).split(/[；;]/) : [textOf(runs)];
  const whole = more.length > 0 ? `${name}${language === 'zh' ? '。' : '.'}` : name;
  const said = shortened(whole.replaceAll('\n', ' ').trim(), longest, otherwise, language);
  return label === null ? said : `${label}${colon(label)}${said}`;
}

/**
 * Cuts a text at the end of a sentence or clause, outside brackets; the written report has the rest. A clause is read
 * whole where no earlier end fits, because half a figure is another figure; without an end it is cut at a word.
 */
function shortened(text: string, longest: number, otherwise: string, language: ReportLanguage): string {
  if ([...text].length <= longest) return text;
  const ends = [...text.matchAll(/[。；，]|[,;.] /gu)].map(({ index }) => index);
  const first = ends.find((end) => end > longest / 3 && end <= 2 * longest);
  const end = ends.findLast((one) => one > longest / 3 && one <= longest) ?? first;
  const cut = end === undefined ? inWords(text, longest) : text.slice(0, end);
  const kept = cut.replace(/\s*[（(][^）)]*$/u, '') || cut;
  return `${kept.trimEnd()}${language === 'zh' ? '，' : ', '}${otherwise}`;
}

const segmenter = onFirstUse(() => new Intl.Segmenter('zh', { granularity: 'word' }));

/** Beginning of a text that ends neither in a word nor in a figure, e.g. "不足" of "不足1000万人". */
function inWords(text: string, longest: number): string {
  const words = [...segmenter().segment(text.slice(0, 2 * longest))];
  const end = words.findLast(({ index }) => index <= longest)?.index ?? 0;
  return text.slice(0, end).replace(/[\d.,]+$/u, '') || [...text].slice(0, longest).join('');
}

/** Seconds needed to read a text aloud at dictation speed. */
export function secondsFor(text: string, language: ReportLanguage): number {
  const units = language === 'zh' ? [...text.replace(/\s/g, '')].length : text.split(/\s+/).length;
  return Math.ceil((units * 60) / PACE[language]);
}
