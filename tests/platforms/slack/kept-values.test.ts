import { expect, it } from 'vitest';
import { keepValues, keptValue, pruneValues } from '../../../src/platforms/slack/render/values.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { memoryKept } from './kept.ts';

const DAY = 86_400_000;

it('what buttons refer to is kept as long as it is shown, and half a year longer', async () => {
  const clock = new ManualClock();
  const deps = { kept: memoryKept(), clock };
  await deps.kept.put('self', 'not a value');
  await keepValues(deps, { Aold: '{"a":"|"}', _new: '{"b":1}' });
  expect(await keptValue(deps.kept, 'Aold')).toBe('{"a":"|"}');
  clock.advance(100 * DAY);
  await keepValues(deps, { _new: '{"b":1}' });
  await pruneValues(deps);
  expect(deps.kept.values.size).toBe(3);
  clock.advance(81 * DAY);
  await pruneValues(deps);
  expect(await keptValue(deps.kept, 'Aold')).toBeNull();
  expect(await keptValue(deps.kept, '_new')).toBe('{"b":1}');
  expect(await deps.kept.get('self')).toBe('not a value');
});
