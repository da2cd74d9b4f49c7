import type { Iso } from '../law/types.ts';

/** A report as a document, before any file format. Everything shown is in it, in order; renderers add layout only. */
export interface ReportDocument {
  readonly schema: 1;
  readonly incident: string;
  /** The draft it belongs to: the compiled one, or the next. */
  readonly draft: number;
  readonly kind: ReportKind;
  readonly version: ReportVersion;
  readonly language: ReportLanguage;
  readonly drill: boolean;
  readonly compiledAt: Iso;
  readonly title: string;
  /** Shown on every page: drill, internal, reference translation. */
  readonly marks: readonly string[];
  readonly head: readonly Line[];
  readonly introduction: readonly Block[];
  readonly sections: readonly Section[];
  readonly notes: readonly Paragraph[];
  readonly signature: readonly Line[];
  /** Only in the internal version. */
  readonly appendix: readonly Section[];
}

/** 首报 · 补报 · 续报 · 处置总结报告 · 更正 · 情况说明 */
export const REPORT_KINDS = ['initial', 'supplement', 'follow_up', 'summary', 'correction', 'explanation'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
/** `submission` is the 报送稿: nothing internal is in it. */
export type ReportVersion = 'submission' | 'internal';
export type ReportLanguage = 'zh' | 'en';

/** A label and its value: recipient, unit, signatory, … */
export interface Line {
  readonly id: string;
  readonly label: string;
  readonly runs: readonly Run[];
}
export interface Section {
  readonly id: string;
  /** 一、 in Chinese, 1. in English; null for parts without a number. */
  readonly number: string | null;
  readonly heading: string;
  readonly blocks: readonly Block[];
}
export type Block = Paragraph | Table;
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly id: string;
  readonly number: string | null;
  readonly label: string | null;
  readonly runs: readonly Run[];
}
export interface Table {
  readonly kind: 'table';
  readonly id: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}
/** `width` is the column's share of the table. */
export interface Column {
  readonly title: string;
  readonly width: number;
}

/**
 * A piece of text with where it comes from. `of` names the fact, field, part of the profile or entry of the record, so
 * that every statement can be traced; fixed phrases state nothing.
 */
export type Run =
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'fact'; readonly text: string; readonly of: string }
  | {
      readonly kind: 'estimate';
      readonly text: string;
      readonly of: string;
      /** The same without what only the passing of time changes; two texts equal in it say the same. */
      readonly stable?: string;
    }
  /** As a person wrote and confirmed it, in the language they wrote it in. */
  | { readonly kind: 'words'; readonly text: string; readonly of: string; readonly language: ReportLanguage }
  | { readonly kind: 'to_supplement'; readonly text: string; readonly of: string };

/** The exact text of a draft: what is read, approved and filed. */
export interface DraftText {
  /** SHA-256 (hex) of the canonical JSON of `document`. */
  readonly hash: string;
  /** The Chinese submission (报送稿). */
  readonly document: ReportDocument;
  /** Its English twin, for reference. */
  readonly twin: ReportDocument;
  /** The level reached when it was compiled, by decision or by the figures. */
  readonly level: string;
}
