import { z } from 'zod';
import { findIncidentId, parseCommand } from '../../conversation/text/commands/commands.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { parseJson } from '../../ops/json.ts';
import type { Act, Outcome } from '../../talk/acts.ts';
import type { Talk } from '../../talk/talk.ts';
import type { KeptValues } from '../../use-cases/ports.ts';

const MOST = 20;

/** Files given while it was not clear for which incident, by person, until one is chosen. */
export class UnplacedFiles<File> {
  readonly #kept: KeptValues;
  readonly #files: z.ZodType<File[]>;

  constructor(kept: KeptValues, file: z.ZodType<File>) {
    this.#kept = kept;
    this.#files = z.array(file);
  }

  async add(user: string, files: readonly File[]): Promise<void> {
    await this.#kept.put(keyOf(user), JSON.stringify([...(await this.#of(user)), ...files].slice(-MOST)));
  }

  /** The files of a person, which are theirs to place once. */
  async take(user: string): Promise<readonly File[]> {
    const files = await this.#of(user);
    if (files.length > 0) await this.#kept.remove(keyOf(user));
    return files;
  }

  async #of(user: string): Promise<readonly File[]> {
    const files = this.#files.safeParse(parseJson(await this.#kept.get(keyOf(user))));
    return files.success ? files.data : [];
  }
}
const keyOf = (user: string): string => `unplaced:${user}`;

/** Line of a button that chooses the incident of a file. */
const LINE = '附件';

/** The incident that a line chooses for files, e.g. `INC-2026-0007 附件`; null if it is another line. */
export function placeOfFiles(text: string): string | null {
  return parseCommand(text).type === 'upload' ? (findIncidentId(text) ?? null) : null;
}

/** Asks with a button for each incident which one a file belongs to. */
export async function askWhere(talk: Talk, act: Act, question: MessageKey): Promise<Outcome> {
  const outcome = await talk.line({ ...act, text: LINE, command: talk.read(LINE), about: null });
  const title = { key: question } as const;
  const answers = outcome.answers.map((answer) =>
    answer.kind === 'card' && answer.card.blocks.some(({ kind }) => kind === 'row')
      ? { ...answer, card: { ...answer.card, title, summary: title } }
      : answer,
  );
  return { ...outcome, answers };
}
