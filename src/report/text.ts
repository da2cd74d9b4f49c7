import { draftInForce } from '../incident/approvals.ts';
import type { ReportOrder } from '../incident/decide/context.ts';
import { levelReached } from '../incident/facts/assessment.ts';
import { onceFor } from '../incident/facts/once.ts';
import { reportWith } from '../law/regime.ts';
import type { BilingualText } from '../law/types.ts';
import { compileReport, lastFiledText } from './compile.ts';
import { type Difference, differences } from './differences.ts';
import { contentHash } from './hash.ts';
import { asPrinted } from './head.ts';
import type { DraftText, ReportDocument, ReportLanguage } from './model.ts';
import { roleNow, type Written } from './sheet.ts';

/** The exact text of a report of this kind, compiled now: the next draft of the incident. Pure. */
export function compileText(from: Written, order: ReportOrder): DraftText {
  const document = compileReport(from, order, 'zh');
  const twin = compileReport(from, order, 'en');
  return { hash: contentHash(document), document, twin, level: levelReached(from.ia) };
}

/**
 * Text that would be sent now: exactly the latest draft, or without one the report on the present record. The Chinese
 * text is filed; `en` is its twin.
 */
export function textToSend(from: Written, language: ReportLanguage = 'zh'): ReportDocument {
  const draft = draftInForce(from.state);
  const text = language === 'zh' ? draft?.text?.document : draft?.text?.twin;
  const document = text ?? compileReport(from, orderInForce(from), language, { basedOnVersion: draft?.upTo });
  return asPrinted(document, from.state);
}

/** Kind of the draft in force, otherwise of the phase the incident is in. */
export function orderInForce({ state, regime }: Pick<Written, 'state' | 'regime'>): ReportOrder {
  return draftInForce(state) ?? { report: reportWith(regime, roleNow(state)), cannotDetermine: [] };
}

/** One difference between two texts, for readers of either language. */
export interface TextChange {
  readonly id: string;
  readonly label: BilingualText;
  readonly before: BilingualText | null;
  readonly after: BilingualText | null;
}

/** Changes from one text to another; elapsed time is not a change. */
export function textChanges(before: DraftText, after: Pick<DraftText, 'document' | 'twin'>): readonly TextChange[] {
  const twins = new Map(differences(before.twin, after.twin).map((one) => [one.id, one]));
  return differences(before.document, after.document).map((zh) => bilingual(zh, twins.get(zh.id) ?? zh));
}

const once = onceFor<readonly TextChange[]>();

/** Changes of the record against a text compiled before; usually none. */
export function changesFrom(before: DraftText, from: Written, order: ReportOrder): readonly TextChange[] {
  const { report, cannotDetermine, statement = null } = order;
  return once(from, JSON.stringify([before.hash, report, cannotDetermine, statement]), () => {
    const document = compileReport(from, order, 'zh');
    if (differences(before.document, document).length === 0) return [];
    return textChanges(before, { document, twin: compileReport(from, order, 'en') });
  });
}

/** Changes of a report compiled now against the text filed last; null while no text of our own was filed. */
export function sinceFiled(from: Written, order: ReportOrder): readonly TextChange[] | null {
  const filed = lastFiledText(from.state);
  return filed && changesFrom(filed, from, order).filter(({ id }) => id !== 'note');
}

function bilingual(zh: Difference, en: Difference): TextChange {
  const both = (a: string | null, b: string | null): BilingualText | null =>
    a === null ? null : { zh: a, en: b ?? a };
  return {
    id: zh.id,
    label: { zh: zh.label, en: en.label },
    before: both(zh.before, en.before),
    after: both(zh.after, en.after),
  };
}
