/** The parts of Feishu's SDK that are used. Its own types are one file of 17 MB, which every type check would have to read. */
declare module '@larksuiteoapi/node-sdk' {
  type Log = (...words: readonly unknown[]) => void;
  type Logger = Readonly<Record<'error' | 'warn' | 'info' | 'debug' | 'trace', Log>>;
  export class EventDispatcher {
    constructor(options: { readonly logger: Logger });
    register(handlers: Readonly<Record<string, (event: unknown) => Promise<unknown>>>): this;
  }
  export class WSClient {
    constructor(options: {
      readonly appId: string;
      readonly appSecret: string;
      readonly domain: string;
      readonly agent: import('node:http').Agent;
      readonly httpInstance: {
        request(call: { readonly url: string; readonly data: unknown }): Promise<unknown>;
      };
      readonly logger: Logger;
      readonly handshakeTimeoutMs: number;
      readonly wsConfig: { readonly pingTimeout: number };
      readonly onReady: () => void;
      readonly onReconnected: () => void;
      readonly onError: (error: Error) => void;
    });
    start(options: { readonly eventDispatcher: EventDispatcher }): Promise<void>;
    close(options: { readonly force: boolean }): void;
    getConnectionStatus(): { readonly state: string };
  }
}
