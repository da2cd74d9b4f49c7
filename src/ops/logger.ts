import { type DestinationStream, type Logger, pino } from 'pino';
import { withoutSecrets, withoutTelling } from './redaction.ts';

export type { Logger };

/** Structured JSON lines with redaction. `level` is one of pino's. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { log: (fields: Record<string, unknown>) => withoutSecrets(fields, shortened) },
    // Errors are already short here.
    serializers: { err: (error: unknown) => error },
    hooks: { streamWrite: withoutTelling },
  };
  return destination ? pino(options, destination) : pino(options);
}

const STACK_LINES = 5;
/** An error as one readable entry: what libraries hang onto theirs (requests, bodies, causes of causes) stays out. */
function shortened(error: Error): object {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const stack = error.stack
    ?.split('\n')
    .slice(1, STACK_LINES)
    .map((line) => line.trim());
  return { type: error.constructor.name, ...code, message: messageOf(error), stack };
}

/**
 * Message of an error without quoted input: a SyntaxError quotes the text it could not parse, which a person may have
 * written.
 */
function messageOf(error: Error): string {
  return error instanceof SyntaxError ? error.message.replace(/".*"/s, '"…"') : error.message;
}
