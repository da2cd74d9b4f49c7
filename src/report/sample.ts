import { translate } from '../i18n/translate.ts';
import { type Regime, reportWith } from '../law/regime.ts';
import { partNumber, sectionNumber } from './format.ts';
import type { Line, Paragraph, ReportDocument } from './model.ts';
import { factRun, paragraph, phrase } from './runs.ts';
import { headingOf } from './sections.ts';

/** A first report of invented content, made of the examples of the regime: to look at a layout before it is needed. */
export function sampleReport(regime: Regime, at: string): ReportDocument {
  const say = (key: Parameters<typeof translate>[1]) => translate('zh-CN', key);
  const unit = say('sample.unit');
  const line = (id: string, label: string, text: string): Line => ({ id, label, runs: [factRun(text, 'sample')] });
  return {
    schema: 1,
    incident: 'INC-0000-0000',
    draft: 1,
    kind: reportWith(regime, 'first'),
    version: 'submission',
    language: 'zh',
    drill: false,
    compiledAt: at,
    title: regime.reports.find(({ role }) => role === 'first')?.title.zh ?? '',
    marks: [],
    head: [
      line('number', say('report.head.number'), 'INC-0000-0000'),
      line('to', say('report.head.to'), regime.provinces.list[0]?.body.zh ?? ''),
      line('unit', say('report.head.unit'), `${unit}${say('report.head.seal')}`),
      line('time', say('report.head.time'), say('sample.time')),
      line('signatory', say('report.head.signatory'), say('sample.signatory')),
      line('contact', say('report.head.contact'), say('sample.contact')),
      line('phone', say('report.head.phone'), '000-0000 0000'),
    ],
    introduction: [],
    sections: regime.items.map((item) => ({
      id: item.id,
      number: sectionNumber(item.n, 'zh'),
      heading: headingOf({ language: 'zh' }, item),
      blocks: item.fields.map(
        ({ id, label, example }, index): Paragraph =>
          paragraph(id, [factRun(`${example.zh}。`, 'sample')], {
            number: partNumber(index + 1, 'zh'),
            label: label.zh,
          }),
      ),
    })),
    notes: [paragraph('note', [phrase(say('sample.note'))], { label: say('report.note.label') })],
    signature: [
      line('sign.unit', say('report.sign.unit'), unit),
      line('sign.signatory', say('report.sign.signatory'), say('report.blank')),
      line('sign.date', say('report.sign.date'), say('sample.date')),
    ],
    appendix: [],
  };
}
