import { expect, it } from 'vitest';
import type { Card } from '../../../../src/conversation/cards/card.ts';
import { viewOf } from '../../../../src/conversation/cards/card-views.ts';
import { surfacesOf } from '../../../../src/conversation/cards/surfaces.ts';
import { askCard, outcomeCard } from '../../../../src/conversation/filing/approval-status.ts';
import { delayCard } from '../../../../src/conversation/filing/changes-since-filing.ts';
import { reminderCard } from '../../../../src/conversation/reminding/reminders.ts';
import { parseStep } from '../../../../src/incident/steps.ts';
import { compose } from '../../../../src/platforms/wecom/cards/compose.ts';
import type { TemplateCard } from '../../../../src/platforms/wecom/cards/template.ts';
import { company, Story } from '../../../conversation/story.ts';
import { wrongWith } from './check.ts';

interface Shown {
  readonly name: string;
  readonly surface: string | null;
  readonly card: Card;
}

/** One leak from its declaration to the filing, late: every card that is posted or sent on the way. */
export function standardCase(language: 'zh-CN' | 'en'): readonly Shown[] {
  const zh = language === 'zh-CN';
  const title = zh ? '支付系统疑似用户数据泄露' : 'User data leak, payments';
  const story = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title });
  const shown: Shown[] = [];
  const look = (when: string): void => {
    const { state, ia, regime } = story.situation;
    for (const { key, card } of surfacesOf({ state, ia, regime }))
      shown.push({ name: `${when}: ${key}`, surface: key, card });
    const tasks = viewOf({ view: 'tasks', args: { incident: state.id } }, { state, ia, regime });
    if (tasks) shown.push({ name: `${when}: tasks`, surface: 'tasks', card: tasks });
    for (const step of ['60', '30', 'due', 'overdue']) {
      const due = { obligations: ia.clocks.map((c) => c.id), dueAt: ia.now, step: parseStep(step) };
      for (const actor of [state.lead, null])
        shown.push({
          name: `${when}: reminder ${step}`,
          surface: null,
          card: reminderCard(story.situation, due, actor),
        });
    }
    for (const approval of state.approvals) {
      shown.push({ name: `${when}: ask`, surface: null, card: askCard(story.situation, approval, 'x', true) });
      shown.push({ name: `${when}: outcome`, surface: null, card: outcomeCard(story.situation, approval) });
    }
    for (const filing of state.filings)
      shown.push({ name: `${when}: delay`, surface: null, card: delayCard(story.situation, filing) });
  };
  look('declared');
  story.wait(6).do({ type: 'answer', fact: 'operator', value: 'other' });
  story.do({ type: 'answer', fact: 'affected', value: ['personal_info', 'outage'] });
  look('affected');
  story.do({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  look('compromise');
  story.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  look('verdict');
  story.do({ type: 'decide_level', level: 'major' });
  story.do({ type: 'take_item', item: 'art7.2' });
  story.do({ type: 'fill_field', field: 'art7.2.place', value: { state: 'known', text: zh ? '上海浦东' : 'Pudong' } });
  look('collecting');
  story.do({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] });
  look('draft');
  const hash = story.situation.state.drafts[0]?.text?.hash ?? '';
  story.do({ type: 'request_approval', draft: 1 });
  look('asked');
  story.do({ type: 'approve', draft: 1, hash }, 'Zhao Min');
  look('approved');
  story.wait(260);
  look('overdue');
  const filing = { type: 'record_filing', obligation: 'cac.art4.other', channel: 'web_12387', receipt: '17' } as const;
  story.do({ ...filing, at: '2026-03-31T14:02:00+08:00', draft: 1 }, 'Zhao Min');
  look('filed');
  return shown;
}

/** Everything of a card that is read; labels of buttons are numbered where they are too long. */
function textsOf(card: TemplateCard): readonly string[] {
  const { title, desc = '' } = card.main_title;
  if (card.card_type === 'vote_interaction') return [title, desc, ...card.checkbox.option_list.map(({ text }) => text)];
  if (card.card_type === 'multiple_interaction') return [title, desc];
  const rows = card.horizontal_content_list ?? [];
  return [title, desc, card.sub_title_text ?? '', ...rows.flatMap(({ keyname, value }) => [keyname, value])];
}

it.each([
  ['bot', 'zh-CN'],
  ['bot', 'en'],
  ['app', 'zh-CN'],
  ['app', 'en'],
] as const)('each card of a standard case (%s, %s) is within the limits and cuts nothing', (flavour, language) => {
  const all = standardCase(language);
  expect(all.length).toBeGreaterThan(60);
  const wrong = all.flatMap(({ name, surface, card }) => {
    const message = { incident: 'INC-2026-0007', card, language, revision: 1, surface };
    const made = compose(message, { flavour });
    const found = [...wrongWith(made, flavour)];
    if (!made.card) return found.map((what) => `${name}: ${what}`);
    // English takes more room: what does not fit is said in full in front, never cut.
    if (made.markdown !== null && language === 'zh-CN') found.push(`a text in front: ${made.markdown}`);
    if (made.card.source?.desc !== 'INC-2026-0007') found.push('no id above it');
    for (const text of textsOf(made.card))
      if (/(?<![0-9a-f])…/.test(text) || (language === 'zh-CN' && text.includes('INC-'))) found.push(text);
    return found.map((what) => `${name}: ${what}`);
  });
  expect([...new Set(wrong)]).toEqual([]);
});

it.each(['zh-CN', 'en'] as const)(
  'an owner’s reminder keeps its buttons: "Give to" alone is no command (%s)',
  (language) => {
    const owned = standardCase(language).flatMap(({ name, card }) => {
      const all = card.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
      const isOwned = name.includes('reminder') && all.some(({ id }) => id === 'give');
      return isOwned ? [{ name, card, count: all.length }] : [];
    });
    expect(owned.length).toBeGreaterThan(3);
    for (const { name, card, count } of owned) {
      const message = { incident: 'INC-2026-0007', card, language, revision: 1, surface: null };
      const made = compose(message, { flavour: 'bot' }).card;
      expect(made?.card_type === 'button_interaction' && made.button_list, name).toHaveLength(count);
    }
  },
);
