import { checkGolden } from './check.ts';
import { SIMULATIONS } from './transcripts.ts';

/** So many in `npm test`; the soak, also the short one of CI, and `npm run golden` play all of them. */
const PLAYED = process.env['SOAK_SEED'] === undefined ? 8 : Number.POSITIVE_INFINITY;

checkGolden(Object.fromEntries(Object.entries(SIMULATIONS).slice(0, PLAYED)), 120_000);
