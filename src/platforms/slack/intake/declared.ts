import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { IncidentState } from '../../../incident/state.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import type { Intake, Whereabouts } from './context.ts';
import { wantsPrivateRoom } from './private-room.ts';

/**
 * Note to the declaring person beside the card: the reason why no card appears, and that the incident is recorded all
 * the same. Null where the card appears by itself.
 */
function declaredNote(intake: Intake, where: Whereabouts): MessageKey | null {
  if (where.kind === 'shared') return 'slack.shared_channel';
  if (where.kind === 'direct') return 'slack.no_room';
  if (where.joined === false) return 'slack.invite';
  return where.joined === null || intake.api.isTroubled() ? 'slack.recorded' : null;
}

/**
 * After a declaration: the content gets a channel of its own if it was declared in an open channel of an organisation that
 * wants privacy. Returns the note to the declaring person; null where the card appears by itself.
 */
export async function settleIn(
  intake: Intake,
  state: IncidentState,
  where: Whereabouts,
  language: Language,
): Promise<string | null> {
  if (where.kind === 'room' && wantsPrivateRoom(intake, state)) {
    const job = { kind: 'private', incident: state.id, channel: where.room.address } as const;
    await committed(intake.jobs.add(`private:${state.id}`, job));
  }
  const key = declaredNote(intake, where);
  const params = { id: state.id, bot: intake.directory.botName, command: intake.command };
  return key === null ? null : translate(language, key, params);
}
