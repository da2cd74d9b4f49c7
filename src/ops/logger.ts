import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequest } from './request.ts';

export type { Logger };

/** Creates a logger of JSON lines with redaction; `level` is one of pino's. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: () => ({ ...currentRequest() }),
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => withoutSecrets(fields, shortened),
    },
    // Errors are shortened before this, so the serializer leaves them as they are.
    serializers: { err: (error: unknown) => error },
    hooks: { streamWrite: withoutTelling },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Creates the log of the program: JSON lines on standard output, readable lines on a terminal. */
export async function programLogger(level: string, isTerminal: boolean): Promise<Logger> {
  if (!isTerminal) return createLogger(level);
  const { default: pretty } = await import('pino-pretty');
  return createLogger(level, pretty({ colorize: true, singleLine: true, translateTime: 'SYS:HH:MM:ss.l', sync: true }));
}

const STACK_LINES = 5;
/** Returns an error as a short entry, without the data that libraries attach (requests, bodies, nested causes). */
function shortened(error: Error): object {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const stack = error.stack
    ?.split('\n')
    .slice(1, STACK_LINES)
    .map((line) => line.trim());
  const cause = systemCause(error);
  return { type: error.constructor.name, ...code, message: messageOf(error), ...(cause ? { cause } : {}), stack };
}

/**
 * Returns the operating system's message behind an error, e.g. `connect ECONNREFUSED 127.0.0.1:3128`: libraries only
 * say that a request failed and attach it as `cause` or `original`. Null if there is none; other causes are left out.
 */
function systemCause(error: Error): string | null {
  let last: unknown = error;
  for (let depth = 0; depth < 5 && last instanceof Error; depth += 1) {
    if (last !== error && 'syscall' in last) return last.message;
    last = last.cause ?? ('original' in last ? last.original : null);
  }
  return null;
}

/** Returns an error message without quoted input: a SyntaxError quotes text that a person may have written. */
function messageOf(error: Error): string {
  return error instanceof SyntaxError ? error.message.replace(/".*"/s, '"…"') : error.message;
}

/** Names of log fields that may contain secrets or people's words; their values are never logged. */
const SECRET: ReadonlySet<string> = new Set([
  ...['key', 'aeskey', 'ticket', 'response_url'],
  ...['body', 'text', 'payload', 'title', 'value', 'name', 'phone', 'email'],
]);
const SECRET_ENDING = /(?:authorization|cookie|token|secret|password|signature)$/i;

const REDACTED = '[redacted]';
/** Depth at which objects are cut off; our log objects are flatter. */
const DEEPEST = 6;

/** Returns log fields without values under secret names, at any depth; `errors` shortens errors. */
function withoutSecrets(
  fields: Readonly<Record<string, unknown>>,
  errors: (error: Error) => unknown,
): Record<string, unknown> {
  const clean = (value: unknown, depth: number): unknown => {
    if (value instanceof Error) return errors(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth === DEEPEST) return REDACTED;
    if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));
    return entries(value, depth);
  };
  const entries = (value: object, depth: number): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, isSecret(name) ? REDACTED : clean(inner, depth + 1)]),
    );
  return entries(fields, 0);
}

function isSecret(name: string): boolean {
  return SECRET.has(name.toLowerCase()) || SECRET_ENDING.test(name);
}

/** Digit as people type it, ASCII or full-width. */
const D = '[0-9０-９]';
/** Separators allowed between the groups of a number. */
const GAP = '[ -]?';
/** Conditions before and after a number: digits inside a hash or a longer number are not a person's number. */
const ALONE = [`(?<!${D}|[0-9a-f]{12})`, `(?!${D}|[0-9a-f]{12})`] as const;
const NAMED = '(?:token|secret|key|ticket|password|passwd|pwd|signature)';

/** Patterns of credentials and personal data, anywhere in a line of JSON. Each runs in linear time. */
const TELLING: readonly RegExp[] = [
  // Tokens of chat platforms, and addresses that contain a secret.
  /x(?:ox[a-z]|app|wfp)-[\w%.-]+/g,
  // Tokens and the links of suppliers and calendars: an id and a secret.
  /[\w-]{1,64}\.[\w-]{43}(?![\w-])/g,
  /(?<=\/\/hooks\.[\w.-]+\/)[\w/-]+/g,
  // Parameters, JSON fields (possibly with escaped quotation marks), headers, and passwords in addresses.
  new RegExp(`(?<=${NAMED}=)[^&\\s"\\\\]+`, 'gi'),
  new RegExp(`(?<=${NAMED}\\\\{0,7}"\\s{0,4}:\\s{0,4}\\\\{0,7}")[^"\\\\]+`, 'gi'),
  /(?<=(?:password|passwd|pwd|密码|口令)\s?[=:：]\s?)[^\s&"\\]+/gi,
  /bearer\s+[\w.~+/-]+=*/gi,
  /[Bb]asic\s+(?=[a-z+/]*[A-Z0-9=])[\w+/-]+=*/g,
  /\/\/[^/\s"@]+@/g,
  // E-mail, Chinese identity numbers, mobile numbers with or without 86, landlines, foreign numbers.
  /(?:(?<=\\(?:[bfnrt]|u[0-9a-f]{4}))|(?<![\w.+\\-]))[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  new RegExp(`(?<![0-9A-Za-z０-９])${D}{6}${GAP}${D}{8}${GAP}${D}{3}[0-9０-９XxＸｘ](?![0-9A-Za-z０-９])`, 'g'),
  new RegExp(`${ALONE[0]}(?:[+＋]?[8８][6６]${GAP})?[1１][3-9３-９]${D}${GAP}${D}{4}${GAP}${D}{4}${ALONE[1]}`, 'g'),
  new RegExp(`(?<![\\w０-９-])[(（]?[0０][1-9１-９]${D}{1,2}[)） －-]{1,2}${D}{7,8}(?![\\w０-９])`, 'g'),
  /[+＋](?!0)[0-9０-９](?:[ ().-]{0,2}[0-9０-９]){6,14}/g,
];

/** Removes credentials and personal data from a line. */
function withoutTelling(line: string): string {
  return TELLING.reduce((out, pattern) => out.replace(pattern, REDACTED), line);
}
