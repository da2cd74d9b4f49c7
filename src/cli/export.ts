import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config/schema.ts';
import { reportTemplate } from '../documents/template-file.ts';
import { replay } from '../incident/record/evolve.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import { disclosed, evidenceBundle } from '../use-cases/documents/bundle.ts';
import { nowIn } from '../use-cases/use-case-context.ts';
import { regimesOf } from '../wiring/reading.ts';
import { documentsWith } from '../wiring.ts';
import { readConfig } from './config.ts';
import { onOwnRecord, profileOf } from './stores.ts';
import { CommandError, parsedArgs, say, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi export ID` prints the record of one incident as JSON lines, with the exact bytes, salts and hashes; `--bundle`
 * writes the evidence bundle as a zip. `--counsel` includes entries for counsel only; `--up-to` omits later events.
 * `jishi export --mentions WORD` prints entries of all records with that word, such as a name or a phone number.
 */
export async function exportCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const asked = parsed(args);
  const config = readConfig(terminal);
  return onOwnRecord('export', config, (store) => {
    if (asked.kind === 'mentions') return writeMentions(store, asked, terminal);
    return asked.bundle === undefined
      ? writeRecord(store, asked, terminal)
      : writeBundle(store, { ...asked, bundle: asked.bundle }, config, terminal);
  });
}

interface Asked {
  readonly kind: 'incident';
  readonly id: string;
  readonly bundle: string | undefined;
  readonly counsel: boolean;
  /** Number of the bundle's last event. */
  readonly upTo: number;
}

interface Mentions {
  readonly kind: 'mentions';
  readonly word: string;
  readonly counsel: boolean;
}

function parsed(args: readonly string[]): Asked | Mentions {
  const options = {
    bundle: { type: 'string' },
    counsel: { type: 'boolean', default: false },
    'up-to': { type: 'string', default: 'Infinity' },
    mentions: { type: 'string' },
  } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'export');
  const [id, ...more] = positionals;
  const upTo = Number(values['up-to']);
  const { mentions: word, counsel } = values;
  if (word && positionals.length === 0) return { kind: 'mentions', word, counsel };
  if (word !== undefined || id === undefined || more.length > 0 || !(upTo >= 1)) throw new UsageError('export');
  return { kind: 'incident', id, bundle: values.bundle, counsel: values.counsel, upTo };
}

async function writeRecord(store: ReadOnlyStore, { id, counsel }: Asked, terminal: Terminal): Promise<number> {
  let rows = 0;
  for await (const row of store.record(id)) {
    terminal.out(JSON.stringify(disclosed(row, counsel)));
    rows += 1;
  }
  if (rows === 0) throw unknown(id);
  return 0;
}

async function writeMentions(store: ReadOnlyStore, { word, counsel }: Mentions, terminal: Terminal): Promise<number> {
  const written = JSON.stringify(word).slice(1, -1);
  let rows = 0;
  for (const { id } of await store.incidents({ limit: Number.MAX_SAFE_INTEGER })) {
    for await (const row of store.record(id)) {
      const shown = disclosed(row, counsel);
      if (!shown.bytes?.includes(written)) continue;
      terminal.out(JSON.stringify(shown));
      rows += 1;
    }
  }
  if (rows === 0) throw new CommandError(`jishi export: no entry holds "${word}"`, 1);
  return 0;
}

async function writeBundle(
  store: ReadOnlyStore,
  { id, bundle, counsel, upTo }: Asked & { readonly bundle: string },
  config: Config,
  terminal: Terminal,
): Promise<number> {
  const state = replay((await store.events(id)).filter(({ version }) => version <= upTo));
  if (!state) throw unknown(id);
  const regime = (await regimesOf(store, config))(state);
  if (!regime) throw new Error(`the regime ${state.regimes[0]} is missing`);
  const documents = documentsWith(await reportTemplate(config.organisationFile, await profileOf(config)));
  const now = nowIn(state, Date.now());
  await pipeline(
    Readable.from(evidenceBundle({ store, regime, documents }, state, { now, counsel })),
    createWriteStream(bundle, { mode: 0o600 }),
  );
  say(
    terminal,
    `ok: ${bundle}; verify it with: unzip -p ${bundle} verify.py > verify.py && python3 verify.py ${bundle}`,
  );
  return 0;
}

function unknown(id: string): CommandError {
  return new CommandError(`jishi export: there is no incident ${id}`, 1);
}
