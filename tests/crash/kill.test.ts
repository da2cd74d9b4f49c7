import { expect, it } from 'vitest';
import type { EventOf } from '../../src/incident/record/events.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { digest } from '../../src/ops/digest.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Store } from '../../src/use-cases/ports.ts';
import { SOAK_SEED, soaked } from '../fakes/soak.ts';
import { type Shown, wordsOf } from '../fakes/wecom/bot-chats.ts';
import { firstBroken } from '../storage/first-broken.ts';
import { Stage } from './torment.ts';

// @module-tag soak: crash/failpoints kills a real process between a send and its note; here the whole program, at any moment.

/** Every round of a soak kills at other moments. */
const SEED = SOAK_SEED ?? 20_260_331;
const KILLS = soaked(2, 100);

const MARK = '可能重复';

type Delivered = EventOf<'notice_delivered'>['payload'];

/** What is there twice without a mark, and what is missing. */
async function examine(stage: Stage) {
  const store = await createSqliteStore({ file: stage.file, evolve, clock: systemClock, ids: randomIds });
  const times = await counted(store);
  for (const { metadata } of stage.slack.workspace.messages) once(times, String(metadata?.event_payload['key'] ?? ''));
  times.delete('');
  const lost = [...stage.acknowledged.slack, ...stage.acknowledged.wecom]
    .filter((key) => !key.startsWith('p'))
    .map((key) => key.replace(/^n/, 'note ').replace(/^d/, 'declared 演练'))
    .filter((name) => !times.has(name));
  const all = await outcomesOf(store);
  const outcomes = all.filter(({ outcome }) => outcome !== 'superseded' && outcome !== 'settled');
  lost.push(
    ...all.filter((one) => one.outcome === 'superseded' && !isSpokenFor(one, outcomes)).map(({ notice }) => notice),
  );
  lost.push(...outcomes.filter(({ outcome }) => outcome === 'undeliverable').map(({ notice }) => notice));
  const slack = outcomes.filter(({ room }) => room.startsWith('slack/'));
  lost.push(...slack.map(({ notice }) => notice).filter((notice) => !times.has(digest(notice))));
  const wecom = outcomes.filter(({ room }) => /^wecom\/.*\/person\d$/.test(room));
  const lateEnds = all.filter((one) => one.mayHaveArrived);
  const letters = directLetters(stage, wecom, lateEnds);
  const { sent: _, ...unsent } = await store.outbox.counts();
  await store.close();
  return {
    doubled: [...[...times].filter(([, n]) => n > 1).map(([name]) => name), ...letters.doubled],
    lost: [...lost, ...letters.lost],
    told: { slack: slack.length, wecom: wecom.length },
    unsent,
    broken: await firstBroken(stage.file),
  };
}

/** A newer reminder arrived in the same place, which says what this one would have said. */
function isSpokenFor({ notice }: Delivered, said: readonly Delivered[]): boolean {
  const [id, version, ...place] = notice.split(':');
  return said.some((one) => {
    const [otherId, newer, ...elsewhere] = one.notice.split(':');
    return otherId === id && Number(newer) > Number(version) && elsewhere.join(':') === place.join(':');
  });
}

function once(times: Map<string, number>, name: string): void {
  times.set(name, (times.get(name) ?? 0) + 1);
}

/** How often everything is on the record that may be there once. */
async function counted(store: Store): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const { id, title } of await store.incidents({ limit: 1_000 })) {
    once(times, `declared ${title}`);
    const state = await store.incident(id);
    for (const note of state?.notes ?? []) once(times, note.text);
    for (const reminder of state?.reminders ?? []) once(times, `${id} ${formatStep(reminder.step)} ${reminder.dueAt}`);
  }
  return times;
}

/**
 * Messages of WeCom carry no key. In a direct conversation nothing but reminders begins with the number of an incident:
 * one without a mark for each that the record has as sent, at most one for each it has as possibly repeated or as
 * possibly arrived before a newer one made it superfluous.
 */
function directLetters(stage: Stage, outcomes: readonly Delivered[], unconfirmed: readonly Delivered[]) {
  const found: { readonly doubled: string[]; readonly lost: string[] } = { doubled: [], lost: [] };
  for (const [room, mine] of Map.groupBy(outcomes, (one) => one.room)) {
    const shown = lettersIn(stage.wecom.chats.in(room.split('/').at(-1) ?? '')).filter((words) => /DRILL-/.test(words));
    const marked = shown.filter((words) => words.includes(MARK)).length;
    const plain = shown.length - marked;
    const repeated = mine.filter(({ outcome }) => outcome === 'repeated').length;
    const says = `${room}: ${plain} and ${marked} marked; on record ${mine.length}, ${repeated} of them as repeated`;
    const maybe = unconfirmed.filter((one) => one.room === room).length;
    if (plain > mine.length + maybe) found.doubled.push(says);
    if (plain < mine.length - repeated || marked < repeated) found.lost.push(says);
  }
  return found;
}

/** Messages in words. A text and the card of its buttons, which has the same heading and nothing more, are one message. */
function lettersIn(all: readonly Shown[]): readonly string[] {
  const waiting: string[] = [];
  return all.flatMap((shown) => {
    const { text, card } = shown;
    if (!card) waiting.push(text);
    const place = card ? waiting.findIndex((before) => before.includes(`**${card.main_title.title}**`)) : -1;
    if (place < 0) return [wordsOf(shown)];
    waiting.splice(place, 1);
    return [];
  });
}

/** What the records say became of every reminder. */
async function outcomesOf(store: Store): Promise<readonly Delivered[]> {
  const all: Delivered[] = [];
  for (const { id } of await store.incidents({ limit: 1_000 })) {
    for (const { event } of await store.events(id)) {
      if (event.type === 'notice_delivered' && event.payload.outcome !== 'delayed') all.push(event.payload);
    }
  }
  return all;
}

it(`${KILLS} random SIGKILLs of the whole program between Slack and WeCom: nothing lost, nothing doubled unmarked, every record verifies`, {
  timeout: 900_000,
}, async () => {
  const stage = new Stage(SEED);
  await stage.open();
  await stage.torment({ kills: KILLS, lost: 0.3 });
  const found = await examine(stage);
  expect(found).toMatchObject({ doubled: [], lost: [], broken: null });
  expect(found.unsent).toEqual({ ready: 0, sending: 0, unknown: 0, dead: 0 });
  // Both took part.
  expect(Math.min(found.told.slack, found.told.wecom)).toBeGreaterThan(KILLS / 5);
  const { slack, wecom } = stage.acknowledged;
  expect(Math.min(slack.size, wecom.size)).toBeGreaterThan(KILLS / 2);
});

it.runIf(SOAK_SEED)(
  'the test of the test: where the look into the history shows nothing, the same torment doubles',
  {
    timeout: 300_000,
  },
  async () => {
    const stage = new Stage(7);
    stage.slack.workspace.hidesMetadata = true;
    await stage.open();
    await stage.torment({ kills: 5, lost: 1 });
    expect((await examine(stage)).doubled.length).toBeGreaterThan(0);
  },
);
