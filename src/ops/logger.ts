import { type DestinationStream, type Logger, pino } from 'pino';
import { withoutSecrets, withoutTelling } from './redaction.ts';
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
/** An error as one readable entry: what libraries hang onto theirs (requests, bodies, causes of causes) stays out. */
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

/**
 * Message of an error without quoted input: a SyntaxError quotes the text it could not parse, which a person may have
 * written.
 */
function messageOf(error: Error): string {
  return error instanceof SyntaxError ? error.message.replace(/".*"/s, '"…"') : error.message;
}
