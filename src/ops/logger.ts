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

/** Values that look like a credential, wherever they stand in a message. */
const CREDENTIALS = [
  /xox[abposr]-[\w-]+/g,
  /xapp-[\w-]+/g,
  /(access_token|corpsecret|key|ticket|secret)=[^&\s"]+/gi,
  /Bearer\s+[\w.~+/-]+=*/gi,
];

/** Structured JSON lines with redaction. `level` is one of pino's. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: PATHS, censor: '[redacted]' },
    hooks: {
      streamWrite: (line: string): string =>
        CREDENTIALS.reduce((out, pattern) => out.replace(pattern, '[redacted]'), line),
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
