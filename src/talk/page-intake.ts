import { z } from 'zod';
import type { Card } from '../conversation/cards/card.ts';
import type { Core, Outcome, TalkNeeds } from './acts.ts';
import { createIntake } from './intake.ts';
import type { Intake, Spot, Written } from './intake-options.ts';

/** Address of a page's answers: the caller takes the cards after the act. */
export interface PageAt {
  readonly cards: Card[];
}
/** Result of an act on a page. */
export interface PageAnswer {
  readonly outcome: Outcome | null;
  /** Card to show; null if the cards of the page show everything. */
  readonly card: Card | null;
}
type Standing = Pick<Spot, 'caller' | 'place'>;
type Acts = Intake<never, PageAt>;

/** Intake of lines, presses and forms of pages, which show the answers themselves. */
export interface PageIntake {
  readonly line: (at: Standing, written: Written) => Promise<PageAnswer>;
  readonly press: (at: Standing, pressed: Parameters<Acts['press']>[1]) => Promise<PageAnswer>;
  readonly fill: (at: Standing, filling: Parameters<Acts['fill']>[1]) => ReturnType<Acts['fill']>;
}

/** Creates the intake of pages whose acts are stored under the name of `platform`. */
export function createPageIntake(needs: TalkNeeds, core: Core, platform: string): PageIntake {
  const outcomes = new WeakMap<PageAt, Outcome>();
  const intake = createIntake<never, PageAt>(needs, core, {
    ...{ platform, prefix: 'file:', file: z.never(), answersAlone: true },
    people: { choose: async () => {}, introduce: async () => {} },
    port: ({ at }) => ({
      card: async (card) => at.cards.push(card),
      form: async (_form, _about, offer) => at.cards.push(offer),
      file: async () => null,
      say: async () => {},
    }),
    // A page shows the result of an act, and updates its cards by itself.
    visibleCards: () => ({ comes: ['question'], cards: null, room: null }),
    fetch: () => Promise.reject(new Error('pages send their files to the incident')),
    giver: () => {
      throw new Error('pages send their files to the incident');
    },
    texts: { question: 'text.which_incident', kept: 'said.nothing', too_large: 'said.nothing', gone: 'said.nothing' },
    outcome: ({ at }, outcome) => outcomes.set(at, outcome),
  });
  const spotOf = (at: Standing): Spot<PageAt> => ({ ...at, at: { cards: [] } });
  const shown = async (
    spot: Spot<PageAt>,
    outcome: Outcome | null,
    after: () => Promise<void>,
  ): Promise<PageAnswer> => {
    await after();
    return { outcome, card: spot.at.cards[0] ?? null };
  };
  return {
    line: async (at, written) => {
      const spot = spotOf(at);
      const after = await intake.line(spot, { ...written, waits: true });
      return shown(spot, outcomes.get(spot.at) ?? null, after);
    },
    press: async (at, pressed) => {
      const spot = spotOf(at);
      const { outcome, after } = await intake.press(spot, pressed);
      return shown(spot, outcome, after);
    },
    fill: (at, filling) => intake.fill(spotOf(at), filling),
  };
}
