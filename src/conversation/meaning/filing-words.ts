import type { Regime } from '../../law/regime.ts';
import { readPast } from '../asking/value-readings.ts';
import type { Situation } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { timesIn, zonedTimesIn } from '../text/times/times.ts';

/** Values that words about a filing give to the fields of its form. */
export type FilingWords = Partial<Record<'channel' | 'at' | 'receipt' | 'taken_by', string>>;

/** Pattern for the official who took a call: 工号3321, "officer no 3321". */
const TAKER =
  /(?:工号|警号|坐席号?|接听人?|接线员|officer|badge|agent)[\s:：]*(?:no\.?|number|号)?\s*([A-Za-z0-9-]{2,20})/i;
/** Pattern for a receipt behind its name, with a digit: 受理号2026-1129-17, "receipt 77". */
const RECEIPT =
  /(?:受理号|受理编号|回执编?号?|编号|(?<![a-z])(?:receipt|reference|ref|case)(?![a-z]))[\s:：是为]*(?:no\.?|number|号)?[\s:：#]*((?=[A-Za-z〔[]*[-〔[]*\d)[A-Za-z0-9〔[][A-Za-z0-9〔〕[\]./-]{0,40}(?<![./-])号?)/i;

/** Words of each kind of channel; a call is one to the hotline. */
const KINDS: Partial<Record<Regime['channels'][number]['kind'], RegExp>> = {
  website: /网站|网页|官网|网上|(?<![a-z])(?:web ?site|web page|online)(?![a-z])/,
  phone: /电话|热线|致电|[打拨](?:了|过|通|的|12387)|(?<![a-z])(?:phone[d]?|call(?:ed)?|hotline|rang)(?![a-z])/,
  mini_program: /小程序|(?<![a-z])mini ?program(?![a-z])/,
  public_account: /公众号|(?<![a-z])(?:public|official) account(?![a-z])/,
  email: /邮件|邮箱|(?<![a-z])e-?mail(?:ed)?(?![a-z])/,
  fax: /传真|(?<![a-z])fax(?:ed)?(?![a-z])/,
  in_person: /当面|现场|面交|(?<![a-z])(?:in person|by hand)(?![a-z])/,
};

/** Returns the official, the receipt and the past time in words about a filing; every other field stays empty. */
export function proofIn(words: string, { ia }: Situation): FilingWords {
  const taker = TAKER.exec(words)?.[1];
  const receipt = RECEIPT.exec(words)?.[1];
  const [time] = timesIn(words.replace(TAKER, ' ').replace(RECEIPT, ' '));
  const past = time === undefined ? null : readPast(time, ia.now);
  // The form asks again about a time whose zone has several meanings.
  const isTold = past?.ok ? past.value !== 'unknown' : zonedTimesIn(time ?? '').length > 0;
  return {
    ...(taker === undefined ? {} : { taken_by: taker }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(time !== undefined && isTold ? { at: time.replace(/^at /i, '') } : {}),
  };
}

/** Returns what words after "filed" state. One word with a digit is the receipt: 登记报送 2026-0331-17. */
export function filedIn(words: string, situation: Situation): FilingWords {
  const alone = words.trim();
  const proof = proofIn(alone, situation);
  const channel = channelIn(fold(alone), situation);
  const own = { ...(channel === undefined ? {} : { channel }), ...proof };
  return Object.keys(own).length === 0 && RECEIPT_ALONE.test(alone) ? { receipt: alone } : own;
}

const RECEIPT_ALONE = /^(?!12387$)(?=\D*\d)[^\s,，;；。:：]{1,60}$/;

/** Returns the only channel of the only kind that words name; undefined if the form has to ask. */
function channelIn(words: string, { regime }: Situation): string | undefined {
  const named = regime.channels.filter(({ kind }) => KINDS[kind]?.test(words) === true);
  const [only, other] = named;
  return other ? undefined : only?.id;
}
