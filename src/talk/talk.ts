import { saidAloud } from '../conversation/cards/address-by-name.ts';
import type { Action, Card, FormRef, Text, ViewRef } from '../conversation/cards/card.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { t } from '../conversation/cards/situation.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import { isAwaited } from '../incident/approvals.ts';
import type { Account, Language, Room } from '../incident/identity.ts';
import { leadOf } from '../incident/people/rights.ts';
import type { IncidentState } from '../incident/state.ts';
import type { App, Caller, FormResult, Offer, Picture, Submitted, TextReply } from '../use-cases/app.ts';
import { recordLanguage } from '../use-cases/directory/chosen-languages.ts';
import { committed } from '../use-cases/platform-support.ts';
import type { Clock, KeptValues, Refusal } from '../use-cases/ports.ts';
import type { Act, Answer, FilledForm, Focus, FormOutcome, Line, Outcome, Press } from './acts.ts';
import { actingRoom, focusOf, inFocus, type KeptFocus, keepFocus } from './focus.ts';
import { type Edit, noteEdit, rememberSource, statedSince } from './sources.ts';

export interface TalkDependencies {
  readonly app: App;
  readonly kept: KeptValues;
  readonly clock: Pick<Clock, 'now'>;
  /** Focus of each conversation; by default among the kept values. */
  readonly focus?: KeptFocus;
  /** Languages chosen by people of the platform; absent: a choice is only recorded in incidents. */
  readonly languages?: { choose(user: string, language: Language): Promise<void> };
  /** Returns true if a room is the direct conversation with a person; absent: if its address is the person's id. */
  readonly isOwnRoom?: (room: Room, account: Account) => boolean;
  /** Converts a refusal into a card: the problem and its solution. */
  readonly explain: (refusal: Refusal, state: IncidentState | null, again?: Action) => Card;
}

/** Lines without an incident, or with one that they open themselves. */
const WITHOUT_INCIDENT: ReadonlySet<TextCommand['type']> = new Set([
  ...(['new', 'drill', 'help', 'hello', 'list', 'chat_id', 'link_account', 'report', 'thanks'] as const),
]);

/** Lines that may show an incident in the place where they are written. */
const OPENS: ReadonlySet<TextCommand['type']> = new Set([...(['new', 'drill', 'bind', 'report'] as const)]);

/**
 * Intake of people's acts in a chat. The act is committed when the promise resolves; its outcome is shown to the actor
 * once. Rejects with `NotCommitted` if the store could not commit: then the platform must not acknowledge.
 */
export class Talk {
  readonly #deps: TalkDependencies;
  readonly #focus: Parameters<typeof focusOf>[0];

  constructor(deps: TalkDependencies) {
    this.#deps = deps;
    this.#focus = { app: deps.app, kept: deps.focus ?? deps.kept, clock: deps.clock };
  }

  /** Returns this conversation's incident, for a message without an id, e.g. a file; null for none or several. */
  inFocus(act: Pick<Act, 'caller' | 'place'>): Promise<string | null> {
    return inFocus(this.#focus, act);
  }

  /** Sets the focus: later lines of this conversation without an id belong to this incident. */
  focus(act: Pick<Act, 'caller' | 'place'>, incident: string): Promise<void> {
    return incident === '' ? Promise.resolve() : keepFocus(this.#focus, act, incident);
  }

  /** Returns the incident of a line, or a card that asks for it; null if there is none. */
  async focusOf(line: Line): Promise<Focus> {
    return WITHOUT_INCIDENT.has(line.command.type) ? null : focusOf(this.#focus, line);
  }

  async line(line: Line): Promise<Outcome> {
    const { app } = this.#deps;
    const { text, caller, place, delivery } = line;
    if (line.command.type === 'thanks') return nothingSaid(caller.language);
    if (line.command.type === 'language') return this.#language(line, line.command.language === 'en' ? 'en' : 'zh-CN');
    const focus = line.focus === undefined ? await this.focusOf(line) : line.focus;
    if (focus && 'ask' in focus) return said(focus.ask, caller.language);
    const incident = focus?.incident ?? null;
    const meant = incident === null ? line.command : await this.#certain(line, incident);
    const command = meant.id === undefined || incident === null ? meant : { ...meant, id: incident };
    const room = OPENS.has(command.type) ? roomOf(place) : actingRoom(place);
    const before = line.source === undefined || incident === null ? null : await app.state(incident, caller);
    const reply = await committed(
      app.text({
        ...{ line: text, command, incident, caller, room, delivery },
        ...{ quoted: line.quoted ?? null, spoken: line.spoken ?? false },
      }),
    );
    if (reply.kind === 'submitted') {
      const opened = command.type === 'report' && command.choice === 'new' ? '' : null;
      const title = command.type === 'new' || command.type === 'drill' ? (command.title ?? null) : opened;
      const { source } = line;
      const { result } = reply;
      if (source !== undefined && result.kind === 'done') {
        const stated = before && !result.replayed ? statedSince(before, result.state) : null;
        await rememberSource(this.#deps.kept, source, result.incident, stated);
      }
      return this.#changed(line, result, title);
    }
    return this.#shown(line, reply);
  }

  /** Returns the command of a line; a bare yes in a direct conversation is in doubt if something else was asked there. */
  async #certain({ command, caller, place, isUnasked }: Line, incident: string): Promise<TextCommand> {
    if (place.kind !== 'direct' || (command.type !== 'yes' && command.type !== 'no')) return command;
    const state = isUnasked ? null : await this.#deps.app.state(incident, caller);
    return isUnasked || (state && asksPeople(state)) ? { ...command, unsure: true } : command;
  }

  /** Sets a person's language, for every incident and place; a group keeps its own. */
  async #language({ caller, delivery }: Line, language: Language): Promise<Outcome> {
    const { app, languages, isOwnRoom = hasAddressOf } = this.#deps;
    if (languages) await committed(languages.choose(caller.account.id, language));
    await committed(recordLanguage(app, { caller: { ...caller, language }, isOwnRoom, delivery }));
    return said(sentenceCard(t('said.language')), language);
  }

  /** Handles a line in an incident's thread that does not address the bot, as `App.overheard`. */
  overheard({ text, command, caller, source = '' }: Line, incident: string): Promise<'taken' | Offer | null> {
    return this.#deps.app.overheard({ line: text, command, incident, caller, link: source });
  }

  /** Returns the second reader's proposals for a line without a clear meaning, to show on arrival; null for none. */
  async secondReading({ text, caller, place }: Line, incident: string): Promise<Outcome | null> {
    const { app } = this.#deps;
    const card = await app.secondReading({ line: text, incident, caller, room: actingRoom(place) });
    return card && this.#about(incident, caller, [plainCard(card)]);
  }

  /** Returns proposals from the text of a kept picture, to show on arrival; null for none. */
  async pictureReading({ caller, place }: Omit<Act, 'delivery'>, incident: string, picture: Picture) {
    const card = await this.#deps.app.pictureReading({ picture, incident, caller, room: actingRoom(place) });
    return card && this.#about(incident, caller, [plainCard(card)]);
  }

  /** Notes in the record that a recorded message was edited or deleted; asks if new words replace its statement. */
  async edited(edit: Edit): Promise<Outcome | null> {
    const found = await noteEdit(this.#deps, edit);
    const { text, caller } = edit;
    if (!found || text === null || caller === null) return null;
    const card = await this.#deps.app.edited({ command: this.#deps.app.read(text), stated: found, caller });
    return card && this.#about(found.incident, caller, [plainCard(card)]);
  }

  /** Commits a press of a button, or submitted ticks. */
  async press(press: Press): Promise<Outcome> {
    const { app } = this.#deps;
    const { does, incident, revision, caller, place, delivery } = press;
    if (incident !== '' && does.kind !== 'line') await keepFocus(this.#focus, press, incident);
    switch (does.kind) {
      case 'form':
        return this.form(does.form, caller);
      case 'view':
        return this.view(does.view, caller);
      case 'line': {
        const command = app.read(does.text);
        return this.line({ caller, place, delivery, text: does.text, command, about: incident || null });
      }
      case 'intent': {
        const { intent } = does;
        if (intent.type === 'declare') {
          const input = { ...intent, anyway: true, caller, room: roomOf(place), delivery };
          return this.#changed(press, await committed(app.declare(input)), intent.title);
        }
        const room = actingRoom(place);
        return this.#changed(
          press,
          await committed(app.submit({ incident, intent, revision, caller, delivery, room })),
          null,
        );
      }
    }
  }

  /** Commits a submitted form. A filing is read back first and recorded by that card's button. */
  async fill(form: FilledForm): Promise<FormOutcome> {
    const { ref, place } = form;
    const room = ref.form === 'new_incident' ? roomOf(place) : actingRoom(place);
    const input = { ...form, room };
    const back = await this.#deps.app.readBack(input);
    if (back && 'card' in back) {
      const { card, state } = back;
      return {
        ...(await this.#about(state.id, form.caller, [plainCard(card)])),
        kind: 'done',
        incident: state.id,
        state,
      };
    }
    const result: FormResult = back ?? (await committed(this.#deps.app.submitForm(input)));
    if (result.kind === 'invalid') return result;
    if (result.kind === 'done') {
      const outcome = await this.#changed(form, result, ref.form === 'new_incident' ? '' : null);
      return { ...outcome, kind: 'done', incident: result.incident, state: result.state };
    }
    const { refusal, incident, state } = result;
    const card = this.#deps.explain(refusal, state);
    return { kind: 'refused', refusal, incident, card, state, isStale: refusal.code === 'stale_revision' };
  }

  /** Opens a form in its current state, or says why there is nothing to fill in. */
  async form(ref: FormRef, caller: Caller): Promise<Outcome> {
    const form = await this.#deps.app.form(ref, caller);
    const incident = ref.args['incident'] ?? null;
    if ('code' in form) return this.#about(incident, caller, [plainCard(this.#deps.explain(form, null))]);
    return this.#about(incident, caller, [{ kind: 'form', ref, card: offerOf(ref, form.title) }]);
  }

  /** Shows a card or a file to the asking person. */
  async view(ref: ViewRef, caller: Caller): Promise<Outcome> {
    const incident = ref.args['incident'] ?? null;
    if (isFile(ref)) {
      return this.#about(incident, caller, [{ kind: 'file', view: ref }]);
    }
    const card = await this.#deps.app.view(ref, caller);
    return this.#about(incident, caller, [
      'code' in card ? plainCard(this.#deps.explain(card, null)) : { kind: 'card', card, view: ref },
    ]);
  }

  async #shown(line: Line, reply: Extract<TextReply, { kind: 'card' }>): Promise<Outcome> {
    const { card, incident, form, view = null } = reply;
    const shown: Answer = view && isFile(view) ? { kind: 'file', view } : { kind: 'card', card, view };
    const answer: Answer = form ? { kind: 'form', ref: form, card } : shown;
    if (incident !== null) await keepFocus(this.#focus, line, incident);
    return this.#about(incident, line.caller, [answer]);
  }

  /** Returns the outcome of a change, with its sentence. `title`: of an incident to declare, null for other changes. */
  async #changed(act: Act, change: Submitted, title: string | null): Promise<Outcome> {
    if (change.kind === 'refused') {
      const { refusal, state, incident } = change;
      const why = this.#deps.explain(refusal, state, title === null ? undefined : again(refusal, title));
      const refused = plainCard(act.caller.aloud ? saidAloud(why, act.caller.name) : why);
      return { ...(await this.#about(incident, act.caller, [refused])), change };
    }
    const { incident, state, replayed } = change;
    if (!replayed) await keepFocus(this.#focus, act, incident);
    const { aloud, name, language } = act.caller;
    return {
      ...{ incident, revision: state.version, language, change, declared: title !== null },
      // The confirmation is worded when it is read.
      get answers(): readonly Answer[] {
        const said = change.said();
        if (!said || replayed) return [];
        return [{ kind: 'card', card: aloud ? saidAloud(said, name) : said, view: null }];
      },
    };
  }

  async #about(incident: string | null, caller: Caller, answers: readonly Answer[]): Promise<Outcome> {
    const state = incident === null || incident === '' ? null : await this.#deps.app.state(incident, caller);
    return { ...nothingSaid(caller.language), incident, revision: state?.version ?? 0, answers };
  }
}

/** Returns true if the record asks people for something besides its question: to lead, approve, agree or take over. */
function asksPeople(state: IncidentState): boolean {
  const isProposed = state.proposals.some(({ settled }) => settled === null);
  return (
    isProposed || !leadOf(state) || state.handover !== null || state.approvals.some((one) => isAwaited(state, one))
  );
}

function nothingSaid(language: Language): Outcome {
  return { incident: null, revision: 0, language, answers: [], change: null, declared: false };
}

function said(card: Card, language: Language): Outcome {
  return { ...nothingSaid(language), answers: [plainCard(card)] };
}

function hasAddressOf({ platform, tenant, address }: Room, account: Account): boolean {
  return platform === account.platform && tenant === account.tenant && address === account.id;
}

function plainCard(card: Card): Answer {
  return { kind: 'card', card, view: null };
}

function roomOf(place: Act['place']) {
  return place.kind === 'shared' ? null : place.room;
}

/** Returns the button that declares an incident although one with the same title exists. */
function again({ code }: Refusal, title: string): Action | undefined {
  if (code !== 'duplicate') return undefined;
  const intent = { type: 'declare', title } as const;
  return { id: 'another', label: t('refusal.open_another'), does: { kind: 'intent', intent } };
}

function offerOf(ref: FormRef, title: Text): Card {
  const action: Action = { id: ref.form, label: t('act.fill_in'), style: 'primary', does: { kind: 'form', form: ref } };
  return sentenceCard(t('text.form', { form: title }), buttons([action]));
}

/** Returns true for a view that is a file: a download whose format is known. */
const isFile = ({ view, args }: ViewRef): boolean => view === 'download' && args['format'] !== undefined;
