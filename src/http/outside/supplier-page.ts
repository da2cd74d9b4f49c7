import { createHash, randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { z } from 'zod';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { stampOf } from '../../report/format.ts';
import { readForm } from '../body.ts';
import { Limits } from '../limits.ts';
import type { Members } from '../members.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../routes.ts';
import { type OutsideLink, outsideLinkOf } from './outside-links.ts';

type Markup = ReturnType<typeof html>;
type NamedLink = OutsideLink & { readonly id: string };

/** Maximum size (bytes) of a file; for a larger one the notice should say where it is kept. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Limits: notices per link in an hour, all suppliers' notices in a minute, files per notice. */
const MOST = { link: 10, minute: 30, files: 5 };
const HOUR = 3_600_000;

const STYLE = `body{font:1.05rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:40rem;padding:1rem}
h1{font-size:1.3rem;line-height:1.35}label{display:block;margin-top:1.1rem;font-weight:600}label span{display:block;font-weight:400;opacity:.75}
input,textarea,button{font:inherit;width:100%;box-sizing:border-box;padding:.7rem;margin-top:.3rem}
button{margin-top:1.5rem;font-weight:600}:root{color-scheme:light dark}`;

const text = (most: number) => z.string().trim().max(most).default('');
const formSchema = z.object({
  nonce: z.string().min(1).max(64),
  what: z.string().trim().min(1).max(4_000),
  known: z.union([z.literal(''), z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/)]).default(''),
  data: text(1_000),
  contact: z.string().trim().min(1).max(300),
});

/** Mounts `/supplier/…`: form for suppliers without an account to report an incident (Art. 5 of the Measures). */
export function mountSuppliers(http: Hono<HttpEnv>, parts: HttpParts): void {
  const limits = new Limits();
  http.get('/supplier/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  http.get('/supplier/:link', async (c) => {
    const link = await outsideLinkOf(parts.outsideLinks, 'supplier', c.req.param('link'));
    return link ? form(c, parts, link) : said(c, 404, 'supplier.no_link');
  });
  const tooLarge = (c: HttpContext) => said(c, 413, 'supplier.too_large');
  http.use('/supplier/:link', bodyLimit({ maxSize: MAX_FILE_BYTES, onError: tooLarge }));
  http.post('/supplier/:link', (c) => receive(c, parts, limits));
}

async function receive(c: HttpContext, parts: HttpParts, limits: Limits): Promise<Response> {
  const { outsideLinks, clock, app, audit, members } = parts;
  const link = await outsideLinkOf(outsideLinks, 'supplier', c.req.param('link') ?? '');
  if (!link) return said(c, 404, 'supplier.no_link');
  const now = clock.now();
  if (!limits.takes('', MOST.minute, 60_000, now) || !limits.takes(link.id, MOST.link, HOUR, now))
    return said(c, 429, 'supplier.too_many');
  const body = await readForm(c);
  const parsed = formSchema.safeParse(body);
  const given = [body['file'] ?? []].flat().filter((one): one is File => one instanceof File && one.size > 0);
  if (!parsed.success || given.length > MOST.files) return said(c, 422, 'supplier.incomplete');
  const { what, known, data, contact, nonce } = parsed.data;
  const attached = await Promise.all(
    given.map(async (file) => ({
      name: fileName(file.name),
      mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type.slice(0, 127) : 'application/octet-stream',
      content: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  const knownAt = known === '' ? undefined : `${known.slice(0, 16)}:00+08:00`;
  // A local time ahead of Beijing's is no instant that can be counted from; people read it as it was typed.
  const isAhead = knownAt !== undefined && Date.parse(knownAt) > now;
  const words = [
    what,
    ...(isAhead ? [`${both('supplier.known')}: ${known.replace('T', ' ')}`] : []),
    ...(data ? [`${both('supplier.data')}: ${data}`] : []),
    `${both('supplier.contact')}: ${contact}`,
  ];
  const supplier = supplierOf(members, link);
  const { ref } = await app.receive({
    kind: 'supplier',
    source: supplier.name,
    // The same form sent twice is one notice; a corrected form is another notice.
    key: [link.id, nonce, digestOf([what, known, data, contact, ...attached.flatMap(partsOf)])].join('\n'),
    title: what.split('\n')[0] ?? '',
    text: words.join('\n\n'),
    ...(knownAt === undefined ? {} : { startedAt: knownAt }),
    attached,
    contact: supplier.contact,
  });
  audit({ audit: 'alert', outcome: 'done', what: 'supplier', way: link.id });
  return page(
    c,
    200,
    html`<h1>${twice('supplier.received', { ref })}</h1>
<p>${twice('supplier.received_at', { at: stampOf(new Date(now).toISOString()) })}</p>`,
  );
}

const partsOf = ({ name, content }: { readonly name: string; readonly content: Uint8Array }) => [name, content];

/** Hashes the parts of a form, each with its length, so that different splits give different hashes. */
function digestOf(parts: readonly (string | Uint8Array | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.from(part ?? '');
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** Returns a file name without path and control characters. */
function fileName(name: string): string {
  return (
    name
      .replace(/^.*[\\/]/, '')
      .replace(/\p{Cc}/gu, '')
      .slice(-120)
      .trim() || 'file'
  );
}

function supplierOf({ profile }: Members, { who }: NamedLink): { name: string; contact?: string | undefined } {
  return profile?.suppliers?.find(({ id }) => id === who) ?? { name: who };
}

function both(key: MessageKey): string {
  return `${translate('zh-CN', key)} ${translate('en', key)}`;
}

/** Returns a sentence in both languages, because the reader's language is unknown. */
function twice(key: MessageKey, params: Readonly<Record<string, string>> = {}): Markup {
  return html`<span lang="zh-CN">${translate('zh-CN', key, params)}</span><br><span lang="en">${translate('en', key, params)}</span>`;
}

function form(c: HttpContext, { members }: HttpParts, link: NamedLink): Response | Promise<Response> {
  // The policy makes browsers send Origin with forms; `Origin: null` would be refused.
  c.header('Referrer-Policy', 'same-origin');
  const label = (key: MessageKey, hint: MessageKey, input: Markup): Markup =>
    html`<label>${both(key)}<span>${twice(hint)}</span>${input}</label>`;
  return page(
    c,
    200,
    html`<h1>${twice('supplier.title', { supplier: supplierOf(members, link).name })}</h1><p>${twice('supplier.intro')}</p>
<form method="post" enctype="multipart/form-data"><input type="hidden" name="nonce" value="${randomUUID()}">
${label('supplier.what', 'supplier.what_hint', html`<textarea name="what" rows="5" maxlength="4000" required></textarea>`)}
${label('supplier.known', 'supplier.known_hint', html`<input name="known" type="datetime-local">`)}
${label('supplier.data', 'supplier.data_hint', html`<textarea name="data" rows="2" maxlength="1000"></textarea>`)}
${label('supplier.contact', 'supplier.contact_hint', html`<input name="contact" maxlength="300" autocomplete="tel" required>`)}
${label('supplier.files', 'supplier.files_hint', html`<input name="file" type="file" multiple>`)}
<button>${both('supplier.send')}</button></form>`,
  );
}

function said(c: HttpContext, status: 404 | 413 | 422 | 429, key: MessageKey): Response | Promise<Response> {
  return page(c, status, html`<p>${twice(key)}</p>`);
}

function page(c: HttpContext, status: 200 | 404 | 413 | 422 | 429, content: Markup): Response | Promise<Response> {
  return c.html(
    html`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>Jishi · 计时</title><link rel="stylesheet" href="/supplier/style.css"><main>${content}</main></html>`,
    status,
  );
}
