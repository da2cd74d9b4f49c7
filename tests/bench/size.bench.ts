import { spawnSync } from 'node:child_process';
import { cpSync, globSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { CHAT, inFolder, ms, open, type Row, sink, sized, timed } from './support/measure.ts';

const ROOT = join(import.meta.dirname, '../..');
const MB = 2 ** 20;

/** One incident with ever more events: what is said about it next, and what a start has to read of it. */
export async function benchLongRecord(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const file = join(folder, 'jishi.sqlite');
    const quiet = () =>
      open(
        file,
        sink(() => {}),
      );
    let { house, close } = await quiet();
    house.start();
    const caller = { account: { platform: 'chat', tenant: 't', id: 'li' }, name: 'li', language: 'en' } as const;
    const delivery = (key: string) => ({ platform: 'chat', key, body: key });
    const declared = await house.app.declare({
      title: 'Long',
      caller,
      room: CHAT,
      delivery: delivery('d'),
      anyway: true,
    });
    const incident = declared.incident ?? '';
    let events = 0;
    const note = async (): Promise<void> => {
      events += 1;
      const intent = { type: 'add_note', text: `note ${events}` } as const;
      const input = { incident, intent, revision: 0, caller, delivery: delivery(`n${events}`) };
      const result = await house.app.submit(input);
      if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    };
    const rows: Row[] = [];
    for (const wanted of sized([100, 1_000, 5_000], [100, 300])) {
      while (events < wanted - 100) await Promise.all(Array.from({ length: 20 }, note));
      rows.push(await timed(`command, ${wanted.toLocaleString('en')} events in the incident`, 1, 100, note));
    }
    await house.settle();
    await close();
    ({ house, close } = await quiet());
    const begun = performance.now();
    await house.app.state(incident, caller);
    rows.push({ what: 'first read of it after a start', p50: ms(performance.now() - begun) });
    await close();
    return rows;
  });
}

/** `npm ci` from the lockfile into an empty folder, with what develops and without, and what then lies on the disk. */
export async function benchInstall(): Promise<readonly Row[]> {
  const production = ['ci', '--omit=dev', '--ignore-scripts'];
  const rows = [await installed('npm ci --omit=dev --ignore-scripts', production, '≤ 170 MB')];
  // In CI the whole one has just run.
  if (sized(true, false)) rows.unshift(await installed('npm ci', ['ci'], '≤ 40 s'));
  return rows;
}

function installed(what: string, args: readonly string[], bar: string): Promise<Row> {
  return inFolder(async (folder) => {
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(ROOT, name), join(folder, name));
    const begun = performance.now();
    const npm = spawnSync('npm', [...args, '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' });
    const seconds = (performance.now() - begun) / 1_000;
    if (npm.status !== 0) throw new Error(npm.stderr);
    const files = globSync('**/*', { cwd: folder }).map((name) => lstatSync(join(folder, name)));
    const bytes = files.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
    return { what, time: `${seconds.toFixed(1)} s`, size: `${(bytes / MB).toFixed(0)} MB`, files: files.length, bar };
  });
}
