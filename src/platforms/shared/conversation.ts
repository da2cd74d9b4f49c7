import type { Card, FormRef, ViewRef } from '../../conversation/cards/card.ts';
import { type LocalForm, localise, localiseForm } from '../../conversation/cards/localise.ts';
import type { Language, Room } from '../../incident/identity.ts';
import type { Answer, Does, FilledForm, FormOutcome, Outcome, Place } from '../../talk/acts.ts';
import type { Talk } from '../../talk/talk.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import { committed, deliveriesOf, fileAsked } from '../../use-cases/platform-support.ts';
import type { OutgoingMessage } from '../../use-cases/ports.ts';
import type { Explain } from '../description.ts';
import type { OutgoingFile } from './http-client.ts';
import { recordLanguage } from './languages.ts';
import type { People } from './people.ts';

/** Person and place of an act; `own`: the direct conversation with the person, where private answers go. */
export interface Spot {
  readonly caller: Caller;
  readonly place: Place;
  /** Address at which lines are answered, e.g. the message that was written. */
  readonly at: string;
  readonly own: string;
}
/** Sending of one platform as answers need it; each is sent once, and losing one is harmless. */
export interface AnswerPort {
  card(to: string, message: OutgoingMessage): Promise<void>;
  /** `revision`: of the incident when the form was made. */
  form(spot: Spot, form: LocalForm, revision: number): Promise<void>;
  file(to: string, file: OutgoingFile): Promise<void>;
}
export interface ConversationDependencies {
  readonly platform: string;
  readonly app: App;
  readonly explain: Explain;
  readonly talk: Talk;
  readonly people: People;
  readonly port: AnswerPort;
}
/** Reaction to a press: a sentence to show at once, and work that follows the acknowledgement. */
export interface Reaction {
  readonly say: string | null;
  /** True if what was asked for was refused. */
  readonly refused: boolean;
  readonly after: () => Promise<void>;
}
const NOTHING = async (): Promise<void> => {};

/**
 * Lines, presses and forms of a platform whose cards are edited in place. A line is answered where it was written; a view
 * or form that somebody opens goes to them alone. Rejects with `NotCommitted` if nothing is on disk.
 */
export class Conversation {
  readonly #deps: ConversationDependencies;

  constructor(deps: ConversationDependencies) {
    this.#deps = deps;
  }

  async line(spot: Spot, text: string, about: string | null, key: string): Promise<() => Promise<void>> {
    const { talk, platform } = this.#deps;
    const { caller, place } = spot;
    const command = talk.read(text);
    if (command.type === 'language') return this.#language(spot, command.language === 'en' ? 'en' : 'zh-CN', key);
    const delivery = deliveriesOf(platform)(key, [caller.account.id, text]);
    const outcome = await talk.line({ caller, place, text, command, about, delivery });
    // The first card of the room answers a declaration.
    const shown = outcome.declared && outcome.change?.kind === 'done' && place.kind === 'room';
    if (shown || (outcome.change?.kind === 'done' && outcome.change.replayed)) return NOTHING;
    return () => this.#show(spot, place.kind === 'shared' ? spot.own : spot.at, outcome);
  }

  async press(
    spot: Spot,
    pressed: { readonly incident: string; readonly revision: number; readonly does: Does },
    key: string,
  ): Promise<Reaction> {
    const { caller, place } = spot;
    const delivery = deliveriesOf(this.#deps.platform)(key, [caller.account.id, pressed]);
    const outcome = await this.#deps.talk.press({ ...pressed, caller, place, delivery });
    const { change, answers } = outcome;
    const [first] = answers;
    const sentence = first?.kind === 'card' ? localise(first.card.title, caller.language) : null;
    if (change?.kind === 'done') return { say: sentence, refused: false, after: NOTHING };
    const after = () => this.#show(spot, spot.own, outcome);
    return { say: change ? sentence : null, refused: change !== null, after };
  }

  fill(spot: Spot, form: Pick<FilledForm, 'ref' | 'revision' | 'values'>, key: string): Promise<FormOutcome> {
    const { caller, place } = spot;
    const delivery = deliveriesOf(this.#deps.platform)(key, [caller.account.id, form]);
    return this.#deps.talk.fill({ ...form, caller, place, delivery });
  }

  /** The form as it is now in the language of the caller; null if they may not fill it in. */
  async formOf(ref: FormRef, caller: Caller): Promise<LocalForm | null> {
    const form = await this.#deps.app.form(ref, caller);
    return 'code' in form ? null : localiseForm(form, caller.language);
  }

  async sentence(spot: Pick<Spot, 'caller'>, to: string, card: Card): Promise<void> {
    await this.#deps.port.card(to, messageOf(card, spot.caller.language, { incident: null, revision: 0 }));
  }

  async #show(spot: Spot, to: string, outcome: Outcome): Promise<void> {
    for (const answer of outcome.answers) await this.#answer(spot, to, answer, outcome);
  }

  async #answer(spot: Spot, to: string, answer: Answer, about: Outcome): Promise<void> {
    const { port, app } = this.#deps;
    const { caller, place } = spot;
    const language = place.kind === 'room' && to === spot.at ? place.room.language : caller.language;
    if (answer.kind === 'card') return port.card(to, messageOf(answer.card, language, about));
    if (answer.kind === 'file') return this.#file(spot, answer.view);
    const form = await app.form(answer.ref, caller);
    if ('code' in form) return port.card(to, messageOf(this.#deps.explain(form, null), language, about));
    return port.form(spot, localiseForm(form, caller.language), about.revision);
  }

  async #file({ caller, own }: Spot, view: ViewRef): Promise<void> {
    const { app, port, explain } = this.#deps;
    const file = await fileAsked(app, view, caller);
    if ('code' in file) return this.sentence({ caller }, own, explain(file, null));
    return port.file(own, file);
  }

  async #language(spot: Spot, language: Language, key: string): Promise<() => Promise<void>> {
    const { people, app, platform } = this.#deps;
    const { id } = spot.caller.account;
    await people.choose(id, language);
    const caller = people.caller(id);
    const isOwn = (room: Room): boolean => room.platform === platform && room.address === id;
    await committed(recordLanguage(app, { caller, isOwn, key, delivery: deliveriesOf(platform) }));
    const title = { key: 'said.language' } as const;
    return () => this.sentence({ caller }, spot.own, { tone: 'calm', drill: false, title, summary: title, blocks: [] });
  }
}

function messageOf(card: Card, language: Language, about: Pick<Outcome, 'incident' | 'revision'>): OutgoingMessage {
  const { incident, revision } = about;
  return { incident: incident ?? '', card, language, revision, surface: null, ring: false };
}
