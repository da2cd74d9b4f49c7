import type { FormRef } from '../../src/conversation/cards/card.ts';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import type { Room } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import type { Answer, Place } from '../../src/talk/acts.ts';
import { inThread } from '../../src/talk/line-intake.ts';
import { Talk } from '../../src/talk/talk.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { explaining } from '../../src/wiring/explain.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

/** Reply to one act as its reader sees it: titles, notes and labels of buttons. */
export interface Heard {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly answers: readonly Answer[];
}

/** People talking to the bot through the one door, without any platform. */
export class Conversation {
  readonly rooms: RoomsHouse;
  readonly talk: Talk;
  #key = 0;

  constructor(rooms: RoomsHouse) {
    this.rooms = rooms;
    const { house, store } = rooms;
    this.talk = new Talk({ app: house.app, kept: store.kept, clock: rooms.clock, explain: explaining(house).asCard });
  }

  static async start(organisation: Organisation | null = null): Promise<Conversation> {
    return new Conversation(await RoomsHouse.start(organisation));
  }

  async say(
    text: string,
    at: { who?: Caller; room?: Room; about?: string | null; quoted?: string; spoken?: true } = {},
  ): Promise<Heard> {
    const { room = OPS, who = person('li', room), about = null, quoted, spoken } = at;
    const place: Place = { kind: 'room', room };
    const command = inThread(this.rooms.house.app.read(text), text, about);
    const line = { caller: who, place, text, command, about, delivery: this.#delivery() };
    const outcome = await this.talk.line({
      ...line,
      ...(quoted === undefined ? {} : { quoted }),
      ...(spoken ? { spoken } : {}),
    });
    await this.rooms.house.settle();
    return heard(outcome.answers, room);
  }

  async press(from: Heard, label: string, at: { who?: Caller; room?: Room } = {}): Promise<Heard> {
    const { room = OPS, who = person('li', room) } = at;
    const found = from.answers.flatMap((answer) => actionsOf(answer, room)).find((one) => one.label.startsWith(label));
    if (!found || found.does.kind === 'link') throw new Error(`no button ${label} in ${from.text}`);
    const incident = this.rooms.incident;
    const { version } = await this.rooms.state();
    const press = { caller: who, place: { kind: 'room', room } as const, incident, revision: version };
    const outcome = await this.talk.press({ ...press, does: found.does, delivery: this.#delivery() });
    await this.rooms.house.settle();
    return heard(outcome.answers, room);
  }

  /** Sends a form with what was entered. */
  async fill(ref: FormRef, values: Readonly<Record<string, string>>, at: { who?: Caller; room?: Room } = {}) {
    const { room = OPS, who = person('li', room) } = at;
    const { version: revision } = await this.rooms.state();
    const place: Place = { kind: 'room', room };
    const sent = await this.talk.fill({
      ref,
      revision,
      values,
      caller: who,
      place,
      delivery: this.#delivery(),
    });
    await this.rooms.house.settle();
    return heard('answers' in sent ? sent.answers : [], room);
  }

  /** Presses the button of a view, e.g. [Current question]. */
  async view(view: string, incident: string, at: { who?: Caller; room?: Room } = {}): Promise<Heard> {
    const { room = OPS, who = person('li', room) } = at;
    const does = { kind: 'view', view: { view, args: { incident } } } as const;
    const press = { caller: who, place: { kind: 'room', room } as const, incident, revision: 0 };
    return heard((await this.talk.press({ ...press, does, delivery: this.#delivery() })).answers, room);
  }

  /** Answers as their reader sees them. */
  static heard(answers: readonly Answer[], room: Room): Heard {
    return heard(answers, room);
  }

  state() {
    return this.rooms.state();
  }

  async field(id: string): Promise<string | null | undefined> {
    return (await this.state()).fields[id]?.current?.text;
  }

  #delivery() {
    this.#key += 1;
    return { platform: 'talk', key: `t${this.#key}`, body: String(this.#key) };
  }
}

function cardsOf(answer: Answer, room: Room) {
  return answer.kind === 'file' ? [] : [localiseCard(answer.card, room.language)];
}

function actionsOf(answer: Answer, room: Room) {
  return cardsOf(answer, room).flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'actions' || block.kind === 'row' ? block.actions : [])),
  );
}

function heard(answers: readonly Answer[], room: Room): Heard {
  const cards = answers.flatMap((answer) => cardsOf(answer, room));
  const notes = cards.flatMap(({ blocks }) =>
    blocks.flatMap((block) => ('text' in block && typeof block.text === 'string' ? [block.text] : [])),
  );
  return {
    text: [...cards.map(({ title }) => title), ...notes].join('\n'),
    buttons: answers.flatMap((answer) => actionsOf(answer, room)).map(({ label }) => label),
    answers,
  };
}
