import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can go dead without anybody being told, as when a cable is cut. */
export class TcpProxy {
  readonly #to: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #server: Server | null = null;

  constructor(to: number) {
    this.#to = to;
  }

  async listen(): Promise<number> {
    const server = createServer((near) => {
      const far = connect(this.#to, '127.0.0.1');
      const pair = [near, far] as const;
      this.#pairs.add(pair);
      for (const [one, other] of [pair, [far, near] as const]) {
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          other.destroy();
          this.#pairs.delete(pair);
        });
      }
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  /** What is connected now hears nothing any more; new connections work. */
  freeze(): number {
    for (const pair of this.#pairs) {
      for (const socket of pair) {
        socket.unpipe();
        socket.pause();
      }
    }
    return this.#pairs.size;
  }

  /** The cable is cut: what is connected hears nothing any more, and nothing connects. */
  cut(): number {
    this.#server?.close();
    return this.freeze();
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    const server = this.#server;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
