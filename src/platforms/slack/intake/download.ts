import type { ViewRef } from '../../../conversation/card.ts';
import { sentenceCard } from '../../../conversation/sentence.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { fileAsked } from '../../../use-cases/platform-doors.ts';
import type { Place } from '../../../use-cases/ports.ts';
import { type Intake, whereabouts } from './context.ts';
import { type Handle, line, refusalReply, respond } from './reply.ts';

/** A draft, an e-mail or a fax sheet as a file. */
export async function download(intake: Intake, ref: ViewRef, caller: Caller, handle: Handle): Promise<void> {
  const incident = ref.args['incident'] ?? '';
  const about = { incident, revision: 0, language: caller.language };
  const report = await fileAsked(intake.app, ref, caller);
  if ('code' in report)
    return respond(intake, handle, await refusalReply(intake, { refusal: report, state: null }, about));
  const card = sentenceCard({ raw: report.name });
  const body = intake.messenger.render({ ...about, card, surface: null, ring: false });
  const place = placeFor(intake, caller, handle);
  const file = { name: report.name, mediaType: report.mediaType, content: report.content };
  const outcome = await intake.messenger.canSendFile?.sendFile(place, file, body, `download:${intake.nextId()}`);
  if (outcome?.kind === 'refused') await respond(intake, handle, line('slack.failed', caller.language));
}

/**
 * Where the button stands, which is a thread of the incident; from a room abroad, or an open one whose content is kept
 * private, it goes only to the one who asked, and so it does from a modal.
 */
function placeFor(intake: Intake, caller: Caller, handle: Handle): Place {
  const tenant = intake.directory.team;
  const direct = { tenant, address: caller.account.id, thread: null };
  if (handle.channel === undefined) return direct;
  const where = whereabouts(intake, handle.channel, caller);
  if (where.kind !== 'room') return direct;
  const isPrivate = where.room.open && intake.organisation?.openChannels === 'private';
  if (where.room.location === 'abroad' || isPrivate) return direct;
  return { tenant, address: handle.channel, thread: handle.thread ?? null };
}
