import type { Group, VariableName, Variables } from './variables.ts';

/** What a group needs once any of its variables is set: of each list at least one. */
export const PLATFORM_NEEDS: Readonly<Partial<Record<Group, readonly (readonly [VariableName, ...VariableName[]])[]>>> =
  {
    slack: [['SLACK_BOT_TOKEN'], ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']],
    wecom_bot: [['WECOM_BOT_ID'], ['WECOM_BOT_SECRET']],
    wecom_app: [
      ['WECOM_CORP_ID'],
      ['WECOM_AGENT_ID'],
      ['WECOM_APP_SECRET'],
      ['WECOM_CALLBACK_TOKEN'],
      ['WECOM_ENCODING_AES_KEY'],
    ],
  };

export interface SlackConfig {
  readonly botToken: string;
  /** Socket Mode; null means HTTP mode. */
  readonly appToken: string | null;
  /** The one in use first. */
  readonly signingSecrets: readonly string[];
  readonly apiUrl: string | null;
  readonly command: string;
  /** Names of the reactions that put a message on the record. */
  readonly reactions: readonly string[];
}

export interface WecomBotConfig {
  readonly botId: string;
  readonly secret: string;
  /** Another address of the long connection, e.g. of a private deployment. */
  readonly wsUrl: string | null;
}

export interface WecomAppConfig {
  readonly corpId: string;
  readonly agentId: string;
  readonly secret: string;
  readonly callbackToken: string;
  readonly encodingAesKey: string;
}

/** The checked configuration; a platform that is off is null. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly dataDir: string;
  /** PostgreSQL instead of the file in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly logLevel: Variables['LOG_LEVEL'];
  readonly apiToken: string | null;
  readonly consoleSecret: string | null;
  readonly organisationFile: string | null;
  readonly regimesDir: string | null;
  readonly proxy: string | null;
  /** Mail server for what chat does not deliver. */
  readonly smtpUrl: string | null;
  /** Fetched once a minute while all is well. */
  readonly heartbeatUrl: string | null;
  readonly slack: SlackConfig | null;
  readonly wecomBot: WecomBotConfig | null;
  readonly wecomApp: WecomAppConfig | null;
  /** Another address of WeCom's API, for tests. */
  readonly wecomApiUrl: string | null;
  /** Group robots of WeCom by the name rooms of the profile use. */
  readonly wecomWebhooks: readonly { readonly name: string; readonly key: string }[];
}

/** Puts checked variables together. */
export function assemble(v: Variables): Config {
  return {
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL ?? null,
    dataDir: v.DATA_DIR,
    databaseUrl: v.DATABASE_URL ?? null,
    logLevel: v.LOG_LEVEL,
    apiToken: v.API_TOKEN ?? null,
    consoleSecret: v.CONSOLE_SECRET ?? null,
    organisationFile: v.ORGANISATION_FILE ?? null,
    regimesDir: v.REGIMES_DIR ?? null,
    proxy: v.HTTPS_PROXY ?? null,
    smtpUrl: v.SMTP_URL ?? null,
    heartbeatUrl: v.HEARTBEAT_URL ?? null,
    slack: slack(v),
    wecomBot: wecomBot(v),
    wecomApp: wecomApp(v),
    wecomApiUrl: v.WECOM_API_URL ?? null,
    wecomWebhooks: v.WECOM_WEBHOOK_KEYS ?? [],
  };
}

function slack(v: Variables): SlackConfig | null {
  if (v.SLACK_BOT_TOKEN === undefined) return null;
  return {
    botToken: v.SLACK_BOT_TOKEN,
    appToken: v.SLACK_APP_TOKEN ?? null,
    signingSecrets: v.SLACK_SIGNING_SECRET ?? [],
    apiUrl: v.SLACK_API_URL ?? null,
    command: v.SLACK_COMMAND ?? '/incident',
    // 📌, and the one that looks like it.
    reactions: v.SLACK_REACTIONS ?? ['pushpin', 'round_pushpin'],
  };
}

function wecomBot(v: Variables): WecomBotConfig | null {
  if (v.WECOM_BOT_ID === undefined || v.WECOM_BOT_SECRET === undefined) return null;
  return { botId: v.WECOM_BOT_ID, secret: v.WECOM_BOT_SECRET, wsUrl: v.WECOM_BOT_WS_URL ?? null };
}

function wecomApp(v: Variables): WecomAppConfig | null {
  const { WECOM_CORP_ID, WECOM_AGENT_ID, WECOM_APP_SECRET, WECOM_CALLBACK_TOKEN, WECOM_ENCODING_AES_KEY } = v;
  if (
    WECOM_CORP_ID === undefined ||
    WECOM_AGENT_ID === undefined ||
    WECOM_APP_SECRET === undefined ||
    WECOM_CALLBACK_TOKEN === undefined ||
    WECOM_ENCODING_AES_KEY === undefined
  ) {
    return null;
  }
  return {
    corpId: WECOM_CORP_ID,
    agentId: WECOM_AGENT_ID,
    secret: WECOM_APP_SECRET,
    callbackToken: WECOM_CALLBACK_TOKEN,
    encodingAesKey: WECOM_ENCODING_AES_KEY,
  };
}
