/**
 * Makes the animated pictures of the READMEs (`npm run pictures:animated`): the first drill as a newcomer plays it, in the
 * real bot and a real browser, in both languages. About twenty seconds, a GIF below 2 MB. Look at it afterwards.
 */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import gifenc from 'gifenc';
import type { Browser, Page } from 'playwright-core';
import { playFirstDrill } from '../tests/e2e/support/first-drill.ts';
import { launchBrowser } from '../tests/fakes/browser.ts';
import { startHouse } from '../tests/fakes/house.ts';
import { person } from '../tests/fakes/people.ts';
import { OUT, quiet, TextsOfPictures } from './picture-texts.ts';

const SIZE = { width: 1120, height: 700 };
const SECONDS = 20;
const MOST_BYTES = 2_000_000;
/** Colours of a frame; the last place of the palette stands for what has not changed. */
const COLOURS = 255;

const { applyPalette, GIFEncoder, quantize } = gifenc;

/** Pixels of a screenshot, four bytes each; the browser decodes it, so no other library has to. */
async function pixels(decoder: Page, png: Buffer): Promise<Uint8Array> {
  const encoded: unknown = await decoder.evaluate(
    `(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${png.toString('base64')}';
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      let text = '';
      for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
      return btoa(text);
    })()`,
  );
  return Uint8Array.from(Buffer.from(String(encoded), 'base64'));
}

/** Frames as a GIF: each holds only what differs from the one before. */
function gif(frames: readonly Uint8Array[]): Uint8Array {
  const encoder = GIFEncoder();
  const delay = Math.round((SECONDS * 1_000) / frames.length);
  let before: Uint8Array | null = null;
  for (const frame of frames) {
    const palette = quantize(frame, COLOURS);
    const index = applyPalette(frame, palette);
    const clear = palette.length;
    const known = before;
    if (known) {
      for (let pixel = 0; pixel < index.length; pixel += 1) {
        const at = 4 * pixel;
        if (frame[at] === known[at] && frame[at + 1] === known[at + 1] && frame[at + 2] === known[at + 2])
          index[pixel] = clear;
      }
    }
    encoder.writeFrame(index, SIZE.width, SIZE.height, {
      palette: [...palette, [0, 0, 0]],
      delay,
      dispose: 1,
      ...(known ? { transparent: true, transparentIndex: clear } : {}),
    });
    before = frame;
  }
  encoder.finish();
  return encoder.bytes();
}

async function animate(browser: Browser, language: 'en' | 'zh-CN', texts: TextsOfPictures): Promise<void> {
  const house = await startHouse();
  const name = `first-drill-${language === 'en' ? 'en' : 'zh'}.gif`;
  try {
    const { page } = await person(browser, await house.listen(), language === 'en' ? 'Li Wei' : '陈宇', { language });
    await page.setViewportSize(SIZE);
    await page.locator('.declare-box').waitFor();
    const decoder = await browser.newPage();
    const frames: Uint8Array[] = [];
    const take = async (): Promise<void> => {
      await quiet(page);
      await texts.seen(name, page, language);
      frames.push(await pixels(decoder, await page.screenshot({ caret: 'hide' })));
    };
    await take();
    await playFirstDrill(page, take);
    const bytes = gif(frames);
    writeFileSync(join(OUT, name), bytes);
    if (statSync(join(OUT, name)).size > MOST_BYTES) throw new Error(`${name} has ${bytes.length} bytes`);
    console.log(`${name}: ${frames.length} frames, ${Math.round(bytes.length / 1_000)} kB`);
  } finally {
    await house.stop();
  }
}

const browser = await launchBrowser();
const texts = new TextsOfPictures();
try {
  for (const language of ['en', 'zh-CN'] as const) await animate(browser, language, texts);
  texts.keep();
} finally {
  await browser.close();
}
