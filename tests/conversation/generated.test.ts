import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import { localise, localiseCard, localised } from '../../src/conversation/cards/localise.ts';
import { surfacesOf } from '../../src/conversation/cards/surfaces.ts';
import { newsOf } from '../../src/conversation/cards/visible-changes.ts';
import { timelineLine } from '../../src/conversation/commands.ts';
import { parseForm } from '../../src/conversation/forms/form-kinds.ts';
import { refusalCard } from '../../src/conversation/record/refusals.ts';
import { reminderSteps } from '../../src/conversation/reminding/ladder.ts';
import {
  crossedCard,
  digestCard,
  itemGivenCard,
  itemTakenCard,
  reminderCard,
} from '../../src/conversation/reminding/reminders.ts';
import { commandSchema } from '../../src/incident/commands.ts';
import type { Room } from '../../src/incident/identity.ts';
import { soaked } from '../fakes/soak.ts';
import { MAIN_ROOM, regime, type Story } from './story.ts';
import { actionsOf, allForms, cardsOf, formsIn, starts, steps, valuesFor, walk, withOffers } from './walk.ts';

// @module-tag grows

const LANGUAGES = ['en', 'zh-CN'] as const;
const RUNS = { numRuns: soaked(6, 15) };
const ROOMS: readonly Room[] = [MAIN_ROOM, { ...MAIN_ROOM, location: 'abroad' }, { ...MAIN_ROOM, open: true }];

/** What no reader should ever see. */
const BROKEN = /[{}]|undefined|NaN|\[object|Invalid|-\d+ min|(^|[^\w])null([^\w]|$)/;
function expectReadable(what: unknown): void {
  const texts: string[] = [];
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string' && TEXT_KEYS.has(key)) texts.push(value);
    else if (Array.isArray(value)) for (const one of value) collect(one, key);
    else if (typeof value === 'object' && value !== null && key !== 'does' && key !== 'ref') {
      for (const [name, one] of Object.entries(value)) collect(one, name);
    }
  };
  collect(what, 'text');
  for (const text of texts) expect(text).not.toMatch(BROKEN);
}
const TEXT_KEYS = new Set([
  'text',
  'title',
  'summary',
  'label',
  'source',
  'submit',
  'confirm',
  'hint',
  'example',
  'intro',
]);

function reminders({ situation }: Story): readonly Card[] {
  const clocks = situation.ia.clocks.slice(0, 2);
  const people = [...Object.keys(situation.state.people), null];
  const due = clocks.flatMap((clock) =>
    reminderSteps(clock).map(({ step, at }) => ({
      step,
      dueAt: new Date(at).toISOString(),
      obligations: situation.ia.clocks.map((c) => c.id),
    })),
  );
  const crossings = situation.ia.crossings.map((c) => ({
    step: { kind: 'crossing' as const, fact: c.fact, level: c.level },
    dueAt: c.at,
    obligations: [c.criterion],
  }));
  return [
    ...[...due, ...crossings, { step: { kind: 'review' as const }, dueAt: situation.ia.now, obligations: [] }].flatMap(
      (one) => people.map((actor) => reminderCard(situation, one, actor)),
    ),
    ...situation.ia.crossings.map((crossing) => crossedCard(situation, crossing)),
    ...regime.items.flatMap((item) => [itemTakenCard(situation, item.id), itemGivenCard(situation, item.id, null)]),
    digestCard([situation]),
  ];
}

describe('whatever people do', () => {
  it('every card, form, reminder, refusal and line of the time line reads well in both languages', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { story, refused } = walk(start, path);
        const { state, ia } = story.situation;
        const cards = [
          ...cardsOf(story),
          ...ROOMS.flatMap((room) => surfacesOf({ state, ia, regime }, room).map(({ card }) => card)),
          ...reminders(story),
          ...refused.map((refusal) => refusalCard(refusal, story.situation)),
        ];
        for (const language of LANGUAGES) {
          for (const card of cards) expectReadable(localiseCard(card, language));
          for (const event of story.events) expectReadable(localise(timelineLine(story.situation, event), language));
          for (const form of allForms(story)) expectReadable(localised(form, language));
        }
      }),
      { numRuns: soaked(4, 10) },
    );
  });

  it('every button of every card works: intents are complete commands, forms exist, ids differ', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { story } = walk(start, path);
        for (const card of cardsOf(story)) {
          const actions = actionsOf(card);
          expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
          for (const { does } of actions) {
            if (does.kind === 'intent') expect(commandSchema.safeParse(does.intent).success).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it('news of a card are those of the whole card, whether it is posted first, later or with the verdict', () => {
    const told = new Map<string, number>();
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { state, ia } = walk(start, path).story.situation;
        for (const { key: surface, brief, card, joint = card, opening = joint } of ROOMS.flatMap((room) =>
          surfacesOf({ state, ia, regime }, room),
        )) {
          if (brief === undefined) continue;
          told.set(surface, (told.get(surface) ?? 0) + 1);
          const news = newsOf({ card: brief, surface });
          expect([joint, opening].map((one) => newsOf({ card: one, surface }))).toEqual([news, news]);
        }
      }),
      { numRuns: 30 },
    );
    expect(told.get('status')).toBeGreaterThan(10);
    expect(told.get('question')).toBeGreaterThan(10);
  });

  it('what a form answers is complete commands, or errors of its own fields', () => {
    fc.assert(
      fc.property(
        starts,
        steps,
        fc.array(fc.nat({ max: 9_999 }), { minLength: 5, maxLength: 9 }),
        (start, path, entries) => {
          const { story } = walk(start, path);
          const { state } = story.situation;
          const ia = withOffers(story);
          for (const form of allForms(story)) {
            const parsed = parseForm(form.ref, valuesFor(form, entries), { state, ia, regime, now: ia.now });
            if ('commands' in parsed) {
              for (const command of parsed.commands)
                expect(commandSchema.safeParse(command).error?.message).toBeUndefined();
            } else {
              const ids = form.fields.map(({ id }) => id);
              expect(ids).toEqual(expect.arrayContaining(Object.keys(parsed.errors)));
              for (const language of LANGUAGES)
                for (const error of Object.values(parsed.errors)) expectReadable(localise(error, language));
            }
          }
        },
      ),
      { numRuns: soaked(3, 8) },
    );
  });

  it('drills are marked on every card', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { story } = walk({ ...start, drill: true }, path);
        const { state, ia } = story.situation;
        for (const { card } of ROOMS.flatMap((room) => surfacesOf({ state, ia, regime }, room))) {
          expect(card.drill).toBe(true);
          expect(localiseCard(card, 'en').title).toMatch(/^DRILL · /);
          expect(localiseCard(card, 'zh-CN').title).toMatch(/^【演练】/);
          expect(formsIn(card).some(({ form }) => form === 'filing')).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('a room abroad and an open room never show what people wrote', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { story } = walk({ ...start, profile: true, title: 'SECRETTITLE' }, path);
        const words = {
          type: 'fill_field',
          field: 'art7.2.impact',
          value: { state: 'known', text: 'SECRETWORDS' },
        } as const;
        story.try(words);
        story.try({ type: 'add_note', text: 'SECRETNOTE' });
        const { state, ia } = story.situation;
        for (const room of ROOMS.slice(1)) {
          const shown = JSON.stringify(surfacesOf({ state, ia, regime }, room));
          expect(shown).not.toContain('SECRET');
        }
        for (const card of reminders(story)) expect(JSON.stringify(card)).not.toContain('SECRETWORDS');
      }),
      RUNS,
    );
  });

  it('a card is good until a later moment, or for ever', () => {
    fc.assert(
      fc.property(starts, steps, (start, path) => {
        const { story } = walk(start, path);
        const { state, ia } = story.situation;
        for (const { validUntil } of surfacesOf({ state, ia, regime })) {
          if (validUntil !== null) expect(Date.parse(validUntil)).toBeGreaterThan(story.now);
        }
      }),
      RUNS,
    );
  });
});
