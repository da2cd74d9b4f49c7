import type { Cursor } from '../cursor.ts';

/** Kind of the counted objects, as far as the words beside the number show it. */
export type Counted = 'people' | 'records' | 'times' | 'money' | 'foreign_money' | 'minutes' | 'percent';

/** Currency signs and codes before an amount. */
const MONEY_BEFORE: readonly (readonly [RegExp, Counted])[] = [
  [/(?:人民币|rmb|cny|cn¥|¥) ?/y, 'money'],
  [/(?:us\$|hk\$|s\$|\$|usd|hkd|eur|gbp|jpy|sgd|twd|€|£|美元|欧元|港币|日元) ?/y, 'foreign_money'],
];

/** Words after a number, in order of trial: 人民币 before 人, 人次 before 人, 名用户 before 名. */
const BEHIND: readonly (readonly [RegExp, Counted])[] = [
  [/(?:元人民币|人民币元?|元整?|圆|块钱?(?!儿|过|去|看|来|走|上)|rmb|cny|yuan|renminbi)(?![a-z])/y, 'money'],
  [
    /(?:美元|美金|欧元|港币|港元|日元|英镑|新元|台币|新台币|韩元|usd|us dollars?|dollars?|\$|eur|euros?|€|hkd|jpy|yen|gbp|pounds?|£|sgd|twd|krw|chf)(?![a-z])/y,
    'foreign_money',
  ],
  [
    /(?:人次|条(?:个人信息|记录|数据|信息)?|份|户|行(?![业动为政驶])|个?(?:不同的?|独立的?|唯一的?)?(?:账号|账户|帐号|帐户|手机号码?|手机|电话号码?|身份证号码?|邮箱|银行卡号?)|组)/y,
    'records',
  ],
  [
    /(?:(?:(?:customer|user|member|client|personal|data) )?records?|rows?|entries|accounts?|(?:phone|mobile|id|card) numbers?|(?:mail|e-?mail) addresses|data ?sets?|e-?mails?|lines?|households?)(?![a-z])/y,
    'records',
  ],
  [/(?:次(?:转发|浏览|阅读|点击|访问)?|遍|点击|浏览量?|转发量?)/y, 'times'],
  [/(?:times|views?|forwards?|shares?|reposts?|clicks?|visits?|page views)(?![a-z])/y, 'times'],
  [
    /(?:个|名|位|号)?(?:不同的?|独立)?(?:用户|客户|顾客|公民|个人|员工|市民|居民|自然人|消费者|会员|人员|人|学生|患者)(?:的?个人信息)?|名|位/y,
    'people',
  ],
  [
    /(?:people|ppl|persons?|users?|customers?|individuals?|citizens?|employees?|clients?|members?|data subjects?|residents?|consumers?|patients?)(?![a-z])/y,
    'people',
  ],
];

export function readMoneySign(cursor: Cursor): Counted | undefined {
  for (const [pattern, counted] of MONEY_BEFORE) if (cursor.take(pattern)) return counted;
  return undefined;
}

/** Reads the word for the counted objects, after at most one space. 个 alone has no meaning. */
export function readCounted(cursor: Cursor): Counted | undefined {
  return cursor.attempt((here) => {
    here.take(
      /[ -]?(?:of )?(?:the |our )?(?:(?:unique|distinct|different|individual|affected|registered|active|actual) )?/y,
    );
    for (const [pattern, counted] of BEHIND) if (here.take(pattern)) return counted;
    return undefined;
  });
}
