import type { Card } from '../../conversation/cards/card.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import type { Core } from '../../talk/acts.ts';
import type { Spot } from '../../talk/intake-options.ts';
import type { RunningPort } from '../../talk/running-answers.ts';
import type { About, AnswerPort } from '../../talk/showing.ts';
import { incidentsNamedIn, type SentAnswer } from '../../use-cases/notices/sent-messages.ts';
import type { PlatformNeeds } from '../description.ts';
import { drawnForm } from './card-form.ts';
import { idOf, sendable } from './card-messenger.ts';
import { type Body, drawn } from './card-view.ts';
import type { CardWire, Target } from './card-wire.ts';

/** A card that answers somebody, drawn. */
export function answerBody(wire: Pick<CardWire, 'platform' | 'drawing'>, card: Card, about: About): Body {
  const { incident, revision, language } = about;
  const message = { incident: incident ?? '', card, language, revision, surface: null, ring: false };
  return drawn(message, wire.platform, wire.drawing);
}

/** Answers to people, sent once; each is noted with its handle, so that it can be taken back. */
export class Answers {
  readonly #wire: CardWire;
  readonly #needs: Pick<PlatformNeeds, 'ids'>;
  readonly #core: Core;
  readonly #count: (address: string) => void;

  /** `count`: takes note of a message to a chat, for its limit. */
  constructor(wire: CardWire, needs: Pick<PlatformNeeds, 'ids'>, core: Core, count: (address: string) => void) {
    this.#wire = wire;
    this.#needs = needs;
    this.#core = core;
    this.#count = count;
  }

  /** Ways to answer below the message, or the person alone; forms and files go to the person alone. */
  port({ caller, place, at }: Spot, alone: boolean): AnswerPort {
    const { id } = caller.account;
    const isIn = !alone && place.kind !== 'direct';
    const there: Target = isIn
      ? { address: chatOf(at), isGroup: true, below: messageOf(at) }
      : { address: id, isGroup: false, below: alone ? null : messageOf(at) };
    const person: Target = { address: id, isGroup: false, below: null };
    const post = async (shown: Card, about: About): Promise<string> => {
      const ref = await this.#post(there, answerBody(this.#wire, shown, about));
      await this.#note(this.#sent(there, ref, about, incidentsNamedIn(shown)));
      return ref;
    };
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
        await this.#note(this.#sent(person, await this.#post(person, body), about, i === '' ? [] : [i]));
      },
      file: async (file, about, { args }) => {
        const given = sendable(this.#wire, file);
        const uploaded = await this.#wire.upload(given);
        this.#count(person.address);
        const ref = await this.#wire.postFile(person, uploaded, given, idOf(this.#needs.ids.next()));
        const of = args['incident'] === undefined ? [] : [args['incident']];
        await this.#note({ ...this.#sent(person, ref, about, of), isFile: true });
      },
      // The sentence of the acknowledgement already states the result.
      inPlace: async ({ change }) => change?.kind === 'done',
    };
  }

  #post(to: Target, body: Body): Promise<string> {
    this.#count(to.address);
    return this.#wire.post(to, body, idOf(this.#needs.ids.next()));
  }

  /** Changes a message of ours; the line that was added to it gets a mark, where the platform has one. */
  #changer(there: Target, line: string | null): RunningPort['change'] {
    const { address, isGroup } = there;
    return async (ref, card, about) => {
      const sent = { ...this.#sent(there, ref, about, incidentsNamedIn(card)), isChanged: true as const };
      if (!(await this.#core.app.mayChange(sent))) return false;
      const done = this.#wire.edit({ address, isGroup, ref }, answerBody(this.#wire, card, about));
      const isTaken = await done.then(
        () => true,
        () => false,
      );
      // Also after a failure it may be there.
      await this.#note(sent);
      if (isTaken && line !== null) await this.#wire.mark?.(line).catch(() => {});
      return isTaken;
    };
  }

  #sent(to: Target, ref: string, { incident, language }: About, named: readonly string[]): SentAnswer {
    const { platform, tenant } = this.#wire;
    const incidents = [...new Set([...(incident === null || incident === '' ? [] : [incident]), ...named])];
    return { platform, tenant, address: to.address, language, ref, incidents, isFile: false };
  }

  #note(sent: SentAnswer): Promise<void> {
    return this.#core.app.answered(sent);
  }
}

/** `Spot.at` of a card platform: chat and message that was written or pressed. */
export const spotAt = (chat: string, message: string): string => `${chat} ${message}`;
const chatOf = (at: string): string => at.split(' ')[0] ?? '';
const messageOf = (at: string): string | null => at.split(' ')[1] ?? null;
