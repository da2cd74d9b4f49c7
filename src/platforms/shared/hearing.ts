import type { Card } from '../../conversation/cards/card.ts';
import type { LocalForm } from '../../conversation/cards/localise.ts';
import { type RoomId, roomId } from '../../incident/identity.ts';
import type { Outcome } from '../../talk/acts.ts';
import type { KeyedText } from '../../talk/answering.ts';
import type { Entries, Filled } from '../../talk/filling.ts';
import type { After, Given, Intake, Spot, Written } from '../../talk/intake-options.ts';
import { ticked } from '../../talk/ticks.ts';
import { committed } from '../../use-cases/platform-support.ts';
import type { PlatformNeeds } from '../description.ts';
import type { Value } from './card-view.ts';
import type { People } from './people.ts';
import { incidentBelow, rootRemoved } from './roots.ts';

/** Types of one platform: its files, answer addresses, form entries, and acknowledgement bodies. */
export interface Kinds {
  readonly file: Given;
  readonly at: unknown;
  readonly entered: unknown;
  readonly ack: unknown;
}

/** Account and chat of an act, from the verified payload. */
interface By<K extends Kinds> {
  readonly user: string;
  readonly name?: string | undefined;
  /** Chat of the act; '' if it was not in a chat, e.g. on a page of the platform. */
  readonly chat: string;
  /** True for a person of another company; if absent, `Places` determines it. */
  readonly isForeign?: boolean;
  readonly at: K['at'];
}
/** Event of a platform in the form common to all; the code in the platform's folder parses it. */
export type Heard<K extends Kinds> =
  | (By<K> &
      Pick<Written<K['file']>, 'source' | 'body' | 'waits'> & {
        readonly kind: 'said';
        /** Id of the message; a redelivery is the same line. */
        readonly id: string;
        /** True for a chat with the bot alone; if absent, `Places` determines it. */
        readonly isDirect?: boolean;
        readonly text: string;
        readonly files: readonly K['file'][];
        readonly root?: string | undefined;
        /** True for a message to others where the bot reads; used only in an incident's thread. */
        readonly isOverheard?: boolean;
      })
  | (By<K> & {
      readonly kind: 'pressed';
      /** Id of the press; a redelivery is the same act. */
      readonly id: string;
      readonly message: string;
      /** Value of the button; null if it can no longer be read. */
      readonly value: Value | null;
      readonly entered: K['entered'];
    })
  | { readonly kind: 'recalled'; readonly chat: string; readonly message: string }
  | { readonly kind: 'left'; readonly chat: string; readonly users: readonly string[] }
  /** Change of the chat itself; `joined`: the bot was added; `asked`: its readers must be requested again. */
  | {
      readonly kind: 'place';
      readonly chat: string;
      readonly change: 'kicked' | 'archived' | 'shared' | 'renamed' | 'joined' | 'asked';
      readonly name?: string | undefined;
    };
export type HeardOf<K extends Kinds, Kind> = Extract<Heard<K>, { readonly kind: Kind }>;
type Said<K extends Kinds> = HeardOf<K, 'said'>;
export type Press<K extends Kinds> = HeardOf<K, 'pressed'>;

/** Answer to an event: the acknowledgement, sent once everything is on disk, and later work. */
export interface Handled<Ack> {
  readonly ack?: Ack;
  /** Replies by means that soon expire, made once after the acknowledgement; losing them is harmless. */
  readonly after?: After;
}

/** Places of a platform: who acts where, and who reads there. */
export interface Places<K extends Kinds> {
  /** Returns person and place of an act; `incident`: that of its thread or button. */
  spot(act: Said<K> | Press<K>, incident: string | null): Promise<Spot<K['at']>>;
  left(chat: string, user: string): Promise<unknown>;
  /** Records a change; resolves with the chat's name, if known, and later work. */
  changed(event: HeardOf<K, 'place'>): Promise<{ readonly name?: string | undefined; readonly after?: After }>;
}

/** Submitted form, with its event. */
export interface Sent<K extends Kinds> {
  readonly event: Press<K>;
  readonly value: Value;
  readonly form: Extract<Value['d'], { readonly kind: 'fill' }>;
}
/** Acknowledgements of a platform: immediate answers, and its reading of submitted entries. */
export interface Acknowledging<K extends Kinds> {
  /** Tells the actor that nothing was done. */
  refused(spot: Spot<K['at']>, text: KeyedText): Handled<K['ack']>;
  pressed(spot: Spot<K['at']>, outcome: Outcome | null, after: After): Handled<K['ack']>;
  /** Answers a submitted form; `result` is null if the sender may not act in this place. */
  filled(spot: Spot<K['at']>, sent: Sent<K>, result: Filled | null): Promise<Handled<K['ack']>>;
  /** Offers to record a line not addressed to the bot; `about`: subject of the offer. */
  offered?(
    spot: Spot<K['at']>,
    offer: { readonly card: Card; readonly about: string },
    incident: string,
  ): Promise<After>;
  entries(form: LocalForm, entered: K['entered']): Entries;
  /** Returns the chosen option values for a fact. */
  ticks(entered: K['entered'], fact: string): readonly string[];
}

export interface HearingDependencies<K extends Kinds>
  extends Pick<PlatformNeeds, 'kept' | 'threads' | 'surfaces' | 'returned'> {
  readonly intake: Intake<K['file'], K['at']>;
  readonly people: Pick<People, 'account'>;
  readonly places: Places<K>;
  readonly acks: Acknowledging<K>;
}

/** Handles events, from the parsed event to the immediate answer. Rejects if an event cannot be committed. */
export class Hearing<K extends Kinds> {
  readonly #deps: HearingDependencies<K>;

  constructor(deps: HearingDependencies<K>) {
    this.#deps = deps;
  }

  async take(event: Heard<K>): Promise<Handled<K['ack']>> {
    const { places, returned, people } = this.#deps;
    switch (event.kind) {
      case 'said':
        return this.#said(event);
      case 'pressed':
        return this.#pressed(event);
      case 'place':
        return this.#placeChanged(event);
      case 'recalled':
        if (await rootRemoved(this.#deps, this.#room(event.chat), event.message)) returned(people.account('').platform);
        return {};
      case 'left':
        for (const user of event.users) await places.left(event.chat, user);
        return {};
    }
  }

  /** Updates the places that show the chat's incidents after a change of the chat. */
  async #placeChanged(event: HeardOf<K, 'place'>): Promise<Handled<K['ack']>> {
    const { places, intake } = this.#deps;
    const { chat, change: kind } = event;
    const { name, after } = await places.changed(event);
    if (kind !== 'shared' && kind !== 'joined' && kind !== 'asked')
      await committed(intake.app.placeChanged({ room: this.#room(chat), kind, name: event.name ?? name }));
    return after ? { after } : {};
  }

  #room(address: string): RoomId {
    return roomId({ ...this.#deps.people.account(''), address });
  }

  /** Handles a line; one not addressed to the bot may answer its thread's question, or be material for an item. */
  async #said(event: Said<K>): Promise<Handled<K['ack']>> {
    const { intake, places, acks } = this.#deps;
    const { id, root, text, files, source, body, waits, isOverheard = false } = event;
    const about = root === undefined ? null : await incidentBelow(this.#deps, this.#room(event.chat), root);
    if (isOverheard && about === null) return {};
    const spot = await places.spot(event, about);
    const written: Written<K['file']> = {
      ...{ key: `message:${id}`, text, about, files },
      ...(source === undefined ? {} : { source }),
      ...(body === undefined ? {} : { body }),
      ...(waits ? { waits } : {}),
    };
    if (!isOverheard || about === null) return { after: await intake.line(spot, written) };
    const found = await intake.overheard(spot, written, about);
    if (typeof found === 'function') return { after: found };
    return found && acks.offered ? { after: await acks.offered(spot, found, about) } : {};
  }

  /** Handles a button, ticks or a form, and commits before the answer. */
  async #pressed(event: Press<K>): Promise<Handled<K['ack']>> {
    const { intake, places, acks } = this.#deps;
    const { id, user, value, entered } = event;
    const form = value?.d.kind === 'fill' ? value.d : null;
    // Forms are sent from a direct chat but belong to the room in which they were requested.
    const chat = form !== null && form.chat !== user ? form.chat : event.chat;
    const spot = await places.spot({ ...event, chat }, value?.i || null);
    if (value === null) return acks.refused(spot, { key: 'chat.old_button' });
    const { d, r: revision, i: incident } = value;
    if (d.kind === 'fill') {
      const entriesOf = (now: LocalForm): Entries => acks.entries(now, entered);
      const filling = { ref: d.form, revision, key: `form:${event.message}`, entriesOf };
      const result = spot.caller.outside ? null : await intake.fill(spot, filling);
      return acks.filled(spot, { event, value, form: d }, result);
    }
    const acted = async (does: Exclude<typeof d, { readonly kind: 'ticks' }>): Promise<Handled<K['ack']>> => {
      const key = `click:${id}`;
      const { outcome, after } = await intake.press(spot, { key, incident, revision, does });
      return acks.pressed(spot, outcome, intake.once(key, after));
    };
    if (d.kind !== 'ticks') return acted(d);
    const chosen = acks.ticks(entered, d.fact).map((one) => ({ value: one, label: d.alone[one] ?? one }));
    const answer = ticked(d.fact, chosen, Object.keys(d.alone));
    if ('intent' in answer) return acted({ kind: 'intent', intent: answer.intent });
    return acks.refused(spot, { key: answer.say, params: { option: { raw: answer.option } } });
  }
}
