import fc from 'fast-check';

/** Any character, never half of one. The unit `binary` of fast-check first builds a table of a million characters. */
export const ANY_CHARACTER = fc
  .oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));
