import { join } from 'node:path';
import { z } from 'zod';
import { BotProgram } from '../fakes/program.ts';

/**
 * Driver inside a network namespace that has nothing but its loopback: starts the real program, declares an incident and
 * makes its papers. Prints what came of it as JSON.
 */
const [dataDir = '', log = '', HEARTBEAT_URL = ''] = process.argv.slice(2);
const recorder = join(import.meta.dirname, 'recorder.ts');
const bot = new BotProgram(dataDir, 43_117, {
  NODE_OPTIONS: `--import ${recorder}`,
  NETWORK_LOG: log,
  HEARTBEAT_URL,
});
await bot.start();
const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? '';
const admitted = cookieOf(await fetch(bot.link, { redirect: 'manual' }));
const post = (path: string, body: unknown, cookie: string) =>
  fetch(`${bot.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: bot.url, cookie },
    body: JSON.stringify(body),
  });
const cookie = cookieOf(await post('/session', { name: 'Li' }, admitted));
const declared = await post('/incidents', { title: 'Leak', awareness: new Date().toISOString() }, cookie);
const { id } = z.looseObject({ id: z.string() }).parse(await declared.json());
const sizes: Record<string, number> = {};
for (const what of ['report?format=pdf&language=zh', 'report?format=docx&language=en', 'bundle', 'record']) {
  const response = await fetch(`${bot.url}/api/v1/incidents/${id}/${what}`, { headers: { cookie } });
  sizes[what] = response.ok ? (await response.arrayBuffer()).byteLength : -response.status;
}
const out = await fetch('http://192.0.2.1/', { signal: AbortSignal.timeout(2_000) }).then(
  () => 'a way out',
  () => 'no way out',
);
console.log(JSON.stringify({ sizes, out, exit: await bot.end('SIGTERM') }));
