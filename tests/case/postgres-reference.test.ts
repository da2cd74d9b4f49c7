import { it, onTestFinished } from 'vitest';
import { soaked } from '../fakes/soak.ts';
import { emptyDatabase, giveBack, openOn } from '../storage/postgres-harness.ts';
import { playAgainstModel } from './reference.ts';

// @module-tag grows

it('on PostgreSQL too the lead hears what the model says, minute by minute', { timeout: 200_000 }, () =>
  playAgainstModel(soaked(1, 8), async () => {
    const url = await emptyDatabase();
    onTestFinished(() => giveBack(url));
    return { openStore: (clock) => openOn(url, { clock }) };
  }),
);
