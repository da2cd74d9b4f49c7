import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

/** A message as a reader of the fake chat sees it. */
export interface ChatMessage {
  readonly ref: string;
  readonly address: string;
  readonly thread: string | null;
  readonly key: string;
  body: string;
  edits: number;
}

/**
 * A chat platform over a real socket that is as unhelpful as real ones: it takes the same message twice if asked twice,
 * and can lose answers after it did the work. It survives the program under test.
 */
export class ChatServer {
  readonly messages: ChatMessage[] = [];
  /** Answers that are lost after the work was done: one of every `loseEvery` posts; 0 never. */
  loseEvery = 0;
  delayMs = 0;
  down = false;
  #posts = 0;
  #server: Server | null = null;

  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      void this.#handle(request).then(async (answer) => {
        if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
        if (answer === null) {
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer.body));
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  async #handle(request: IncomingMessage): Promise<{ status: number; body: unknown } | null> {
    if (this.down) return { status: 503, body: {} };
    const input: Record<string, string | null> = JSON.parse(await text(request));
    switch (request.url) {
      case '/post':
        return this.#post(input);
      case '/edit': {
        const found = this.messages.find((m) => m.ref === input['ref']);
        if (!found) return { status: 404, body: {} };
        found.body = input['body'] ?? '';
        found.edits += 1;
        return { status: 200, body: { ref: found.ref } };
      }
      case '/find': {
        const found = this.messages.find((m) => m.key === input['key'] && m.address === input['address']);
        return { status: 200, body: { ref: found?.ref ?? null } };
      }
      default:
        return { status: 404, body: {} };
    }
  }

  #post(input: Record<string, string | null>): { status: number; body: unknown } | null {
    this.#posts += 1;
    const message: ChatMessage = {
      ref: `m${this.#posts}`,
      address: input['address'] ?? '',
      thread: input['thread'] ?? null,
      key: input['key'] ?? '',
      body: input['body'] ?? '',
      edits: 0,
    };
    this.messages.push(message);
    const lost = this.loseEvery > 0 && this.#posts % this.loseEvery === 0;
    return lost ? null : { status: 200, body: { ref: message.ref } };
  }
}
