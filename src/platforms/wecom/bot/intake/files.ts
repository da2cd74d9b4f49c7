import { type Intake, line, type Spot } from './context.ts';
import type { GivenFile } from './evidence.ts';

/** Files become evidence of an incident: each is fetched, again after a crash. */
export async function evidenceOf(intake: Intake, incident: string, files: readonly GivenFile[]): Promise<void> {
  for (const file of files) await intake.evidence.add(file.msgid, { ...file, incident });
}

/** The incident of the files a person gave before was chosen. */
export async function filesPlaced(intake: Intake, spot: Spot, incident: string): Promise<void> {
  const files = await intake.unplaced.take(spot.caller.account.id);
  if (files.length === 0) return line(intake, spot, 'wecom.upload');
  await intake.talk.focus(spot, incident);
  await evidenceOf(intake, incident, files);
}
