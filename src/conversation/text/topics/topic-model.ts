import type { LineReading } from '../line-reading.ts';
import { BUCKETS, featuresOf, withSigns } from './topic-features.ts';
import data from './topic-weights.json' with { type: 'json' };

/** Subject of a line, and its share of the probability. */
export interface Topic {
  readonly id: string;
  readonly share: number;
}

interface Weights {
  /** First entry of each bucket in `topics` and `values`. */
  readonly starts: Int32Array;
  readonly topics: Uint8Array;
  readonly values: Int8Array;
}

/** Weights of the model, unpacked at first use: for each bucket a count, and pairs of a topic and its weight. */
function unpacked(): Weights {
  const bytes = Buffer.from(data.weights, 'base64');
  const starts = new Int32Array(BUCKETS + 1);
  const topics = new Uint8Array(bytes.length);
  const values = new Int8Array(bytes.length);
  let size = 0;
  for (let bucket = 0, at = 0; bucket < BUCKETS; bucket += 1) {
    const count = bytes[at] ?? 0;
    at += 1;
    for (let n = 0; n < count; n += 1, at += 2, size += 1) {
      topics[size] = bytes[at] ?? 0;
      values[size] = ((bytes[at + 1] ?? 0) << 24) >> 24;
    }
    starts[bucket + 1] = size;
  }
  return { starts, topics, values };
}
let weights: Weights | null = null;

/**
 * Returns what a line is about, the likeliest topic first. The model only chooses what is offered: it never records.
 *
 * @param asked id of the open question.
 */
export function topicsOf(
  line: string,
  reading: LineReading,
  asked: string,
  people: RegExp | null,
  systems: RegExp | null,
): readonly Topic[] {
  weights ??= unpacked();
  const { starts, topics, values } = weights;
  const features = featuresOf(withSigns(line, reading, people, systems), asked);
  const sums = new Float64Array(data.topics.length);
  for (const bucket of features)
    for (let at = starts[bucket] ?? 0; at < (starts[bucket + 1] ?? 0); at += 1) {
      const topic = topics[at] ?? 0;
      sums[topic] = (sums[topic] ?? 0) + (values[at] ?? 0);
    }
  const scale = data.scale / Math.sqrt(features.length);
  const highest = Math.max(...sums);
  const shares = sums.map((sum) => Math.exp((sum - highest) * scale));
  const total = shares.reduce((all, one) => all + one, 0);
  return data.topics
    .map((id, index) => ({ id, share: (shares[index] ?? 0) / total }))
    .toSorted((one, other) => other.share - one.share);
}
