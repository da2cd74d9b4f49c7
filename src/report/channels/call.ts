import { translate } from '../../i18n/translate.ts';
import type { Paragraph, ReportDocument } from '../../incident/report-document.ts';
import type { Regime } from '../../law/regime.ts';
import { colon } from '../paper.ts';
import { messageLanguage } from '../sheet.ts';
import { LONGEST_CALL, phoneScript, secondsFor, sentence } from './script.ts';

/** One utterance in a practised call; `field`: the report field it is about. */
export interface Turn {
  readonly who: 'caller' | 'officer';
  readonly text: string;
  readonly field: string | null;
}
/** A practised call, with its duration when read slowly and the share of report fields stated in it. */
export interface PractisedCall {
  readonly turns: readonly Turn[];
  readonly seconds: number;
  /** Fields the officer had to ask for. */
  readonly asked: readonly string[];
  /** Percent of the fields of the report that the caller stated, or said not to be known yet. */
  readonly said: number;
}

/** Lines the officer lets pass before the interruption. */
const PATIENCE = 2;
/** Longest answers, in characters: the first with which a prepared call keeps to its time; to a question it is the first. */
const TERSE = { zh: [40, 30, 20], en: [110, 80, 60] } as const;

/**
 * First call by the phone script: the officer interrupts, the caller answers and repeats the line, and the officer asks
 * for every point missing from the script, one by one. Without a model: the questions are the fields of the report in
 * their order.
 */
export function firstCall(document: ReportDocument, regime: Pick<Regime, 'reports'>): PractisedCall {
  const script = phoneScript(document, regime);
  const spoken = script.lines.map(
    (text, line): Turn => ({ who: 'caller', text, field: script.fields[line - 1] ?? null }),
  );
  const missing = fieldsOf(document).filter(({ id }) => !script.fields.includes(id));
  const [first, ...others] = missing.map(
    (one) => [question(document, one), answer(document, one, TERSE[document.language][0])] as const,
  );
  const interrupted = spoken.slice(0, PATIENCE);
  const again = interrupted.at(-1);
  const turns = [
    ...interrupted,
    ...(first ?? []),
    ...(first && again ? [again] : []),
    ...spoken.slice(PATIENCE),
    ...others.flat(),
  ];
  return callOf(document, turns, missing);
}

/**
 * Second call, by the script that follows from the first: every field in the officer's order and in a few words, and what is
 * open in one sentence, so that nothing has to be asked.
 */
export function preparedCall(document: ReportDocument, regime: Pick<Regime, 'reports'>): PractisedCall {
  const tries = TERSE[document.language].map((longest) => preparedWithin(document, regime, longest));
  return tries.find(({ seconds }) => seconds <= LONGEST_CALL) ?? tries.at(-1) ?? callOf(document, [], []);
}

function preparedWithin(document: ReportDocument, regime: Pick<Regime, 'reports'>, longest: number): PractisedCall {
  const { lines } = phoneScript(document, regime);
  const fields = fieldsOf(document);
  const open = fields.filter(isOpen);
  const labels = open.map(({ label }) => label ?? '').join(document.language === 'zh' ? '、' : ', ');
  const plain = (text: string | undefined): Turn[] => (text ? [{ who: 'caller', text, field: null }] : []);
  const turns = [
    ...plain(lines[0]),
    ...fields.filter((one) => !isOpen(one)).map((one) => answer(document, one, longest)),
    ...(open.length > 0 ? plain(say(document, 'call.open', { labels })) : []),
    ...plain(lines.at(-1)),
  ];
  return callOf(document, turns, [], new Set(open.map(({ id }) => id)));
}

function callOf(
  document: ReportDocument,
  turns: readonly Turn[],
  asked: readonly Paragraph[],
  saidOpen: ReadonlySet<string> = new Set(),
): PractisedCall {
  const fields = fieldsOf(document);
  const said = new Set(turns.flatMap(({ who, field }) => (who === 'caller' && field !== null ? [field] : [])));
  const known = fields.filter(({ id }) => said.has(id) || saidOpen.has(id));
  const seconds = secondsFor(turns.map(({ text }) => text).join(' '), document.language);
  const share = fields.length === 0 ? 100 : Math.floor((100 * known.length) / fields.length);
  return { turns, seconds, asked: asked.map(({ id }) => id), said: share };
}

/** Fields of the items of the report, in their order; one without a name of its own is called by its item. */
function fieldsOf({ sections }: ReportDocument): readonly Paragraph[] {
  const all = sections.flatMap(({ heading, blocks }) =>
    blocks.flatMap((one) => (one.kind === 'paragraph' ? [{ ...one, label: one.label ?? heading }] : [])),
  );
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

function isOpen({ runs }: Paragraph): boolean {
  return (
    runs.every(({ kind }) => kind === 'to_supplement' || kind === 'phrase') &&
    runs.some(({ kind }) => kind === 'to_supplement')
  );
}

function question(document: ReportDocument, { id, label }: Paragraph): Turn {
  return { who: 'officer', text: say(document, 'call.question', { label: label ?? id }), field: id };
}

function answer(document: ReportDocument, one: Paragraph, longest: number): Turn {
  const { language } = document;
  const label = one.label ?? '';
  const text = isOpen(one)
    ? `${label}${label === '' ? '' : colon(label)}${say(document, 'call.not_known')}`
    : sentence(one, longest, say(document, 'phone.in_writing'), language);
  return { who: 'caller', text, field: one.id };
}

function say(
  { language }: ReportDocument,
  key: 'call.question' | 'call.not_known' | 'call.open' | 'phone.in_writing',
  params: Readonly<Record<string, string>> = {},
): string {
  return translate(messageLanguage(language), key, params);
}
