import { readNumber, readPast } from '../conversation/asking/value-readings.ts';
import { localise } from '../conversation/cards/localise.ts';
import type { App } from './app.ts';
import { jsonOf } from './json.ts';

/** Reading of a time or a number in the unit of a form field, the same as in forms and chat. `now` is ISO 8601. */
export const interpret: App['interpret'] = (kind, text, now, language, unit) => {
  const reading = kind === 'time' ? readPast(text, now) : readNumber(text, unit);
  if (!reading.ok) return { understood: false, value: null, text: localise(reading.error, language) };
  return { understood: true, value: jsonOf(reading.value), text: localise(reading.text, language) };
};
