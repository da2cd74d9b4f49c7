import fc from 'fast-check';
import { SOAK_SEED } from './soak.ts';

// Property tests draw the same cases in each `npm test`: what is red there is about the change. Each round of a soak has its own.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SOAK_SEED ?? 7 });
