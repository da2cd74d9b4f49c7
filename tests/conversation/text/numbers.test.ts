import { describe, expect, it } from 'vitest';
import { interpretNumber } from '../../../src/conversation/text/numbers/numbers.ts';
import { CHINESE, ENGLISH, WITH_UNIT } from './number-phrases.ts';

describe('numbers as people write them', () => {
  it.each(CHINESE)('%s', (text, expected) => {
    expect(interpretNumber(text)).toEqual(expected);
  });
  it.each(ENGLISH)('%s', (text, expected) => {
    expect(interpretNumber(text)).toEqual(expected);
  });
  it.each(WITH_UNIT)('%s, asked in %s', (text, unit, expected) => {
    expect(interpretNumber(text, { unit })).toEqual(expected);
  });
});
