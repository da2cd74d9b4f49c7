import { html } from 'hono/html';
import type { Language } from '../incident/identity.ts';

type Markup = ReturnType<typeof html>;

/** A page of our own without script or style: one sentence, what follows from it, and the way to the console. */
export function plainPage(language: Language, sentence: string, more: Markup | '' = ''): Markup {
  return html`<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Jishi</title><p>${sentence}</p>${more}<p><a href="/">Jishi · 计时</a></p></html>`;
}
