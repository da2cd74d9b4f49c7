import type { IncidentState } from '../../incident/state.ts';
import type { Regime, TypeCategory } from '../../law/regime.ts';

/**
 * Words in titles that suggest types of GB/T 20986, each with a fragment of the type's Chinese name. They only order
 * suggestions; a person chooses.
 */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /勒索|加密|赎金|(?:要|付|转)比特币|ransom|encrypt|lockbit|(?:asking for|demand\w*|pay\w*) (?:in )?bitcoins?/i,
    '勒索软件',
  ],
  [
    /泄露|泄漏|外泄|脱库|拖库|库被[拖脱]|被[拖脱]库|扒走|爬走|爬取|裸奔|leak|breach|exposed|dump|scraped|open bucket/i,
    '数据泄露',
  ],
  [/窃取|盗取|被盗|stolen|steal|theft|exfiltrat/i, '数据窃取'],
  [/数据(?:库)?被?篡改|data tamper|tampered data/i, '数据篡改'],
  [/篡改|挂黑页|首页|网页被|页面被|被挂|defac|tamper|home ?page/i, '网页篡改'],
  [/ddos|拒绝服务|denial of service|flood/i, '拒绝服务'],
  [/钓鱼|phish/i, '网络钓鱼'],
  [/漏洞|vulnerab|exploit|cve-/i, '漏洞利用'],
  [/挖矿|crypto ?min|mining (?:crypto|coins?|bitcoin)/i, '挖矿'],
  [/木马|trojan/i, '特洛伊木马'],
  [/后门|backdoor/i, '后门'],
  [/供应链|供应商|supplier|vendor|supply chain/i, '供应链'],
  [/配错|误配|配置(?:错|失误|不当|没)|misconfig/i, '配置合规'],
  [/误操作|误删|mistake|by accident|accidental/i, '误操作'],
  [/删除|丢失|lost|deleted|wiped/i, '数据损失'],
  [/中断|宕机|不能访问|无法访问|故障|outage|hardware|down|unreachable|crash|fail/i, '技术故障'],
  [/暴力破解|爆破|撞库|credential|cred stuff|brute ?forc|password|账号/i, '凭据攻击'],
];
/** Types that are common enough to be suggested for any title. */
const COMMON = ['数据泄露', '勒索软件', '网页篡改', '拒绝服务', '技术故障'] as const;

export interface LikelyType {
  readonly id: string;
  readonly zh: string;
}

/** Type the title names most clearly; null if it names none. */
export function typeInTitle({ title }: Pick<IncidentState, 'title'>): string | null {
  return WORDS.find(([pattern]) => pattern.test(title))?.[1] ?? null;
}

/** Up to `limit` types, the likely ones first. */
export function likelyTypes(state: Pick<IncidentState, 'title'>, regime: Regime, limit: number): readonly LikelyType[] {
  const types = regime.types.flatMap((category: TypeCategory) => category.types);
  const fragments = [...WORDS.filter(([pattern]) => pattern.test(state.title)).map(([, zh]) => zh), ...COMMON];
  const found = fragments.flatMap((fragment) => types.find((type) => type.name.zh.includes(fragment)) ?? []);
  return [...new Map(found.map((type) => [type.id, { id: type.id, zh: type.name.zh }])).values()].slice(0, limit);
}

/** Aspects a type usually affects: ticked in advance on the card, never recorded before a person presses the button. */
const USUALLY: readonly (readonly [string, readonly string[]])[] = [
  ['数据泄露', ['personal_info']],
  ['数据窃取', ['personal_info']],
  ['隐私侵犯', ['personal_info']],
  ['数据篡改', ['data']],
  ['数据损失', ['data']],
  ['篡改', ['tampering']],
  ['暗链', ['tampering']],
  ['拒绝服务', ['outage']],
  ['故障', ['outage']],
  ['勒索', ['outage']],
  ['损害', ['outage']],
  ['误操作', ['outage']],
  ['灾', ['outage']],
  ['欺诈', ['loss']],
];

/**
 * Returns true if incidents of a type are usually ongoing when discovered, so that the card ticks this in advance.
 */
export function usuallyGoesOn(zhName: string): boolean {
  return /拒绝服务|故障|勒索|篡改|暗链/.test(zhName);
}
/** Words by which a title names affected aspects, in addition to those that its type usually affects. */
const SPOKEN_OF: readonly (readonly [RegExp, string])[] = [
  [/个人信息|customer data|user data|personal (data|information)/i, 'personal_info'],
  [/损失|诈骗|转账|汇款|\bfraud|\bloss\b|mail compromise|wire transfer/i, 'loss'],
  [
    /停电|停水|供电|供水|供气|供暖|交通|地铁|售票|医院|就医|power cut|water supply|hospital|ticketing|public transport/i,
    'daily_life',
  ],
];

/** Aspects ticked in advance on "what is affected": those the type usually affects, and those the title names. */
export function likelyAffected(zhName: string, title: string): readonly string[] {
  const usual = USUALLY.find(([fragment]) => zhName.includes(fragment))?.[1] ?? [];
  const spoken = SPOKEN_OF.filter(([pattern]) => pattern.test(title)).map(([, aspect]) => aspect);
  return [...new Set([...usual, ...spoken])];
}
