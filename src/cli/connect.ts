import { parseArgs } from 'node:util';
import { readDotEnv } from '../config/dotenv.ts';
import { variables } from '../config/variables.ts';
import { systemClock } from '../ops/system-clock.ts';
import { connectSlack } from '../platforms/slack/connect.ts';
import { DEFAULT_COMMAND } from '../platforms/slack/manifest.ts';
import { createNet } from '../platforms/slack/net.ts';
import { connectWecom } from '../platforms/wecom/connect.ts';
import { type Ask, createAsk } from './ask.ts';
import type { Terminal } from './terminal.ts';

const USAGE = `usage: jishi connect slack [--http https://jishi.example.com] [--command /name] [--language en|zh-CN]
       jishi connect wecom [--language en|zh-CN]`;

/** `jishi connect slack` or `wecom`: what a platform needs, checked live, written to `.env`. */
export async function connectCommand(
  args: readonly string[],
  terminal: Terminal,
  asking: () => Ask = () => createAsk(process.stdin, process.stdout),
  envFile = '.env',
): Promise<number> {
  const wanted = parsed(args, terminal);
  if (wanted === null) return 2;
  const env = readDotEnv(terminal.env, envFile);
  const settings = settingsOf(wanted, env);
  if (typeof settings === 'string') {
    terminal.error(`jishi connect: ${settings}`);
    return 2;
  }
  const { proxy, wsUrl, ...options } = settings;
  const net = createNet(proxy);
  const typed = asking();
  const shared = {
    terminal: {
      out: (text: string) => terminal.out(text),
      error: (text: string) => terminal.error(text),
      ask: (question: string, how: { readonly secret: boolean }) => typed.ask(question, how),
    },
    envFile,
    environment: terminal.env,
  };
  try {
    if (wanted.platform === 'wecom') {
      return await connectWecom({ ...shared, language: options.language, proxy, wsUrl, clock: systemClock });
    }
    return await connectSlack({ ...shared, ...options, net, now: Date.now });
  } finally {
    typed.close();
    await net.close();
  }
}

interface Wanted {
  readonly platform: 'slack' | 'wecom';
  readonly http?: string | undefined;
  readonly command?: string | undefined;
  readonly language?: string | undefined;
}

function parsed(args: readonly string[], terminal: Terminal): Wanted | null {
  try {
    const string = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { http: string, command: string, language: string },
    });
    const [platform, more] = positionals;
    if (more === undefined && (platform === 'slack' || platform === 'wecom')) return { ...values, platform };
  } catch (error) {
    if (error instanceof Error) terminal.error(`jishi connect: ${error.message}`);
  }
  terminal.error(USAGE);
  return null;
}

/** Only what is needed here: a configuration that is half set is what this command is for. */
function settingsOf(wanted: Wanted, env: Readonly<Record<string, string | undefined>>) {
  const { PUBLIC_URL, SLACK_COMMAND, SLACK_API_URL, WECOM_BOT_WS_URL, HTTPS_PROXY } = variables.shape;
  const set = (name: string): string | undefined => env[name]?.trim() || undefined;
  const http = PUBLIC_URL.safeParse(wanted.http);
  if (!http.success || http.data?.startsWith('http:'))
    return '--http must be an address such as https://jishi.example.com';
  const command = SLACK_COMMAND.safeParse(wanted.command ?? set('SLACK_COMMAND'));
  if (!command.success) return 'the command must be one such as /incident: a slash, small letters, digits, at most 32';
  const apiUrl = SLACK_API_URL.safeParse(set('SLACK_API_URL'));
  if (!apiUrl.success) return 'SLACK_API_URL must be an address such as https://slack.com/api';
  const proxy = HTTPS_PROXY.safeParse(set('HTTPS_PROXY'));
  if (!proxy.success) return 'HTTPS_PROXY must be an address such as http://proxy.example.com:3128';
  const wsUrl = WECOM_BOT_WS_URL.safeParse(set('WECOM_BOT_WS_URL'));
  if (!wsUrl.success) return 'WECOM_BOT_WS_URL must be an address such as wss://example.com';
  const language = wanted.language ?? (/^zh/i.test(set('LC_ALL') ?? set('LANG') ?? '') ? 'zh-CN' : 'en');
  if (language !== 'en' && language !== 'zh-CN') return '--language must be en or zh-CN';
  return {
    publicUrl: http.data ?? null,
    command: command.data ?? DEFAULT_COMMAND,
    apiUrl: apiUrl.data ?? null,
    proxy: proxy.data ?? null,
    wsUrl: wsUrl.data ?? null,
    language,
  } as const;
}
