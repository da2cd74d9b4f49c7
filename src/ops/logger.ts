import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/** Names under which secrets or people's words might be handed to the log; their values never are. */
const SECRET = [
  'authorization',
  'cookie',
  'token',
  'secret',
  'password',
  'signature',
  'access_token',
  'corpsecret',
  'key',
  'aeskey',
  'response_url',
  'body',
  'text',
  'payload',
  'title',
  'value',
  'name',
  'phone',
  'email',
];
const PATHS = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** What looks like a credential, or like the address or number of a person, wherever it stands in a line. */
const TELLING = [
  /xox[abposr]-[\w-]+/g,
  /xapp-[\w-]+/g,
  /(access_token|corpsecret|key|ticket|secret)=[^&\s"]+/gi,
  /Bearer\s+[\w.~+/-]+=*/gi,
  /\/\/[^/\s"@]+@/g,
  /[\w.+-]+@[\w-]+(\.[\w-]+)+/g,
  /(?<!\d)1[3-9]\d{9}(?!\d)/g,
];

/** Structured JSON lines with redaction. `level` is one of pino's. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: PATHS, censor: '[redacted]' },
    serializers: { err: shortened },
    hooks: {
      streamWrite: (line: string): string => TELLING.reduce((out, pattern) => out.replace(pattern, '[redacted]'), line),
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

const STACK_LINES = 5;
/** An error as one readable entry: what libraries hang onto theirs (requests, bodies, causes of causes) stays out. */
function shortened(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const stack = error.stack
    ?.split('\n')
    .slice(1, STACK_LINES)
    .map((line) => line.trim());
  return { type: error.constructor.name, ...code, message: messageOf(error), stack };
}

/** What could not be parsed stands between the quotation marks of the message; it may be what a person wrote. */
function messageOf(error: Error): string {
  return error instanceof SyntaxError ? error.message.replace(/".*"/s, '"…"') : error.message;
}
