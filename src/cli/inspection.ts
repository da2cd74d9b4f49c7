import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { translate } from '../i18n/translate.ts';
import { visibility } from '../incident/visibility.ts';
import { loadInspection } from '../regimes/load-inspection.ts';
import { type InspectionQuery, inspected, inspectionFile } from '../use-cases/documents/inspection.ts';
import type { Refusal } from '../use-cases/ports.ts';
import { documentsWith } from '../wiring.ts';
import { readConfig } from './config.ts';
import { onOwnRecord, profileOf, situationsIn } from './stores.ts';
import { CommandError, isDay, parsedArgs, say, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

/**
 * `jishi inspection --entity ENTITY --from DAY --to DAY [FOLDER]` writes the inspection pack as DOCX, PDF and a zip
 * that can be verified without Jishi. `--counsel` adds reasons of late filings. Without a profile no entity is named.
 */
export async function inspectionCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { query, language, folder } = parsed(args);
  const config = readConfig(terminal);
  return onOwnRecord('inspection', config, async (store) => {
    const organisation = await profileOf(config);
    const now = Date.now();
    const found = await inspected(
      {
        store,
        organisation,
        map: loadInspection(),
        situation: await situationsIn(store, config, now),
        shown: (state) => visibility(state, { kind: 'api' }),
        counts: () => true,
        readsReasons: () => true,
      },
      query,
      new Date(now).toISOString(),
    );
    if ('code' in found) throw new CommandError(`jishi inspection: ${refusalText(found, languageOf(terminal.env))}`);
    await mkdir(folder, { recursive: true });
    const tools = await documentsWith(null)();
    for (const format of ['docx', 'pdf', 'zip'] as const) {
      const made = await inspectionFile(tools, found, { store }, query, { format, language });
      // The zip has the same text as Markdown.
      if ('code' in made) {
        say(terminal, `${format}: ${refusalText(made, languageOf(terminal.env))}`);
        continue;
      }
      const { name, content } = made;
      const file = join(folder, name);
      const parts = content instanceof Uint8Array ? [content] : content;
      await pipeline(Readable.from(parts), createWriteStream(file, { mode: 0o600 }));
      say(terminal, `ok: ${file}`);
    }
    return 0;
  });
}

function refusalText({ code, params = {} }: Refusal, language: 'en' | 'zh-CN'): string {
  const { entities, rows, most } = params;
  switch (code) {
    case 'wrong_period':
      return translate(language, 'refuse.wrong_period');
    case 'paper_too_long':
      return translate(language, 'refuse.paper_too_long', { rows: Number(rows), most: Number(most) });
    default:
      return translate(language, 'refuse.unknown_entity', { entities: typeof entities === 'string' ? entities : '' });
  }
}

function parsed(args: readonly string[]): {
  readonly query: InspectionQuery;
  readonly language: 'zh' | 'en';
  readonly folder: string;
} {
  const string = { type: 'string' } as const;
  const options = {
    entity: string,
    from: string,
    to: string,
    language: { type: 'string', default: 'zh' },
    counsel: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'inspection');
  const [folder = '.', ...more] = positionals;
  const { entity, from = '', to = '', language, counsel } = values;
  if (more.length > 0 || !isDay(from) || !isDay(to) || (language !== 'zh' && language !== 'en'))
    throw new UsageError('inspection');
  return { query: { entity, from, to, counsel }, language, folder };
}
