import { describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { readerOf, understood } from './night-lines/ends.ts';

/** Replies to one thing said in many ways: each way has the same end. */

const readers = new Map<string, ReturnType<typeof readerOf>>();

function reading(state: string, line: string) {
  const reader = readers.get(state) ?? readerOf(state);
  readers.set(state, reader);
  const meaning = understood(line, reader);
  const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
  const labels =
    meaning?.kind === 'say'
      ? [meaning.text, ...(meaning.actions ?? []).map(({ label }) => label)].map((one) => localise(one, 'zh-CN'))
      : [];
  return { meaning, recorded, labels: labels.join(' | ') };
}

/** Questions in the form of a choice, which reject nothing: 是不是, 会不会是. */
const A_NOT_A = ['是不是{}啊', '会不会是{}的,好怪', '这像不像{}', '你说会不会是{}', '有没有可能是{}啊', '该不会是{}吧'];

describe('a doubt in the form of a choice', () => {
  const kinds = [
    ['勒索', '勒索软件'],
    ['挖矿', '挖矿'],
    ['ddos', '拒绝服务'],
    ['钓鱼邮件', '钓鱼'],
  ] as const;
  it.each(A_NOT_A.flatMap((pattern) => kinds.map(([word, label]) => [pattern.replace('{}', word), label] as const)))(
    '%s is asked about',
    (line, label) => {
      const { recorded, labels } = reading('type', line);
      expect(recorded).toEqual([]);
      expect(labels).toContain(label);
    },
  );
});

describe('a time of an act or of the log', () => {
  const acts = ['拔了网线', '把网线拔了', '断了网', '切断了外网', '封掉了账号', '把口子堵上了'];
  const after = ['之后再没外联', '后面就没有外联了', '那以后就没动静了'];
  it.each(acts.flatMap((act) => after.map((end) => `九点四十二${act},${end}`)))(
    '%s is an end, never a start',
    (line) => {
      const { recorded, labels } = reading('ongoing', line);
      expect(recorded).toEqual([]);
      expect(labels).not.toContain('仍在持续');
    },
  );
  const firsts = ['日志头一条异常是{}', '异常登录最早一条是{}', '日志里最早的一条{}'];
  it.each(firsts.map((pattern) => pattern.replace('{}', '03:17')))('%s is no time of knowing', (line) => {
    const { recorded, labels } = reading('awareness', `${line},当时大家都在睡觉`);
    expect(recorded).toEqual([]);
    expect(labels).not.toContain('获知时间');
  });
  const plans = ['{}推公告给用户', '公告拟好了 {}发', '{}给客户群发短信', '{}开会对稿'];
  it.each(
    plans.flatMap((pattern) => ['十点半', '11点', '10:45'].map((time) => [pattern.replace('{}', time)] as const)),
  )('%s is ahead, not the evening before', (line) => {
    const { recorded, labels } = reading('verdict', line);
    expect(recorded).toEqual([]);
    expect(labels).not.toContain('22:');
  });
});

describe('a correction', () => {
  const lengths = ['那个停机时长改成{}', '停机时间改成{} 以监控为准', '中断时长更正为{}', '宕机时长应该是{}'];
  it.each(
    lengths.flatMap((pattern) => ['52分钟', '1小时20分'].map((length) => [pattern.replace('{}', length)] as const)),
  )('%s corrects the outage', (line) => {
    const { recorded, labels } = reading('outage', line);
    const text = `${JSON.stringify(recorded)} ${labels}`;
    expect(text).toMatch(/"site_outage_minutes","value":(?:52|80)|(?:52分|1小时20分)/);
  });
  it.each(['人数更新下', '人数更新一下哈', '更正 人数', '不对 人数错了'])(
    '%s corrects the people on record',
    (head) => {
      const { recorded, labels } = reading('verdict', `${head} dba核完了 受影响51,208人`);
      const text = `${JSON.stringify(recorded)} ${labels}`;
      expect(text).toMatch(/"personal_info_people","value":51208|泄露公民个人信息涉及人数：51,208人/);
    },
  );
});

describe('nobody', () => {
  it.each([
    '一个人的个人信息都没有,就货号跟进价',
    '一条个人信息也没有',
    '一个用户的数据都没漏',
    '半个人的个人信息都没有',
    '一个客户的信息都没漏',
  ])('%s is no person, not one', (line) => {
    const { labels } = reading('people', line);
    expect(labels).not.toMatch(/：[15]人/);
    expect(labels).toContain('：0人');
  });
});

it.each(['大家一块儿过一遍', '一块过一遍稿子', '咱一块儿看看', '一块去机房'])('%s names no money', (line) => {
  expect(reading('verdict', line).labels).not.toContain('损失');
});

it.each(['前年就让换防火墙', '去年换了机房', '要换服务器', '赶紧换密码', '他们说换证书'])(
  '%s hands nothing over',
  (line) => {
    expect(JSON.stringify(reading('ongoing', `我说句不好听的,${line},没人理`).meaning)).not.toMatch(
      /not_in_profile|hand_over|add_person/,
    );
  },
);

describe('a system', () => {
  it.each(
    ['jxc', 'JXC', 'jinxiaocun', 'jin xiao cun'].flatMap((name) => [
      `商城跟${name}都中了`,
      `shop AND the ${name}`,
      `好像是${name}那台`,
    ]),
  )('%s is the stock system by its letters', (line) => {
    const { recorded, labels } = reading('system', line);
    expect(JSON.stringify(recorded)).not.toContain('shop');
    expect(labels).toContain('进销存系统');
    if (/shop|商城/.test(line)) expect(labels).toContain('网上商城');
  });
  it.each(['since nine', 'just sync it', 'so can we'])('%s names none by letters', (line) => {
    expect(reading('system', line).recorded).toEqual([]);
  });
  it.each(['会员app', '小程序', '邮箱', '报表', '门户'])('beside the profile, %s is another', (name) => {
    for (const line of [`不是商城 出事的是${name}`, `${name}登不上,商城我刚下了一单没问题`]) {
      const { recorded, labels } = reading('system', line);
      expect(recorded).toEqual([]);
      expect(labels).toContain('其他系统');
    }
  });
});

it.each(['要么勒索要么入侵', '又被勒索又被入侵', '勒索或者入侵 没定', '勒索还是被黑了 两个都像'])(
  '%s leaves both kinds open',
  (line) => {
    const { recorded, labels } = reading('type', line);
    expect(recorded).toEqual([]);
    expect(labels).toMatch(/勒索软件.*失陷主机|失陷主机.*勒索软件/);
  },
);

it.each(['到点前十分钟喊我', '截止前10分钟叫我一声 我去喂孩子', '时间到之前十分钟提醒下 我眯会儿'])(
  '%s counts from the deadline',
  (line) => {
    const { recorded, labels } = reading('verdict', line);
    expect(recorded).toEqual([]);
    expect(labels).toMatch(/推迟提醒(?!10分)\d+分钟/);
  },
);

describe('a call about business', () => {
  const senders = ['客户{}打来', '{}客户打电话', '供应商{}来邮件', '{}接到客户电话', '客户微信{}找我'];
  const about = ['问发货的', '催发票', '说要退货', '聊合同', '问快递到哪了', '推销保险'];
  it.each(senders.flatMap((sender) => about.map((what) => `${sender.replace('{}', '9点')}${what}`)))(
    '%s records no time of knowing',
    (line) => {
      for (const state of ['awareness', 'system', 'type']) expect(reading(state, line).recorded).toEqual([]);
    },
  );
  it.each(['客户9点打来说订单里是别人的地址', '9点接到客户电话说退款页面打不开'])('%s still does', (line) => {
    expect(JSON.stringify(reading('awareness', line))).toMatch(/09:00/);
  });
});

describe('the start of an outage', () => {
  const times = ['九点十分', '9点10分', '9:10', '九点一刻', '八点五十五分', '今早九点零五分'];
  it.each(
    times.flatMap((time) => [
      `${time}开始打不开的,现在还是504`,
      `${time}挂的 到现在没起来`,
      `从${time}开始打不开,还没恢复`,
    ]),
  )('%s is recorded', (line) => {
    expect(JSON.stringify(reading('outage', line).recorded)).toContain('"since":"2026-03-31T0');
  });
  const parts = ['页面能开但是支付不行', '首页能打开 下单失败', '能访问 就是登录报错', '支付转圈'];
  it.each(parts.flatMap((part) => [`${part} 从九点开始`, `从9点开始,${part}`]))(
    'of a part is only asked about: %s',
    (line) => {
      expect(reading('outage', line).recorded).toEqual([]);
    },
  );
});

it.each(
  ['大概', '大约', '差不多', '约摸'].flatMap((about) => [`客户来电,${about}八点二十`, `${about}9点收到告警邮件`]),
)('%s is a rough time of knowing, which is asked about', (line) => {
  const { recorded, labels } = reading('awareness', line);
  expect(recorded).toEqual([]);
  expect(labels).toMatch(/0[89]:[02]0/);
});

it.each(['报警了没有', '报案了没', '公安那边联系了吗'])('%s shows what is owed', (line) => {
  const { recorded, meaning, labels } = reading('type', line);
  expect(recorded).toEqual([]);
  expect(`${JSON.stringify(meaning)} ${labels}`).toMatch(/"view":"owed"|应报事项/);
});

it.each(['没有用户数据 就是采购价格', '没有任何客户信息,只有货号', '不涉及会员数据'])('%s is nobody', (line) => {
  expect(reading('people', line).labels).toContain('：0人');
});

it.each(['9点半', '九点三十五', '9:41'].flatMap((time) => [`我${time}重启了一下就好了`, `${time}的时候哎终于好了`]))(
  '%s is heard as an end',
  (line) => {
    const { recorded, meaning, labels } = reading('ongoing', line);
    expect(recorded).toEqual([]);
    expect(`${JSON.stringify(meaning)} ${labels}`).toMatch(/"form":"ongoing"|起止时间|至09/);
  },
);

it('counts a reminder to a clock time to that time', () => {
  expect(reading('verdict', '十点十分叫我一下').labels).toContain('推迟提醒18分钟');
});

it.each(
  ['最多', '顶多', '至多', '撑死', '不会超过'].flatMap((most) => [`${most}五万`, `${most}3000人`, `${most}8000个人吧`]),
)('%s is a guessed limit, which is asked about', (line) => {
  const { recorded, labels } = reading('people', line);
  expect(recorded).toEqual([]);
  expect(labels).toMatch(/5万人|3,000人|8,[08]00人/);
});

it.each(['抽了20条比对', '抽查50条都对得上', '抽样30个人都是真的', '样本里有100条'])('%s counts a sample', (line) => {
  expect(reading('people', `挂在论坛上卖，${line}`).labels).not.toMatch(/：(?:20|50|30|100)人/);
});

it.each(['12万条 但一个人好几条 人数不知道', '10w+条订单 几个人不知道'])('%s names no few people', (line) => {
  expect(reading('people', line).labels).not.toContain('2至9人');
});
