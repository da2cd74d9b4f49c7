import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { URGENT_MINUTES } from '../../conversation/cards/headline.ts';
import { problem } from '../../http/problems.ts';
import type { HttpContext, HttpEnv } from '../../http/routes.ts';
import { addMessages } from '../../i18n/translate.ts';
import en from './i18n/en.json' with { type: 'json' };
import zhCN from './i18n/zh-CN.json' with { type: 'json' };
import { joined } from './joined.ts';

/** Packages that the page imports. */
const LIBRARIES = ['preact', 'htm'];

/** Style sheets of the page, in their order. */
const SHEETS = 'base parts frame room composer pages card incident form narrow attention register'.split(' ');

interface Content {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly fonts: string;
  readonly hash: string;
}

/**
 * The page's own files, under `/assets/HASH/…`: the hash covers all of them, so browsers may cache them for ever and a
 * change replaces them together. The frame loads one joined script and style sheet; Preact and htm come from their
 * packages. All are read at the first request, which takes 0.2 s on an idle machine, so that a start needs neither time
 * nor memory for them.
 */
export class Assets {
  readonly #folder: string;
  #read: Promise<Content> | null = null;
  /** Compressed files, by name. */
  readonly #packed = new Map<string, Buffer>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Files, read and joined once; a failure is not kept, so that the next request tries again. */
  async #prepared(): Promise<Content> {
    this.#read ??= contentOf(this.#folder);
    try {
      return await this.#read;
    } catch (error) {
      this.#read = null;
      throw error;
    }
  }

  /** Returns the frame of the page, for `/` and every path of the page. */
  async page(): Promise<string> {
    const { files, hash } = await this.#prepared();
    const html = files.get('index.html')?.toString() ?? '';
    return html.replaceAll('{assets}', `/assets/${hash}`).replace('{urgent}', String(URGENT_MINUTES));
  }

  mount(http: Hono<HttpEnv>): void {
    // The service worker is served at the root, because it controls only paths below its own.
    http.get('/sw.js', async (c) =>
      c.body((await this.#prepared()).files.get('sw.js')?.toString() ?? '', 200, {
        'Content-Type': 'text/javascript',
      }),
    );
    http.get('/assets/fonts/:file', (c) => this.#font(c));
    http.get('/assets/:hash/*', (c) => this.#file(c));
  }

  async #file(c: HttpContext): Promise<Response> {
    const { files, hash } = await this.#prepared();
    const name = c.req.path.split('/').slice(3).join('/');
    const asset = c.req.param('hash') === hash ? files.get(name) : undefined;
    if (!asset) return problem(c, 404, 'not_found');
    c.header('Cache-Control', FOR_EVER);
    c.header('Content-Type', getMimeType(name) ?? 'application/octet-stream');
    c.header('Vary', 'Accept-Encoding');
    if (!/\bbr\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(Uint8Array.from(asset));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
    const packed = this.#packed.get(name) ?? brotliCompressSync(asset, { params });
    this.#packed.set(name, packed);
    c.header('Content-Encoding', 'br');
    return c.body(Uint8Array.from(packed));
  }

  /** Returns one of about a hundred font subsets; a browser requests only those with characters on the page. */
  async #font(c: HttpContext): Promise<Response> {
    const [file = ''] = /^noto-sans-sc-[\w-]+\.woff2$/.exec(c.req.param('file') ?? '') ?? [];
    const content = await readFile(join((await this.#prepared()).fonts, file)).catch(() => null);
    if (content === null) return problem(c, 404, 'not_found');
    return c.body(Uint8Array.from(content), 200, { 'Content-Type': 'font/woff2', 'Cache-Control': FOR_EVER });
  }
}
const FOR_EVER = 'public, max-age=31536000, immutable';

async function contentOf(folder: string): Promise<Content> {
  const files = new Map<string, Buffer>();
  const add = (name: string, text: string) => files.set(name, Buffer.from(text));
  const scripts = new Map<string, string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const name = path.replaceAll('\\', '/');
    if (!/\.(ts|svg|html|png|webmanifest)$/.test(name)) continue;
    const content = readFileSync(join(folder, path));
    if (name.endsWith('.ts')) scripts.set(name, content.toString());
    else files.set(name, content);
  }
  const fonts = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'));
  const plain = await withoutTypes(scripts);
  for (const library of LIBRARIES)
    plain.set(library, readFileSync(fileURLToPath(import.meta.resolve(library)), 'utf8'));
  add('app.js', joined(plain, 'app.ts'));
  add('sw.js', plain.get('sw.ts') ?? '');
  const sheets = SHEETS.map((name) => readFileSync(join(folder, 'styles', `${name}.css`), 'utf8'));
  add('app.css', [fontCss(fonts), ...sheets].join('\n'));
  add('words/en.json', JSON.stringify(pageWords(messages.en)));
  add('words/zh-CN.json', JSON.stringify(pageWords(messages['zh-CN'])));
  const all = createHash('sha256');
  for (const [name, content] of [...files].toSorted()) all.update(name).update(content);
  return { files, fonts: join(fonts, 'files'), hash: all.digest('hex').slice(0, 12) };
}

/**
 * Strips the types of scripts in a process of its own: that takes 0.15 s and 40 MB, and Node's warning that the
 * function is experimental would reach the terminal.
 */
async function withoutTypes(scripts: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const program = fileURLToPath(new URL('stripping.ts', import.meta.url));
  const child = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  child.send([...scripts.values()]);
  const answer: readonly unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const [stripped] = answer;
  if (!Array.isArray(stripped)) throw new Error(`types cannot be stripped: ${String(stripped)}`);
  return new Map([...scripts.keys()].map((name, nth) => [name, String(stripped[nth])]));
}

/** Returns the font's CSS without the middle dot, which is as wide as a character there; a narrower font shows it. */
function fontCss(folder: string): string {
  const css = readFileSync(join(folder, 'index.css'), 'utf8');
  return css
    .replaceAll('url(./files/', 'url(/assets/fonts/')
    .replaceAll('U+0000-00FF', 'U+0000-00B6,U+00B8-00FF')
    .replace(/,U\+b7\b|U\+b7,/gi, '');
}

/** Returns the texts that the page itself needs; the server localises all others. */
function pageWords(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith('console.'))
      .map(([key, text]) => [key.slice('console.'.length), text]),
  );
}

type Own = Readonly<Record<keyof typeof en, string>>;
declare module '../../i18n/keys.ts' {
  interface PlatformMessages extends Own {}
}

/** Texts of this platform, in both languages. */
export const messages: Readonly<Record<'en' | 'zh-CN', Own>> = { en, 'zh-CN': zhCN };
addMessages(messages);
addMessages({ en: { 'platform.console': 'the console' }, 'zh-CN': { 'platform.console': '控制台' } });
