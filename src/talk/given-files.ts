import { z } from 'zod';
import type { Text } from '../conversation/cards/card.ts';
import { verbAlone } from '../conversation/text/commands/command-words.ts';
import { findIncidentId } from '../conversation/text/commands/commands.ts';
import { parseJson } from '../ops/json.ts';
import { committed } from '../use-cases/platform-support.ts';
import type { Clock, KeptKey, KeptValues } from '../use-cases/ports.ts';
import type { Act, Outcome } from './acts.ts';
import type { Jobs } from './jobs.ts';
import type { Talk } from './talk.ts';

export interface GivenFilesDependencies<File> {
  readonly talk: Pick<Talk, 'focus' | 'inFocus'>;
  /** Asks the person for the incident of a file; the answer's button sends `line`. */
  readonly ask: (act: Act, line: string) => Promise<Outcome>;
  readonly kept: KeptValues;
  readonly clock: Clock;
  /** Jobs that fetch and record the files, also after a crash. */
  readonly jobs: Pick<Jobs<File & { readonly incident: string }>, 'add'>;
  readonly schema: z.ZodType<File>;
  readonly keyOf: (file: File) => string;
  /** Title of the card that asks for the incident of a file. */
  readonly question: (files: readonly File[]) => Text;
  /** Answer if there is no incident. */
  readonly noIncident?: (files: readonly File[]) => Text;
}

const MOST = 20;
/** Time (ms) after which a file whose question nobody answered does not go with a later one: it may be another matter. */
const TOGETHER = 3_600_000;
/** Line of a button that chooses the incident of a file. */
const LINE = '附件';

/** Files given as evidence. Until their incident is known they wait on disk. */
export class GivenFiles<File extends object> {
  readonly #deps: GivenFilesDependencies<File>;

  constructor(deps: GivenFilesDependencies<File>) {
    this.#deps = deps;
  }

  /**
   * Keeps files for `about`, or for the conversation's incident, and returns null; without an incident returns a card
   * with a button for each possible one.
   */
  async given(act: Act, files: readonly File[], about: string | null = null): Promise<Outcome | null> {
    const { talk, kept, clock } = this.#deps;
    const incident = about ?? (await talk.inFocus(act));
    if (incident !== null) {
      await this.#add(incident, files);
      return null;
    }
    const key = keyOf(act);
    const now = clock.now();
    const { at, files: before } = await this.#waiting(key);
    const all = [...(now - at > TOGETHER ? [] : before), ...files].slice(-MOST);
    await committed(kept.put(key, JSON.stringify({ at: now, files: all })));
    return this.#asked(act, all);
  }

  /** Adds the files that a person gave before to an incident. Returns false if there are none. */
  async placed(act: Pick<Act, 'caller' | 'place'>, incident: string): Promise<boolean> {
    const { talk, kept } = this.#deps;
    const key = keyOf(act);
    const { files } = await this.#waiting(key);
    if (files.length === 0) return false;
    await talk.focus(act, incident);
    await this.#add(incident, files);
    await committed(kept.remove(key));
    return true;
  }

  async #add(incident: string, files: readonly File[]): Promise<void> {
    const { jobs, keyOf: key } = this.#deps;
    for (const file of files) await committed(jobs.add(key(file), { ...file, incident }));
  }

  /** Files that wait for their incident, and when the last of them was given. */
  async #waiting(key: KeptKey): Promise<{ readonly at: number; readonly files: readonly File[] }> {
    const { kept, schema } = this.#deps;
    const files = z.array(schema);
    // An earlier version kept the files alone.
    const waiting = z.object({ at: z.number(), files }).or(files.transform((before) => ({ at: 0, files: before })));
    return waiting.safeParse(parseJson(await kept.get(key))).data ?? { at: 0, files: [] };
  }

  async #asked(act: Act, files: readonly File[]): Promise<Outcome> {
    const { ask, question, noIncident } = this.#deps;
    const outcome = await ask(act, LINE);
    const answers = outcome.answers.map((answer) => {
      if (answer.kind !== 'card') return answer;
      const isChoice = answer.card.blocks.some(({ kind }) => kind === 'row');
      const title = isChoice ? question(files) : noIncident?.(files);
      return title ? { ...answer, card: { ...answer.card, title, summary: title } } : answer;
    });
    return { ...outcome, answers };
  }
}
const keyOf = ({ caller }: Pick<Act, 'caller'>): KeptKey => `unplaced:${caller.account.id}`;

/** Returns the incident that a line chooses for files, e.g. `INC-2026-0007 附件`; null for any other line. */
export function placeOfFiles(text: string): string | null {
  const id = findIncidentId(text);
  return id !== undefined && verbAlone(text.trim().slice(id.length)) === 'upload' ? id : null;
}
