import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config/schema.ts';
import { ACCESS } from '../http/kept-rows.ts';
import { sessionSchema } from '../http/token-store.ts';
import { messageOf } from '../ops/errors.ts';
import { parseJson } from '../ops/json.ts';
import { dueStampOf } from '../report/format.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import type { Finding } from '../use-cases/ports.ts';
import { checkForStart } from '../wiring/open-store.ts';
import { openForReading, storeFile } from '../wiring/reading.ts';
import { ok, warning, wrong } from './findings.ts';

/** Returns the store findings of `doctor`: whether the store can be opened and written, and its content. */
export async function storeFindings(config: Config): Promise<readonly Finding[]> {
  if (config.databaseUrl === null) return fileFindings(config);
  const where = `PostgreSQL at ${new URL(config.databaseUrl).host}`;
  const { missingRights } = await import('../storage/postgres/rights.ts');
  // A failed connection is reported by `recordFindings` below.
  const missing = await missingRights(config.databaseUrl).catch(() => []);
  return [...missing.map((say) => wrong('record', say)), ...(await recordFindings(config, where))];
}

async function fileFindings(config: Config): Promise<readonly Finding[]> {
  const { dataDir } = config;
  const folder = existingPart(dataDir);
  if (!isWritable(folder)) return [wrong('record', `${folder} cannot be written by this user`)];
  const space = await spaceFindings(folder);
  if (folder !== dataDir) return [ok('record', `${dataDir} is made at the first start`), ...space];
  const file = storeFile(config);
  if (file !== null && !isWritable(file)) return [wrong('record', `${file} cannot be written by this user`), ...space];
  return [
    ...(await recordFindings(config, file ?? 'empty')),
    ...(file === null ? [] : owners(dataDir, file)),
    ...space,
  ];
}

/** Returns the folder itself, or its nearest existing parent. */
function existingPart(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existingPart(dirname(folder));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Returns a finding on a file with another owner than its folder: the service cannot use it, even if this user can. */
function owners(folder: string, file: string): readonly Finding[] {
  if (process.platform === 'win32' || statSync(folder).uid === statSync(file).uid) return [];
  return [wrong('record', `${file} belongs to another user than ${folder}: chown --reference=${folder} ${file}`)];
}

/** Free space in MB below which `doctor` warns; the bot still starts. */
const LITTLE_SPACE = 1_024;
const NO_SPACE = 20;

async function spaceFindings(folder: string): Promise<readonly Finding[]> {
  const { bavail, bsize } = await statfs(folder);
  const left = Math.floor((bavail * bsize) / 2 ** 20);
  if (left < NO_SPACE) return [wrong('disk', `full: ${left} MB left at ${folder}; nothing can be recorded`)];
  return left < LITTLE_SPACE ? [warning('disk', `only ${left} MB left at ${folder}`)] : [];
}

async function recordFindings(config: Config, where: string): Promise<readonly Finding[]> {
  try {
    await checkForStart(config);
    const opened = await openForReading(config);
    if (!opened) return [ok('record', where)];
    try {
      return [ok('record', where), ...(await contentFindings(opened))];
    } finally {
      await opened.close();
    }
  } catch (error) {
    return [wrong('record', messageOf(error))];
  }
}

async function contentFindings(opened: ReadOnlyStore): Promise<readonly Finding[]> {
  const failed = await opened.inbox.listFailed(5);
  const counts = await opened.outbox.counts();
  const missing = await missingFiles(opened);
  return [
    counts.dead === 0
      ? ok('messages', `${counts.sent} sent, ${counts.ready} waiting`)
      : warning('messages', `${counts.dead} could not be delivered; the records say which`),
    ...(missing === 0
      ? []
      : [
          warning(
            'files',
            `${missing} that records name are missing: put them back from a backup; \`npx jishi verify\` names them`,
          ),
        ]),
    ...(await tokenFindings(opened)),
    ...(await auditorFindings(opened)),
    ...failed.map((f) => warning('payload', `${f.platform} ${f.key} could not be handled: ${f.error}`)),
  ];
}

const SOON = 30 * 86_400_000;
const tokenSchema = z.object({ name: z.string(), until: z.number(), ended: z.number().optional() });

/** Returns programs' tokens that end within thirty days. */
async function tokenFindings({ kept }: ReadOnlyStore): Promise<readonly Finding[]> {
  const now = Date.now();
  return (await kept.list(`${ACCESS}token:`, 10_000)).flatMap(({ value }) => {
    const token = tokenSchema.safeParse(parseJson(value)).data;
    if (!token || token.ended !== undefined || token.until <= now || token.until > now + SOON) return [];
    const day = new Date(token.until).toISOString().slice(0, 10);
    return [warning('token', `the token ${token.name} ends on ${day}: make a new one with \`npx jishi tokens add\``)];
  });
}

/** Returns auditors who are signed in: whose incidents they read, and until when. */
async function auditorFindings({ kept }: ReadOnlyStore): Promise<readonly Finding[]> {
  const now = Date.now();
  return (await kept.list(`${ACCESS}session:`, 10_000)).flatMap(({ value }) => {
    const session = sessionSchema.safeParse(parseJson(value)).data;
    if (!session || session.entity === undefined || session.ended !== undefined || session.until <= now) return [];
    const { name, entity, until } = session;
    const day = dueStampOf(new Date(until).toISOString());
    return [
      ok('auditor', `${name} reads the incidents of ${entity} until ${day}; \`npx jishi sessions end\` ends it before`),
    ];
  });
}

/** Returns the number of attached files missing in the store; `verify` checks their content. */
async function missingFiles({ incidents, incident, blobs }: ReadOnlyStore): Promise<number> {
  const missing = new Set<string>();
  for (const { id } of await incidents({ limit: Number.MAX_SAFE_INTEGER })) {
    for (const { file } of (await incident(id))?.evidence ?? []) {
      if ((await blobs.get(file)) === null) missing.add(file);
    }
  }
  return missing.size;
}
