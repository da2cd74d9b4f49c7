import { expect, it } from 'vitest';
import { sentenceCard } from '../../src/conversation/cards/sentence.ts';
import type { ShownChange } from '../../src/conversation/cards/shown-change.ts';
import type { Answer, Outcome } from '../../src/talk/acts.ts';
import { type Acted, conclude, type VisibleCards } from '../../src/talk/conclusion.ts';
import { Story } from '../conversation/story.ts';

const { state } = new Story('2026-03-31T09:42:00+08:00').do({ type: 'declare', title: 'Outage' });
if (!state) throw new Error('not declared');
const plain = sentenceCard({ raw: 'Recorded.' });
const asking = sentenceCard({ raw: 'Recorded. Is it a reading?' }, [{ kind: 'note', text: { raw: 'Which one?' } }]);
const answer: Answer = { kind: 'card', card: plain, view: null };
const done = {
  kind: 'done',
  incident: state.id,
  state,
  replayed: false,
  said: () => plain,
  shown: { says: () => null, isPosted: () => false, newStep: () => [] },
} as const;
/** A change that a surface says, which comes where cards change in one way. */
const on = (says: 'question' | 'draft' | 'status', how: 'live' | 'reposted'): ShownChange => ({
  ...{ says: () => says, newStep: () => [] },
  isPosted: (showing, key) => showing === how && key === says,
});
const stale = { kind: 'refused', incident: state.id, refusal: { code: 'stale_revision' }, state } as const;

const NOTHING: VisibleCards = { comes: ['question'], cards: null, room: null };
const QUESTION = { view: 'question', args: { incident: state.id } };
const renewal = { view: 'status', args: { incident: state.id } };

interface Case {
  readonly outcome?: Partial<Pick<Outcome, 'change' | 'declared'>>;
  readonly acted?: Partial<Acted>;
  readonly visible?: Partial<VisibleCards>;
  /** Whether the answer is shown, and what follows it. */
  readonly shows: readonly [answered: boolean, next: object | null];
}

it.each<[string, Case]>([
  [
    'a request is answered, whatever card there is',
    { outcome: { change: null }, visible: { cards: 'reposted' }, shows: [true, null] },
  ],
  ['a change that no card shows is said', { shows: [true, null] }],
  ['a change shown in place is not said', { acted: { inPlace: true }, shows: [false, null] }],
  ...(['live', 'reposted'] as const).map((how): [string, Case] => [
    `a change on a card that comes is not said: ${how}`,
    { outcome: { change: { ...done, shown: on('draft', how) } }, visible: { cards: how }, shows: [false, null] },
  ]),
  [
    'a change on a card that comes only where cards are posted anew is said where they are edited',
    {
      outcome: { change: { ...done, shown: on('question', 'reposted') } },
      visible: { cards: 'live' },
      shows: [true, null],
    },
  ],
  [
    'a change on a card that does not stand there is said',
    { outcome: { change: { ...done, shown: on('draft', 'reposted') } }, shows: [true, null] },
  ],
  [
    'an answer that the question shown next says is not said',
    {
      outcome: { change: { ...done, shown: on('question', 'reposted') } },
      acted: { isAnswer: true },
      visible: { comes: [] },
      shows: [false, QUESTION],
    },
  ],
  [
    'a confirmation with buttons is said all the same',
    { outcome: { change: { ...done, said: () => asking } }, acted: { inPlace: true }, shows: [true, null] },
  ],
  [
    'the next question follows an answer',
    { acted: { isAnswer: true }, visible: { comes: [] }, shows: [true, QUESTION] },
  ],
  [
    'it does not where questions come by themselves',
    { acted: { isAnswer: true }, visible: { comes: ['question'] }, shows: [true, null] },
  ],
  [
    'the first card answers a declaration',
    { outcome: { declared: true }, visible: { comes: ['status'] }, shows: [false, QUESTION] },
  ],
  [
    'a redelivery is answered with nothing',
    { outcome: { change: { ...done, replayed: true } }, acted: { isAnswer: true }, shows: [false, null] },
  ],
  [
    'a refusal shown in place is not said',
    { outcome: { change: stale }, acted: { inPlace: true }, shows: [false, null] },
  ],
  ['a press on an old card brings it anew', { outcome: { change: stale }, acted: { renewal }, shows: [true, renewal] }],
  ['a card that can be edited is not sent anew', { outcome: { change: stale }, shows: [true, null] }],
])('%s', (_, { outcome = {}, acted = {}, visible = {}, shows }) => {
  const found = conclude(
    { change: done, declared: false, answers: [answer], ...outcome },
    { isAnswer: false, ...acted },
    () => ({ ...NOTHING, ...visible }),
  );
  expect([found.answers.length === 1, found.next]).toEqual(shows);
});

it('one message has the status card that a change posts anew and what the change came to', () => {
  const change = { ...done, shown: on('status', 'reposted') };
  const visible = { ...NOTHING, cards: 'reposted' } as const;
  const of = (acted: Partial<Acted>) =>
    conclude({ change, declared: false, answers: [answer] }, { isAnswer: false, atEnd: true, ...acted }, () => visible);
  expect(of({}).status).toBe('with');
  expect(of({ inPlace: true }).status).toBe('said');
  expect(of({ atEnd: false }).status).toBe('alone');
  expect(of({ atEnd: false, inPlace: true })).toMatchObject({ status: 'alone', answers: [] });
  expect(of({ atEnd: false, inPlace: true, isAnswer: true }).status).toBeNull();
});

it('a decision that a reposted card says as well may be told in the growing message of the room', () => {
  const change = { ...done, shown: { ...on('draft', 'reposted'), decides: () => true } };
  const visible = () => ({ ...NOTHING, cards: 'reposted' as const });
  const outcome = { change, declared: false, answers: [answer] };
  expect(conclude(outcome, { isAnswer: false, atEnd: true }, visible)).toMatchObject({
    answers: [answer],
    told: 'draft',
  });
  const live = conclude(
    { ...outcome, change: { ...done, shown: { ...on('draft', 'live'), decides: () => true } } },
    { isAnswer: false, atEnd: true },
    () => ({ ...NOTHING, cards: 'live' as const }),
  );
  expect(live.told).toBeUndefined();
});
