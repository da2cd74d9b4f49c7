import type { Regime } from '../../../law/regime.ts';
import type { Level } from '../../../law/types.ts';
import { fold } from '../characters.ts';
import { Cursor } from '../cursor.ts';
import { readDuration } from '../times/durations.ts';
import type { ReportKind, TextCommand, Undetermined } from './command-types.ts';
import usual from './level-words.json' with { type: 'json' };

/** Arguments after a verb. `raw` and `folded` are the same text, trimmed, with equal lengths. */
export interface Arguments {
  readonly raw: string;
  readonly folded: string;
  /** True if a colon separated the text from the verb. */
  readonly colon: boolean;
  /** Verb as typed, folded. */
  readonly word: string;
  /** True if no space separates the verb from its object, so that both may be one word: 新建事件官网被黑. */
  readonly joined?: true;
}

/** Words for a level, ordered so that a longer word comes before its own prefix. */
export interface LevelWords {
  readonly id: Level;
  readonly words: readonly string[];
}
/** Levels of the built-in regime, for lines that are read without an incident. */
export const USUAL_LEVELS: readonly LevelWords[] = usual;

/** Returns the words for the levels of a regime: its own names, the longest first. */
export function levelWords({ levels }: Pick<Regime, 'levels'>): readonly LevelWords[] {
  return levels
    .map(({ id, name, short }) => ({ id, words: [name.zh, name.en, short.zh, short.en, id.replaceAll('_', ' ')] }))
    .toSorted((a, b) => (b.words[2]?.length ?? 0) - (a.words[2]?.length ?? 0));
}

/** Longest name of a level with its other language, in characters. */
const LONGEST_NAME = 160;
const SUFFIX = /^(?:级别|级|网络安全事件|事件)/;

/** English part of a level after the Chinese term, as on buttons: 较大 (Major, 2 of 4). */
const TWIN = /^ ?\([a-z ]{1,40}(?:, ?\d of \d)?\)/;

/** Reads a level at the beginning, in Chinese, English or both, and returns the rest of the text. */
export function readLevel(
  args: Arguments,
  levels: readonly LevelWords[],
): { readonly level: Level; readonly rest: Arguments } | undefined {
  const skip = /^(?:为|to|as|level|:| )+/.exec(args.folded)?.[0].length ?? 0;
  const folded = args.folded.slice(skip, skip + LONGEST_NAME).replaceAll('_', ' ');
  for (const { id, words } of levels) {
    const word = words.map(fold).find((one) => folded.startsWith(one));
    if (word === undefined) continue;
    const length = word.length + (SUFFIX.exec(folded.slice(word.length))?.[0].length ?? 0);
    if (/^[a-z]/.test(folded.slice(length))) continue;
    const twin = TWIN.exec(folded.slice(length))?.[0].length ?? 0;
    return { level: id, rest: argumentsFrom(args, skip + length + twin) };
  }
  return undefined;
}

/** Returns the level named at the beginning of a text; undefined if there is none. */
export function levelNamed(text: string, regime: Pick<Regime, 'levels'>): Level | undefined {
  const args = { raw: text.trim(), folded: fold(text.trim()), colon: false, word: '' };
  return readLevel(args, levelWords(regime))?.level;
}

/** Returns the arguments from `start` on, without leading separators. */
export function argumentsFrom(args: Arguments, start: number): Arguments {
  const separators = /^[ :,;.()-]*/.exec(args.folded.slice(start, start + 40))?.[0] ?? '';
  const from = start + separators.length;
  return {
    raw: args.raw.slice(from).trim(),
    folded: args.folded.slice(from).trimEnd(),
    colon: separators.includes(':'),
    word: args.word,
  };
}

const REASON = /^(?:原因是?|理由是?|因为|由于|because(?: of)?|reason|since|as)(?![a-z])[ :,]*/;

/** Returns the reason after a colon, or after a word such as "because". Undefined if the words are no reason. */
export function readReason(args: Arguments): { readonly reason?: string } | undefined {
  if (args.raw === '') return {};
  const marker = REASON.exec(args.folded);
  if (!marker && !args.colon) return undefined;
  const reason = args.raw.slice(marker?.[0].length ?? 0).trim();
  return reason === '' ? {} : { reason };
}

const REPORTS: readonly (readonly [RegExp, ReportKind])[] = [
  [/(?:首报|初报|first(?: report)?|initial(?: report)?)(?![a-z])/y, 'first'],
  [/(?:补报|supplement(?:ary report)?)(?![a-z])/y, 'supplement'],
  [/(?:续报|follow[- ]up(?: report)?)(?![a-z])/y, 'update'],
  [/(?:处置总结报告|处置总结|总结报告|总结|终报|summary(?: report)?|final(?: report)?)(?![a-z])/y, 'final'],
];
const CANNOT =
  /(?:无法判明|无法判定|暂无法判明|暂无法判定|尚无法判明|不明|cannot (?:yet )?(?:be )?determined?|not determined|without|unknown)[ :,]*/y;
const UNDETERMINED: readonly (readonly [RegExp, Undetermined])[] = [
  [/(?:事件)?(?:原因|cause)/y, 'cause'],
  [/(?:影响|impact)/y, 'impact'],
  [/(?:发展)?(?:趋势|trend)/y, 'trend'],
];

/** Reads a report and its undetermined points: "首报 无法判明：原因、趋势", "first report, cannot determine cause". */
export function readDraft({ folded }: Arguments, report: ReportKind | undefined): TextCommand | undefined {
  const cursor = new Cursor(folded);
  // The label of a button, e.g. [Draft follow-up (续报)], may be typed as it is.
  cursor.take(/\((?:补报|续报)\)/y);
  const kind = report ?? cursor.oneOf(REPORTS);
  cursor.take(/[ ,:]+/y);
  const base: TextCommand = { type: 'draft', ...(kind === undefined ? {} : { report: kind }) };
  if (cursor.finished || cursor.sees(/(?:now|please|pls)$/y)) return base;
  const found = cursor.take(CANNOT) && cursor.allOf(UNDETERMINED, /(?:[ ,;]|和|与|及|and(?= ))+/y);
  return found?.length ? { ...base, cannotDetermine: [...new Set(found)] } : undefined;
}

type Download = Extract<TextCommand, { type: 'download' }>;
const word = (words: string): RegExp => new RegExp(`(?:${words})(?:$|(?=[ ,一-龥])|(?<= ))`, 'y');
const DOWNLOADS: readonly (readonly [RegExp, Omit<Download, 'type'>])[] = [
  [/pdf(?![a-z])/y, { format: 'pdf' }],
  [/(?:docx?|word)(?![a-z])/y, { format: 'docx' }],
  [/(?:md|markdown)(?![a-z])/y, { format: 'md' }],
  [/json(?![a-z])/y, { format: 'json' }],
  [word('内部稿|内部|internal(?: version)?'), { internal: true }],
  [word('英文对照稿|英文稿|英文|english(?: twin| reference copy)?|en'), { language: 'en' }],
  [word('中文稿|中文|chinese|zh'), { language: 'zh' }],
  [word('报送稿|报告|稿|the |report|version|as |in '), {}],
];

/** Reads a download: "下载 PDF 英文", "internal docx", 报送稿. Every word must be understood. */
export function readDownload(args: Arguments): TextCommand | undefined {
  const cursor = new Cursor(`${args.word} ${args.folded}`);
  cursor.take(/(?:下载|导出|download|export) ?/y);
  const parts = cursor.allOf(DOWNLOADS, /[ ,]+/y);
  let command: Download = { type: 'download' };
  for (const part of parts ?? []) command = { ...command, ...part };
  return parts && command;
}

const USUAL_SNOOZE_MINUTES = 15;

/** Parses 15, "15 min", 半小时后. A bare number is minutes, as on the button. */
export function readSnooze(folded: string): TextCommand | undefined {
  if (folded === '') return { type: 'snooze', minutes: USUAL_SNOOZE_MINUTES };
  const bare = /^(\d{1,4})$/.exec(folded);
  if (bare) return Number(bare[1]) > 0 ? { type: 'snooze', minutes: Number(bare[1]) } : undefined;
  const cursor = new Cursor(folded.slice(0, 80));
  cursor.take(/(?:in|for|me) /y);
  const duration = readDuration(cursor);
  if (!duration || duration.minutes.low !== duration.minutes.high) return undefined;
  cursor.take(/ ?(?:之?后|以后|later)?(?:再)?(?:提醒)?(?:我)?/y);
  const minutes = Math.round(duration.minutes.low);
  return cursor.finished && folded.length <= 80 && minutes > 0 ? { type: 'snooze', minutes } : undefined;
}

/** Reads the speed of a drill in front of its title: 60倍, 60x, x60, ×60; also an invalid one, e.g. -3x. */
export function readSpeed(args: Arguments): { readonly speed: number; readonly rest: Arguments } | undefined {
  const match = /^(?:(-?\d{1,7}(?:\.\d)?) ?(?:倍速?|x|×|times)|[x×] ?(-?\d{1,7}))(?![a-z\d])/.exec(args.folded);
  const speed = Number(match?.[1] ?? match?.[2]);
  return match ? { speed, rest: argumentsFrom(args, match[0].length) } : undefined;
}
