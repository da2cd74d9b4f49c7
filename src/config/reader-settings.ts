import { z } from 'zod';
import { type SettingsGroup, secretVariable, token, variable, web } from './settings.ts';

export const readerVariables = z.object({
  READER_URL: secretVariable(
    web('https://models.example.com/v1').optional(),
    'Second reader: an OpenAI-compatible server that marks facts in what nobody could read (docs/second-reader.md).',
  ),
  READER_MODEL: variable(z.string().min(1).max(100).optional(), 'Name of its model.'),
  READER_KEY: secretVariable(token.optional(), 'Key it asks for, if any.'),
  READER_PLACE: variable(
    z.enum(['home', 'abroad'], 'must be home or abroad').optional(),
    'Place where it stands: home (mainland China) or abroad. Abroad it gets nothing while personal or important data may be affected.',
  ),
});

export const READER_GROUP: SettingsGroup = {
  title: 'Second reader',
  variables: readerVariables,
  needs: [['READER_URL'], ['READER_MODEL'], ['READER_PLACE']],
};

/** Returns the settings of the second reader; null while it is off. */
export function readerConfigOf(given: z.output<typeof readerVariables>) {
  const { READER_URL: url, READER_MODEL: model, READER_KEY: key = null, READER_PLACE: place } = given;
  return url === undefined || model === undefined || place === undefined
    ? null
    : { url, model, key, isAbroad: place === 'abroad' };
}
export type ReaderConfig = NonNullable<ReturnType<typeof readerConfigOf>>;
