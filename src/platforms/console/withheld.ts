import { type Room, roomId } from '../../incident/identity.ts';
import type { LoggedMessage } from '../../use-cases/ports.ts';
import type { Threads } from './threads.ts';

/**
 * Whether a line is shown to nobody any more: after a state-secret stop what was said in the thread before it, and what
 * people still write there. What the bot says from then on holds id, clocks and lead alone.
 */
export async function isWithheld(
  message: Pick<LoggedMessage, 'address' | 'thread' | 'author' | 'at'>,
  { rooms, threads }: { readonly rooms: readonly Room[]; readonly threads: Pick<Threads, 'stoppedAt'> },
): Promise<boolean> {
  const room = rooms.find(({ address }) => address === message.address);
  if (message.thread === null || room === undefined) return false;
  const stopped = await threads.stoppedAt(roomId(room), message.thread);
  return stopped !== null && (message.author !== null || message.at < stopped);
}
