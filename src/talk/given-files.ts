import { z } from 'zod';
import { verbAlone } from '../conversation/text/commands/command-words.ts';
import { findIncidentId } from '../conversation/text/commands/commands.ts';
import type { MessageKey } from '../i18n/keys.ts';
import { parseJson } from '../ops/json.ts';
import { committed } from '../use-cases/platform-support.ts';
import type { KeptValues } from '../use-cases/ports.ts';
import type { Act, Outcome } from './acts.ts';
import type { Jobs } from './jobs.ts';
import type { Talk } from './talk.ts';

export interface GivenFilesDependencies<File> {
  readonly talk: Talk;
  readonly kept: KeptValues;
  /** Fetch and record the files, also after a crash. */
  readonly jobs: Pick<Jobs<File & { readonly incident: string }>, 'add'>;
  readonly schema: z.ZodType<File>;
  readonly keyOf: (file: File) => string;
  /** Title of the card that asks to which incident a file belongs. */
  readonly question: MessageKey;
}

const MOST = 20;
/** Line of a button that chooses the incident of a file. */
const LINE = '附件';

/** Files that people give as evidence. While it is not clear for which incident, they wait on disk until one is chosen. */
export class GivenFiles<File extends object> {
  readonly #deps: GivenFilesDependencies<File>;

  constructor(deps: GivenFilesDependencies<File>) {
    this.#deps = deps;
  }

  /** Null: they belong to the incident of the conversation; else the outcome that asks with a button for each incident. */
  async given(act: Act, files: readonly File[]): Promise<Outcome | null> {
    const { talk, kept } = this.#deps;
    const incident = await talk.inFocus(act);
    if (incident !== null) {
      await this.#add(incident, files);
      return null;
    }
    const key = keyOf(act);
    await committed(kept.put(key, JSON.stringify([...(await this.#waiting(key)), ...files].slice(-MOST))));
    return this.#asked(act);
  }

  /** Places the files that a person gave before in an incident. Returns false if there are none. */
  async placed(act: Pick<Act, 'caller' | 'place'>, incident: string): Promise<boolean> {
    const { talk, kept } = this.#deps;
    const key = keyOf(act);
    const files = await this.#waiting(key);
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

  async #waiting(key: string): Promise<readonly File[]> {
    const { kept, schema } = this.#deps;
    const files = z.array(schema).safeParse(parseJson(await kept.get(key)));
    return files.success ? files.data : [];
  }

  async #asked(act: Act): Promise<Outcome> {
    const { talk, question } = this.#deps;
    const outcome = await talk.line({ ...act, text: LINE, command: talk.read(LINE), about: null });
    const title = { key: question } as const;
    const answers = outcome.answers.map((answer) =>
      answer.kind === 'card' && answer.card.blocks.some(({ kind }) => kind === 'row')
        ? { ...answer, card: { ...answer.card, title, summary: title } }
        : answer,
    );
    return { ...outcome, answers };
  }
}
const keyOf = ({ caller }: Pick<Act, 'caller'>): string => `unplaced:${caller.account.id}`;

/** The incident that a line chooses for files, e.g. `INC-2026-0007 附件`; null if it is another line. */
export function placeOfFiles(text: string): string | null {
  const id = findIncidentId(text);
  return id !== undefined && verbAlone(text.trim().slice(id.length)) === 'upload' ? id : null;
}
