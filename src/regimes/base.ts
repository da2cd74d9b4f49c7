/** Regime that grades every incident; clock packs add duties to it. */
export const BASE_REGIME = 'cn-cac-2025';
