import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import type { Intake } from './context.ts';
import type { SlackFile } from './payloads.ts';

/** Giver of files, and the place for the answer. */
export interface GivenIn {
  readonly user: string;
  readonly team: string;
  readonly channel: string;
  readonly thread?: string | undefined;
}

/** Files are kept as evidence of an incident; fetching them comes after, the wish is on disk. */
export async function keepFiles(
  intake: Pick<Intake, 'jobs'>,
  incident: string,
  files: readonly SlackFile[],
  { user, team, channel, thread }: GivenIn,
): Promise<void> {
  for (const { id, name } of files) {
    const job = {
      kind: 'file',
      incident,
      file: id,
      name: name ?? id,
      channel,
      thread: thread ?? null,
      user,
      team,
    } as const;
    await committed(intake.jobs.add(`file:${incident}:${id}`, job));
  }
}

/** As a form carries them. */
export function filesAsArgument(files: readonly SlackFile[]): Readonly<Record<string, string>> {
  return files.length === 0 ? {} : { files: files.map(({ id }) => id).join(',') };
}
export function filesOfArgument(text: string | undefined): readonly SlackFile[] {
  return (text ?? '').split(',').flatMap((id) => (id === '' ? [] : [{ id }]));
}

/** Text for a message that has files only, e.g. their names. */
export function fileWords(files: readonly SlackFile[], language: Language): string {
  if (files.length === 0) return '';
  return translate(language, 'slack.files', { names: fileNames(files) });
}
export function fileNames(files: readonly SlackFile[]): string {
  return files.map(({ id, name }) => name ?? id).join(', ');
}
