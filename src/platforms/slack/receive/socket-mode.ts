import { z } from 'zod';
import { parseJson } from '../../../ops/json.ts';
import type { BackgroundWork } from '../../../talk/background-work.ts';
import type { KeptSocketOptions } from '../../shared/kept-socket.ts';
import type { Standing } from '../../shared/standing.ts';
import { keptWebSocket } from '../../shared/web-socket.ts';
import { ask, type ClientOptions, slackClient } from '../send/api.ts';
import type { Receive } from './receive.ts';

export interface SocketModeDependencies
  extends Omit<ClientOptions, 'log'>,
    Pick<KeptSocketOptions, 'log' | 'connected'> {
  readonly appToken: string;
  readonly receive: Receive;
  readonly after: BackgroundWork;
  readonly standing: Pick<Standing, 'is'>;
}

const opened = z.object({ url: z.string() });
const told = { type: z.string(), reason: z.string().default('') };
const frameSchema = z.object({ ...told, envelope_id: z.string().optional(), payload: z.unknown().optional() });
const REFRESH = new Set(['warning', 'refresh_requested']);

/** Creates the receiver of Socket Mode: one connection; payloads are acknowledged once on disk, else repeated. */
export function socketMode(deps: SocketModeDependencies) {
  const { appToken, receive, after, log: _, ...options } = deps;
  // The socket itself logs that there is no connection.
  const client = slackClient({ ...options, credentials: 'app' });
  const address = async (): Promise<string> => opened.parse(await ask(client, appToken, 'apps.connections.open')).url;
  const arrived = async (id: string, payload: unknown, send: (text: string) => void): Promise<void> => {
    // The payload is not on disk, so not acknowledged: Slack repeats an event, and shows a person an error.
    const handled = await receive(payload).catch(() => null);
    if (handled === null) return;
    // A broken connection loses the acknowledgement; Slack sends the payload again, and its key identifies it.
    send(JSON.stringify({ envelope_id: id, payload: handled.ack ?? {} }));
    after.run(handled.after);
  };
  const listener = keptWebSocket({
    ...{ ...deps, name: 'Slack', address, greets: true, http: client.http },
    received: (data, send, events) => {
      const frame = frameSchema.safeParse(parseJson(String(data))).data;
      if (frame?.type === 'hello') events.ready();
      if (frame?.type === 'disconnect') REFRESH.has(frame.reason) ? events.replace() : events.lost(frame.reason);
      if (frame?.envelope_id !== undefined) void arrived(frame.envelope_id, frame.payload, send);
    },
  });
  return {
    ...listener,
    stop: async (): Promise<void> => {
      listener.stop();
      await client.http.close();
    },
  };
}
