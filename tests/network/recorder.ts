import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

/** Loaded before the program (`--import`): writes down every host it looks up or connects to. */
const file = process.env['NETWORK_LOG'] ?? '';
const note = (what: string): void => appendFileSync(file, `${what}\n`);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  const [first] = args.flat();
  const to = typeof first === 'object' && first !== null ? first : { port: first, host: args[1] };
  if (!('path' in to) || to.path === undefined || to.path === null) {
    const host = 'host' in to && typeof to.host === 'string' ? to.host : 'localhost';
    note(`connect ${host}`);
  }
  return Reflect.apply(connect, this, args);
};
const lookup = dns.lookup;
dns.lookup = Object.assign((...args: Parameters<typeof lookup>): void => {
  note(`lookup ${String(args[0])}`);
  Reflect.apply(lookup, dns, args);
}, lookup);
