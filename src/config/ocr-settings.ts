import { z } from 'zod';
import { type SettingsGroup, variable } from './settings.ts';

export const ocrVariables = z.object({
  OCR_PACKAGES: variable(
    z.string().min(1).max(1_000).optional(),
    'Folder with the packages that read pictures on this machine (docs/second-reader.md#pictures). Unset: pictures are kept, not read.',
  ),
});

export const OCR_GROUP: SettingsGroup = { title: 'Reading pictures', variables: ocrVariables, needs: [] };
