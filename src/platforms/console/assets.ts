import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Hono } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { languageOf } from '../../http/language.ts';
import { problem } from '../../http/problems.ts';
import type { HttpContext, HttpEnv } from '../../http/routes.ts';
import { addMessages } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import en from './i18n/en.json' with { type: 'json' };
import zhCN from './i18n/zh-CN.json' with { type: 'json' };
import { joined } from './joined.ts';

/** Files of packages, by the name the page knows. */
const LIBRARIES = {
  'lib/preact.js': 'preact',
  'lib/htm.js': 'htm',
};

/** Style sheets of the frame, in their order. */
const SHEET = /<link rel="stylesheet" href="\{assets\}\/([^"]+)">\n/g;

interface Asset {
  readonly plain: Buffer;
  packed: Buffer | null;
}

/**
 * The page's own files, read once, under `/assets/HASH/…`: the hash covers all of them, so browsers may cache them for
 * ever and a change replaces them together. The frame loads one script and one style sheet, joined at the start; Preact
 * and htm are loaded from their packages.
 */
export class Assets {
  readonly #files = new Map<string, Asset>();
  readonly #fonts: string;
  readonly #hash: string;

  constructor(folder: string) {
    for (const path of filesBelow(folder)) this.#add(relative(folder, path).replaceAll('\\', '/'), readFileSync(path));
    this.#fonts = join(
      dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json')),
      'files',
    );
    for (const [name, file] of Object.entries(LIBRARIES))
      this.#add(name, readFileSync(fileURLToPath(import.meta.resolve(file))));
    this.#add('fonts.css', fontCss(dirname(this.#fonts)));
    this.#add('words/en.json', Buffer.from(JSON.stringify(pageWords(messages.en))));
    this.#add('words/zh-CN.json', Buffer.from(JSON.stringify(pageWords(messages['zh-CN']))));
    this.#join();
    const all = createHash('sha256');
    for (const [name, asset] of [...this.#files].toSorted()) all.update(name).update(asset.plain);
    this.#hash = all.digest('hex').slice(0, 12);
  }

  /** The frame of the page, for `/` and every path the page itself understands. */
  page(): string {
    const html = this.#files.get('index.html');
    return (html?.plain.toString('utf8') ?? '').replaceAll('{assets}', `/assets/${this.#hash}`);
  }

  mount(http: Hono<HttpEnv>): void {
    http.get('/manifest.webmanifest', (c) =>
      c.json(this.#manifest(languageOf(c)), 200, { 'Content-Type': 'application/manifest+json' }),
    );
    // At the root, because a service worker controls only paths below its own.
    http.get('/sw.js', (c) =>
      c.body(this.#files.get('sw.js')?.plain.toString('utf8') ?? '', 200, { 'Content-Type': 'text/javascript' }),
    );
    http.get('/assets/fonts/:file', (c) => this.#font(c));
    http.get('/assets/:hash/*', (c) => {
      const path = c.req.path.split('/').slice(3).join('/');
      return this.#serve(c, path, c.req.param('hash') === this.#hash ? this.#files.get(path) : undefined);
    });
  }

  /** Description with which browsers put the page on a home screen. */
  #manifest(language: Language): object {
    const base = `/assets/${this.#hash}`;
    const icon = (size: number, purpose: string) => ({
      src: `${base}/icon-${size}.png`,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose,
    });
    return {
      ...{ id: '/', start_url: '/', scope: '/', display: 'standalone', lang: language },
      ...{ name: 'Jishi · 计时', short_name: language === 'en' ? 'Jishi' : '计时' },
      ...{ background_color: '#1d2433', theme_color: '#1d2433' },
      icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
    };
  }

  /** One script and one style sheet for the frame, instead of one request for each of their parts. */
  #join(): void {
    const texts = new Map([...this.#files].map(([name, { plain }]) => [name, plain.toString('utf8')]));
    const html = texts.get('index.html') ?? '';
    const sheets = [...html.matchAll(SHEET)].map(([, name = '']) => texts.get(name) ?? '');
    const [first] = SHEET.exec(html) ?? [''];
    SHEET.lastIndex = 0;
    const one = html
      .replace(first, '<link rel="stylesheet" href="{assets}/app.css">\n')
      .replace(SHEET, (link) => (link.includes('app.css') ? link : ''));
    this.#add('app.css', Buffer.from(sheets.join('\n')));
    this.#add('app.js', Buffer.from(joined(texts, 'app.js')));
    this.#add('index.html', Buffer.from(one));
  }

  #add(name: string, plain: Buffer): void {
    this.#files.set(name, { plain, packed: null });
  }

  #serve(c: HttpContext, name: string, asset: Asset | undefined): Response {
    if (!asset) return problem(c, 404, 'not_found');
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    c.header('Content-Type', getMimeType(name) ?? 'application/octet-stream');
    c.header('Vary', 'Accept-Encoding');
    if (!/\bbr\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(Uint8Array.from(asset.plain));
    asset.packed ??= brotliCompressSync(asset.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
    c.header('Content-Encoding', 'br');
    return c.body(Uint8Array.from(asset.packed));
  }

  /** About a hundred subsets; a browser asks only for those whose characters are on the page. */
  #font(c: HttpContext): Response {
    const file = c.req.param('file') ?? '';
    if (!/^noto-sans-sc-[\w-]+\.woff2$/.test(file)) return problem(c, 404, 'not_found');
    try {
      const content = readFileSync(join(this.#fonts, file));
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
      return c.body(Uint8Array.from(content), 200, { 'Content-Type': 'font/woff2' });
    } catch {
      return problem(c, 404, 'not_found');
    }
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|svg|html|png)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The middle dot of a Chinese font is as wide as a character; between English words a narrower font is used. */
function fontCss(folder: string): Buffer {
  const css = readFileSync(join(folder, 'index.css'), 'utf8');
  return Buffer.from(
    css
      .replaceAll('url(./files/', 'url(/assets/fonts/')
      .replaceAll('U+0000-00FF', 'U+0000-00B6,U+00B8-00FF')
      .replace(/,U\+b7\b|U\+b7,/gi, ''),
  );
}

/** Texts that the page itself needs; the server localises all others. */
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
