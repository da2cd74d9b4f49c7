import fc from 'fast-check';
import { expect } from 'vitest';
import { Driven, type DrivenOptions, HOUR, iso, MINUTE } from './harness.ts';

/**
 * The whole machine against a model small enough to be read at once. One incident with one clock of four hours; time
 * passes, people write, correct when the company knew, snooze, file; the bot is restarted. What the lead hears, and when,
 * has to be what the model says.
 */
type Act =
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'note' }
  | { readonly kind: 'earlier'; readonly minutes: number }
  | { readonly kind: 'snooze'; readonly minutes: number }
  | { readonly kind: 'restart'; readonly minutes: number }
  | { readonly kind: 'file' };

/** Minutes before the due time (negative: after), and whether a snooze mutes the step. */
const LADDER: readonly (readonly [minutes: number, step: string, quiet: boolean])[] = [
  [120, 'half', true],
  [60, 'm60', true],
  [30, 'm30', true],
  [15, 'm15', false],
  [5, 'm5', false],
  [0, 'due', false],
  [-15, 'late15', false],
  [-30, 'late30', false],
  [-45, 'late45', false],
  [-60, 'late60', false],
  [-120, 'late120', false],
  [-180, 'late180', false],
];
const LENGTH = 240;
const LAST_QUARTER = 15;

class Model {
  now = 0;
  heard: string[] = [];
  #due = LENGTH;
  /** Steps up to this minute are said. */
  #said = 0;
  #asleepUntil = 0;
  #filed = false;

  /** While the bot runs every step comes at its minute; after an absence only the last, for all before it. */
  pass(minutes: number, running: boolean): void {
    const until = this.now + minutes;
    if (running) for (const at of this.#ahead(until)) this.#say(at);
    this.now = until;
    if (!running) this.#catchUp();
  }

  earlier(minutes: number): void {
    this.#due = Math.min(this.#due, LENGTH - minutes);
    this.#catchUp();
  }

  /** Only a correction that leaves something ahead: what a clock that has run out says is told elsewhere. */
  mayBeEarlier(minutes: number): boolean {
    return !this.#filed && LENGTH - minutes > this.now && this.#due > this.now;
  }

  /** Refused in the last quarter of an hour and afterwards; before it a snooze ends there. */
  maySnooze(): boolean {
    return this.#filed || this.#due - LAST_QUARTER > this.now;
  }

  snooze(minutes: number): void {
    this.#asleepUntil = Math.min(this.#due - LAST_QUARTER, this.now + minutes);
  }

  file(): void {
    this.#filed = true;
  }

  #ahead(until: number): readonly number[] {
    if (this.#filed) return [];
    return LADDER.map(([minutes]) => this.#due - minutes).filter((at) => at > this.#said && at <= until);
  }

  #catchUp(): void {
    const last = this.#ahead(this.now).at(-1);
    if (last !== undefined) this.#say(last);
  }

  #say(at: number): void {
    const [, step = '', quiet = false] = LADDER.find(([minutes]) => this.#due - minutes === at) ?? [];
    const when = Math.max(at, this.now);
    this.#said = at;
    if (!(quiet && this.#asleepUntil > when)) this.heard.push(`${when} ${step}`);
  }
}

const minutes = (most: number) => fc.integer({ min: 1, max: most });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 15, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: minutes(70) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('note' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('earlier' as const), minutes: minutes(100) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('snooze' as const), minutes: minutes(120) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restart' as const), minutes: minutes(90) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('file' as const) }) },
);

async function play(driven: Driven, model: Model, one: Act): Promise<void> {
  switch (one.kind) {
    case 'pass':
      model.pass(one.minutes, true);
      return driven.pass(one.minutes * MINUTE);
    case 'note':
      return driven.say({ type: 'add_note', text: `at ${model.now}` });
    case 'earlier': {
      if (!model.mayBeEarlier(one.minutes)) return;
      model.earlier(one.minutes);
      const at = iso(Date.parse((await driven.state()).declared.at) - one.minutes * MINUTE);
      return driven.say({ type: 'add_awareness', at, source: 'alert', reachedUs: true });
    }
    case 'snooze':
      if (!model.maySnooze()) return;
      model.snooze(one.minutes);
      await driven.say({ type: 'snooze', minutes: one.minutes });
      // Muting the only one who files takes two.
      return driven.agree('zhao');
    case 'restart':
      await driven.close();
      await driven.sleepClosed(one.minutes * MINUTE);
      model.pass(one.minutes, false);
      return driven.open();
    case 'file': {
      model.file();
      const at = iso(driven.clock.now());
      return driven.say({ type: 'record_filing', obligation: 'cac.art4.other', channel: 'hotline_12387', at });
    }
  }
}

/**
 * So many cases drawn at random, each with options of its own: what the lead hears is what the model says. Throws with
 * the shortest that differs.
 */
export async function playAgainstModel(
  numRuns: number,
  options: () => Promise<DrivenOptions> = async () => ({}),
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
      const driven = await Driven.start(await options());
      try {
        await driven.fourHours();
        const model = new Model();
        for (const one of acts) await play(driven, model, one);
        const heard = (await driven.heard()).filter(({ where }) => where === 'dm:li');
        const inTime = heard.filter(({ minute }) => minute <= 6 * (HOUR / MINUTE));
        expect(inTime.map(({ minute, step }) => `${minute} ${step}`)).toEqual(
          model.heard.filter((line) => Number.parseInt(line, 10) <= 360),
        );
      } finally {
        await driven.close();
      }
    }),
    { numRuns },
  );
}
