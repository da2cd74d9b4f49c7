import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequest } from './request.ts';

export type { Logger };

/** Structured JSON lines with redaction. `level` is one of pino's. */
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
    // Errors are already short here.
    serializers: { err: (error: unknown) => error },
    hooks: { streamWrite: withoutTelling },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The log of the program: JSON lines on standard output, readable lines if that is a terminal. */
export async function programLogger(level: string, isTerminal: boolean): Promise<Logger> {
  if (!isTerminal) return createLogger(level);
  const { default: pretty } = await import('pino-pretty');
  return createLogger(level, pretty({ colorize: true, singleLine: true, translateTime: 'SYS:HH:MM:ss.l', sync: true }));
}

const STACK_LINES = 5;
/** An error as one readable entry, without the data that libraries attach to it (requests, bodies, causes of causes). */
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
 * Message of the failure of the operating system behind an error, e.g. `connect ECONNREFUSED 127.0.0.1:3128`: libraries say
 * only that a request failed, and hang it on as `cause` or `original`. Null if there is none; other causes stay out.
 */
function systemCause(error: Error): string | null {
  let last: unknown = error;
  for (let depth = 0; depth < 5 && last instanceof Error; depth += 1) {
    if (last !== error && 'syscall' in last) return last.message;
    last = last.cause ?? ('original' in last ? last.original : null);
  }
  return null;
}

/** Message of an error without quoted input: a SyntaxError quotes the text, which a person may have written. */
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
/** Depth at which objects are cut: real log objects are flatter. */
const DEEPEST = 6;

/** Fields for the log without values under a secret's name, at any depth. `errors` shortens errors. */
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

/** A digit as people type it, with either keyboard. */
const D = '[0-9０-９]';
/** Separators allowed between the groups of a number. */
const GAP = '[ -]?';
/** A run of digits inside a hash, or a longer number, is not a number of a person. */
const ALONE = [`(?<!${D}|[0-9a-f]{12})`, `(?!${D}|[0-9a-f]{12})`] as const;
const NAMED = '(?:token|secret|key|ticket|password|passwd|pwd|signature)';

/** Patterns of credentials, personal addresses and numbers, anywhere in a line of JSON. Each runs in linear time. */
const TELLING: readonly RegExp[] = [
  // Tokens of chat platforms, and addresses with a secret in them.
  /x(?:ox[a-z]|app|wfp)-[\w%.-]+/g,
  /jishi_[\w-]+\.[\w-]{43}/g,
  /(?<=\/\/hooks\.[\w.-]+\/)[\w/-]+/g,
  // A parameter, a field of JSON (whose quotation marks may be escaped by now), a header, a password in an address.
  new RegExp(`(?<=${NAMED}=)[^&\\s"\\\\]+`, 'gi'),
  new RegExp(`(?<=${NAMED}\\\\{0,7}"\\s{0,4}:\\s{0,4}\\\\{0,7}")[^"\\\\]+`, 'gi'),
  /(?<=(?:password|passwd|pwd|密码|口令)\s?[=:：]\s?)[^\s&"\\]+/gi,
  /bearer\s+[\w.~+/-]+=*/gi,
  /[Bb]asic\s+(?=[a-z+/]*[A-Z0-9=])[\w+/-]+=*/g,
  /\/\/[^/\s"@]+@/g,
  // E-mail, Chinese identity numbers, mobile numbers with or without 86, landlines, numbers of other countries.
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
