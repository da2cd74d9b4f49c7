import type { ViewRef } from '../../../conversation/cards/card.ts';
import { sentenceCard } from '../../../conversation/cards/sentence.ts';
import { fileRefusedCard } from '../../../conversation/filing/file-refused.ts';
import { showsAll } from '../../../incident/visibility.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { fileAsked } from '../../../use-cases/platform-support.ts';
import type { Place } from '../../../use-cases/ports.ts';
import { type Intake, whereabouts } from './context.ts';
import { type Handle, refusalReply, replyOf, respond } from './reply.ts';

/** A draft, an e-mail or a fax sheet as a file. */
export async function download(intake: Intake, ref: ViewRef, caller: Caller, handle: Handle): Promise<void> {
  const incident = ref.args['incident'] ?? '';
  const about = { incident, revision: 0, language: caller.language };
  const report = await fileAsked(intake.app, ref, caller);
  if ('code' in report)
    return respond(intake, handle, await refusalReply(intake, { refusal: report, state: null }, about));
  const card = sentenceCard({ raw: report.name });
  const body = intake.messenger.render({ ...about, card, surface: null, ring: false });
  const place = await placeFor(intake, incident, caller, handle);
  const file = { name: report.name, mediaType: report.mediaType, content: report.content };
  const outcome = await intake.messenger.canSendFile?.sendFile(place, file, body, `download:${intake.nextId()}`);
  if (outcome?.kind !== 'refused') return;
  intake.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  const state = await intake.app.state(incident, caller);
  const refused = fileRefusedCard(report.name, outcome.detail, ref);
  await respond(intake, handle, await replyOf(intake, refused, { ...about, revision: state?.version ?? 0 }));
}

/**
 * The thread the button stands in, if its room shows all of the incident; from any other room, and from a modal, the file
 * goes only to the one who asked.
 */
async function placeFor(intake: Intake, incident: string, caller: Caller, handle: Handle): Promise<Place> {
  const tenant = intake.directory.team;
  const direct = { tenant, address: caller.account.id, thread: null };
  if (handle.channel === undefined) return direct;
  const where = whereabouts(intake, handle.channel, caller);
  if (where.kind !== 'room') return direct;
  const state = await intake.app.state(incident, caller);
  if (!state || !showsAll(state, where.room)) return direct;
  return { tenant, address: handle.channel, thread: handle.thread ?? null };
}
