import { soaked } from '../fakes/soak.ts';
import { checkGolden } from './check.ts';
import { SIMULATIONS } from './transcripts.ts';

// @module-tag grows

/** A whole soak and `npm run golden` play all of them. */
const PLAYED = soaked(1, Object.keys(SIMULATIONS).length);

checkGolden(Object.fromEntries(Object.entries(SIMULATIONS).slice(0, PLAYED)), 120_000);
