import { Hopeless } from '../../../talk/jobs.ts';
import { fetchFile, refusalOfFile, TooLarge } from '../evidence.ts';
import type { Job } from '../job.ts';
import { callerOf, delivery, type Intake } from './context.ts';
import { line, respond, sentence } from './reply.ts';

/** Fetches a file into the store and records it; sends the result to the person who gave it. */
export async function keepEvidence(
  intake: Intake & { readonly token: string; readonly fileOrigin: string | null },
  job: Extract<Job, { kind: 'file' }>,
): Promise<void> {
  const caller = callerOf(intake, { id: job.user, team: job.team });
  // They gave it in the thread, however long ago that is by now.
  intake.directory.seenIn(job.user, job.channel);
  const handle = { channel: job.channel, thread: job.thread ?? undefined, user: job.user };
  // A round that looks at the thread again finds the same file again.
  const mark = `evidence:${job.incident}:${job.file}`;
  if ((await intake.kept.get(mark)) !== null) return;
  const fetched = await fetchFile({ ...intake, origin: intake.fileOrigin }, job.file, job.name);
  if (fetched.kind === 'refused') {
    await respond(intake, handle, sentence(refusalOfFile(caller.language, fetched.name, fetched.why)));
    return;
  }
  try {
    const result = await intake.app.attach({
      incident: job.incident,
      name: fetched.name,
      mediaType: fetched.mediaType,
      content: fetched.content,
      caller,
      delivery: delivery(`file:${job.incident}:${job.file}`, job.file),
    });
    if (result.kind === 'refused') throw new Hopeless(result.refusal.code);
    await intake.kept.put(mark, 'kept');
    if (!result.replayed)
      await respond(intake, handle, line('slack.file_kept', caller.language, { name: fetched.name }));
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    await respond(intake, handle, sentence(refusalOfFile(caller.language, fetched.name, 'slack.file_size')));
  }
}
