import type { ViewRef } from '../../../conversation/card.ts';
import type { Caller } from '../../../use-cases/app.ts';
import type { Intake } from './context.ts';
import { type Handle, line, refusalReply, respond } from './reply.ts';

const FORMATS = ['docx', 'pdf', 'md', 'json'] as const;

/**
 * A draft as a file: uploaded where the button stands, which is a thread of the incident; pressed elsewhere it goes to the
 * one who asked.
 */
export async function download(intake: Intake, ref: ViewRef, caller: Caller, handle: Handle): Promise<void> {
  const { args } = ref;
  const incident = args['incident'] ?? '';
  const format = FORMATS.find((one) => one === args['format']) ?? 'docx';
  const about = { incident, revision: 0, language: caller.language };
  const report = await intake.app.report(incident, caller, {
    format,
    language: args['language'] === 'en' ? 'en' : 'zh',
    version: args['version'] === 'internal' ? 'internal' : 'submission',
  });
  if ('code' in report) return respond(intake, handle, await refusalReply(intake, report, about));
  const text = { raw: report.name };
  const body = intake.messenger.render({
    incident,
    card: { tone: 'calm', drill: false, title: text, summary: text, blocks: [] },
    language: caller.language,
    revision: 0,
    surface: null,
    ring: false,
  });
  const place = {
    tenant: intake.directory.team,
    address: handle.channel ?? caller.account.id,
    thread: handle.channel === undefined || handle.channel.startsWith('D') ? null : (handle.thread ?? null),
  };
  const file = { name: report.name, mediaType: report.mediaType, content: report.content };
  const outcome = await intake.messenger.canSendFile?.sendFile(place, file, body, `download:${intake.nextId()}`);
  if (outcome?.kind === 'refused') await respond(intake, handle, line('slack.failed', caller.language));
}
