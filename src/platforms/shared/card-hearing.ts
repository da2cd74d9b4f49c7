import { type LocalForm, localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import { withEntered } from '../../talk/filling.ts';
import { InOrder } from '../../talk/in-order.ts';
import type { Given, Intake } from '../../talk/intake-options.ts';
import { keptIfFailed } from '../../talk/keep-failed.ts';
import type { PlatformNeeds } from '../description.ts';
import { answerBody, spotAt } from './card-answers.ts';
import { drawnForm, type Entered, isTooLong } from './card-form.ts';
import { valueIn } from './card-view.ts';
import type { CardEvent, CardKinds, CardPlatform, Hear, Told } from './card-wire.ts';
import type { Chats } from './chats.ts';
import { type Acknowledging, type Heard, Hearing, type Places } from './hearing.ts';
import type { People } from './people.ts';

/** Key of the kept value that says that a press has arrived. */
export const CLICKED = 'clicked';

export interface CardHearingDependencies<File extends Given>
  extends Pick<PlatformNeeds, 'inbox' | 'kept' | 'clock' | 'log' | 'threads' | 'surfaces' | 'returned'> {
  readonly of: CardPlatform<File>;
  readonly intake: Intake<File>;
  readonly chats: Chats;
  readonly people: People;
}

/** Handler of the payloads of a platform of cards; rejects if one cannot be committed, so that it is delivered again. */
export function hearingCards<File extends Given>(deps: CardHearingDependencies<File>): Hear {
  const { of, intake, kept, people } = deps;
  const hearing = new Hearing<CardKinds<File>>({ ...deps, places: placesOf(deps), acks: acknowledging(of) });
  const conversations = new InOrder();
  let isClicked = false;
  return (raw) => {
    const said: { language: Language } = { language: 'zh-CN' };
    return keptIfFailed(deps, {
      ...{ platform: of.platform, body: raw, secrets: of.secrets },
      handle: async () => {
        const event = of.parse(raw);
        if (!event) return null;
        if ('user' in event) said.language = people.caller(event.user).language;
        if (event.kind === 'pressed' && !isClicked) {
          isClicked = true;
          intake.after.run(() => kept.put(CLICKED, event.id));
        }
        const take = () => hearing.take(heard(event));
        const { ack = null, after } = await (event.kind === 'said' ? conversations.run(event.chat, take) : take());
        intake.after.run(after);
        return ack;
      },
      apologise: () => ({ mood: 'refused', say: translate(said.language, 'chat.failed'), card: null }),
    });
  };
}

/** The event with the address of its answers: below the message that was written or pressed. */
function heard<File extends Given>(event: CardEvent<File>): Heard<CardKinds<File>> {
  if (event.kind === 'said') return { ...event, at: spotAt(event.chat, event.id) };
  if (event.kind !== 'pressed') return event;
  return { ...event, at: spotAt(event.chat, event.message), value: valueIn(event.value) };
}

function placesOf<File extends Given>({
  chats,
  people,
}: Pick<CardHearingDependencies<File>, 'chats' | 'people'>): Places<CardKinds<File>> {
  return {
    spot: async (act) => {
      if (act.kind === 'pressed') return chats.spot(act);
      const { user, name, chat } = act;
      if (name !== undefined) await people.met(user, name);
      if (act.isDirect) await chats.put(chat, { direct: true, external: false, open: false, members: [user] });
      const spot = await chats.spot(act);
      // The answer to a line is posted below it.
      return spot.place.kind === 'room' ? { ...spot, caller: { ...spot.caller, aloud: true } } : spot;
    },
    left: (chat, user) => chats.member(chat, user, false),
    changed: async ({ chat, change }) => {
      await chats.changed(chat, change === 'shared');
      return {};
    },
  };
}

/** Answers a press or a form by a sentence, and by a card that replaces the pressed one. */
function acknowledging<File extends Given>(of: CardPlatform<File>): Acknowledging<CardKinds<File>> {
  const { drawing } = of;
  const told = (mood: Told['mood'], say: string, card: Told['card'] = null) => ({ ack: { mood, say, card } });
  return {
    refused: ({ caller }, text) => told('refused', localise(text, caller.language)),
    pressed: ({ caller: { outside, language }, place }, outcome, after) => {
      if (outside) return { ...told('refused', translate(language, 'chat.shared')), after };
      const [first] = outcome?.answers ?? [];
      const isDone = outcome?.change?.kind === 'done';
      if (outcome?.change && first?.kind === 'card')
        return { ...told(isDone ? 'done' : 'refused', localise(first.card.title, language)), after };
      if (isDone || place.kind === 'direct') return { after };
      return { ...told('told', translate(language, 'chat.sent_to_you')), after };
    },
    filled: async ({ caller: { language } }, { value }, result) => {
      if (result === null || result.kind === 'closed')
        return told('refused', translate(language, result ? 'chat.old_button' : 'chat.shared'));
      if (result.kind === 'done') {
        // A filing is read back first: it is recorded by the button of that card.
        const { asks } = result;
        const card = answerBody(of, asks ?? sentenceCard({ key: 'chat.recorded' }, [], 'done'), result);
        if (asks) return told('told', localise(asks.title, language), card);
        return told('done', translate(language, 'chat.recorded'), card);
      }
      const { form, errors, revision } = result;
      const card = drawnForm({ form, value: { ...value, r: revision }, language, errors }, drawing);
      return told('refused', Object.values(errors)[0] ?? '', card);
    },
    entries: ({ fields }: LocalForm, entered: Entered) =>
      Object.fromEntries(
        fields.flatMap((field) => {
          const given = entered[field.id] ?? (field.kind === 'many' ? [] : '');
          const now = isTooLong(field, drawing.limits) ? field : withEntered(field, given);
          return now.kind === 'file' ? [] : [[field.id, now.value]];
        }),
      ),
    ticks: ({ ticks: ids = [] }) => (typeof ids === 'string' ? [ids] : ids),
  };
}
