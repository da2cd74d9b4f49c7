import { setInEnvFile } from '../../config/env-file.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { codeOf } from '../../ops/errors.ts';
import type { ConnectNeeds } from '../description.ts';

export interface Credentials {
  /** Name for `jishi connect NAME`. */
  readonly platform: string;
  /** Variables to ask for, in this order. */
  readonly asked: readonly { readonly name: string; readonly question: string; readonly secret: boolean }[];
  readonly create: MessageKey;
  readonly next: MessageKey;
  /** Tries the values on the platform without sending a message. */
  readonly attempt: (values: Readonly<Record<string, string>>) => Promise<Attempt>;
}
export interface Attempt {
  readonly works: boolean;
  readonly say: MessageKey;
  readonly params?: Readonly<Record<string, string>>;
}
const TRIES = 4;

/** Asks for credentials, checks them live and writes them to `.env` if they work. Returns the exit code. */
export async function connectBy(needs: ConnectNeeds, credentials: Credentials): Promise<number> {
  const { terminal, language } = needs;
  const { platform, create, next } = credentials;
  const say = (key: MessageKey, params: Readonly<Record<string, string>> = {}) => translate(language, key, params);
  terminal.out(say(create));
  const values = await accepted(needs, credentials, say);
  if (values === null) {
    terminal.error(say('connect.stopped', { platform }));
    return 1;
  }
  if (!writeSettings(needs, values)) return 1;
  terminal.out(say(next));
  return 0;
}

/** Writes working settings into `.env`; returns false with a message if the file cannot be written. */
export function writeSettings(
  {
    terminal,
    language,
    envFile: file,
    environment,
  }: Pick<ConnectNeeds, 'terminal' | 'language' | 'envFile' | 'environment'>,
  values: Readonly<Record<string, string>>,
): boolean {
  const say = (key: MessageKey, params: Readonly<Record<string, string>>) => translate(language, key, params);
  try {
    setInEnvFile(file, values);
  } catch (error) {
    terminal.error(say('connect.not_written', { file, code: codeOf(error), names: Object.keys(values).join(', ') }));
    return false;
  }
  terminal.out(say('connect.written', { file }));
  for (const [name, value] of Object.entries(values)) {
    const real = environment[name]?.trim();
    if (real && real !== value) terminal.error(say('connect.shadowed', { name, file }));
  }
  return true;
}

async function accepted(
  { terminal }: ConnectNeeds,
  { asked, attempt }: Credentials,
  say: (key: MessageKey, params?: Readonly<Record<string, string>>) => string,
): Promise<Values | null> {
  return insist(terminal, asked, async (values) => {
    if (!Object.values(values).every((value) => /^[\w.@:/-]+$/.test(value))) return { refused: say('connect.odd') };
    const tried = await attempt(values);
    if (!tried.works) return { refused: say(tried.say, tried.params) };
    terminal.out(say(tried.say, tried.params));
    return { found: values };
  });
}

type Values = Readonly<Record<string, string>>;

/** Asks until the typed value passes; null at the end of input, or after four attempts, so that a script ends. */
export async function insist<T>(
  terminal: ConnectNeeds['terminal'],
  asked: Credentials['asked'],
  attempt: (values: Values) => Promise<{ readonly found: T } | { readonly refused: string }>,
): Promise<T | null> {
  for (let n = 0; n < TRIES; n += 1) {
    const values: Record<string, string> = {};
    for (const { name, question, secret } of asked) {
      const typed = pasted(await terminal.ask(question, { secret }));
      if (typed === null) return null;
      values[name] = typed;
    }
    const tried = await attempt(values);
    if ('found' in tried) return tried.found;
    terminal.error(tried.refused);
  }
  return null;
}

/** Cleans a pasted value of quotation marks and the variable's name. */
function pasted(typed: string | null): string | null {
  return typed === null
    ? null
    : typed
        .replace(/^[A-Z_]+=/, '')
        .replace(/^["'](.*)["']$/, '$1')
        .trim();
}
