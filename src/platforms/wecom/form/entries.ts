import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FormRef } from '../../../conversation/cards/card.ts';
import { type Command, commandSchema } from '../../../incident/commands.ts';
import type { Account } from '../../../incident/identity.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Entries } from '../../../talk/filling.ts';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';
import { FIELD } from './page.ts';
import { canonical, LATE_FOR } from './session.ts';

/** Data a browser sent: the inputs of a page, and the entries of its form by field. */
export interface Sent {
  readonly token: string;
  readonly revision: number;
  readonly key: string;
  /** Command of a button or of ticks; null if there is none, or nothing was ticked. */
  readonly intent: Command | null;
  /** Back to the form from what was read back. */
  readonly isEdited: boolean;
  readonly values: Entries;
}

type Body = Readonly<Record<string, string | File | (string | File)[]>>;

export function readSent(body: Body): Sent {
  const all = (name: string): readonly string[] => [body[name]].flat().filter((one) => typeof one === 'string');
  const text = (name: string): string => all(name)[0] ?? '';
  const pick = all('pick');
  const fact = text('fact');
  const wanted = fact === '' ? parseJson(text('intent')) : { type: 'answer', fact, value: pick };
  const isTicked = fact === '' || pick.length > 0;
  return {
    token: text('token'),
    revision: Number(text('revision')) || 0,
    key: text('key').slice(0, 64),
    intent: isTicked ? (commandSchema.safeParse(wanted).data ?? null) : null,
    isEdited: text('edit') !== '',
    values: Object.fromEntries(
      Object.keys(body).flatMap((name) => {
        if (!name.startsWith(FIELD)) return [];
        // Browsers send line breaks as CR LF; several ticks are a list, nothing ticked is not sent at all.
        const lines = all(name).map((one) => one.replaceAll('\r\n', '\n'));
        return [[name.slice(FIELD.length), lines.length === 1 ? (lines[0] ?? '') : lines]];
      }),
    ),
  };
}

/** Unsent values with the revision they were entered for: changes by others meanwhile are not overwritten unseen. */
const unsentSchema = z.object({
  at: z.number(),
  revision: z.number(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
interface Keeping {
  readonly kept: KeptValues;
  readonly clock: Clock;
}
const PREFIX = 'form-unsent:';
const PRUNED_AT_ONCE = 100;

/** Sent too late to know from whom: it waits for a day until the same person opens the same form again. */
export async function keepUnsent(
  { kept, clock }: Keeping,
  account: Account,
  ref: FormRef,
  { revision, values }: Sent,
): Promise<void> {
  const at = clock.now();
  for (const { key, value } of await kept.list(PREFIX, PRUNED_AT_ONCE))
    if (!readUnsent(value, at)) await kept.remove(key);
  await kept.put(keyOf(account, ref), JSON.stringify({ at, revision, values }));
}

export async function unsentOf({ kept, clock }: Keeping, account: Account, ref: FormRef) {
  return readUnsent(await kept.get(keyOf(account, ref)), clock.now());
}

export async function forgetUnsent({ kept }: Keeping, account: Account, ref: FormRef): Promise<void> {
  await kept.remove(keyOf(account, ref));
}

function readUnsent(value: string | null, now: number) {
  const unsent = unsentSchema.safeParse(parseJson(value)).data;
  return unsent && unsent.at + LATE_FOR > now ? unsent : null;
}

function keyOf({ platform, tenant, id }: Account, ref: FormRef): string {
  const of = JSON.stringify([platform, tenant, id, canonical(ref)]);
  return `${PREFIX}${createHash('sha256').update(of).digest('hex')}`;
}
