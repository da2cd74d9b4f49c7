import type { Card } from '../../conversation/cards/card.ts';
import { type LocalForm, localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { refusalText } from '../../conversation/record/refusals.ts';
import { translate } from '../../i18n/translate.ts';
import type { Language } from '../../incident/identity.ts';
import { digest } from '../../ops/digest.ts';
import type { Core } from '../../talk/acts.ts';
import type { About, AnswerPort } from '../../talk/answering.ts';
import { withEntered } from '../../talk/filling.ts';
import { InOrder } from '../../talk/in-order.ts';
import type { Given, Intake, Spot } from '../../talk/intake-options.ts';
import { keptIfFailed } from '../../talk/keep-failed.ts';
import type { RunningPort } from '../../talk/running-answers.ts';
import { type Sending, sendAnswer } from '../../talk/send-answer.ts';
import type { SentAnswer } from '../../use-cases/notices/sent-messages.ts';
import type { SendOutcome } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';
import { notShown, outcomeOf } from './api-client.ts';
import { drawnForm, type Entered, isTooLong } from './card-form.ts';
import { sendable } from './card-messenger.ts';
import { type Body, drawn, valueIn } from './card-view.ts';
import type { CardEvent, CardKinds, CardPlatform, CardWire, Hear, Target, Told } from './card-wire.ts';
import type { Chats } from './chats.ts';
import { type Acknowledging, type Heard, Hearing, type Places } from './hearing.ts';
import type { People } from './people.ts';

function answerBody(wire: Pick<CardWire, 'platform' | 'drawing'>, card: Card, about: About): Body {
  const { incident, revision, language } = about;
  const message = { incident: incident ?? '', card, language, revision, surface: null, ring: false };
  return drawn(message, wire.platform, wire.drawing);
}

/** Dependencies of answers; `count` counts a message towards the limit of its chat. */
interface Answering extends Sending, Pick<PlatformNeeds, 'ids'> {
  readonly wire: CardWire;
  readonly app: Core['app'];
  readonly count: (address: string) => void;
}

/** Answers to people; each is noted with its handle, so that it can be removed. */
export class Answers {
  readonly #needs: Answering;
  readonly #wire: CardWire;

  constructor(needs: Answering) {
    this.#needs = needs;
    this.#wire = needs.wire;
  }

  /** Returns a port that answers below the message, or to the person alone; forms and files go to the person alone. */
  port({ caller, place, at, since }: Spot, alone: boolean): AnswerPort {
    const { id } = caller.account;
    const isIn = !alone && place.kind !== 'direct';
    const there: Target = isIn
      ? { address: chatOf(at), isGroup: true, below: messageOf(at) }
      : { address: id, isGroup: false, below: alone ? null : messageOf(at) };
    const person: Target = { address: id, isGroup: false, below: null };
    const post = (shown: Card, about: About): Promise<string | null> =>
      this.#post(there, answerBody(this.#wire, shown, about), this.#sent(there, about, shown, since));
    const card: AnswerPort['card'] = (shown, about) => post(shown, about);
    return {
      ...(isIn
        ? { running: { lasts: Number.POSITIVE_INFINITY, post, change: this.#changer(there, messageOf(at)) } }
        : {}),
      card,
      say: (text) => card(sentenceCard(text), { incident: null, revision: 0, language: caller.language }, null),
      form: async (form, about) => {
        const chat = place.kind === 'room' ? place.room.address : id;
        const i = form.ref.args['incident'] ?? '';
        const value = { r: about.revision, i, d: { kind: 'fill', form: form.ref, chat } } as const;
        const body = drawnForm({ form, value, language: caller.language }, this.#wire.drawing);
        await this.#post(person, body, this.#sent(person, about, form.ref, since));
      },
      file: async (file, about, view) => {
        const given = sendable(this.#wire, file);
        const uploaded = await this.#wire.upload(given).catch((error: unknown) => notShown(this.#failed(error)));
        if (typeof uploaded !== 'string') return uploaded;
        const key = digest(this.#needs.ids.next());
        const sent = this.#sent(person, about, view, since);
        return this.#once(() => this.#wire.postFile(person, uploaded, given, key), { ...sent, isFile: true });
      },
      // The acknowledgement's sentence already states the result.
      inPlace: async ({ change }) => change?.kind === 'done',
    };
  }

  #failed(error: unknown): SendOutcome {
    return this.#wire.failed(error, this.#needs.clock.now());
  }

  /** Posts an answer; resolves with its handle, null if it is sent later. */
  #post(to: Target, body: Body, sent: Omit<SentAnswer, 'ref'>): Promise<string | null> {
    const key = digest(this.#needs.ids.next());
    return sendAnswer(this.#needs, () => this.#once(() => this.#wire.post(to, body, key), sent));
  }

  async #once(post: () => Promise<string>, sent: Omit<SentAnswer, 'ref'>): Promise<SendOutcome> {
    this.#needs.count(sent.address);
    const outcome = await outcomeOf(post(), (error) => this.#failed(error));
    if (outcome.kind === 'sent') await this.#needs.app.answered({ ...sent, ref: outcome.ref });
    return outcome;
  }

  /** Returns a function that edits our message, and then marks the person's line that it answers, if `mark` exists. */
  #changer(there: Target, line: string | null): RunningPort['change'] {
    const { address, isGroup } = there;
    return async (ref, card, about) => {
      const sent = { ...this.#sent(there, about, card), ref, isChanged: true as const };
      if (!(await this.#needs.app.mayChange(sent))) return false;
      const done = this.#wire.edit({ address, isGroup, ref }, answerBody(this.#wire, card, about));
      const isTaken = await done.then(
        () => true,
        () => false,
      );
      // The message is noted even after a failure, because it may have arrived.
      await this.#needs.app.answered(sent);
      if (isTaken && line !== null) await this.#wire.mark?.(line).catch(() => {});
      return isTaken;
    };
  }

  #sent({ address }: Target, { incident, language }: About, content: object, since?: number): Omit<SentAnswer, 'ref'> {
    const { platform, tenant } = this.#wire;
    return { platform, tenant, address, language, holds: { incident, content }, isFile: false, since };
  }
}

/** Makes the `Spot.at` of a card platform: chat and message that was written or pressed. */
const spotAt = (chat: string, message: string): string => `${chat} ${message}`;
const chatOf = (at: string): string => at.split(' ')[0] ?? '';
const messageOf = (at: string): string | null => at.split(' ')[1] ?? null;

/** Key in the store that records that a press has arrived. */
export const CLICKED = 'clicked';

export interface CardHearingDependencies<File extends Given>
  extends Pick<PlatformNeeds, 'inbox' | 'kept' | 'clock' | 'log' | 'threads' | 'surfaces' | 'returned'> {
  readonly of: CardPlatform<File>;
  readonly intake: Intake<File>;
  readonly chats: Chats;
  readonly people: People;
}

/** Returns the payload handler of a card platform; it rejects one that cannot be committed, which is then repeated. */
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

/** Adds to an event the address for answers to it: below the message that was written or pressed. */
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
      // Answers to a line are posted below it.
      return spot.place.kind === 'room' ? { ...spot, caller: { ...spot.caller, aloud: true } } : spot;
    },
    left: (chat, user) => chats.member(chat, user, false),
    changed: async ({ chat, change }) => {
      await chats.changed(chat, change === 'shared');
      return {};
    },
  };
}

/** Answers a press or form with a sentence and a card that replaces the pressed one. */
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
      if (result === null) return told('refused', translate(language, 'chat.shared'));
      if (result.kind === 'closed') return told('refused', localise(refusalText(result.refusal), language));
      if (result.kind === 'done') {
        // A filing is first shown again on a card (`asks`), whose button records it.
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
