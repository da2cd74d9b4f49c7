import { z } from 'zod';
import type { Block, Card, Text, ViewRef } from '../conversation/cards/card.ts';
import { type LocalForm, localised } from '../conversation/cards/localise.ts';
import { strongBlock } from '../conversation/cards/sentence.ts';
import { fileRefusedCard } from '../conversation/filing/draft-card.ts';
import type { MessageKey } from '../i18n/keys.ts';
import { type Account, accountKey, type Language, type Room, roomId } from '../incident/identity.ts';
import { showsAll } from '../incident/visibility.ts';
import type { Caller } from '../use-cases/app.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import { deliveriesOf, fileAsked } from '../use-cases/platform-support.ts';
import type { Clock, SendOutcome } from '../use-cases/ports.ts';
import type { Act, Core, Line, Outcome, TalkNeeds } from './acts.ts';
import { type Acted, type Conclusion, conclude } from './conclusion.ts';
import { GivenFiles } from './given-files.ts';
import type { ActSource, After, Given, Intake, IntakeOptions, Spot, Written } from './intake-options.ts';
import { OpenForms } from './open-forms.ts';
import { RunningAnswers, type RunningPort } from './running-answers.ts';
import { createServiceParts } from './service.ts';

/** Time (ms) for which a question shown in a room counts as still seen by its people. */
const NEAR = 5 * 60_000;

/**
 * Questions and views shown in a room within the last minutes because a person asked for them; the next person who asks
 * gets the answer alone.
 */
export class ShownLately {
  readonly #clock: Pick<Clock, 'now'>;
  /** Each room's questions and views as they were shown, with the time (epoch ms). */
  readonly #shown = new Map<string, number>();
  readonly #unasked = new Map<string, boolean>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Records if the last answer in a direct conversation asked a question. */
  alone(account: Account, answers: Outcome['answers']): void {
    if (answers.length > 0) this.#unasked.set(accountKey(account), !answers.some(isQuestion));
  }
  isUnasked(account: Account): boolean {
    return this.#unasked.get(accountKey(account)) === true;
  }

  /** Returns true if the room was just shown this question or view; otherwise records it. False for other answers. */
  isKnown(room: string, { incident, revision, answers }: Pick<Outcome, 'incident' | 'revision' | 'answers'>): boolean {
    const [answer] = answers;
    if (answers.length !== 1 || answer?.kind !== 'card') return false;
    const { card, view } = answer;
    // 刷新 brings the status card to the end of the room; a list changes without a revision.
    const isAsked = isQuestion(answer);
    if (!isAsked && (view === null || incident === null || view.view === 'status')) return false;
    const now = this.#clock.now();
    for (const [shown, at] of this.#shown) if (now - at >= NEAR) this.#shown.delete(shown);
    // The time left changes between two equal requests; a view of the same record is the same.
    const shown = JSON.stringify(isAsked ? [room, incident, card] : [room, view, revision]);
    const isKnown = this.#shown.has(shown);
    if (!isKnown) this.#shown.set(shown, now);
    return isKnown;
  }
}

const isQuestion = (answer: Outcome['answers'][number]): boolean =>
  answer.kind === 'card' && answer.card.blocks.some(takesAnswer);

function takesAnswer(block: Block): boolean {
  if (block.kind !== 'actions') return block.kind === 'choices';
  return block.actions.some(({ does }) => does.kind === 'intent' && does.intent.type === 'answer');
}

/** Incident, revision and language of an answer, for its buttons. */
export type About = Pick<Outcome, 'incident' | 'revision' | 'language'> & Partial<Pick<Outcome, 'change'>>;
export type KeyedText = Extract<Text, { readonly key: MessageKey }>;

/** Ways in which a platform shows an answer to the actor; each is used once, and a lost answer does no harm. */
export interface AnswerPort {
  /** Shows a card. `view`: the requested view, for renewal in place. Resolves to false if it was not accepted. */
  card(card: Card, about: About, view: ViewRef | null): Promise<unknown>;
  /** Opens a form. `offer`: card with a button that opens it, where it cannot be opened at once. */
  form(form: LocalForm, about: About, offer: Card): Promise<unknown>;
  /** Sends a file, or tells the person why it was refused. Resolves to null if the file is sent later or elsewhere. */
  file(file: MadeFile, about: About, view: ViewRef): Promise<SendOutcome | null>;
  /** Shows a sentence of the bot, about an incident or none. */
  say(text: KeyedText, incident?: string | null): Promise<unknown>;
  /** Shows the result in place of the pressed card; returns true if people see it. Absent: not possible. */
  inPlace?(outcome: Outcome): Promise<boolean>;
  /** Growing message of a room for confirmations within minutes. Absent: each confirmation is a message. */
  readonly running?: RunningPort;
}

/**
 * Shows the answers of an outcome. Forms and files are read now; if refused, a card has the reason. `formLanguage`:
 * language of forms, which go to the person alone although the other answers are for a room.
 */
async function showAnswers(
  { app, explain }: Core,
  caller: Caller,
  outcome: Outcome & { readonly formLanguage?: Language },
  port: Pick<AnswerPort, 'card' | 'form' | 'file'>,
): Promise<void> {
  for (const answer of outcome.answers) {
    if (answer.kind === 'card') {
      await port.card(answer.card, outcome, answer.view);
    } else if (answer.kind === 'form') {
      const form = await app.form(answer.ref, caller);
      const language = outcome.formLanguage ?? outcome.language;
      if ('code' in form) await port.card(explain(form, null), outcome, null);
      else await port.form(localised(form, language), { ...outcome, language }, answer.card);
    } else {
      const file = await fileAsked(app, answer.view, caller);
      if ('code' in file) await port.card(explain(file, null), outcome, null);
      else await sendFile(port, file, outcome, answer.view);
    }
  }
}

/** Sends a requested file; if the platform refuses it, a card with the reason and a button to read the text instead. */
export async function sendFile(
  port: Pick<AnswerPort, 'card' | 'file'>,
  ...[file, about, view]: Parameters<AnswerPort['file']>
): Promise<void> {
  const outcome = await port.file(file, about, view);
  if (outcome?.kind === 'refused') await port.card(fileRefusedCard(file.name, outcome.detail, view), about, null);
}

export type Parts<File extends Given, At> = ReturnType<typeof partsOf<File, At>>;

/** Returns the parts of an intake: the data each act needs, and the display of its outcome. */
export function partsOf<File extends Given, At>(needs: TalkNeeds, core: Core, options: IntakeOptions<File, At>) {
  const { platform, people, prefix, isOwnRoom, texts } = options;
  const delivery = deliveriesOf(platform);
  const { jobs, start, ...service } = createServiceParts(needs, core, {
    ...{ platform, prefix, languages: people, jobs: options.file.and(z.object({ incident: z.string() })) },
    ...(isOwnRoom ? { isOwnRoom } : {}),
  });
  const { talk } = service;
  const { question, noIncident } = texts;
  const files = new GivenFiles<File>({
    ...{ talk, kept: needs.kept, clock: needs.clock, jobs, schema: options.file },
    ask: (act, text) => talk.line({ ...act, text, command: core.app.read(text), about: null }),
    keyOf: ({ message }) => message,
    question: (given) => (typeof question === 'function' ? question(given) : { key: question }),
    ...(noIncident ? { noIncident } : {}),
  });
  const lately = new ShownLately(needs.clock);
  const linesOf = ({ caller, place }: Spot<At>, written: Written<File>, command: Line['command']): Line => {
    const { key, text, about = null, quoted, source, spoken, body = [caller.account.id, text] } = written;
    const more = {
      ...(quoted === undefined ? {} : { quoted }),
      ...(source === undefined ? {} : { source }),
      ...(spoken ? { spoken } : {}),
      ...(place.kind === 'direct' && lately.isUnasked(caller.account) ? { isUnasked: true as const } : {}),
    };
    return { caller, place, text, command, about, delivery: delivery(key, body), ...more };
  };
  const forms = new OpenForms<File, At>(needs, core, options);
  const running = new RunningAnswers(needs.clock);
  const showing = showingBy(core, options, forms, lately);
  const { show } = showing;
  const given = async (spot: Spot<At>, key: string, what: readonly File[], about: string | null): Promise<After> => {
    const act = { ...spot, delivery: delivery(`where:${key}`, [spot.caller.account.id]) };
    const asked = await files.given(act, what, about);
    return async () => (asked ? show(spot, asked, true) : undefined);
  };
  const give: Intake<File, At>['give'] = async (spot, { key, files: what = [], about = null }) => {
    const after = await given(spot, key, what, about);
    introduced(spot);
    return once(key, after);
  };
  /** Adds the waiting files to the incident that a person chose for them. */
  const placed = async (spot: Spot<At>, incident: string): Promise<After> => {
    const isPlaced = await files.placed(spot, incident);
    return async () =>
      void (isPlaced || (await options.port(spot, true).say({ key: texts.gone, params: { name: '' } })));
  };
  const once: Intake<File, At>['once'] = (key, work) => async () => {
    if ((await service.answered.markSeen(key)) === 'new') await work();
  };
  /** Asks for the missing name of a person who acted; nothing waits for the answer. */
  const introduced = ({ caller }: Spot<At>): void => service.after.run(() => people.introduce(core.app, caller));
  return {
    ...{ service, delivery, forms, start, once, introduced, given, give, placed, linesOf },
    met: async (spot: Spot<At>): Promise<Spot<At>> => (await options.met?.(spot)) ?? spot,
    placeFor: async ({ caller, place }: Spot<At>, key: string, declares: boolean): Promise<Act['place']> =>
      declares && options.roomFor ? { kind: 'direct', room: await options.roomFor(caller, key) } : place,
    ...showing,
    concluded: concluding(core, options, showing, running),
    /** Adds a sentence to the growing message of a room; without one runs `otherwise`. */
    saying: (spot: Spot<At>, card: Card, incident: string | null, otherwise: After): Promise<void> => {
      const { place } = spot;
      const ways = place.kind === 'room' ? options.port(spot, false).running : undefined;
      if (place.kind !== 'room' || !ways) return otherwise();
      const about = { incident, revision: 0, language: place.room.language };
      if (ways.takes?.(card, about) !== true) return otherwise();
      return running.add(roomId(place.room), { card, about }, ways).then(() => undefined);
    },
    /** Holds back, until the act is over, the cards that delivery would post for the incident. */
    holding: holdingBy(options),
  };
}

type Showing<At> = ReturnType<typeof showingBy<never, At>>;

function showingBy<File extends Given, At>(
  core: Core,
  { port, answersAlone, asksAlone, lineForms, direct, reposts, texts }: IntakeOptions<File, At>,
  opened: OpenForms<File, At>,
  lately: ShownLately,
) {
  /** Returns the direct conversation of the person who acted; null if there is none. */
  const aloneWith = (spot: Spot<At>): Spot<At> | null => {
    const own = direct?.(spot);
    return own && spot.since !== undefined ? { ...own, since: spot.since } : (own ?? null);
  };
  const show = (spot: Spot<At>, outcome: Outcome, alone: boolean): Promise<void> => {
    const { caller, place } = spot;
    if (place.kind === 'direct') lately.alone(caller.account, outcome.answers);
    const isRead = place.kind === 'room' && !alone && !answersAlone;
    const language = isRead ? place.room.language : outcome.language;
    const ways = port(spot, alone);
    if (!lineForms) return showAnswers(core, caller, { ...outcome, language, formLanguage: outcome.language }, ways);
    const form: AnswerPort['form'] = async (shown, about, offer) => {
      await opened.asked(spot, shown.ref, about.revision);
      await ways.form(shown, about, offer);
    };
    return showAnswers(core, caller, { ...outcome, language }, { ...ways, form });
  };
  return {
    show,
    /** Shows a requested card; content this room does not show goes to the person alone, computed by `again`. */
    showThere: async (
      spot: Spot<At>,
      outcome: Outcome,
      alone: boolean,
      again: (direct: Spot<At>) => Promise<Outcome>,
    ): Promise<void> => {
      const { place } = spot;
      const isKnown = (room: Room): boolean => reposts !== undefined && lately.isKnown(roomId(room), outcome);
      const own = outcome.answers.some(isForOneAlone) ? aloneWith(spot) : null;
      const isOwn = outcome.answers.every(
        (answer) => asksBack(answer) || (isCatchup(answer) && own === null) || (isOfIncident(answer) && !alone),
      );
      // A person without a reachable direct conversation gets the answer in the place of the line.
      if (asksAlone && place.kind === 'room' && (isOwn || isKnown(place.room)))
        return show(aloneWith(spot) ?? spot, outcome, true).catch(() => show(spot, outcome, alone));
      if (!own) return show(spot, outcome, alone);
      await show(own, await again(own), true);
      const said = texts.sentAlone?.(spot.caller);
      if (said) await port(spot, false).say(said, outcome.incident);
    },
  };
}

/** Titles of questions about a person's own words: other members of a group need not see them. */
const ASKS_BACK: ReadonlySet<string> = new Set<MessageKey>([
  'text.not_recorded',
  'text.is_meant',
  'text.which_meant',
  'text.which_field',
  'text.which_incident',
  'text.here',
  'text.police_told',
  'text.undo',
]);

function asksBack(answer: Outcome['answers'][number]): boolean {
  return answer.kind === 'card' && 'key' in answer.card.title && ASKS_BACK.has(answer.card.title.key);
}

/** Returns true for a card that only states something: it has no button. */
const isSentence = (answer: Outcome['answers'][number]): boolean =>
  answer.kind === 'card' &&
  !answer.card.blocks.some(({ kind }) => kind === 'actions' || kind === 'row' || kind === 'choices');

/** Returns true for a form about an incident. One for a new incident stays in the room in which it is declared. */
const isOfIncident = (answer: Outcome['answers'][number]): boolean =>
  answer.kind === 'form' && answer.ref.args['incident'] !== undefined;

const isCatchup = (answer: Outcome['answers'][number]): boolean =>
  answer.kind === 'card' && answer.view?.view === 'catchup';

/** Returns true for a catch-up, which is for the asker, and for content that the room does not show. */
function isForOneAlone(answer: Outcome['answers'][number]): boolean {
  if (isCatchup(answer)) return true;
  return answer.kind === 'card' && 'key' in answer.card.title && answer.card.title.key === 'refuse.ask_directly';
}

/** Shows the result of an act once, unless a card of the place shows it already. */
function concluding<File extends Given, At>(
  core: Core,
  options: IntakeOptions<File, At>,
  { show }: Showing<At>,
  running: RunningAnswers,
) {
  const { reposts } = options;
  /** Shows the recorded change in a room: in its growing message if the room shows the whole incident. */
  const tell = async (spot: Spot<At>, outcome: Outcome, alone: boolean): Promise<boolean> => {
    const { incident, change, answers } = outcome;
    const { place } = spot;
    const ways = alone || place.kind !== 'room' ? undefined : options.port(spot, false).running;
    // A refusal without buttons shows nothing of the incident.
    const isRunning =
      place.kind === 'room' &&
      (change?.kind === 'done' ? showsAll(change.state, place.room) : change !== null && answers.every(isSentence));
    if (!ways || !isRunning || incident === null) return show(spot, outcome, alone).then(() => true);
    let isShown = true;
    const { language } = place.room;
    const about = { ...outcome, language };
    for (const answer of answers) {
      const isPlain = answer.kind === 'card' && answer.view === null && ways.takes?.(answer.card, about) !== false;
      if (isPlain) isShown = (await running.add(roomId(place.room), { card: answer.card, about }, ways)) && isShown;
      else await show(spot, { ...outcome, answers: [answer] }, alone);
    }
    return isShown;
  };
  /** Adds a decision to the room's growing message instead of posting the surface that says the same. */
  const toldInRoom = async (spot: Spot<At>, outcome: Outcome, { told, answers }: Conclusion): Promise<void> => {
    const { incident } = outcome;
    const { place } = spot;
    const ways = options.port(spot, false).running;
    if (!reposts || !told || !ways || incident === null || place.kind !== 'room') return;
    const about = { ...outcome, language: place.room.language };
    const fits = answers.every((answer) => answer.kind === 'card' && ways.takes?.(answer.card, about) === true);
    const shown = fits ? await cardOf({ view: told, args: { incident } }, spot) : null;
    if (!shown) return;
    // The surface is posted as well if the answer waits, because a restart loses a waiting answer.
    if (await tell(spot, { ...outcome, answers }, false))
      await reposts.renewals.renewed({ incident, chat: reposts.chatOf(spot), surface: told }, shown);
  };
  const cardOf = async (ref: ViewRef, spot: Spot<At>): Promise<Card | null> => {
    const card = await core.app.view(ref, spot.caller);
    return 'code' in card ? null : card;
  };
  /** Shows the status card, and marks it or the changed question as shown, so that delivery reposts neither. */
  const withStatus = async (spot: Spot<At>, outcome: Outcome, conclusion: Conclusion): Promise<void> => {
    const { incident, change } = outcome;
    if (!reposts || incident === null) return;
    const about = { incident, chat: reposts.chatOf(spot) };
    /** Marks the changed question as shown: its button opens it. */
    const questionWaits = async (): Promise<void> => {
      const question = await cardOf({ view: 'question', args: { incident } }, spot);
      if (question) await reposts.renewals.renewed({ ...about, surface: 'question' }, question);
    };
    if (conclusion.status === 'alone') return questionWaits();
    const view = { view: 'status', args: { incident } };
    const status = await cardOf(view, spot);
    if (!status) return;
    if (conclusion.status === 'with') {
      const says = change?.kind === 'done' && change.shown.says() === 'status';
      const said = conclusion.answers.flatMap((answer) =>
        answer.kind === 'card' && !says ? [answer.card.summary] : [],
      );
      const card = { ...status, blocks: [...said.map(strongBlock), ...status.blocks] };
      const language = spot.place.kind === 'room' ? spot.place.room.language : outcome.language;
      if ((await options.port(spot, false).card(card, { ...outcome, language }, view)) === false) return;
      await questionWaits();
    }
    await reposts.renewals.renewed({ ...about, surface: 'status' }, status);
  };
  return (spot: Spot<At>, outcome: Outcome, alone: boolean, how: Acted, act: ActSource) => async (): Promise<void> => {
    // A person outside gets only the sentence that nothing may be shown, from the platform or the use cases.
    if (spot.caller.outside && options.texts.shared) return;
    const conclusion = conclude(outcome, how, ({ state }) => options.visibleCards(spot, act, state));
    if (conclusion.status !== null) await withStatus(spot, outcome, conclusion);
    if (conclusion.told) await toldInRoom(spot, outcome, conclusion);
    else if (conclusion.status !== 'with') await tell(spot, { ...outcome, answers: conclusion.answers }, alone);
    const { next } = conclusion;
    const card = next && (await cardOf(next, spot));
    if (card) await show(spot, { ...outcome, answers: [{ kind: 'card', card, view: next }] }, alone);
    if (outcome.change?.kind === 'done') await options.changed?.(spot, outcome.change);
  };
}

function holdingBy<File extends Given, At>({ reposts }: IntakeOptions<File, At>) {
  return async (spot: Spot<At>, incident: string | null, commit: () => Promise<After>): Promise<After> => {
    if (!reposts || incident === null || incident === '') return commit();
    const { promise, resolve } = Promise.withResolvers<void>();
    const held = reposts.renewals.during(incident, reposts.chatOf(spot), () => promise);
    try {
      const after = await commit();
      return async () => {
        try {
          await after();
        } finally {
          resolve();
          await held;
        }
      };
    } catch (error) {
      resolve();
      throw error;
    }
  };
}
