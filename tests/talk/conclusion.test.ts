import { expect, it } from 'vitest';
import { sentenceCard } from '../../src/conversation/cards/sentence.ts';
import type { Answer, Outcome } from '../../src/talk/acts.ts';
import { type Acted, conclude, type Sight } from '../../src/talk/conclusion.ts';
import { Story } from '../conversation/story.ts';

const { state } = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'Outage' });
if (!state) throw new Error('not declared');
const plain = sentenceCard({ raw: 'Recorded.' });
const asking = sentenceCard({ raw: 'Recorded. Is it a reading?' }, [{ kind: 'note', text: { raw: 'Which one?' } }]);
const answer: Answer = { kind: 'card', card: plain, view: null };
const done = { kind: 'done', incident: state.id, state, replayed: false, said: plain, onCard: null } as const;
const stale = { kind: 'refused', incident: state.id, refusal: { code: 'stale_revision' }, state } as const;

const NOTHING: Sight = { newIncident: false, questions: false, onCard: () => false };
const QUESTION = { view: 'question', args: { incident: state.id } };
const renewal = { view: 'status', args: { incident: state.id } };

interface Case {
  readonly outcome?: Partial<Pick<Outcome, 'change' | 'declared'>>;
  readonly acted?: Partial<Acted>;
  readonly sight?: Partial<Sight>;
  /** Whether the answer is shown, and what follows it. */
  readonly shows: readonly [answered: boolean, next: object | null];
}

it.each<[string, Case]>([
  [
    'a request is answered, whatever card there is',
    { outcome: { change: null }, sight: { onCard: () => true }, shows: [true, null] },
  ],
  ['a change that no card shows is said', { shows: [true, null] }],
  ['a change on a card is not said', { sight: { onCard: () => true }, shows: [false, null] }],
  [
    'a confirmation with buttons is said all the same',
    { outcome: { change: { ...done, said: asking } }, sight: { onCard: () => true }, shows: [true, null] },
  ],
  ['the next question follows an answer', { acted: { isAnswer: true }, shows: [true, QUESTION] }],
  [
    'it does not where questions come by themselves',
    { acted: { isAnswer: true }, sight: { questions: true }, shows: [true, null] },
  ],
  [
    'the first card answers a declaration',
    { outcome: { declared: true }, sight: { newIncident: true }, shows: [false, QUESTION] },
  ],
  [
    'a redelivery is answered with nothing',
    { outcome: { change: { ...done, replayed: true } }, acted: { isAnswer: true }, shows: [false, null] },
  ],
  ['a press on an old card brings it anew', { outcome: { change: stale }, acted: { renewal }, shows: [true, renewal] }],
  ['a card that can be edited is not sent anew', { outcome: { change: stale }, shows: [true, null] }],
])('%s', async (_, { outcome = {}, acted = {}, sight = {}, shows }) => {
  const found = await conclude(
    { change: done, declared: false, answers: [answer], ...outcome },
    { isAnswer: false, ...acted },
    () => ({ ...NOTHING, ...sight }),
  );
  expect([found.answers.length === 1, found.next]).toEqual(shows);
});
