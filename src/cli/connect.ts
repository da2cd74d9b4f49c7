import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { CORE_GROUPS, coreVariables } from '../config/core-settings.ts';
import { readDotEnv, secretsOf, withSecretFiles } from '../config/dotenv.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Connect } from '../platforms/description.ts';
import { PLATFORM_SETTINGS, PLATFORMS } from '../platforms/registry.ts';
import { sentenceIn } from './sentence-translations.ts';
import { complain, say, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

const CONNECTABLE: ReadonlyMap<string, Connect> = new Map(
  PLATFORMS.flatMap(({ name, connect }) => (connect ? [[name, connect] as const] : [])),
);

const SECRETS = secretsOf([...CORE_GROUPS, ...PLATFORM_SETTINGS]);

/** `jishi connect NAME` asks for a platform's settings, checks them live and writes them to `.env`. */
export async function connectCommand(
  args: readonly string[],
  terminal: Terminal,
  asking: () => Ask = () => createAsk(process.stdin, process.stdout),
  envFile = '.env',
): Promise<number> {
  const wanted = parsed(args, terminal);
  const filled = withSecretFiles(readDotEnv(terminal.env, envFile), SECRETS);
  const settings = filled.env;
  const set = (name: string): string | undefined => settings[name]?.trim() || undefined;
  const refuse = (problem: string): number => {
    complain(terminal, `jishi connect: ${problem}`);
    return 2;
  };
  const [unread] = filled.errors;
  if (unread) return refuse(`${unread.variable} ${unread.problem}`);
  // Only the connection's settings are read: this command must also run while the configuration is incomplete.
  const proxy = coreVariables.shape.HTTPS_PROXY.safeParse(set('HTTPS_PROXY'));
  const exceptions = coreVariables.shape.NO_PROXY.safeParse(set('NO_PROXY'));
  if (!proxy.success) return refuse('HTTPS_PROXY must be an address such as http://proxy.example.com:3128');
  const language = languageOf(terminal.env);
  const typed = asking();
  try {
    const outcome = await wanted.connect.run({
      terminal: {
        out: (text) => say(terminal, text),
        error: (text) => complain(terminal, text),
        ask: (question, how) => typed.ask(sentenceIn(language, question), how),
      },
      options: wanted.options,
      settings,
      envFile,
      environment: terminal.env,
      language,
      proxy: proxy.data === undefined ? null : { address: proxy.data, except: exceptions.data ?? [] },
      clock: systemClock,
    });
    return typeof outcome === 'number' ? outcome : refuse(outcome.usage);
  } finally {
    typed.close();
  }
}

interface Wanted {
  readonly connect: Connect;
  readonly options: Readonly<Record<string, string | undefined>>;
}

function parsed(args: readonly string[], terminal: Terminal): Wanted {
  const all = [...CONNECTABLE.values()];
  const names = all.flatMap(({ options }) => options);
  const flags = all.flatMap((one) => one.flags ?? []);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries<{ readonly type: 'string' | 'boolean' }>([
        ...names.map((name) => [name, { type: 'string' }] as const),
        ...flags.map((name) => [name, { type: 'boolean' }] as const),
      ]),
    });
    const [name = '', more] = positionals;
    const connect = CONNECTABLE.get(name);
    const given = Object.entries(values).map(([one, value]) => [one, value === true ? 'yes' : String(value)] as const);
    if (more === undefined && connect) return { options: Object.fromEntries<string>(given), connect };
  } catch (error) {
    if (error instanceof Error) complain(terminal, `jishi connect: ${error.message}`);
  }
  throw new UsageError('connect');
}

interface Ask {
  /** Returns the next line, trimmed; null at the end of input. A secret is not shown while it is typed. */
  ask(question: string, options: { readonly secret: boolean }): Promise<string | null>;
  close(): void;
}

/** Asks questions on a terminal, or reads the answers from a pipe, one per line. */
export function createAsk(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
): Ask {
  let muted = false;
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!muted) output.write(chunk);
      done();
    },
  });
  const terminal = input.isTTY === true;
  const lines = createInterface({ input, output: echo, terminal });
  const next = lines[Symbol.asyncIterator]();
  return {
    ask: async (question, { secret }) => {
      output.write(question);
      muted = secret;
      const line = await next.next();
      muted = false;
      if (secret && terminal) output.write('\n');
      return line.done ? null : line.value.trim();
    },
    close: () => lines.close(),
  };
}
