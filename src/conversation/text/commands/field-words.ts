import type { FactUnit } from '../../../law/regime.ts';

/** Names of fields people use in front of a colon, beside the labels of the regime in force. */
export const FIELD_WORDS: readonly string[] = [
  ...[
    '影响和危害',
    '影响',
    '危害',
    '已采取的措施',
    '已采取措施',
    '措施及效果',
    '措施',
    '效果',
    '原因',
    '初步原因',
    '地点',
    '时间',
    '发生时间',
    '发现时间',
  ],
  ...[
    '类型',
    '级别',
    '发展趋势',
    '趋势',
    '溯源线索',
    '线索',
    '单位名称',
    '单位',
    '系统名称',
    '系统',
    '拟采取措施',
    '支援',
    '请求支援',
    '现场保护',
    '其他情况',
    '其他',
  ],
  ...['信用代码', '备案编号', '用户规模', '用户数', '部署地点', '赎金', '联系人'],
  ...[
    'impact',
    'harm',
    'measures taken',
    'measures',
    'effect',
    'cause',
    'root cause',
    'place',
    'location',
    'time',
    'type',
    'level',
    'trend',
    'clues',
  ],
  ...[
    'leads',
    'unit',
    'company',
    'system',
    'next steps',
    'planned measures',
    'support',
    'preservation',
    'other',
    'credit code',
    'filing number',
    'users',
    'ransom',
    'contact',
  ],
];

/** A name in front of a colon that means when it was found. Takes folded text. */
export const meansDiscovery = (name: string): boolean => name === '发现时间';

/** A name that means when it became known here. */
export const meansAwareness = (name: string): boolean =>
  /^(?:得知时间|获知时间|发现时间|起算时间|知悉时间|(?:time of )?(?:awareness|discovery)|discovery time|awareness time)$/i.test(
    name.trim(),
  );

/** Words for a figure of this kind in front of a colon; matched against folded text. */
export const FIGURE_WORDS: Readonly<Record<FactUnit, RegExp>> = {
  minutes: /时长|持续|时间$|duration|how long/,
  people: /人数|people/,
  cny: /损失|金额|loss|amount/,
  percent: /比例|占比|share|per ?cent/,
  count: /次数|数量|times|number/,
};
