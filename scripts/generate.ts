import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { reportDocumentSchema } from '../src/incident/report-document.ts';
import { inspectionSchema } from '../src/law/inspection.ts';
import { calendarSchema, packSchema } from '../src/law/pack-schema.ts';
import { regimeFileSchema } from '../src/law/regime-schema.ts';
import { DEFAULT_COMMAND, manifest } from '../src/platforms/slack/setup/manifest.ts';
import { apiTypes } from './api-types.ts';
import { envExample } from './env-example.ts';
import { thirdPartyLicences } from './licences.ts';
import { topicWeights, WEIGHTS } from './topics/weights.ts';
import { appManifest, botManifest } from './wecom-manifests.ts';

const API_TYPES = await apiTypes();

/** Every file of the project that is made from others. `npm run generate` writes them, `npm run check` compares. */
const GENERATED: Readonly<Record<string, () => string>> = {
  '.env.example': envExample,
  'THIRD_PARTY_LICENSES.md': thirdPartyLicences,
  'examples/api-client/jishi-api.d.ts': () => API_TYPES,
  'manifests/slack.socket.json': () => slackManifest(null),
  'manifests/slack.http.json': () => slackManifest('https://jishi.example.com'),
  'manifests/wecom.app.json': () => `${JSON.stringify(appManifest('https://jishi.example.com'), null, 2)}\n`,
  'manifests/wecom.bot.json': () => `${JSON.stringify(botManifest(), null, 2)}\n`,
  'schemas/report.schema.json': () => jsonSchema(reportDocumentSchema),
  'schemas/calendar.schema.json': () => jsonSchema(calendarSchema),
  'schemas/inspection.schema.json': () => jsonSchema(inspectionSchema),
  'schemas/pack.schema.json': () => jsonSchema(packSchema),
  'schemas/regime.schema.json': () => jsonSchema(regimeFileSchema),
  [WEIGHTS]: topicWeights,
};

function jsonSchema(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
}

/** For those who paste it; `npx jishi connect slack` makes a link of the same. */
function slackManifest(publicUrl: string | null): string {
  return `${JSON.stringify(manifest({ command: DEFAULT_COMMAND, language: 'en', publicUrl }), null, 2)}\n`;
}

/** The files that are missing or not what they would be if they were made now. */
export function outdated(): readonly string[] {
  return Object.entries(GENERATED)
    .filter(([path, content]) => read(path) !== content())
    .map(([path]) => path);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

if (import.meta.main) {
  const stale = outdated();
  if (process.argv.includes('--check')) {
    for (const path of stale) console.error(`${path} is out of date: npm run generate`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const path of stale) writeFileSync(path, GENERATED[path]?.() ?? '');
    console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'everything is up to date');
  }
}
