/** The regime every incident is graded by; clock packs stand beside it. */
export const BASE_REGIME = 'cn-cac-2025';
