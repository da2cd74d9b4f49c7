/** Rules of the server that the page applies: the file server answers `lib/rules.js` with these values. */
import { URGENT_MINUTES } from '../../../../conversation/cards/headline.ts';

/** Milliseconds before a deadline from which its clock is red, as on cards. */
export const URGENT = URGENT_MINUTES * 60_000;
