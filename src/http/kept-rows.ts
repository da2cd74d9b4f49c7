import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { digest } from '../ops/digest.ts';
import { Listeners } from '../ops/listeners.ts';
import { KeptMap } from '../use-cases/directory/kept-map.ts';
import type { Clock, IdSource, KeptPrefix, KeptValues } from '../use-cases/ports.ts';
import { equalInConstantTime } from './signing.ts';

export const ACCESS = 'access:';

/** Parts that rows need; `kept` has its own prefix in the store. */
export interface KeptRowsNeeds {
  readonly kept: KeptValues;
  readonly ids: IdSource;
  readonly clock: Clock;
}

/** Row valid until an instant (epoch ms), or until it is ended earlier. */
interface Expiring {
  readonly until: number;
  readonly ended?: number | undefined;
}

/** Fields of a row with a secret: a program's token, or a link that needs no sign-in. */
export const secretShape = {
  /** Hash of the secret, so that readers of the store cannot use it. */
  hash: z.string(),
  /** Creator: id in the profile, or `operator` for the command line. */
  by: z.string(),
  since: z.number(),
  until: z.number(),
  ended: z.number().optional(),
};
type SecretFields = z.infer<z.ZodObject<typeof secretShape>>;
export type NamedRow<T> = T & { readonly id: string };

const DAY = 86_400_000;

/** Adds a row valid for `days` and returns its text, e.g. `x1y2.…`, which is shown only now. */
export async function addSecret<T extends SecretFields>(
  rows: KeptRows<T>,
  { days, by, now }: { readonly days: number; readonly by: string; readonly now: number },
  make: (fields: SecretFields) => T,
): Promise<{ readonly id: string; readonly text: string; readonly until: number }> {
  const secret = randomBytes(32).toString('base64url');
  const until = now + days * DAY;
  const id = await rows.add(make({ hash: digest(secret), by, since: now, until }));
  return { id, text: `${id}.${secret}`, until };
}

/** Returns the row with this text; null if there is none, or it expired or was revoked. */
export async function rowOfSecret<T extends SecretFields>(
  rows: KeptRows<T>,
  text: string,
): Promise<NamedRow<T> | null> {
  const [, id = '', secret = ''] = /^([\w-]{1,64})\.([\w-]{43})$/.exec(text) ?? [];
  const row = id ? await rows.find(id) : null;
  return row && equalInConstantTime(digest(secret), row.hash) ? row : null;
}

/**
 * Stored rows about access, such as sessions, with a copy in memory that follows every instance. An ended row stays
 * until it expires, because an instance cut off from the others could miss its removal.
 */
export class KeptRows<T extends Expiring> {
  readonly #needs: KeptRowsNeeds;
  readonly #rows: KeptMap<T>;
  readonly #changed = new Listeners<string>();

  private constructor(prefix: KeptPrefix, schema: z.ZodType<T>, needs: KeptRowsNeeds) {
    this.#needs = needs;
    this.#rows = new KeptMap(needs.kept, prefix, schema, (id) => this.#changed.call(id));
  }

  /** Loads the stored rows and drops expired ones. */
  static async open<T extends Expiring>(
    prefix: KeptPrefix,
    schema: z.ZodType<T>,
    needs: KeptRowsNeeds,
  ): Promise<KeptRows<T>> {
    const rows = new KeptRows(prefix, schema, needs);
    await rows.#rows.recall();
    await rows.#rows.prune(({ until }) => until <= needs.clock.now());
    return rows;
  }

  async add(row: T): Promise<string> {
    const id = this.#needs.ids.next();
    await this.#rows.put(id, row);
    return id;
  }

  /** Returns a row, even one that another instance just added; null if it is not valid any more. */
  async find(id: string): Promise<NamedRow<T> | null> {
    const row = this.#rows.get(id) ?? (await this.#rows.look(id));
    return row && this.#counts(row) ? { ...row, id } : null;
  }

  /** Ends a row. Returns true if the row was valid until now. */
  async end(id: string): Promise<boolean> {
    const row = (await this.find(id)) && this.#rows.get(id);
    if (!row) return false;
    await this.#rows.put(id, { ...row, ended: this.#needs.clock.now() });
    return true;
  }

  /** Returns rows that are neither expired nor ended, oldest first. */
  list(): readonly NamedRow<T>[] {
    return this.#rows.entries().flatMap(([id, row]) => (this.#counts(row) ? [{ ...row, id }] : []));
  }

  /** Adds a listener, called with a changed row's id. Returns its cancellation. */
  onChange(listener: (id: string) => void): () => void {
    return this.#changed.add(listener);
  }

  #counts({ until, ended }: T): boolean {
    return ended === undefined && this.#needs.clock.now() < until;
  }
}
