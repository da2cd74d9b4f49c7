import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from '../../../src/http/routes.ts';
import { Assets } from '../../../src/platforms/console/assets.ts';

const WEB = 'src/platforms/console/web';

test('scripts of the page are served without types, as JavaScript that parses', async () => {
  const assets = new Assets(WEB);
  const http = new Hono<HttpEnv>();
  assets.mount(http);
  const html = await assets.page();
  const [base = ''] = /\/assets\/\w+/.exec(html) ?? [];
  for (const path of [`${base}/app.js`, '/sw.js']) {
    const text = await (await http.request(path)).text();
    expect([path, text.length > 50]).toEqual([path, true]);
    // Only modules have `import.meta`.
    expect(() => new Script(text.replaceAll('import.meta', '({})'), { filename: path })).not.toThrow();
    expect(text).not.toMatch(/^(import|export|interface|declare) /m);
  }
  expect((await http.request(`${base}/app.ts`)).status).toBe(404);
});

test('the address of the files changes with their content only', async () => {
  expect(await new Assets(WEB).page()).toBe(await new Assets(WEB).page());
});

test('after a failure the next request tries again', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'jishi-web-')), 'web');
  const assets = new Assets(folder);
  await expect(assets.page()).rejects.toThrow('ENOENT');
  cpSync(WEB, folder, { recursive: true });
  expect(await assets.page()).toBe(await new Assets(WEB).page());
  rmSync(dirname(folder), { recursive: true });
});
