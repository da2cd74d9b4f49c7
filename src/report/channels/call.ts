import { translate } from '../../i18n/translate.ts';
import type { Officer } from '../../incident/decide/context.ts';
import type { CallEnd, CallTurn, DrillCall, Prompt } from '../../incident/drill-call.ts';
import type { Paragraph, ReportDocument, Section } from '../../incident/report-document.ts';
import type { Inject } from '../../incident/scenario.ts';
import type { Regime } from '../../law/regime.ts';
import { textToSend } from '../compile.ts';
import { colon } from '../paper.ts';
import { messageLanguage, type Written } from '../sheet.ts';
import { aloud, LONGEST_CALL, phoneScript, secondsFor, sentence } from './script.ts';

type Reports = Pick<Regime, 'reports'>;
interface ScriptLine {
  readonly text: string;
  readonly fields: readonly string[];
}
/** `Prompt` in the language of one document. */
type Cue = Omit<Prompt, 'asks' | 'labels' | 'says'> &
  Record<'asks' | 'labels', string | null> & { readonly says: string };

/** Number of script lines after which the officer interrupts with the first question. */
const PATIENCE = 2;
/** Maximum number of questions on one item: one, and a second if it was not answered. */
const ASKED = 2;
/** Maximum length, in characters, of an answer and of a line in a prepared script. */
const ANSWER = { zh: 40, en: 110 } as const;
const TERSE = { zh: [40, 30, 20], en: [70, 50, 30] } as const;

/** Next turn of a practised call about the report as it would be sent now; null if no question is left. */
export function promptOf(from: Written, call: Pick<DrillCall, 'turns' | 'prepared'>): Prompt | null {
  const [zh, en] = [textToSend(from), textToSend(from, 'en')].map((document) => cueOf(document, from.regime, call));
  if (!zh) return null;
  const both = (key: 'asks' | 'labels') => {
    const text = zh[key];
    return text === null ? null : { zh: text, en: en?.[key] ?? text };
  };
  return { ...zh, asks: both('asks'), labels: both('labels'), says: { zh: zh.says, en: en?.says ?? zh.says } };
}

/**
 * Officer of 12387, without a language model. The caller reads the script; after two lines the officer interrupts and
 * asks for the first item the script leaves out, and the caller repeats the line and reads on. Then the officer asks
 * for other items with unstated fields, one at a time, at most twice each; last the caller asks for the officer's name
 * and the number. A prepared call (the second) states every field in the officer's order.
 */
export function cueOf(
  document: ReportDocument,
  regime: Reports,
  { turns, prepared }: Pick<DrillCall, 'turns' | 'prepared'>,
) {
  const whole = prepared ? preparedScript(document, regime) : firstScript(document, regime);
  const [script, request] = [whole.slice(0, -1), whole.at(-1)];
  const said = new Set(turns.flatMap((turn) => turn.said));
  const read = turns.filter(({ item }) => item === null).length;
  const asked = (id: string): number => turns.filter(({ item }) => item === id).length;
  const missingIn = (section: Section): readonly Paragraph[] => fieldsIn(section).filter(({ id }) => !said.has(id));
  const inScript = new Set(script.flatMap(({ fields }) => fields));
  const gap = document.sections.find((section) => missingIn(section).some(({ id }) => !inScript.has(id)));
  if (gap && turns.length === PATIENCE && read === PATIENCE)
    return question(document, gap, missingIn(gap), 'call.interrupts');
  const cutOff = script[PATIENCE - 1];
  const wasCutOff = read >= PATIENCE && (turns[PATIENCE]?.item ?? null) !== null;
  const lines = wasCutOff && cutOff ? script.toSpliced(PATIENCE, 0, cutOff) : script;
  const line = lines[read];
  if (line) return spoken(line);
  for (let round = 0; round < ASKED; round++) {
    const next = document.sections.find((section) => missingIn(section).length > 0 && asked(section.id) === round);
    if (next) return question(document, next, missingIn(next), round > 0 ? 'call.again' : 'call.question');
  }
  return request && read === lines.length ? spoken(request) : null;
}

const spoken = ({ text, fields }: ScriptLine): Cue => ({
  ...{ asks: null, labels: null, item: null, again: false, open: [] },
  ...{ says: text, fields },
});

type Question = 'call.interrupts' | 'call.question' | 'call.again';

function question(document: ReportDocument, { id }: Section, missing: readonly Paragraph[], key: Question): Cue {
  const labels = labelsOf(document, missing);
  const answers = missing.map((one) => answer(document, one, ANSWER[document.language]));
  return {
    asks: say(document, key, { label: labels }),
    labels,
    item: id,
    again: key === 'call.again',
    says: answers.join(document.language === 'zh' ? '' : ' '),
    fields: missing.map((one) => one.id),
    open: missing.filter(isOpen).map((one) => one.id),
  };
}

/** Officer of a drill, who asks about the report as it would be sent now. */
export function officerOf(from: Written): Officer {
  return {
    prompt: (call) => promptOf(from, call),
    end: (call) => endOf(from, call),
    notKnown: translate('zh-CN', 'call.not_known'),
  };
}

/** Returns the number of items, the items not stated in a call, and the officer's call back about a first report. */
function endOf(from: Written, { turns }: Pick<DrillCall, 'turns'>): Omit<CallEnd, 'receipt'> {
  const said = new Set(turns.flatMap((turn) => turn.said));
  const [zh, en] = [textToSend(from), textToSend(from, 'en')];
  const items = zh.sections.filter((section) => fieldsIn(section).length > 0);
  const left = items.filter((section) => fieldsIn(section).some(({ id }) => !said.has(id))).map(({ id }) => id);
  const recipient = from.ia.obligations.find(({ form }) => form === 'first')?.recipient;
  const callBack = recipient === undefined ? {} : { callBack: callBackOf(zh, en, left, recipient) };
  return { items: items.length, left, ...callBack };
}

/** Officer's call back after a practised call: a request, with a limit, on the open items or on the measures. */
function callBackOf(zh: ReportDocument, en: ReportDocument, left: readonly string[], recipient: string): Inject {
  const about = (document: ReportDocument): readonly Section[] => {
    const isDue = ({ id, blocks }: Section): boolean =>
      left.includes(id) || blocks.some((one) => one.kind === 'paragraph' && isOpen(one));
    return document.sections.filter(isDue).slice(0, MOST_REQUESTED);
  };
  const text = (document: ReportDocument): string => {
    const labels = listed(
      document,
      about(document).map(({ heading }) => heading),
    );
    return say(document, labels === '' ? 'call.back' : 'call.back_items', { labels });
  };
  const from = { zh: say(zh, 'call.from'), en: say(en, 'call.from') };
  const request = { recipient, within: CALL_BACK.within };
  const expect = { act: 'file', within: CALL_BACK.within } as const;
  return {
    id: 'call-back',
    at: CALL_BACK.after,
    after: 'filing',
    from,
    text: { zh: text(zh), en: text(en) },
    request,
    expect,
  };
}
const MOST_REQUESTED = 3;
/** Minutes of incident time from the caller's call to the officer's, and from there until the answer is due. */
const CALL_BACK = { after: 15, within: 60 } as const;

/** Seconds that the words of both sides take at dictation speed. */
export function secondsOf(turns: readonly Pick<CallTurn, 'asks' | 'text'>[]): number {
  const texts = turns.flatMap(({ asks, text }) => [asks ?? [], text ?? []].flat());
  return texts.reduce((sum, text) => sum + secondsFor(text, /\p{Script=Han}/u.test(text) ? 'zh' : 'en'), 0);
}

function firstScript(document: ReportDocument, regime: Reports): readonly ScriptLine[] {
  const { lines, fields } = phoneScript(document, regime);
  const all = document.sections.flatMap(fieldsIn);
  return lines.map((text, line) => {
    const read = fields[line - 1] ?? [];
    const [stated, ...more] = all.filter(({ id }) => read.includes(id));
    const isOne = stated && more.length === 0;
    const says = isOne && isOpen(stated) ? answer(document, stated, ANSWER[document.language]) : text;
    return { text: aloud(document.language, says), fields: read };
  });
}

/** Script prepared after a first call: every field in few words, and one sentence on all that are not known yet. */
function preparedScript(document: ReportDocument, regime: Reports): readonly ScriptLine[] {
  const tries = TERSE[document.language].map((longest) => preparedWithin(document, regime, longest));
  const seconds = (script: readonly ScriptLine[]) =>
    secondsFor(script.map(({ text }) => text).join(' '), document.language);
  return tries.find((script) => seconds(script) <= LONGEST_CALL) ?? tries.at(-1) ?? [];
}

function preparedWithin(document: ReportDocument, regime: Reports, longest: number): readonly ScriptLine[] {
  const { lines } = phoneScript(document, regime);
  const fields = document.sections.flatMap(fieldsIn);
  const open = fields.filter(isOpen);
  const plain = (text: string | undefined): ScriptLine[] =>
    text ? [{ text: aloud(document.language, text), fields: [] }] : [];
  const all = say(document, 'call.open', { labels: labelsOf(document, open) });
  return [
    ...plain(lines[0]),
    ...fields.filter((one) => !isOpen(one)).map((one) => ({ text: answer(document, one, longest), fields: [one.id] })),
    ...(open.length > 0 ? [{ text: all, fields: open.map(({ id }) => id) }] : []),
    ...plain(lines.at(-1)),
  ];
}

/** Fields of an item, in order; a field without a label gets the heading of the item. */
export function fieldsIn({ heading, blocks }: Section): readonly Paragraph[] {
  const all = blocks.flatMap((one) => (one.kind === 'paragraph' ? [{ ...one, label: one.label ?? heading }] : []));
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

function labelsOf(document: ReportDocument, fields: readonly Paragraph[]): string {
  return listed(
    document,
    fields.map(({ id, label }) => label ?? id),
  );
}
function listed({ language }: ReportDocument, labels: readonly string[]): string {
  return labels.join(language === 'zh' ? '、' : ', ');
}

function isOpen({ runs }: Paragraph): boolean {
  return (
    runs.every(({ kind }) => kind === 'to_supplement' || kind === 'phrase') &&
    runs.some(({ kind }) => kind === 'to_supplement')
  );
}

function answer(document: ReportDocument, one: Paragraph, longest: number): string {
  const { language } = document;
  const label = one.label ?? '';
  return isOpen(one)
    ? `${label}${label === '' ? '' : colon(label)}${say(document, 'call.not_known')}`
    : aloud(document.language, sentence(one, longest, say(document, 'phone.in_writing'), language));
}

function say(
  { language }: ReportDocument,
  key:
    | Question
    | ('call.own_words' | 'call.not_known' | 'call.open')
    | ('call.back' | 'call.back_items' | 'call.from' | 'phone.in_writing'),
  params: Readonly<Record<string, string>> = {},
): string {
  return translate(messageLanguage(language), key, params);
}
