import type { Context } from 'hono';
import { html } from 'hono/html';
import type { MessageKey } from '../i18n/keys.ts';
import { translate } from '../i18n/translate.ts';
import type { Language } from '../incident/identity.ts';
import { languageOf } from './language.ts';

/** Returns a page of ours without script or style: one sentence, its consequence, and a link to the console. */
export function plainPage(
  c: Context,
  sentence: MessageKey,
  { status = 200, params = {}, more = '', language = languageOf(c) }: PageOptions = {},
): Response | Promise<Response> {
  return c.html(
    html`<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Jishi</title><p>${translate(language, sentence, params)}</p>${more}<p><a href="/">Jishi · 计时</a></p></html>`,
    status,
  );
}
interface PageOptions {
  readonly status?: 200 | 403 | 404 | 503;
  readonly params?: Readonly<Record<string, string>>;
  readonly more?: ReturnType<typeof html> | '';
  /** Language of the page; the browser's by default. */
  readonly language?: Language;
}
