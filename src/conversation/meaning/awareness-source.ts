import type { CommandOf } from '../../incident/commands.ts';
import { fold } from '../text/characters.ts';

type Awareness = CommandOf<'add_awareness'>;

/** Words of a source, the most telling first: a call from a supplier is the supplier's notice. */
const WORDS: readonly (readonly [source: Awareness['source'], words: RegExp])[] = [
  ['authority', /网信|公安|警方|监管|主管部门|通报|police|authorit|regulator|\bcac\b/],
  ['press', /媒体|新闻|记者|报道|\bpress\b|journalist|\bnews\b|media/],
  ['customer', /客户|用户投诉|投诉|客服|customer|\bclient/],
  ['supplier', /供应商|服务商|厂商|外包|supplier|vendor|service provider/],
  ['alert', /告警|报警|警报|监测|监控|alert|alarm|\bsiem\b|\bsoc\b|\bedr\b|monitoring/],
  ['mail', /邮件|邮箱|e-?mail|\bmail/],
  ['call', /电话|来电|致电|\bcall|\bphone|\brang\b/],
  ['chat', /群里|群消息|微信|飞书|钉钉|\bchat\b|\bmessage\b/],
];

/**
 * Candidate for the start of the clock, from a time and the words beside it, e.g. "alert" or "供应商来电": the words
 * decide the source, and stay its description where they say more.
 */
export function awarenessOf(at: string, text: string): Awareness {
  const words = text.trim();
  const folded = fold(words);
  const [source, pattern] = WORDS.find(([, one]) => one.test(folded)) ?? ['other', null];
  const isAll = pattern !== null && folded.replace(pattern, '').trim() === '';
  return {
    type: 'add_awareness',
    at,
    source,
    reachedUs: true,
    ...(words === '' || isAll ? {} : { description: words }),
  };
}
