import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderPaper } from '../documents/render.ts';
import { translate } from '../i18n/translate.ts';
import { loadRegimes } from '../regimes/load.ts';
import { emergencyCard } from '../report/emergency-card.ts';
import { guide } from '../report/guide.ts';
import type { Paper } from '../report/paper.ts';
import { checkProfile, loadLaws, usedLaw } from '../wiring/laws.ts';
import { readConfig } from './config.ts';
import { profileOf } from './stores.ts';
import { parsedArgs, say, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi guide [FOLDER]` writes the company's guide on grading and reporting, and a printable one-page emergency card
 * per legal entity, from the organisation profile and the law, as DOCX and PDF.
 */
export async function guideCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { folder: into, language } = parsed(args);
  const config = readConfig(terminal);
  const organisation = await profileOf(config);
  const laws = await loadLaws(config.regimesDir, organisation);
  await checkProfile(organisation, laws);
  const at = new Date().toISOString();
  for (const base of (await loadRegimes(config.regimesDir)).values()) {
    const isBase = base.id === laws.regime.id;
    const regime = isBase ? usedLaw(laws, organisation) : base;
    const folder = isBase ? into : join(into, base.id);
    await mkdir(folder, { recursive: true });
    const input = { regime, organisation, language, at };
    const say = (key: 'guide.file' | 'card.emergency.file') => translate(language === 'zh' ? 'zh-CN' : 'en', key);
    await write(guide(input), join(folder, say('guide.file')), terminal);
    for (const entity of organisation?.entities ?? [null]) {
      const name = [say('card.emergency.file'), entity?.id].filter(Boolean).join('-');
      await write(emergencyCard(input, entity), join(folder, name), terminal);
    }
  }
  return 0;
}

function parsed(args: readonly string[]): { readonly folder: string; readonly language: 'zh' | 'en' } {
  const options = { language: { type: 'string', default: 'zh' } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'guide');
  const [folder = '.', ...more] = positionals;
  const { language } = values;
  if (more.length > 0 || (language !== 'zh' && language !== 'en')) throw new UsageError('guide');
  return { folder, language };
}

async function write(paper: Paper, path: string, terminal: Terminal): Promise<void> {
  for (const format of ['docx', 'pdf'] as const) {
    const { name, content } = await renderPaper(paper, path, format);
    await writeFile(name, content);
    say(terminal, `ok: ${name}`);
  }
}
