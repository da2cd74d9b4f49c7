import { describe, expect, it } from 'vitest';
import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { questionCard } from '../../src/conversation/asking/question-card.ts';
import { readAnswer } from '../../src/conversation/asking/read-answer.ts';
import type { Action, Card } from '../../src/conversation/cards/card.ts';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { LANGUAGES, type Language } from '../../src/incident/identity.ts';
import { drawing as dingtalk } from '../../src/platforms/dingtalk/draw.ts';
import { drawing as feishu } from '../../src/platforms/feishu/draw.ts';
import { drawn } from '../../src/platforms/shared/card-view.ts';
import { drawing as slack } from '../../src/platforms/slack/render/draw.ts';
import { compose } from '../../src/platforms/wecom/cards/compose.ts';
import { CARD_COUNTS } from '../../src/platforms/wecom/limits.ts';
import { widthOf } from '../../src/platforms/wecom/text.ts';
import { everywhere, packs, states } from './states.ts';
import { company, Story } from './story.ts';

/** Labels that name nothing: yes, no, don't know, none, or a figure alone, with or without a number before it. */
const BARE =
  /^(?:\d+ )?(?:更早…|其他时间…|多选…|填写准确数…|Earlier…|Other times…|Several…|Exact…|是|否|有|没有|没有（0）|不清楚|尚不清楚|Yes|No|Don’t know|none \(0\)|(?:不足|under )?[\d,.]+ ?(?:万|亿|million|billion)?(?:人|元|people)?(?:以上| or more)?|\d\d:\d\d)$/;

const actionsOf = ({ blocks }: Card): readonly Action[] =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));

/** Returns true if a card has an act that neither answers the card's question nor opens the form of its answer. */
function holdsMore(card: Card, asked: { readonly id: string; readonly form: string | null }): boolean {
  return actionsOf(card).some(({ id, does }) => {
    if (does.kind === 'view' || does.kind === 'link') return false;
    if (does.kind === 'form') return does.form.form !== asked.form;
    return !id.startsWith(`${asked.id}_`);
  });
}

interface Drawn {
  readonly labels: readonly string[];
  /** Title of a drop-down that has the answers as options. */
  readonly title?: string | undefined;
}
type Draw = (card: Card, surface: string, language: Language) => Drawn;
const message = (card: Card, surface: string, language: Language) => {
  return { incident: 'INC-2026-0001', card, language, revision: 1, surface, ring: false };
};

/** Every string of a JSON value that stands under one of the names. */
function texts(value: unknown, names: ReadonlySet<string>, isIn = false): readonly string[] {
  if (typeof value === 'string') return isIn ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => texts(one, names, isIn || names.has(name)));
}
function buttonsIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const isButton = ('type' in value && value.type === 'button') || ('tag' in value && value.tag === 'button');
  return isButton ? [value] : Object.values(value).flatMap(buttonsIn);
}
const TEXT = new Set(['text']);
const wecom =
  (flavour: 'bot' | 'app'): Draw =>
  (card, surface, language) => {
    const { card: made } = compose(message(card, surface, language), { flavour });
    if (made?.card_type !== 'button_interaction') return { labels: [] };
    const labels = made.button_list.map(({ text }) => text);
    for (const label of labels) expect(widthOf(label), label).toBeLessThanOrEqual(CARD_COUNTS.buttonText);
    expect(new Set(labels).size, labels.join()).toBe(labels.length);
    return { labels, title: made.button_selection?.title };
  };
const DRAWN: Readonly<Record<string, Draw>> = {
  console: (card, _, language) => ({
    labels: localiseCard(card, language).blocks.flatMap((block) =>
      block.kind === 'actions' || block.kind === 'row' ? block.actions.map(({ label }) => label) : [],
    ),
  }),
  Slack: (card, surface, language) => ({
    labels: buttonsIn(drawn(message(card, surface, language), 'slack', slack, null)).flatMap((one) => texts(one, TEXT)),
  }),
  Feishu: (card, surface, language) => ({
    labels: buttonsIn(drawn(message(card, surface, language), 'feishu', feishu, null)).flatMap((one) =>
      texts(one, new Set(['text', 'content'])),
    ),
  }),
  DingTalk: (card, surface, language) => ({
    labels: texts(drawn(message(card, surface, language), 'dingtalk', dingtalk, null), new Set(['text', 'title'])),
  }),
  'WeCom bot': wecom('bot'),
  'WeCom app': wecom('app'),
};

describe.each([
  ['the law alone', company, []],
  ['every law', everywhere, packs],
] as const)('with %s', (_, organisation, laws) => {
  const shown = cardsAlong(organisation, laws);

  it.each(Object.entries(DRAWN))('%s: no bare answer stands on a card that holds more than its question', (_, draw) => {
    let named = 0;
    for (const { state, surface, card, asked } of shown)
      for (const language of LANGUAGES) {
        const { labels } = draw(card, surface, language);
        if (!holdsMore(card, asked)) continue;
        const bare = labels.filter((label) => BARE.test(label));
        expect(bare, `${state}, ${surface}: ${labels.join(' | ')}`).toEqual([]);
        named += labels.filter((label) => /^(?:\d+ )?[^：:]+[：:]./.test(label)).length;
      }
    expect(named).toBeGreaterThan(10);
  });
});

interface ShownCard {
  readonly state: string;
  readonly surface: string;
  readonly card: Card;
  readonly asked: { readonly id: string; readonly form: string | null };
}

function cardsAlong(organisation: typeof company, laws: Story['packs']): readonly ShownCard[] {
  const story = new Story('2026-03-31T09:42:00+08:00', organisation, laws);
  const all: ShownCard[] = [];
  for (const state of states(story)) {
    const { situation } = story;
    for (const { key, card, opening, joint } of surfacesOf(situation)) {
      const question = nextQuestion(situation, key === 'question' ? 'operator' : null);
      const asked = { id: question?.id ?? '', form: question?.form?.ref.form ?? null };
      all.push({ state, surface: key, card, asked });
      for (const one of [opening, joint]) if (one) all.push({ state, surface: key, card: one, asked });
    }
  }
  return all;
}

it('a named answer is read as the answer when it is typed', () => {
  const story = new Story('2026-03-31T09:42:00+08:00', company, []);
  let read = 0;
  for (const _ of states(story)) {
    const { situation } = story;
    const question = nextQuestion(situation);
    if (!question || question.choice) continue;
    for (const language of LANGUAGES) {
      const { blocks } = localiseCard(questionCard(situation), language);
      const labels = blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
      for (const { label, does, answers } of labels) {
        if (does.kind !== 'intent' || answers?.bare === undefined) continue;
        expect(readAnswer(question, label, situation), label).toEqual({ kind: 'commands', commands: [does.intent] });
        read += 1;
      }
    }
  }
  expect(read).toBeGreaterThan(5);
});
