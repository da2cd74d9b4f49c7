import { checkGolden } from './check.ts';
import { SIMULATIONS } from './transcripts.ts';

checkGolden(SIMULATIONS, 120_000);
