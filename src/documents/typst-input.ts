import { translate } from '../i18n/translate.ts';
import type { Block, Line, Paragraph, Section } from '../report/model.ts';
import type { Paper } from '../report/paper.ts';
import { colon, headingText, isRagged, labelText, textOf } from '../report/plain-text.ts';

/** Input of the template: the document's texts, joined, in order. */
export function typstInput(document: Paper): Readonly<Record<string, unknown>> {
  const { title, marks, language, compact = false } = document;
  return {
    title,
    marks,
    language,
    compact,
    page: translate(language === 'zh' ? 'zh-CN' : 'en', 'report.page', { page: '{page}' }),
    head: document.head.map(line),
    introduction: document.introduction.map(block),
    sections: document.sections.map(section),
    notes: document.notes.map(paragraph),
    signature: document.signature.map(line),
    appendix: document.appendix.map(section),
  };
}

function line({ label, runs }: Line) {
  return { label: `${label}${colon(label)}`, text: textOf(runs) };
}
function section(one: Section) {
  return { heading: headingText(one), blocks: one.blocks.map(block) };
}
function block(one: Block) {
  return one.kind === 'paragraph' ? paragraph(one) : one;
}
function paragraph(one: Paragraph) {
  const label = labelText(one);
  const text = textOf(one.runs);
  return { kind: one.kind, label, text, ragged: isRagged(text) };
}
