import { expect } from 'vitest';
import type { Block } from '../../../src/conversation/cards/card.ts';
import type { Room } from '../../../src/incident/identity.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import type { Delivered, MakeRig, Rig, Where, Who } from './rig.ts';

/** A rig with the incidents that are declared on it, by titles that no other has. */
export class Stage {
  readonly #make: MakeRig;
  #rig: Rig | null = null;
  #titles = 0;

  constructor(make: MakeRig) {
    this.#make = make;
  }

  get rig(): Rig {
    if (!this.#rig) throw new Error('not started');
    return this.#rig;
  }
  async start(): Promise<void> {
    this.#rig = await this.#make();
  }
  async stop(): Promise<void> {
    await this.#rig?.stop();
  }

  async incidents(): Promise<number> {
    return (await this.rig.bot.store.incidents({ limit: 200 })).length;
  }
  nextTitle(): string {
    this.#titles += 1;
    return `payroll leak ${String(this.#titles).padStart(3, '0')}`;
  }
  async idOf(title: string): Promise<string> {
    const found = (await this.rig.bot.store.incidents({ limit: 200 })).find((one) => one.title === title);
    if (!found) throw new Error(`${title} was not declared`);
    return found.id;
  }
  /** Declares an incident by a line; its id. */
  async declare(where: Where = 'home', who: Who = 'lead', title = this.nextTitle()): Promise<string> {
    await this.say(who, `new ${title}`, where);
    return this.idOf(title);
  }
  async say(who: Who, text: string, where: Where, about: string | null = null): Promise<Delivered> {
    return (await this.rig.write(who, text, where, about)).deliver();
  }
  /** All words of the messages of a place that are in no thread. */
  async shownIn(where: Where): Promise<string> {
    return (await this.rig.seen(this.rig.place(where))).map(({ text }) => text).join('\n');
  }
  /** Posts a card of an incident where the cast is, made for the revision of now. */
  async show(incident: string, blocks: readonly Block[]): Promise<void> {
    const { messenger } = this.rig.bot;
    const { version } = await this.rig.bot.state(incident);
    const body = messenger.render({
      ...{ incident, language: 'en', revision: version, surface: null, ring: false },
      card: { tone: 'running', drill: false, title: { raw: 'choose' }, summary: { raw: 'choose' }, blocks },
    });
    const outcome = await messenger.post(this.rig.place('home'), body, `card-${incident}-${version}`);
    expect(outcome).toMatchObject({ kind: 'sent' });
  }
  /** Posts a card with one button, [fill it in], that opens a form. */
  offer(incident: string, form: string, args: Readonly<Record<string, string>> = {}): Promise<void> {
    const does = { kind: 'form', form: { form, args: { incident, ...args } } } as const;
    return this.show(incident, [{ kind: 'actions', actions: [{ id: 'fill', label: { raw: 'fill it in' }, does }] }]);
  }
}

export function roomsOf({ rooms }: IncidentState): readonly Room[] {
  return Object.values(rooms);
}
