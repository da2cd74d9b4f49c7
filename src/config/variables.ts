import { isIPv6 } from 'node:net';
import { z } from 'zod';

/** Variables that belong together: they are switched on, documented and half-set together. */
export const GROUPS = [
  'core',
  'database',
  'mail',
  'proxy',
  'slack',
  'wecom_bot',
  'wecom_app',
  'wecom_webhook',
] as const;
export type Group = (typeof GROUPS)[number];

/** What works in this version. Setting a variable of another group stops the start; adding a group here documents it. */
export const AVAILABLE: readonly Group[] = [
  'core',
  'database',
  'mail',
  'proxy',
  'slack',
  'wecom_bot',
  'wecom_app',
  'wecom_webhook',
];

export interface VariableDoc {
  readonly group: Group;
  /** Never printed, logged or put into a picture. */
  readonly secret: boolean;
  /** Lines of `.env.example`. */
  readonly about: readonly string[];
  /** Often set on a machine for other programs, so setting it asks nothing of us while its group is not available. */
  readonly ambient?: true;
}

/** The description of each variable, kept beside its schema. */
const variableDocs = z.registry<VariableDoc>();

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A host name, or an IPv4 or IPv6 address; neither scheme nor port. */
const host = z
  .string()
  .refine(
    (value) => isIPv6(value) || /^[\w.-]+$/.test(value),
    'must be a host name or address without scheme and port',
  );
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number between 0 and 65535')
  .transform(Number)
  .refine((n) => n <= 65_535, 'must be a whole number between 0 and 65535');
const token = z.string().regex(/^[\x21-\x7e]+$/, 'must consist of letters, digits and signs without spaces');

/** An address with one of these schemes, without a trailing slash. */
function url(schemes: readonly string[], example: string): z.ZodType<string, string> {
  return z
    .string()
    .refine((value) => schemes.includes(parsedUrl(value)?.protocol ?? ''), `must be an address such as ${example}`)
    .transform((value) => value.replace(/\/+$/, ''));
}
const web = (example: string): z.ZodType<string, string> => url(['http:', 'https:'], example);

/** Where people reach us: paths are fixed, so nothing may follow the host. */
const origin = web('https://jishi.example.com').refine(
  (value) => parsedUrl(value)?.origin === value.toLowerCase().replace(/:(80|443)$/, ''),
  'must be an address without path, user or query, such as https://jishi.example.com',
);

function parsedUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

const list = z.string().transform((value) => value.split(',').map((part) => part.trim()));
const secrets = list.refine((parts) => parts.every((part) => part !== ''), 'must be one secret, or two as new,old');
const reactions = list.refine(
  (parts) => parts.every((part) => /^[a-z0-9_+'-]{1,100}$/.test(part)),
  'must be names of reactions without colons, separated by commas, such as pushpin,eyes',
);
const webhooks = list.pipe(
  z.array(
    z
      .string()
      .regex(/^[^=\s]+=[^=\s]+$/, 'must be name=key pairs separated by commas')
      .transform((pair) => ({ name: pair.slice(0, pair.indexOf('=')), key: pair.slice(pair.indexOf('=') + 1) })),
  ),
);

const core = { group: 'core', secret: false } as const;
const slack = { group: 'slack', secret: false } as const;
const bot = { group: 'wecom_bot', secret: false } as const;
const app = { group: 'wecom_app', secret: false } as const;

/** Every variable that is read, in the order of `.env.example`. Values come in trimmed; empty means unset. */
export const variables = z.object({
  HOST: host.default('127.0.0.1').register(variableDocs, {
    ...core,
    about: [
      'Address the server listens on. Anything but this machine itself needs CONSOLE_SECRET for people to sign in.',
    ],
  }),
  PORT: port.default(3000).register(variableDocs, { ...core, about: ['Port of the server; 0 takes a free one.'] }),
  PUBLIC_URL: origin.optional().register(variableDocs, {
    ...core,
    about: [
      'Where people reach the console from other machines, e.g. https://jishi.example.com (use https).',
      'Once it is set, people sign in by a link from `npx jishi login NAME`.',
    ],
  }),
  DATA_DIR: z
    .string()
    .default('./data')
    .register(variableDocs, {
      ...core,
      about: ['Folder of the database. Back it up; one running bot per folder.'],
    }),
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`))
    .default('info')
    .register(variableDocs, { ...core, about: [`How much is logged: ${LOG_LEVELS.join(', ')}.`] }),
  API_TOKEN: token.optional().register(variableDocs, {
    ...core,
    secret: true,
    about: ['Bearer token of the API. Unset means that no token opens it. Make one: openssl rand -hex 32'],
  }),
  CONSOLE_SECRET: token.optional().register(variableDocs, {
    ...core,
    secret: true,
    about: [
      'Signs login links and sessions of the console. Make one: openssl rand -hex 32',
      'Changing it signs everybody out.',
    ],
  }),
  ORGANISATION_FILE: z
    .string()
    .optional()
    .register(variableDocs, {
      ...core,
      about: [
        'The organisation profile (YAML): entities, systems, people and their roles, rooms.',
        'Start from manifests/organisation.example.yaml. Without it everybody has every role but administrator.',
      ],
    }),
  REGIMES_DIR: z
    .string()
    .optional()
    .register(variableDocs, {
      ...core,
      about: [
        'Folder with legal regimes of your own beside the built-in ones. Check it with `npx jishi regime check DIR`.',
      ],
    }),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host/database')
    .optional()
    .register(variableDocs, {
      group: 'database',
      secret: true,
      about: [
        'PostgreSQL instead of the file in DATA_DIR, e.g. postgres://user:password@host/database',
        'Several instances may share one database (docs/postgres.md).',
      ],
    }),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtps://user:password@host')
    .optional()
    .register(variableDocs, {
      group: 'mail',
      secret: true,
      about: [
        'Mail server for reminders that chat does not deliver, e.g. smtps://user:password@host',
        'The sender is the user, or what ?from=jishi@example.com at its end says.',
      ],
    }),
  HEARTBEAT_URL: web('https://hc.example.com/ping/…')
    .optional()
    .register(variableDocs, {
      group: 'mail',
      secret: true,
      about: [
        'Fetched once a minute while all is well. Whoever watches it from outside raises the alarm when it stays away.',
      ],
    }),
  HTTPS_PROXY: web('http://proxy.example.com:3128')
    .optional()
    .register(variableDocs, {
      group: 'proxy',
      secret: true,
      ambient: true,
      about: ['Proxy for everything that goes out, e.g. http://proxy.example.com:3128'],
    }),
  SLACK_BOT_TOKEN: token
    .startsWith('xoxb-', 'must be a bot token, which begins with xoxb-')
    .optional()
    .register(variableDocs, { ...slack, secret: true, about: ['Bot token (xoxb-…).'] }),
  SLACK_APP_TOKEN: token
    .startsWith('xapp-', 'must be an app-level token, which begins with xapp-')
    .optional()
    .register(variableDocs, {
      ...slack,
      secret: true,
      about: ['App-level token (xapp-…) for socket mode, which needs no public address.'],
    }),
  SLACK_SIGNING_SECRET: secrets.optional().register(variableDocs, {
    ...slack,
    secret: true,
    about: ['Signing secret for HTTP mode. While it is being changed it may list two: new,old'],
  }),
  SLACK_API_URL: web('https://slack.com/api')
    .optional()
    .register(variableDocs, { ...slack, about: ['Another address of the Web API, for tests.'] }),
  SLACK_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash command such as /incident')
    .optional()
    .register(variableDocs, { ...slack, about: ['The slash command if it is not /incident.'] }),
  SLACK_REACTIONS: reactions.optional().register(variableDocs, {
    ...slack,
    about: ['Reactions that put a message on the record, by name, if not 📌: pushpin,eyes'],
  }),
  WECOM_BOT_ID: token.optional().register(variableDocs, { ...bot, about: ['Id of the smart bot (智能机器人).'] }),
  WECOM_BOT_SECRET: token
    .optional()
    .register(variableDocs, { ...bot, secret: true, about: ['Secret of its long connection (长连接).'] }),
  WECOM_BOT_WS_URL: url(['ws:', 'wss:'], 'wss://example.com')
    .optional()
    .register(variableDocs, { ...bot, about: ['Another address of the long connection, for tests.'] }),
  WECOM_CORP_ID: token.optional().register(variableDocs, { ...app, about: ['Id of the company (企业ID).'] }),
  WECOM_AGENT_ID: token
    .regex(/^\d+$/, 'must be a number')
    .optional()
    .register(variableDocs, { ...app, about: ['AgentId of the self-built app (自建应用).'] }),
  WECOM_APP_SECRET: token
    .optional()
    .register(variableDocs, { ...app, secret: true, about: ['Secret of the self-built app.'] }),
  WECOM_CALLBACK_TOKEN: token
    .optional()
    .register(variableDocs, { ...app, secret: true, about: ['Token of its callback (接收消息).'] }),
  WECOM_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/, 'must be the 43 characters of EncodingAESKey')
    .optional()
    .register(variableDocs, { ...app, secret: true, about: ['EncodingAESKey of its callback.'] }),
  WECOM_API_URL: web('https://qyapi.weixin.qq.com')
    .optional()
    .register(variableDocs, { ...app, about: ['Another address of the API, for tests; the group robots use it too.'] }),
  WECOM_WEBHOOK_KEYS: webhooks.optional().register(variableDocs, {
    group: 'wecom_webhook',
    secret: true,
    about: ['Group robots (群机器人) as name=key,name=key'],
  }),
});
export type Variables = z.infer<typeof variables>;
export type VariableName = keyof Variables;

/** The names, in the order of the schema. */
export const variableNames: readonly VariableName[] = variables.keyof().options;

/** The description of a variable. Every one has one; a test looks. */
export function docOf(name: VariableName): VariableDoc {
  const doc = variableDocs.get(variables.shape[name]);
  if (!doc) throw new Error(`${name} has no description`);
  return doc;
}
