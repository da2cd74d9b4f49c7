import type { Attempt, Peer } from '../simulation/peer.ts';
import { simulate } from '../simulation/simulate.ts';
import { Transcript } from './transcript.ts';

/** Most of what people do is in the first hours; days cost more than they show. */
const HOURS = 2;

/**
 * Everything a seed of the simulation sent and edited, by platform, in the order it left, and how that ended. The tests of
 * the simulation judge whether it is right.
 */
export async function simulated(seed: number): Promise<string> {
  const transcript = new Transcript();
  await simulate(seed, () => {}, {
    hours: HOURS,
    ended: (peers) => {
      for (const peer of peers) write(transcript, peer);
    },
  });
  return transcript.toString();
}

function write(transcript: Transcript, { traits, attempts, messages }: Peer): void {
  const keys = new Map(messages.map(({ ref, key }) => [ref, key]));
  transcript.step(traits.platform);
  for (const attempt of attempts) {
    if (attempt.kind === 'find') continue;
    const key = keys.get(attempt.key) ?? attempt.key;
    const place = `${attempt.address}${attempt.thread === null ? '' : ' in a thread'}`;
    const at = new Date(attempt.wall).toISOString().slice(5, 16);
    transcript.put(`${at} ${attempt.kind} ${place} ${key}: ${endOf(attempt)}`, attempt.body, `${place} ${key}`);
  }
}

function endOf({ outcome, reason }: Attempt): string {
  return reason === null ? (outcome ?? 'lost with the process') : `${outcome}, ${reason}`;
}
