/** Reader of TrueType fonts: their characters, and their family name, which is replaced by ours. */

const FAMILY = 'Noto Sans SC';
/** Family name as long as the original one, so that it can replace it in the font file. */
export const REPORT_FAMILY = 'Jishi Report';

/**
 * Renames a font in place to our own family name: the compiler also searches the machine's fonts, and must never use
 * one with the original name, because bytes would differ between machines.
 */
export function underOwnName(font: Buffer): Buffer {
  const names = tableOf(font, 'name');
  for (const encode of [utf16be, (text: string) => Buffer.from(text, 'latin1')]) {
    const from = encode(FAMILY);
    const to = encode(REPORT_FAMILY);
    for (let at = names.indexOf(from); at >= 0; at = names.indexOf(from, at + to.length)) to.copy(names, at);
  }
  return font;
}
function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Returns true if a font has a glyph for a code point. */
export type Coverage = (codePoint: number) => boolean;

/** Reads the character map (`cmap`, format 12) of a TrueType font. Throws if it has none. */
export function coverageOf(font: Buffer): Coverage {
  const map = characterMap(font);
  const groups = map.readUInt32BE(12);
  return (codePoint) => {
    let low = 0;
    let high = groups - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = 16 + middle * 12;
      if (codePoint < map.readUInt32BE(at)) high = middle - 1;
      else if (codePoint > map.readUInt32BE(at + 4)) low = middle + 1;
      else return true;
    }
    return false;
  };
}

function characterMap(font: Buffer): Buffer {
  const cmap = tableOf(font, 'cmap');
  const subtables = cmap.readUInt16BE(2);
  for (let i = 0; i < subtables; i += 1) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4);
    if (cmap.readUInt16BE(at) === 12) return cmap.subarray(at);
  }
  throw new Error('the font has no character map of format 12');
}

/** Returns one table of the font, as a view of the same memory. */
function tableOf(font: Buffer, tag: string): Buffer {
  const tables = font.readUInt16BE(4);
  for (let i = 0; i < tables; i += 1) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) !== tag) continue;
    const start = font.readUInt32BE(record + 8);
    return font.subarray(start, start + font.readUInt32BE(record + 12));
  }
  throw new Error(`the font has no table ${tag}`);
}

/** Korean words and characters between them, up to the next letter of another script. */
const KOREAN = /\p{Script=Hangul}+(?:[^\p{L}\n]*\p{Script=Hangul}+)*/gu;
/** Length (characters) from which Korean text counts as a sentence; shorter text, such as a name, is kept. */
const SENTENCE = 12;

/** Replaces each Korean sentence by `instead`, because our font has no glyphs for it. */
export function withoutKorean(text: string, instead: string): string {
  return text.replace(KOREAN, (run) => (run.length < SENTENCE ? run : instead));
}

/** Invisible characters: joiners, direction marks, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * Returns text that loses nothing silently: a character the font lacks becomes its code point, 〔U+20BB7〕 for 𠮷;
 * invisible ones are omitted.
 */
export function legible(text: string, has: Coverage): string {
  let out = '';
  for (const char of text) {
    const codePoint = char.codePointAt(0) ?? 0;
    if (char === '\n' || has(codePoint)) out += char;
    else if (!INVISIBLE.test(char)) out += `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`;
  }
  return out;
}
