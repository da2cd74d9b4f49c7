import { writeFile } from 'node:fs/promises';
import { readTemplate, TemplateError } from '../documents/template-file.ts';
import { loadRegimes } from '../regimes/load.ts';
import { sampleReport } from '../report/sample.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** `jishi template check FILE`: placeholders unknown or missing. `preview`: the template filled with invented content. */
export async function templateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb, file] = args;
  const out = args[2] ?? file?.replace(/(\.docx)?$/i, '-preview.docx');
  if ((verb !== 'check' && verb !== 'preview') || file === undefined || out === undefined) {
    throw new UsageError('template');
  }
  try {
    const template = await readTemplate(file);
    if (verb === 'check') terminal.out(`ok: ${file} can be used; name it in the organisation profile (reportTemplate)`);
    else await preview(template, out, terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    terminal.error(error.message);
    return 1;
  }
}

async function preview(template: Uint8Array, out: string, terminal: Terminal): Promise<void> {
  const { filledTemplate } = await import('../documents/template.ts');
  const regime = [...(await loadRegimes(terminal.env['REGIMES_DIR'])).values()][0];
  if (!regime) throw new Error('no regime');
  await writeFile(out, await filledTemplate(template, sampleReport(regime, new Date().toISOString())));
  terminal.out(`ok: ${out}`);
}
