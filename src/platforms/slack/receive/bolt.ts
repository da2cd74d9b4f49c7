import { App, type Receiver } from '@slack/bolt';
import type { Handled } from '../hear/spots.ts';
import { quietLogger } from '../send/api.ts';

/** Listener for Bolt: gets the payload as it came, to be parsed by a schema of ours. */
export type Listener = (args: { readonly body: object }) => Promise<void>;
/** Turns a handler of ours into a listener of Bolt. */
export type Answering = (handle: (body: object) => Handled | Promise<Handled>) => Listener;

/**
 * Routing by Slack's Bolt. It acknowledges events before any listener runs and would log what a listener throws; both
 * would lose what people wrote when a commit fails. So its acknowledgement does nothing, the result or error of a
 * listener is kept, and the transport sends the real one after `process` resolved. `authorize` makes no request:
 * nothing on the way to the acknowledgement waits for the network.
 */
export class BoltDispatch implements Receiver {
  readonly #handled = new WeakMap<object, Promise<Handled>>();
  #app: App | null = null;

  constructor(botToken: string, listen: (app: App, answering: Answering) => void) {
    const app = new App({
      receiver: this,
      authorize: async () => ({ botToken }),
      logger: quietLogger,
      convoStore: false,
      // Our own messages are recognised by their content where it matters, not by Bolt.
      ignoreSelf: false,
      attachFunctionToken: false,
    });
    listen(app, (handle) => async ({ body }) => {
      const handled = Promise.resolve(body).then(handle);
      this.#handled.set(body, handled);
      // An error is thrown by `process`, not logged by Bolt.
      await handled.catch(() => {});
    });
  }

  init(app: App): void {
    this.#app = app;
  }
  // The transports are started and stopped with the platform.
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Null: no listener wanted it. Throws what its listener threw. */
  async process(body: object): Promise<Handled | null> {
    await this.#app?.processEvent({ body, ack: async () => {} });
    return (await this.#handled.get(body)) ?? null;
  }
}
