import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Language } from '../src/incident/identity.ts';

const ROOT = join(import.meta.dirname, '..');
export const OUT = join(ROOT, 'docs/pictures');
const FILE = join(OUT, 'texts.json');

const textsSchema = z.record(z.string(), z.string());
type Texts = Readonly<z.infer<typeof textsSchema>>;
const keptSchema = z.record(z.string(), z.object({ language: z.enum(['en', 'zh-CN']), texts: textsSchema }));

/** All messages of the core and of the platforms in one language. */
export function messagesIn(language: Language): Texts {
  const files = globSync([`src/i18n/${language}/*.json`, `src/platforms/*/i18n/${language}.json`], { cwd: ROOT });
  const all = files.map((file) => textsSchema.parse(JSON.parse(readFileSync(join(ROOT, file), 'utf8'))));
  return Object.fromEntries(all.flatMap((texts) => Object.entries(texts)));
}

/** Messages each picture shows, by key, as they were when it was made. */
export function keptTexts(): z.infer<typeof keptSchema> {
  return keptSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
}

/** Shorter ones would be found inside others. */
const SHORTEST = { en: 10, 'zh-CN': 5 } as const;

/**
 * Keeps which messages each picture shows, so that a test can tell when a picture shows words that are no more. Messages
 * with parameters are left out.
 */
export class TextsOfPictures {
  readonly #seen = new Map<string, { language: Language; texts: Record<string, string> }>();

  async seen(picture: string, page: Page, language: Language): Promise<void> {
    this.shown(picture, String(await page.evaluate('document.body.innerText')), language);
  }

  shown(picture: string, words: string, language: Language): void {
    const one = this.#seen.get(picture) ?? { language, texts: {} };
    this.#seen.set(picture, one);
    for (const [key, text] of Object.entries(messagesIn(language))) {
      if (text.length >= SHORTEST[language] && !text.includes('{') && words.includes(text)) one.texts[key] = text;
    }
  }

  /** Writes down what was seen; pictures of other scripts stay as they are. */
  keep(): void {
    const all = Object.entries({ ...keptTexts(), ...Object.fromEntries(this.#seen) }).toSorted(([a], [b]) =>
      a.localeCompare(b),
    );
    writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
  }
}

/** All fonts there, nothing moving, no caret. */
export async function quiet(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => document.activeElement?.blur())');
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
}
