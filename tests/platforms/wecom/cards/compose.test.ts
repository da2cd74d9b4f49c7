import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Card } from '../../../../src/conversation/cards/card.ts';
import { effectsSchema } from '../../../../src/platforms/wecom/cards/button-effects.ts';
import { compose } from '../../../../src/platforms/wecom/cards/compose.ts';
import { inEverySoak, variants } from '../../../fakes/soak.ts';
import { card as anyCard } from '../../slack/arbitraries.ts';
import { differentShown } from '../../slack/situations.ts';
import { wrongWith } from './check.ts';

const FLAVOURS = ['bot', 'app'] as const;
const LANGUAGES = ['zh-CN', 'en'] as const;
const WAYS = LANGUAGES.flatMap((language) =>
  [null, 'status', 'question'].flatMap((surface) => [true, false].map((full) => ({ language, surface, full }))),
);
const message = (card: Card, language: 'en' | 'zh-CN', surface: string | null = null) => ({
  incident: 'INC-2026-0007',
  card,
  language,
  revision: 3,
  surface,
});

it.each(variants<(typeof FLAVOURS)[number]>('bot', 'app'))(
  'every card of a whole case fits every limit of the %s, in both languages',
  {
    tags: 'grows',
  },
  (flavour) => {
    const cards = differentShown().flatMap(({ name, card }) => (card ? [{ name, card }] : []));
    expect(cards.length).toBeGreaterThan(100);
    for (const [index, { name, card }] of cards.entries()) {
      for (const [way, { language, surface, full }] of WAYS.entries()) {
        // In `npm test` each card comes in two ways, the next card in the next two.
        if ((way + index) % inEverySoak(6, 1) !== 0) continue;
        const made = compose(message(card, language, surface), { flavour, full });
        expect(wrongWith(made, flavour), `${name} ${language}`).toEqual([]);
      }
    }
  },
);

it('nothing is said twice: a heading that a line repeats gives way, and one sentence stands alone', () => {
  for (const { name, card } of differentShown()) {
    if (!card) continue;
    const { card: made, markdown } = compose(message(card, 'zh-CN'), { flavour: 'bot' });
    const subtitle = made?.card_type === 'button_interaction' ? (made.sub_title_text ?? '') : '';
    const heading = made?.main_title.desc ?? made?.main_title.title.replace(/^〔.*〕/, '') ?? '';
    const lines = subtitle.split('\n');
    expect(heading !== '' && lines.includes(heading), `${name}: ${heading}`).toBe(false);
    const [first = '', ...rest] = (markdown ?? '').split('\n');
    expect(rest, name).not.toContain(first.replace(/^〔.*〕/, ''));
    if (rest.length === 0) expect(first, name).not.toContain('**');
  }
});

it.each(FLAVOURS)(
  'one sentence with a button is one message, whole, however long its card would cut it (%s)',
  (flavour) => {
    const sentence = '没有看懂。您是想说“补充信息”吗？也可将这句话原样记入事件。回复“帮助”可查看全部指令。';
    const does = { kind: 'intent', intent: { type: 'add_note', text: '泄露' } } as const;
    const card: Card = {
      tone: 'running',
      drill: false,
      title: { raw: sentence },
      summary: { raw: sentence },
      blocks: [{ kind: 'actions', actions: [{ id: 'note', label: { raw: '记为备注' }, does }] }],
    };
    const made = compose(message(card, 'zh-CN'), { flavour, full: true });
    expect(made.markdown).toBeNull();
    if (made.card?.card_type !== 'button_interaction') throw new Error('no buttons');
    const { main_title, sub_title_text = '' } = made.card;
    const said = [main_title.title, main_title.desc ?? '', sub_title_text].join('');
    const letters = (text: string): string => text.replace(/[。，“”]/g, '');
    expect(letters(said)).toBe(letters(sentence));
  },
);

it('what stands in full above a card does not begin again on it', () => {
  const long = '没有看懂。'.repeat(40);
  const does = { kind: 'intent', intent: { type: 'add_note', text: '泄露' } } as const;
  const actions = [{ id: 'note', label: { raw: '记为备注' }, does }];
  const card: Card = {
    tone: 'running',
    drill: false,
    title: { raw: long },
    summary: { raw: long },
    blocks: [{ kind: 'actions', actions }],
  };
  const made = compose(message(card, 'zh-CN'), { flavour: 'bot', full: true });
  expect(made.markdown).toContain(long);
  expect(JSON.stringify(made.card)).not.toContain('没有看懂');
});

it('rows of a card are shown from the first on, never with a gap', () => {
  const row = (n: number, words: string) =>
    ({ kind: 'row', mark: 'open', text: { raw: `第${n}项 ${words}` }, actions: [] }) as const;
  const long = '时间、地点、类型、级别、影响、措施及效果'.repeat(6);
  const blocks: Card['blocks'] = [
    row(1, '单位'),
    row(2, long),
    row(3, '趋势'),
    {
      kind: 'actions',
      actions: [{ id: 'x', label: { raw: '看' }, does: { kind: 'view', view: { view: 'status', args: {} } } }],
    },
  ];
  const title = { raw: '报告内容' };
  const made = compose(message({ tone: 'calm', drill: false, title, summary: title, blocks }, 'zh-CN', 'checklist'), {
    flavour: 'bot',
  });
  if (made.card?.card_type !== 'button_interaction') throw new Error('no buttons');
  expect(made.card.sub_title_text).toBe('○ 第1项 单位\n另有2项，发送“清单”查看。');
});

it('ticks with examples in brackets stay one message, with what was just said above them', () => {
  const options = ['个人信息', '群众工作生活（水电气油暖、交通、就医、购物等）', '尚不清楚'];
  const title = { raw: '哪些方面受影响？' };
  const choice = {
    fact: 'affected',
    chosen: [],
    submit: { raw: '选好了' },
    options: options.map((raw, n) => ({ value: String(n), label: { raw } })),
  };
  const blocks: Card['blocks'] = [
    { kind: 'text', text: { raw: '事件类型：数据泄露事件。' } },
    { kind: 'note', text: { raw: '可多选' } },
    { kind: 'choices', choice },
  ];
  const made = compose(message({ tone: 'running', drill: false, title, summary: title, blocks }, 'zh-CN', 'question'), {
    flavour: 'bot',
  });
  expect(made.markdown).toBeNull();
  if (made.card?.card_type !== 'vote_interaction') throw new Error('no vote');
  expect(made.card.main_title).toEqual({
    title: '哪些方面受影响？',
    desc: '事件类型：数据泄露事件。',
  });
  expect(made.card.checkbox.option_list.map(({ text }) => text)).toEqual(['个人信息', '群众工作生活', '尚不清楚']);
});

it('hostile cards fit too, and what is behind their buttons can be kept and read again', { tags: 'grows' }, () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom(...FLAVOURS), fc.constantFrom(...LANGUAGES), (card, flavour, language) => {
      const late = { late: { seconds: 720 }, possiblyRepeated: true };
      const made = compose({ ...message(card, language), ...late }, { flavour });
      expect(wrongWith(made, flavour)).toEqual([]);
      const again = effectsSchema.parse(JSON.parse(JSON.stringify(made.bound)));
      expect(Object.keys(again.does)).toEqual(Object.keys(made.bound.does));
      expect(again.answers).toEqual(made.bound.answers);
    }),
    { numRuns: inEverySoak(60, 500) },
  );
});

it('a label that fills a whole message stays a button: the words to send instead of it would have no room', () => {
  const label = `记录 ${'很'.repeat(675)}`;
  const action = {
    id: 'note',
    label: { raw: label },
    does: { kind: 'view', view: { view: 'help', args: {} } },
  } as const;
  const blocks = [
    { kind: 'text', text: { raw: '好'.repeat(400) } },
    { kind: 'actions', actions: [action] },
  ] as const;
  for (let more = 0; more < 12; more += 1) {
    const title = { raw: `${label}${'x'.repeat(more)}` };
    const card: Card = {
      title,
      summary: title,
      tone: 'calm',
      drill: false,
      blocks: [blocks[0], { ...blocks[1], actions: [{ ...action, label: title }] }],
    };
    expect(wrongWith(compose(message(card, 'zh-CN'), { flavour: 'app' }), 'app')).toEqual([]);
  }
});

it('a card that is nothing but buttons loses none of them: more than a card holds are a list', () => {
  const menus = differentShown().flatMap(({ name, card }) =>
    card && card.blocks.length > 0 && card.blocks.every(({ kind }) => kind === 'actions') ? [{ name, card }] : [],
  );
  expect(menus.length).toBeGreaterThan(5);
  for (const { name, card } of menus) {
    const all = card.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    for (const flavour of FLAVOURS) {
      const { bound, card: made, markdown } = compose(message(card, 'zh-CN'), { flavour, full: true });
      const behind = Object.values(bound.does);
      expect(
        behind.map(({ does }) => does),
        name,
      ).toEqual(all.map(({ does }) => does));
      expect(made?.source?.desc, name).toBe('INC-2026-0007');
      if (made?.card_type === 'vote_interaction') expect(markdown, name).toBeNull();
    }
  }
});

it('no room for all: files give way to what is done with a draft, and nothing stands there twice', () => {
  const view = (name: string): Card['blocks'][number] & { kind: 'actions' } => ({
    kind: 'actions',
    actions: [{ id: name, label: { raw: name }, does: { kind: 'view', view: { view: name, args: {} } } }],
  });
  const file = (format: string) => ({
    id: format,
    label: { raw: format },
    does: { kind: 'view', view: { view: 'download', args: { format } } } as const,
  });
  const form = (name: string) => ({
    id: name,
    label: { raw: name },
    does: { kind: 'form', form: { form: name, args: {} } } as const,
  });
  const approve = {
    id: 'approve',
    label: { raw: '批准' },
    does: { kind: 'intent', intent: { type: 'take_lead' } } as const,
  };
  const files = ['docx', 'pdf', 'internal', 'english'].map(file);
  const blocks: Card['blocks'] = [
    { kind: 'text', text: { raw: '首报第1稿' } },
    view('text'),
    { kind: 'actions', actions: [...files, approve, form('send_back')] },
    { kind: 'actions', actions: [form('send_back')] },
  ];
  const title = { raw: '首报' };
  const made = compose(message({ tone: 'calm', drill: false, title, summary: title, blocks }, 'zh-CN'), {
    flavour: 'bot',
  });
  if (made.card?.card_type !== 'button_interaction') throw new Error('no buttons');
  expect(made.card.button_list.map(({ text }) => text)).toEqual([
    'text',
    'docx',
    'pdf',
    'internal',
    '批准',
    'send_back',
  ]);
});

it('no words of a person become markup, a link or a mention', () => {
  const nasty = '<@zhangsan> <font color="warning">x</font> [a](https://evil.example) **b** `c`\n# d\n> e';
  const card: Card = { tone: 'calm', drill: false, title: { raw: nasty }, summary: { raw: nasty }, blocks: [] };
  const blocks: Card['blocks'] = [{ kind: 'text', text: { raw: nasty } }];
  const { markdown } = compose(message({ ...card, blocks }, 'zh-CN'), { flavour: 'bot' });
  const body = (markdown ?? '').replaceAll('**', '');
  expect(body).not.toMatch(/[<>[\]`*]|:\/\/|^#/m);
});

it('a question keeps its options readable: on the button, or numbered in full', () => {
  const options = ['不足100万', '100万至不足1000万', '1000万至不足1亿', '1亿以上', '不清楚'];
  const card: Card = {
    tone: 'running',
    drill: false,
    title: { raw: '泄露涉及多少人的个人信息？' },
    summary: { raw: '泄露涉及多少人的个人信息？' },
    blocks: [
      {
        kind: 'actions',
        actions: options.map((label, index) => ({
          id: `o${index}`,
          label: { raw: label },
          does: { kind: 'intent', intent: { type: 'answer', fact: 'personal_info_people', value: 'unknown' } },
        })),
      },
    ],
  };
  const made = compose(message(card, 'zh-CN', 'question'), { flavour: 'bot' });
  expect(made.markdown).toBeNull();
  if (made.card?.card_type !== 'button_interaction') throw new Error('no buttons');
  expect(made.card.main_title).toEqual({ title: '泄露涉及多少人的个人信息？' });
  // Digits take half the room of a Chinese character, so all of them stand on their buttons.
  expect(made.card.horizontal_content_list).toBeUndefined();
  expect(made.card.button_list.map((b) => b.text)).toEqual(options);
  expect(made.bound.answers).toEqual(['b0', 'b1', 'b2', 'b3', 'b4']);
});
