import { compose } from '../../cards/compose.ts';
import { type Intake, languageOf, sentence, spotOf } from './context.ts';
import type { EventFrame } from './frames.ts';

/** Somebody opens the conversation: what this is and where to begin. WeCom takes the answer for five seconds. */
export async function entered(intake: Intake, frame: EventFrame): Promise<void> {
  const spot = spotOf(intake, frame.body);
  const card = sentence(
    { key: 'wecom.welcome_title' },
    [
      {
        id: 'new',
        label: { key: 'wecom.new' },
        style: 'primary',
        does: { kind: 'form', form: { form: 'new_incident', args: {} } },
      },
      { id: 'list', label: { key: 'wecom.list' }, does: { kind: 'view', view: { view: 'list', args: {} } } },
      { id: 'help', label: { key: 'wecom.help' }, does: { kind: 'view', view: { view: 'help', args: {} } } },
    ],
    [{ key: 'wecom.welcome' }],
  );
  const message = compose(
    { incident: '', card, language: languageOf(spot), revision: 0, surface: null },
    { flavour: 'bot', inPlace: true },
  );
  await intake.sender.welcome(frame.headers.req_id, message);
}
