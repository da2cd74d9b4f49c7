import { BUCKETS, featuresOf } from '../../src/conversation/text/topics/topic-features.ts';
import type { Example } from './examples.ts';

/** Weights of a model: for each bucket of features one per topic. */
export interface Model {
  readonly topics: readonly string[];
  readonly weights: Float32Array;
}

const [EPOCHS, RATE, DECAY] = [12, 0.25, 2e-5];

/** Learns topics by softmax regression with adaptive steps, in an order that is always the same. */
export function learn(examples: readonly Example[]): Model {
  const topics = [...new Set(examples.map(({ topic }) => topic))].toSorted();
  const weights = new Float32Array(BUCKETS * topics.length);
  const squares = new Float32Array(weights.length).fill(1e-4);
  const data = examples.map(({ text, asked, topic, weight }) => ({
    features: featuresOf(text, asked),
    topic: topics.indexOf(topic),
    weight,
  }));
  let seed = 12_345;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (let index = data.length - 1; index > 0; index -= 1) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const other = (seed >>> 4) % (index + 1);
      const [one, two] = [data[index], data[other]];
      if (one && two) [data[index], data[other]] = [two, one];
    }
    for (const one of data) step(weights, squares, topics.length, one);
  }
  return { topics, weights };
}

interface Datum {
  readonly features: readonly number[];
  readonly topic: number;
  readonly weight: number;
}

/** Moves the weights of one example's features. Plain loops: they run a hundred million times. */
function step(weights: Float32Array, squares: Float32Array, size: number, { features, topic, weight }: Datum): void {
  const norm = 1 / Math.sqrt(features.length);
  const slopes = sharesOf(weights, size, features);
  slopes[topic] = (slopes[topic] ?? 0) - 1;
  for (const bucket of features)
    for (let index = 0; index < size; index += 1) {
      const at = bucket * size + index;
      const before = weights[at] ?? 0;
      const slope = weight * (slopes[index] ?? 0) * norm + DECAY * before;
      const square = (squares[at] ?? 0) + slope * slope;
      squares[at] = square;
      weights[at] = before - (RATE * slope) / Math.sqrt(square);
    }
}

function sharesOf(weights: Float32Array, size: number, features: readonly number[]): Float64Array {
  const sums = new Float64Array(size);
  for (const bucket of features)
    for (let index = 0; index < size; index += 1)
      sums[index] = (sums[index] ?? 0) + (weights[bucket * size + index] ?? 0);
  const norm = 1 / Math.sqrt(features.length);
  const highest = sums.reduce((most, one) => Math.max(most, one), -Infinity);
  const shares = sums.map((sum) => Math.exp((sum - highest) * norm));
  const total = shares.reduce((all, one) => all + one, 0);
  return shares.map((share) => share / total);
}

const LARGEST = 127;
/** Least weight that is kept, as a part of the largest. */
const LEAST = 0.08;

/** Packs a model: for each bucket the number of its weights, then pairs of a topic and its weight, a byte each. */
export function packed({ topics, weights }: Model): { readonly scale: number; readonly weights: string } {
  const scale = weights.reduce((most, one) => Math.max(most, Math.abs(one)), 0) / LARGEST;
  const bytes: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const own = [...weights.subarray(bucket * topics.length, (bucket + 1) * topics.length)];
    // What all topics share changes no probability.
    const middle = own.toSorted((one, other) => one - other)[own.length >> 1] ?? 0;
    const pairs = own.flatMap((weight, topic) => {
      const value = Math.max(-LARGEST, Math.min(LARGEST, Math.round((weight - middle) / scale)));
      return Math.abs(value) >= LEAST * LARGEST ? [topic, value & 255] : [];
    });
    bytes.push(pairs.length / 2, ...pairs);
  }
  return { scale, weights: Buffer.from(bytes).toString('base64') };
}
