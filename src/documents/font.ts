/** What is read of a TrueType font: which characters it has, and its family name, which is made our own. */

const FAMILY = 'Noto Sans SC';
/** As long as the original name, so that it can be written in its place. */
export const REPORT_FAMILY = 'Jishi Report';

/**
 * The same font under a family name of our own: the compiler also searches the fonts of the machine, and one with the
 * original name must never be taken instead, or bytes would differ between machines.
 */
export function underOwnName(font: Buffer): Buffer {
  const own = Buffer.from(font);
  for (const encode of [utf16be, (text: string) => Buffer.from(text, 'latin1')]) {
    const from = encode(FAMILY);
    const to = encode(REPORT_FAMILY);
    for (let at = own.indexOf(from); at >= 0; at = own.indexOf(from, at + to.length)) to.copy(own, at);
  }
  return own;
}
function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Whether a font has a glyph for a code point. */
export type Coverage = (codePoint: number) => boolean;

/** Reads the character map (`cmap`, format 12) of a TrueType font. Throws if it has none. */
export function coverageOf(font: Buffer): Coverage {
  const map = characterMap(font);
  const groups = font.readUInt32BE(map + 12);
  return (codePoint) => {
    let low = 0;
    let high = groups - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = map + 16 + middle * 12;
      if (codePoint < font.readUInt32BE(at)) high = middle - 1;
      else if (codePoint > font.readUInt32BE(at + 4)) low = middle + 1;
      else return true;
    }
    return false;
  };
}

function characterMap(font: Buffer): number {
  const tables = font.readUInt16BE(4);
  for (let i = 0; i < tables; i += 1) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) !== 'cmap') continue;
    const cmap = font.readUInt32BE(record + 8);
    const subtables = font.readUInt16BE(cmap + 2);
    for (let j = 0; j < subtables; j += 1) {
      const at = cmap + font.readUInt32BE(cmap + 4 + j * 8 + 4);
      if (font.readUInt16BE(at) === 12) return at;
    }
  }
  throw new Error('the font has no character map of format 12');
}

/** Invisible by nature: joiners, direction marks, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * A text in which nothing is lost silently: a character the font lacks is written as its code point, 〔U+20BB7〕 for 𠮷,
 * and invisible ones are left out.
 */
export function legible(text: string, has: Coverage): string {
  let out = '';
  for (const char of text.replaceAll('\t', ' ')) {
    const codePoint = char.codePointAt(0) ?? 0;
    if (char === '\n' || has(codePoint)) out += char;
    else if (!INVISIBLE.test(char)) out += `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`;
  }
  return out;
}
