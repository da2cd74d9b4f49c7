/**
 * Folding gives each character one spelling, so that rules need only one. The result has as many UTF-16 units as the
 * input, so an index into it is also an index into the original text.
 */

const TRADITIONAL: readonly (readonly [string, string])[] = [
  ['點點鐘鍾時後從開於於個萬億兩無號週歲', '点点钟钟时后从开于于个万亿两无号周岁'],
  ['確認較級別網絡責處結關閉幫狀態錄復認領', '确认较级别网络责处结关闭帮状态录复认领'],
  ['報賬數據據現剛約請問訴說誰幾傷員這裡裏', '报账数据据现刚约请问诉说谁几伤员这里里'],
  ['歷過達來產業務損貳參陸顯換轉給間記應該還', '历过达来产业务损贰叁陆显换转给间记应该还'],
  ['發漏條遲凌晨禮計審準備補續總終導圖為', '发漏条迟凌晨礼计审准备补续总终导图为'],
  ['資洩統機擊會電郵線斷頁帳戶監測們嗎沒對', '资泄统机击会电邮线断页帐户监测们吗没对'],
  ['錯見聽話簡訊單長門誤檢響處題動連壞進離', '错见听话简讯单长门误检响处题动连坏进离'],
  ['釣銷緊國稅曬臺係魚', '钓销紧国税晒台系鱼'],
  ['實際駭竄雲體專區遠關係雙證險復層鎖鏈', '实际骇窜云体专区远关系双证险复层锁链'],
];
/** Replacements: dashes, tildes, quotes, circled digits, financial numerals, and older or traditional characters. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['‐‑‒–—―−－', '--------'],
  ['〜～∼', '~~~'],
  ['‘’′“”″「」『』', '\'\'\'"""""""'],
  ['、', ','],
  ['。｡…', '...'],
  ['〈《〉》【】〔〕', '<<>>[][]'],
  ['≧≦', '≥≤'],
  ['①②③④⑤⑥⑦⑧⑨', '123456789'],
  ['〇○壹贰叁肆伍陆柒捌玖拾佰仟', '零零一二三四五六七八九十百千'],
  ['￥', '¥'],
  ['俩', '两'],
  ...TRADITIONAL,
];

const FOLDS: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap(([from, to]) => Array.from(from, (char, index): [string, string] => [char, to.charAt(index) || char])),
);

/** Units that may change: all but small letters, signs and the ideographs without a replacement. */
const CHANGED = new RegExp(`[^ -@[-~一-龥]|[${[...FOLDS.keys()].join('').replace(/[^一-龥]/g, '')}]`, 'g');

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return code < 0x20 || code === 0x7f ? ' ' : unit.toLowerCase();
  const known = FOLDS.get(unit);
  if (known !== undefined) return FOLDS.get(known) ?? known;
  if (code >= 0xff01 && code <= 0xff5e) return fold(String.fromCharCode(code - 0xfee0));
  // NBSP, spaces that chat programs add after a mention, zero-width characters, the ideographic space, the BOM.
  if (code === 0xa0 || code === 0x3000 || code === 0xfeff || code === 0x2060) return ' ';
  if (code >= 0x2000 && code <= 0x200f) return ' ';
  const lower = unit.toLowerCase();
  return lower.length === 1 ? lower : unit;
}

/** Returns lower case, half width, simplified characters, plain dashes and spaces; the length stays the same. */
export function fold(text: string): string {
  return text.replace(CHANGED, foldUnit);
}

/** Maximum length of a line that is read as one number or time; it bounds the processing time of pasted text. */
export const LONGEST_VALUE_TEXT = 160;

/** Returns the language of a person's text, for the few words added to it. */
export function languageIn(words: string): 'zh-CN' | 'en' {
  return /\p{Script=Han}/u.test(words) ? 'zh-CN' : 'en';
}
