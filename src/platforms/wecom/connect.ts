import { setInEnvFile } from '../../config/env-file.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { type MessageLanguage, translate } from '../../i18n/translate.ts';
import type { Clock } from '../../use-cases/ports.ts';
import type { ConnectTerminal } from '../description.ts';
import { tryBot } from './probe.ts';

export interface ConnectOptions {
  readonly terminal: ConnectTerminal;
  readonly language: MessageLanguage;
  readonly envFile: string;
  /** The real environment, which wins over the file. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly proxy: string | null;
  readonly wsUrl: string | null;
  readonly clock: Clock;
}
const TRIES = 4;

/**
 * `jishi connect wecom`: bot id and secret, checked live, into `.env`. Returns the exit code; nothing is written before
 * it works.
 */
export async function connectWecom(options: ConnectOptions): Promise<number> {
  const { terminal } = options;
  const say = (key: MessageKey, params: Record<string, string> = {}): string =>
    translate(options.language, key, params);
  terminal.out(say('wecom.connect.create'));
  const values = await credentials(options, say);
  if (values === null) {
    terminal.error(say('wecom.connect.stopped'));
    return 1;
  }
  try {
    setInEnvFile(options.envFile, values);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    terminal.error(say('wecom.connect.not_written', { file: options.envFile, code }));
    return 1;
  }
  terminal.out(say('wecom.connect.written', { file: options.envFile }));
  for (const [name, value] of Object.entries(values)) {
    const real = options.environment[name]?.trim();
    if (real && real !== value) terminal.error(say('wecom.connect.shadowed', { name, file: options.envFile }));
  }
  terminal.out(say('wecom.connect.next'));
  return 0;
}

async function credentials(
  { terminal, proxy, wsUrl, clock }: ConnectOptions,
  say: (key: MessageKey, params?: Record<string, string>) => string,
): Promise<{ readonly WECOM_BOT_ID: string; readonly WECOM_BOT_SECRET: string } | null> {
  for (let n = 0; n < TRIES; n += 1) {
    const botId = bare(await terminal.ask('Bot ID: ', { secret: false }));
    if (botId === null) return null;
    const secret = bare(await terminal.ask('Secret: ', { secret: true }));
    if (secret === null) return null;
    if (!/^[\w.@:/-]+$/.test(botId) || !/^[\w.@:/-]+$/.test(secret)) {
      terminal.error(say('wecom.connect.odd'));
      continue;
    }
    const { state, detail } = await tryBot({ botId, secret, wsUrl }, proxy, clock);
    if (state === 'up') {
      terminal.out(say('wecom.connect.works'));
      return { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret };
    }
    terminal.error(state === 'refused' ? say('wecom.connect.refused') : say('wecom.connect.unreached', { detail }));
  }
  return null;
}

/** Copied with its quotation marks, or with the name of the variable. */
function bare(typed: string | null): string | null {
  return typed === null
    ? null
    : typed
        .replace(/^[A-Z_]+=/, '')
        .replace(/^["'](.*)["']$/, '$1')
        .trim();
}
