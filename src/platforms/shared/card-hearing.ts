import { type LocalForm, localise } from '../../conversation/cards/localise.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { type Language, type RoomId, roomId } from '../../incident/identity.ts';
import { withEntered } from '../../talk/filling.ts';
import { InOrder } from '../../talk/in-order.ts';
import type { Given, Intake, Pressed, Spot } from '../../talk/intake-options.ts';
import { keptIfFailed } from '../../talk/keep-failed.ts';
import { ticked } from '../../talk/ticks.ts';
import { committed } from '../../use-cases/platform-support.ts';
import type { PlatformNeeds } from '../description.ts';
import { answerBody, spotAt } from './card-answers.ts';
import { drawnForm, isTooLong } from './card-form.ts';
import { type Value, valueSchema } from './card-view.ts';
import type { CardEvent, CardPlatform, Told } from './card-wire.ts';
import type { Chats } from './chats.ts';
import type { People } from './people.ts';
import { incidentBelow, rootRemoved } from './roots.ts';

/** Key of the kept value that says that a press has arrived. */
export const CLICKED = 'clicked';

export interface HearingDependencies<File extends Given>
  extends Pick<PlatformNeeds, 'inbox' | 'kept' | 'clock' | 'log' | 'threads' | 'surfaces'> {
  readonly of: CardPlatform<File>;
  readonly chat: Intake<File>;
  readonly chats: Chats;
  readonly people: People;
}
type Event<File, Kind> = Extract<CardEvent<File>, { kind: Kind }>;

/** Events of a platform of cards, from the payload to what is answered at once. */
export class Hearing<File extends Given> {
  readonly #deps: HearingDependencies<File>;
  readonly #inOrder = new InOrder();
  #isClicked = false;

  constructor(deps: HearingDependencies<File>) {
    this.#deps = deps;
  }

  /** Handles a payload; rejects if it cannot be committed, so that it is delivered again. */
  hear(raw: unknown): Promise<Told | null> {
    const { of } = this.#deps;
    const said: { language: Language } = { language: 'zh-CN' };
    return keptIfFailed(this.#deps, {
      ...{ platform: of.platform, body: raw, secrets: of.secrets },
      handle: async () => {
        const event = of.parse(raw);
        if (event && 'user' in event) said.language = this.#deps.people.caller(event.user).language;
        return event && this.#handle(event);
      },
      apologise: () => ({ mood: 'refused', say: translate(said.language, 'chat.failed'), card: null }),
    });
  }

  async #handle(event: CardEvent<File>): Promise<Told | null> {
    const { chats } = this.#deps;
    if (event.kind === 'pressed') return this.#pressed(event);
    if (event.kind === 'said') await this.#inOrder.run(event.chat, () => this.#said(event));
    else if (event.kind === 'recalled') await rootRemoved(this.#deps, this.#room(event.chat), event.message);
    else if (event.kind === 'place') await this.#placeChanged(event);
    else for (const user of event.users) await chats.member(event.chat, user, false);
    return null;
  }

  /** The incidents shown in a chat follow what became of it. */
  async #placeChanged({ chat: id, change: kind, name }: Event<File, 'place'>): Promise<void> {
    const { chats, chat } = this.#deps;
    await chats.changed(id, kind === 'shared');
    if (kind === 'shared' || kind === 'asked') return;
    await committed(chat.app.placeChanged({ room: this.#room(id), kind, name }));
  }

  #room(address: string): RoomId {
    return roomId({ ...this.#deps.people.account(''), address });
  }

  async #said({ id, user, name, chat: address, isForeign, ...said }: Event<File, 'said'>): Promise<void> {
    const { chat, chats, people } = this.#deps;
    if (name !== undefined) await people.met(user, name);
    if (said.isDirect) await chats.put(address, { direct: true, external: false, open: false, members: [user] });
    const spot = await chats.spot({ user, chat: address, isForeign, at: spotAt(address, said.message) });
    const about = await incidentBelow(this.#deps, this.#room(address), said.root);
    const caller = spot.place.kind === 'room' ? ({ ...spot.caller, aloud: true } as const) : spot.caller;
    chat.after.run(
      await chat.line({ ...spot, caller }, { key: `message:${id}`, text: said.text, about, files: said.files }),
    );
  }

  /** A button, ticks or a form. Committed before the answer. */
  async #pressed(event: Event<File, 'pressed'>): Promise<Told | null> {
    const { chat, chats, kept } = this.#deps;
    const { id, user, isForeign, message } = event;
    const value = valueSchema.safeParse(event.value);
    const form = value.success && value.data.d.kind === 'fill' ? value.data.d : null;
    // A form is sent from a direct chat and belongs to the room it was asked for in.
    const asked = form !== null && form.chat !== user ? form.chat : event.chat;
    const spot = await chats.spot({ user, chat: asked, isForeign, at: spotAt(asked, message) });
    const refused = (key: MessageKey, option = ''): Told => ({
      ...{ mood: 'refused', card: null },
      say: translate(spot.caller.language, key, { option }),
    });
    if (!this.#isClicked) chat.after.run(() => kept.put(CLICKED, id));
    this.#isClicked = true;
    if (!value.success) return refused('chat.old_button');
    const { d, r: revision, i: incident } = value.data;
    const key = `click:${id}`;
    if (d.kind === 'fill') return this.#filled(spot, event, value.data, d);
    if (d.kind !== 'ticks') return this.#acted(spot, { key, incident, revision, does: d });
    const ids = event.entered['ticks'] ?? [];
    const chosen = (typeof ids === 'string' ? [ids] : ids).map((one) => ({ value: one, label: d.alone[one] ?? one }));
    const answer = ticked(d.fact, chosen, Object.keys(d.alone));
    if ('say' in answer) return refused(answer.say, answer.option);
    return this.#acted(spot, { key, incident, revision, does: { kind: 'intent', intent: answer.intent } });
  }

  /** The sentence says what a change came to; everything else is sent to the person. */
  async #acted(spot: Spot, press: Pressed): Promise<Told | null> {
    const { chat } = this.#deps;
    const { caller, place } = spot;
    const { outcome, after } = await chat.press(spot, press);
    chat.after.run(chat.once(press.key, after));
    const told = (mood: Told['mood'], say: string): Told => ({ mood, say, card: null });
    if (caller.outside) return told('refused', translate(caller.language, 'chat.shared'));
    const [first] = outcome?.answers ?? [];
    if (outcome?.change && first?.kind === 'card')
      return told(outcome.change.kind === 'done' ? 'done' : 'refused', localise(first.card.title, caller.language));
    if (outcome?.change?.kind === 'done' || place.kind === 'direct') return null;
    return told('told', translate(caller.language, 'chat.sent_to_you'));
  }

  /** A form that was sent: recorded, or the same form with what was entered and what is wrong. */
  async #filled(
    spot: Spot,
    { entered, message }: Event<File, 'pressed'>,
    value: Value,
    { form: ref }: Extract<Value['d'], { kind: 'fill' }>,
  ): Promise<Told> {
    const { chat, of } = this.#deps;
    const { caller } = spot;
    const { language } = caller;
    const { drawing } = of;
    const entriesOf = ({ fields }: LocalForm) =>
      Object.fromEntries(
        fields.flatMap((field) => {
          const given = entered[field.id] ?? (field.kind === 'many' ? [] : '');
          const now = isTooLong(field, drawing.limits) ? field : withEntered(field, given);
          return now.kind === 'file' ? [] : [[field.id, now.value]];
        }),
      );
    const filling = { ref, revision: value.r, key: `form:${message}`, entriesOf };
    const result = caller.outside ? null : await chat.fill(spot, filling);
    if (result === null || result.kind === 'closed')
      return { mood: 'refused', say: translate(language, 'chat.old_button'), card: null };
    if (result.kind === 'done') {
      // A filing is read back first: it is recorded by the button of that card.
      const { asks } = result;
      const card = answerBody(of, asks ?? sentenceCard({ key: 'chat.recorded' }, [], 'done'), result);
      const say = asks ? localise(asks.title, language) : translate(language, 'chat.recorded');
      return { mood: asks ? 'told' : 'done', say, card };
    }
    const { form, errors, revision } = result;
    const card = drawnForm({ form, value: { ...value, r: revision }, language, errors }, drawing);
    return { mood: 'refused', say: Object.values(errors)[0] ?? '', card };
  }
}
