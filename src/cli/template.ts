import { writeFile } from 'node:fs/promises';
import { readTemplate, TemplateError } from '../documents/template-file.ts';
import { translate } from '../i18n/translate.ts';
import type { Line, Paragraph, ReportDocument } from '../incident/report-document.ts';
import { type Regime, reportWith } from '../law/regime.ts';
import { loadRegimes } from '../regimes/load.ts';
import { partNumber, sectionNumber } from '../report/format.ts';
import { factRun, paragraph, phrase } from '../report/runs.ts';
import { headingOf } from '../report/sections.ts';
import { complain, say, type Terminal, UsageError } from './terminal.ts';

/** `jishi template check FILE` finds unknown or missing placeholders; `preview` fills in invented content. */
export async function templateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb, file] = args;
  const out = args[2] ?? file?.replace(/(\.docx)?$/i, '-preview.docx');
  if ((verb !== 'check' && verb !== 'preview') || file === undefined || out === undefined) {
    throw new UsageError('template');
  }
  try {
    const template = await readTemplate(file);
    if (verb === 'check')
      say(terminal, `ok: ${file} can be used; name it in the organisation profile (reportTemplate)`);
    else await preview(template, out, terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    complain(terminal, error.message);
    return 1;
  }
}

async function preview(template: Uint8Array, out: string, terminal: Terminal): Promise<void> {
  const { filledTemplate } = await import('../documents/template.ts');
  const regime = [...(await loadRegimes(terminal.env['REGIMES_DIR'])).values()][0];
  if (!regime) throw new Error('no regime');
  await writeFile(out, await filledTemplate(template, sampleReport(regime, new Date().toISOString())));
  say(terminal, `ok: ${out}`);
}

/** Returns a sample first report from the regime's examples, to preview a layout. */
function sampleReport(regime: Regime, at: string): ReportDocument {
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
