import { it } from 'vitest';
import { soaked } from '../fakes/soak.ts';
import { playAgainstModel } from './reference.ts';

// @module-tag grows

it('the lead hears what a model of forty lines says, minute by minute', { timeout: 200_000 }, () =>
  playAgainstModel(soaked(2, 40)),
);
