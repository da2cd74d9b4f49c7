import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import { viewOf } from '../../src/conversation/cards/card-views.ts';
import { statusCard } from '../../src/conversation/cards/status-card.ts';
import { LANGUAGES } from '../../src/incident/identity.ts';
import { drawing as dingtalk } from '../../src/platforms/dingtalk/draw.ts';
import { drawing as feishu } from '../../src/platforms/feishu/draw.ts';
import { drawn } from '../../src/platforms/shared/card-view.ts';
import { drawing as slack } from '../../src/platforms/slack/render/draw.ts';
import { compose } from '../../src/platforms/wecom/cards/compose.ts';
import type { OutgoingMessage } from '../../src/use-cases/ports.ts';
import { everywhere, packs, states } from './states.ts';
import { company, MAIN_ROOM, read, Story } from './story.ts';

const OPEN = { ...MAIN_ROOM, open: true };
const UNKNOWN = { ...MAIN_ROOM, unconfirmed: true } as const;

const linesOf = ({ blocks }: Card) => blocks.filter(({ kind }) => kind !== 'actions' && kind !== 'choices');
const actionsOf = ({ blocks }: Card) =>
  blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : []));

/** Buttons and lines of text of a status card as each platform draws it, beside its title. */
const DRAWN: Readonly<Record<string, (message: OutgoingMessage) => { buttons: number; lines: number }>> = {
  Slack: (message) => {
    const json = JSON.stringify(drawn(message, 'slack', slack, null));
    const count = (type: string): number => json.split(`"type":"${type}"`).length - 1;
    return { buttons: count('button'), lines: count('section') + count('context') };
  },
  Feishu: (message) => {
    const json = JSON.stringify(drawn(message, 'feishu', feishu, null));
    return { buttons: json.split('"tag":"button"').length - 1, lines: json.split('"tag":"div"').length - 1 };
  },
  DingTalk: (message) => {
    const json = JSON.stringify(drawn(message, 'dingtalk', dingtalk, null)).replaceAll('\\', '');
    return { buttons: json.split('"color":"').length - 2, lines: json.split('"size":"').length - 1 };
  },
  ...Object.fromEntries(
    (['bot', 'app'] as const).map((flavour) => [
      `WeCom, ${flavour}`,
      (message: OutgoingMessage) => {
        const { card, markdown } = compose(message, { flavour });
        const {
          button_list = [],
          horizontal_content_list = [],
          sub_title_text = '',
        } = card?.card_type === 'button_interaction' ? card : {};
        const texts = `${markdown ?? ''}\n${sub_title_text}`.split('\n').filter((line) => line.trim() !== '');
        return { buttons: button_list.length, lines: texts.length + horizontal_content_list.length };
      },
    ]),
  ),
};

it.each(Object.entries(DRAWN))('drawn by %s it has five buttons and ten lines at most in any state', (_, draw) => {
  const story = new Story('2026-03-31T09:42:00+08:00', company, []);
  let most = 0;
  for (const state of states(story))
    for (const language of LANGUAGES) {
      const card = statusCard(story.situation);
      const message = {
        incident: story.situation.state.id,
        card,
        language,
        revision: 1,
        surface: 'status',
        ring: false,
      };
      const { buttons, lines } = draw(message);
      expect(buttons, state).toBeLessThanOrEqual(5);
      expect(lines, `${state}\n${read(card, language).join('\n')}`).toBeLessThanOrEqual(10);
      most = Math.max(most, buttons);
    }
  expect(most).toBeGreaterThan(1);
});

describe('a status card', () => {
  it.each([
    ['without laws beside', company, []],
    ['with every law', everywhere, packs],
  ] as const)('%s: has at most ten lines and five buttons in any state', (_, organisation, laws) => {
    const story = new Story('2026-03-31T09:42:00+08:00', organisation, laws);
    const found = new Map<string, number>();
    for (const state of states(story))
      for (const card of /^after [a-m]/.test(state) && laws.length > 0
        ? []
        : [
            statusCard(story.situation),
            statusCard(story.situation, 'all', OPEN),
            statusCard(story.situation, 'abroad'),
            statusCard(story.situation, 'head', UNKNOWN),
          ]) {
        const where = `${state}\n${read(card, 'zh-CN').join('\n')}`;
        expect(linesOf(card).length, where).toBeLessThanOrEqual(9);
        expect(actionsOf(card).length, where).toBeLessThanOrEqual(5);
        found.set(state, Math.max(found.get(state) ?? 0, actionsOf(card).length));
      }
    expect(found.size).toBeGreaterThan(10);
    expect(found.get('handled')).toBeGreaterThan(2);
  });

  it.each(['lift_stop', 'end_handling'] as const)(
    'keeps them after a stop while %s waits, and offers the rest',
    (waits) => {
      const story = new Story('2026-03-31T09:42:00+08:00', everywhere, packs);
      for (const state of states(story)) {
        if (state === 'handled' && waits === 'end_handling')
          story.wait(60_000).do({ type: 'end_handling', at: story.situation.ia.now, reason: 'again' }, 'Zhao Min');
      }
      if (waits === 'lift_stop') story.do({ type: 'lift_stop', reason: 'no secret' });
      const card = statusCard(story.situation);
      expect(actionsOf(card).length).toBeLessThanOrEqual(5);
      const more = viewOf({ view: 'more', args: {} }, story.situation);
      const offered = new Set([...actionsOf(card), ...(more ? actionsOf(more) : [])].map(({ id }) => id));
      for (const id of ['file', 'take_lead', 'owed', 'agree', 'refuse'])
        expect(
          [...offered].some((one) => one.includes(id)),
          `${id} of ${[...offered]}`,
        ).toBe(true);
    },
  );

  it('says no line twice, also where several bodies are owed the same report', () => {
    const twice = (story: Story): readonly string[] => {
      const texts = linesOf(statusCard(story.situation)).flatMap((block) =>
        'text' in block ? [JSON.stringify(block.text)] : [],
      );
      return texts.filter((text, index) => texts.indexOf(text) !== index);
    };
    const story = new Story('2026-03-31T09:42:00+08:00', everywhere, packs);
    for (const state of states(story)) expect(twice(story), state).toEqual([]);
    const cii = new Story('2026-03-31T09:42:00+08:00', company).do({ type: 'declare', title: 'x', system: 'grid' });
    cii.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    expect(twice(cii), 'declared').toEqual([]);
    cii.wait(600).do({ type: 'stop_state_secret' });
    expect(twice(cii), 'stopped').toEqual([]);
  });

  it('names how many duties there are, the next one, and opens all of them by recipient', () => {
    const story = new Story('2026-03-31T09:42:00+08:00', everywhere, packs);
    for (const state of states(story)) {
      if (state !== 'handled') continue;
      const [row] = read(statusCard(story.situation), 'zh-CN').filter((line) => line.startsWith('另有'));
      expect(row).toMatch(/^另有\d+项应报事项，最先应办的是：.*\[/);
      const owed = viewOf({ view: 'owed', args: {} }, story.situation);
      const recipients = owed?.blocks.flatMap((block, n) =>
        n > 0 && block.kind === 'text' && block.strong ? [JSON.stringify(block.text)] : [],
      );
      expect(recipients?.length).toBeGreaterThan(3);
      expect(new Set(recipients).size).toBe(recipients?.length);
      return;
    }
    throw new Error('handling has not ended');
  });

  it('offers under [More] what has no place on it', () => {
    const story = new Story('2026-03-31T09:42:00+08:00', everywhere, packs);
    for (const _ of states(story)) {
      const { state, ia, regime: laws } = story.situation;
      if (state.stopped) continue;
      const labels = new Set(actionsOf(statusCard(story.situation)).map(({ id }) => id));
      const more = viewOf({ view: 'more', args: {} }, { state, ia, regime: laws });
      const offered = new Set([...labels, ...(more ? actionsOf(more).map(({ id }) => id) : [])]);
      for (const id of ['people', 'add_information']) expect(offered).toContain(id);
    }
  });
});
