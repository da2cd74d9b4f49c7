import { beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/conversation/cards/card.ts';
import { localiseCard, plainWords } from '../../src/conversation/cards/localise.ts';
import { buttons, sentenceCard } from '../../src/conversation/cards/sentence.ts';
import { RunningAnswers, type RunningPort } from '../../src/talk/running-answers.ts';
import { ManualClock } from '../fakes/clock.ts';

const INCIDENT = 'INC-2026-0001';
const ROOM = 'feishu/t/oc_1';
const MINUTE = 60_000;

/** A room whose messages can be changed, as a reader sees them. */
class Wall implements RunningPort {
  readonly cards = new Map<string, Card>();
  lasts = Number.POSITIVE_INFINITY;
  refuses = false;
  isFull = false;

  async post(card: Card): Promise<string | null> {
    if (this.isFull) return null;
    const ref = `m${this.cards.size + 1}`;
    this.cards.set(ref, card);
    return ref;
  }
  async change(ref: string, card: Card): Promise<boolean> {
    if (this.refuses) return false;
    this.cards.set(ref, card);
    return true;
  }
  get words(): readonly string[] {
    return [...this.cards.values()].map((card) => plainWords(card, 'en'));
  }
}

let clock: ManualClock;
let wall: Wall;
let running: RunningAnswers;
beforeEach(() => {
  clock = new ManualClock('2026-03-31T09:42:00+08:00');
  wall = new Wall();
  running = new RunningAnswers(clock);
});

async function tell(text: string, revision = 1, room = ROOM, incident: string | null = INCIDENT): Promise<boolean> {
  const undo = { id: 'wrong', label: { raw: `undo ${text}` }, does: { kind: 'line', text } } as const;
  const next = { kind: 'text', text: { raw: 'What next?' }, next: true } as const;
  const card = sentenceCard({ raw: text }, [next, ...buttons([undo])]);
  return running.add(room, { card, about: { incident, revision, language: 'en' } }, wall);
}

describe('what is recorded within minutes is one message', () => {
  it('the first is said as it is, each further one is added below it', async () => {
    await tell('one');
    expect(wall.words).toEqual(['one\nWhat next?']);
    await tell('two');
    await tell('three');
    expect(wall.words).toEqual(['3 messages, the newest below\nthree\none\ntwo\nWhat next?']);
  });

  it('tells whether the room has it: a message that waits for a limit may never come', async () => {
    wall.isFull = true;
    expect(await tell('one')).toBe(false);
    wall.isFull = false;
    expect(await tell('two')).toBe(true);
    expect(await tell('three')).toBe(true);
    expect(wall.words).toHaveLength(1);
  });

  it('the newest next step is kept until another is named', async () => {
    await tell('one');
    await running.add(
      ROOM,
      { card: sentenceCard({ raw: 'two' }), about: { incident: INCIDENT, revision: 2, language: 'en' } },
      wall,
    );
    expect(wall.words).toEqual(['2 messages, the newest below\ntwo\none\nWhat next?']);
  });

  it('every entry keeps its button and the revision it was made for', async () => {
    await tell('one', 7);
    await tell('two', 9);
    const [card] = wall.cards.values();
    const actions = card ? localiseCard(card, 'en').blocks.flatMap((b) => (b.kind === 'actions' ? b.actions : [])) : [];
    expect(actions.map(({ label, revision }) => [label, revision])).toEqual([
      ['undo one', 7],
      ['undo two', 9],
    ]);
  });

  it('nothing is lost when many write at the same instant', async () => {
    await Promise.all(['one', 'two', 'three', 'four'].map((text) => tell(text)));
    expect(wall.cards.size).toBe(1);
    for (const text of ['one', 'two', 'three', 'four']) expect(wall.words.join()).toContain(text);
  });
});

describe('a sentence of no incident, e.g. a greeting', () => {
  it('begins the message of the next incident, and goes to the message that was changed last', async () => {
    await tell('hello', 0, ROOM, null);
    await tell('one');
    await tell('other', 1, ROOM, 'INC-2026-0002');
    await tell('two');
    await tell('hello again', 0, ROOM, null);
    expect(wall.words.map((words) => words.split('\n').filter((line) => !/next|newest/.test(line)))).toEqual([
      ['hello again', 'hello', 'one', 'two'],
      ['other'],
    ]);
  });
});

describe('a message of its own', () => {
  it.each<[string, () => unknown]>([
    ['after three minutes: the conversation went on', () => clock.advance(3 * MINUTE)],
    ['where the platform lets it change no longer', () => Object.assign(wall, { lasts: 0 })],
    ['where the change is refused', () => Object.assign(wall, { refuses: true })],
  ])('%s', async (_, then) => {
    await tell('one');
    then();
    await tell('two');
    expect(wall.words).toEqual(['one\nWhat next?', 'two\nWhat next?']);
  });

  it('for another room or incident, and after eight entries', async () => {
    await tell('one');
    await tell('other', 1, ROOM, 'INC-2026-0002');
    await tell('abroad', 1, 'feishu/t/oc_2');
    expect(wall.cards.size).toBe(3);
    for (let n = 2; n <= 9; n += 1) await tell(`line ${n}`);
    expect(wall.cards.size).toBe(4);
    expect(wall.words.at(-1)).toContain('line 9');
  });

  it('after one that was not accepted', async () => {
    wall.isFull = true;
    await tell('one');
    wall.isFull = false;
    await tell('two');
    expect(wall.words).toEqual(['two\nWhat next?']);
  });
});
