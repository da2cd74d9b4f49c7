import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface Ask {
  /** The next line, trimmed; null when nothing more will come. A secret is not shown while it is typed. */
  ask(question: string, options: { readonly secret: boolean }): Promise<string | null>;
  close(): void;
}

/** Questions on a terminal, or answers from a pipe, one per line. */
export function createAsk(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
): Ask {
  let muted = false;
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!muted) output.write(chunk);
      done();
    },
  });
  const terminal = input.isTTY === true;
  const lines = createInterface({ input, output: echo, terminal });
  const next = lines[Symbol.asyncIterator]();
  return {
    ask: async (question, { secret }) => {
      output.write(question);
      muted = secret;
      const line = await next.next();
      muted = false;
      if (secret && terminal) output.write('\n');
      return line.done ? null : line.value.trim();
    },
    close: () => lines.close(),
  };
}
