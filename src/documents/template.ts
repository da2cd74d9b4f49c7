import { PatchType, patchDetector, patchDocument, TextRun } from 'docx';
import { Unzip, UnzipInflate } from 'fflate';
import { distance } from '../conversation/text/commands/command-words.ts';
import type { ReportDocument } from '../incident/report-document.ts';
import { messageOf } from '../ops/errors.ts';
import { contentHash } from '../report/hash.ts';
import { lineOfPaper } from '../report/paper.ts';
import { dated, mainText, runs } from './docx.ts';

/** Placeholders allowed in a company's own DOCX, as {{主送}} or {{to}}; every line of the head, and the text itself. */
const PLACEHOLDERS = [
  { zh: '标题', en: 'title', required: true },
  { zh: '报告编号', en: 'number', required: true },
  { zh: '主送', en: 'to', required: true },
  { zh: '报告单位', en: 'unit', required: true },
  { zh: '报告时间', en: 'time', required: true },
  { zh: '签发人', en: 'signatory', required: true },
  { zh: '联系人', en: 'contact', required: true },
  { zh: '联系电话', en: 'phone', required: true },
  { zh: '正文', en: 'body', required: true },
  { zh: '日期', en: 'date', required: false },
] as const;
type Placeholder = (typeof PLACEHOLDERS)[number]['en'];

/** Problem of a template: an unreadable file, an unknown placeholder, or a missing one. */
export type TemplateProblem =
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly name: string; readonly suggestion: string | null }
  | { readonly kind: 'missing'; readonly name: string; readonly english: string };

/** Returns a template's faults, among them at most `MOST_UNKNOWN` placeholders; empty if it can be used. */
export async function checkTemplate(template: Uint8Array): Promise<readonly TemplateProblem[]> {
  let found: readonly string[];
  if (unpacksBeyond(template, LARGEST))
    return [{ kind: 'unreadable', detail: `it unpacks to more than ${LARGEST / 2 ** 20} MB` }];
  try {
    found = [...new Set(await patchDetector({ data: template, trimPlaceholders: true }))];
  } catch (error) {
    return [{ kind: 'unreadable', detail: messageOf(error) }];
  }
  const unknown = found
    .filter((name) => placeholderOf(name) === undefined)
    .slice(0, MOST_UNKNOWN)
    .map((name): TemplateProblem => ({ kind: 'unknown', name, suggestion: nearest(name) }));
  const missing = PLACEHOLDERS.filter(
    ({ zh, en, required }) => required && !found.some((name) => name === zh || name === en),
  );
  return [...unknown, ...missing.map(({ zh, en }): TemplateProblem => ({ kind: 'missing', name: zh, english: en }))];
}

/** Maximum number of unknown placeholders listed at once. */
const MOST_UNKNOWN = 20;
/** Maximum size (bytes) of an unpacked template; a letterhead with pictures takes a few MB. */
const LARGEST = 64 * 2 ** 20;
/** Bytes unpacked at a time: deflate expands at most a thousandfold. */
const SLICE = 4_096;

/** Returns true if a zip unpacks beyond the limit. Unpacks in slices: the sizes stated in the file may be wrong. */
function unpacksBeyond(zip: Uint8Array, limit: number): boolean {
  let size = 0;
  const unzip = new Unzip((file) => {
    file.ondata = (error, part) => {
      if (!error) size += part.length;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < zip.length && size <= limit; at += SLICE)
      unzip.push(zip.subarray(at, at + SLICE), at + SLICE >= zip.length);
  } catch {
    // The error is ignored here: the library that reads the file next reports it.
  }
  return size > limit;
}

function placeholderOf(name: string): Placeholder | undefined {
  return PLACEHOLDERS.find(({ zh, en }) => name === zh || name === en)?.en;
}

/** Returns the nearest known placeholder with at most half its characters wrong; null if none. */
function nearest(name: string): string | null {
  const [best] = PLACEHOLDERS.flatMap(({ zh, en }) => [zh, en])
    .map((word) => ({ word, errors: distance(name.toLowerCase(), word) }))
    .filter(({ word, errors }) => errors <= Math.ceil(word.length / 2) && errors < word.length)
    .toSorted((a, b) => a.errors - b.errors);
  return best?.word ?? null;
}

/**
 * Fills a report into the company's own layout. People's text may look like a placeholder and must stay as it is: the
 * template's placeholders are first renamed with a hash of the whole document, which no text can contain.
 */
export async function filledTemplate(template: Uint8Array, document: ReportDocument): Promise<Uint8Array> {
  const secret = contentHash(document);
  const delimiters = { start: `\u{27e6}${secret}`, end: '\u{27e7}' };
  const renamed = await patchDocument({
    outputType: 'uint8array',
    data: template,
    trimPlaceholders: true,
    patches: Object.fromEntries(
      PLACEHOLDERS.flatMap(({ zh, en }) =>
        [zh, en].map((name) => [name, inline([new TextRun(`${delimiters.start}${en}${delimiters.end}`)])]),
      ),
    ),
  });
  const lines = PLACEHOLDERS.filter(({ en }) => en !== 'body').map(
    ({ en }) => [en, inline(runs(shownAs(document, en)))] as const,
  );
  const filled = await patchDocument({
    outputType: 'uint8array',
    data: renamed,
    placeholderDelimiters: delimiters,
    patches: { ...Object.fromEntries(lines), body: { type: PatchType.DOCUMENT, children: mainText(document) } },
    properties: { title: document.title, lastModifiedBy: '' },
  });
  return dated(filled, document.compiledAt);
}

function inline(children: readonly TextRun[]) {
  return { type: PatchType.PARAGRAPH, children };
}

function shownAs(document: ReportDocument, name: Placeholder): string {
  if (name === 'title') return document.title;
  return lineOfPaper(document, name === 'date' ? 'sign.date' : name);
}
