import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../ops/errors.ts';
import type { Log, PictureReader } from '../use-cases/ports.ts';

/** Packages that an operator installs beside the program: the library, and the data of each language. */
export const OCR_PACKAGES = {
  library: 'tesseract.js',
  languages: { chi_sim: '@tesseract.js-data/chi_sim', eng: '@tesseract.js-data/eng' },
} as const;
const TIMEOUT = 60_000;
/** Largest picture, in bytes and pixels; a screenshot of a large screen is a quarter of that. */
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_PIXELS = 40_000_000;
/** Mode of the library that needs only LSTM data. */
const LSTM_ONLY = 1;

interface Worker {
  recognize(content: Uint8Array): Promise<{ readonly data: { readonly text: string } }>;
  terminate(): Promise<unknown>;
}
interface Library {
  createWorker(languages: readonly string[], mode: number, options: object): Promise<Worker>;
}

/** Returns the paths of the packages, or the names of those missing in the folder. */
export function ocrPackages(folder: string): { readonly found: Found } | { readonly missing: readonly string[] } {
  const from = createRequire(join(resolve(folder), 'package.json'));
  const at = (path: string): string | null => {
    try {
      return from.resolve(path);
    } catch {
      return null;
    }
  };
  const library = at(OCR_PACKAGES.library);
  const languages = Object.entries(OCR_PACKAGES.languages).map(([id, name]) => ({
    ...{ id, name },
    file: at(`${name}/4.0.0_best_int/${id}.traineddata.gz`),
  }));
  const missing = [
    ...(library === null ? [OCR_PACKAGES.library] : []),
    ...languages.flatMap(({ name, file }) => (file === null ? [name] : [])),
  ];
  if (library === null || missing.length > 0) return { missing };
  return { found: { library, languages: languages.map(({ id, file }) => ({ id, file: file ?? '' })) } };
}
interface Found {
  readonly library: string;
  readonly languages: readonly { readonly id: string; readonly file: string }[];
}

/** Creates a picture reader with the installed library, which runs in a separate thread and downloads nothing. */
export function createPictureReader(
  folder: string,
  { log, timeout = TIMEOUT }: { readonly log: Log; readonly timeout?: number },
): PictureReader & { close(): Promise<void> } {
  const data = { path: null as Promise<string> | null };
  let last: Promise<unknown> = Promise.resolve();
  const read = async (content: Uint8Array): Promise<string | null> => {
    const packages = ocrPackages(folder);
    if ('missing' in packages) throw new Error(`missing: ${packages.missing.join(', ')}`);
    const { library, languages } = packages.found;
    data.path ??= together(languages);
    const reader = await loaded(library);
    const options = { langPath: await data.path, cacheMethod: 'none', errorHandler: () => {} };
    const worker = await reader.createWorker(
      languages.map(({ id }) => id),
      LSTM_ONLY,
      options,
    );
    try {
      const late = AbortSignal.timeout(timeout);
      const ended = new Promise<null>((done) => late.addEventListener('abort', () => done(null), { once: true }));
      const found = await Promise.race([worker.recognize(content), ended]);
      return found === null ? null : withoutGaps(found.data.text);
    } finally {
      await worker.terminate();
    }
  };
  return {
    name: 'tesseract',
    read: async (content) => {
      if (content.byteLength > MAX_BYTES || !isReadable(content)) return null;
      // Pictures are read one at a time: each takes a core for a second or two.
      const turn = last.then(() => read(content));
      last = turn.catch(() => null);
      return turn.catch((error: unknown) => {
        log.warn({ reason: messageOf(error) }, 'a picture could not be read');
        return null;
      });
    },
    close: async () => {
      await last;
      if (data.path) await rm(await data.path, { recursive: true, force: true });
    },
  };
}

/** Copies the language data into one folder, because the library reads only one. */
async function together(languages: Found['languages']): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jishi-ocr-'));
  for (const { id, file } of languages) await copyFile(file, join(folder, `${id}.traineddata.gz`));
  return folder;
}

async function loaded(file: string): Promise<Library> {
  const given: unknown = await import(pathToFileURL(file).href);
  const library = isObject(given) && isObject(given['default']) ? given['default'] : given;
  if (!isLibrary(library)) throw new Error(`${file} is not the library it should be`);
  return library;
}
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isLibrary = (value: unknown): value is Library => isObject(value) && typeof value['createWorker'] === 'function';

/** Removes the spaces that the library puts between Chinese characters. */
function withoutGaps(text: string): string {
  return text
    .replace(/(?<=[\p{Script=Han}，。：；、（）\d]) +(?=[\p{Script=Han}，。：；、（）])/gu, '')
    .replace(/(?<=[\p{Script=Han}：]) +(?=\d)/gu, '')
    .replace(/(?<=\p{Script=Han}) +: */gu, '：')
    .trim();
}

/** Returns true for a PNG or JPEG of a safe size: a small file may unpack to a picture that fills the memory. */
function isReadable(content: Uint8Array): boolean {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.byteLength > 24 && view.getUint32(0) === 0x89504e47) {
    return view.getUint32(16) * view.getUint32(20) <= MAX_PIXELS;
  }
  if (content.byteLength < 4 || view.getUint16(0) !== 0xffd8) return false;
  for (let at = 2; at + 9 < content.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7) <= MAX_PIXELS;
  }
  return false;
}
