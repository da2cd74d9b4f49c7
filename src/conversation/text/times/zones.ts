import { fold } from '../characters.ts';
import type { Cursor } from '../cursor.ts';
import type { PointParts } from './time-parts.ts';

/** Zone of a name with several meanings, e.g. IST is Indian, Irish and Israeli time: such a time is never converted. */
export const AMBIGUOUS = 'ambiguous';

const named = (names: string, zone: string): readonly [RegExp, string] => [
  new RegExp(`\\(?(?:${names})(?:夏令|标准|冬令|夏)?时间\\)?`, 'y'),
  zone,
];
const short = (names: string, zone: string): readonly [RegExp, string] => [
  new RegExp(`\\(?(?:${names})(?![a-z0-9+-])\\)?`, 'y'),
  zone,
];

/** Names of zones, in order of trial; `offset`: the name has the offset in figures. */
const ZONES: readonly (readonly [RegExp, string])[] = [
  short('beijing(?: time)?|china time|china standard time|shanghai(?: time)?', 'Asia/Shanghai'),
  named('北京|上海|中国|国内', 'Asia/Shanghai'),
  [/\(?(?:utc|gmt) ?[+-]\d{1,2}(?::?\d{2})?\)?/y, 'offset'],
  short('utc|gmt|z|zulu', 'UTC'),
  named('协调世界|世界|格林[尼威]治', 'UTC'),
  // Headers of e-mails name the zone a second time after the offset: +0000 (UTC).
  [/[+-]\d{2}:?\d{2}(?!\d)(?: \([a-z]{2,5}\))?/y, 'offset'],
  short('hkt', 'Asia/Hong_Kong'),
  short('sgt', 'Asia/Singapore'),
  short('jst', 'Asia/Tokyo'),
  short('kst', 'Asia/Seoul'),
  short('pht', 'Asia/Manila'),
  short('india time|indian time', 'Asia/Kolkata'),
  short('msk', 'Europe/Moscow'),
  short('aest', 'UTC+10:00'),
  short('aedt', 'UTC+11:00'),
  short('cet|cest|german time|munich time', 'Europe/Berlin'),
  short('uk time|british time', 'Europe/London'),
  short('edt|et|us eastern(?: time)?', 'America/New_York'),
  short('pdt|pt|(?:us )?pacific(?: time)?', 'America/Los_Angeles'),
  short('eastern(?: time)?|(?:my|your|their|our|local|us|head office|hq) time|local', AMBIGUOUS),
  short(
    '[ciebpmags]st|[camn]dt|a[ck][sd]t|ak[sd]t|awst|nz[sd]t|hst|wib|wita|myt|pkt|ict|eest|eet|trt|brt|sast|wat|npt|bdt|irst',
    AMBIGUOUS,
  ),
  named('东京|日本', 'Asia/Tokyo'),
  named('首尔|韩国', 'Asia/Seoul'),
  named('新加坡', 'Asia/Singapore'),
  named('香港', 'Asia/Hong_Kong'),
  named('印度|新德里|孟买|班加罗尔', 'Asia/Kolkata'),
  named('伦敦|英国', 'Europe/London'),
  named('柏林|德国|慕尼黑|法兰克福|欧洲中部|中欧', 'Europe/Berlin'),
  named('巴黎|法国', 'Europe/Paris'),
  named('莫斯科', 'Europe/Moscow'),
  named('悉尼', 'Australia/Sydney'),
  named('纽约|美东|美国东部', 'America/New_York'),
  named('美西|美国西部|洛杉矶|旧金山|硅谷|西雅图|太平洋', 'America/Los_Angeles'),
  named('当地|本地|美国|加拿大|欧洲|俄罗斯|澳洲|澳大利亚|总部|那边|国外|海外|境外', AMBIGUOUS),
];
/** IANA zones by city, e.g. "new york" → America/New_York. */
const CITIES: ReadonlyMap<string, string> = new Map(
  Intl.supportedValuesOf('timeZone').map((zone) => [fold(zone.replace(/^.*\//, '')).replaceAll('_', ' '), zone]),
);
const CITY_TIME = /\(?([a-z]{3,16}(?: [a-z]{3,16})?) time\)?(?![a-z])/y;
/** Pattern of a zone before the clock time: 东京时间9点, "london time 9:20", "UTC 22:00". */
const ZONE_FIRST =
  /\(?(?:[一-龥]{2,4}(?:夏令|标准|冬令|夏)?时间|[a-z]{2,16}(?: [a-z]{3,16})? time|[a-z]{3,4}(?: ?[+-]\d{1,2}(?::?\d{2})?)?:? ?\d)/y;

const ELSEWHERE = new RegExp(
  [...ZONES.filter(([, zone]) => zone !== 'Asia/Shanghai').map(([{ source }]) => source), CITY_TIME.source].join('|'),
);

/** Returns false for folded text in which `readZone` finds no zone but Beijing's, so that its times need not be read. */
export const mayNameZone = (folded: string): boolean => ELSEWHERE.test(folded);

export const leadsWithZone = (cursor: Cursor): boolean => cursor.sees(ZONE_FIRST);

/** Reads the name of a zone as its IANA name, a fixed offset, or `AMBIGUOUS`. */
export function readZone(cursor: Cursor): string | undefined {
  // 22:00-02:00 is a span; a minus is an offset only after seconds.
  const withSeconds = /:\d\d:\d\d ?$/.test(cursor.text.slice(Math.max(0, cursor.at - 7), cursor.at));
  if (!withSeconds && cursor.sees(/-/y)) return undefined;
  for (const [pattern, zone] of ZONES) {
    const match = cursor.take(pattern);
    if (!match) continue;
    if (zone !== 'offset') return zone;
    const [sign = '+', hours = '0', minutes = '00'] = /([+-])(\d{1,2}):?(\d{2})?/.exec(match[0])?.slice(1) ?? [];
    return `UTC${sign}${Number(hours)}:${minutes || '00'}`;
  }
  return cursor.attempt((here) => CITIES.get(here.take(CITY_TIME)?.[1] ?? ''));
}

/** Returns true for a time that names a zone other than Beijing's. */
export const isOfOtherZone = ({ zone }: PointParts): boolean =>
  zone !== undefined && zone !== 'Asia/Shanghai' && zone !== 'UTC+8:00';
