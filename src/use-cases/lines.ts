import { typeInTitle } from '../conversation/asking/incident-type-hints.ts';
import type { Question } from '../conversation/asking/question.ts';
import type { Action, Block, Card, FormRef, Text, ViewRef } from '../conversation/cards/card.ts';
import { localise } from '../conversation/cards/localise.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { plain, t } from '../conversation/cards/situation.ts';
import { saidToOfficer } from '../conversation/drills/call-card.ts';
import { formOf } from '../conversation/forms/form-kinds.ts';
import { questionFor, unanswered, wordsMeant } from '../conversation/meaning/answers.ts';
import { lineMeant, meant } from '../conversation/meaning/command-meaning.ts';
import { type Ask, commands, type Meaning, noteAction, say } from '../conversation/meaning/meaning.ts';
import { quotedMeant } from '../conversation/meaning/quoted.ts';
import { openPasted } from '../conversation/meaning/spoken.ts';
import { refusalCard } from '../conversation/record/refusals.ts';
import { cardFor } from '../conversation/rooms/abroad.ts';
import { languageIn } from '../conversation/text/characters.ts';
import { levelWords } from '../conversation/text/commands/command-arguments.ts';
import { findIncidentId, parseCommand, type TextCommand } from '../conversation/text/commands/commands.ts';
import { timesIn } from '../conversation/text/times/times.ts';
import type { Command } from '../incident/commands.ts';
import { isDrillSpeed, isoOf } from '../incident/drill-clock.ts';
import type { Scenario } from '../incident/scenario.ts';
import type { IncidentState } from '../incident/state.ts';
import { allItems } from '../report/items.ts';
import { refusalOf } from './abroad.ts';
import type { App, Caller, Submitted, TextReply } from './app.ts';
import { formRefusal } from './directory/access.ts';
import { actorIn, actorsOf } from './directory/accounts.ts';
import type { RunRequest } from './engine.ts';
import { reportLine } from './intake/report-line.ts';
import type { UseCaseContext } from './use-case-context.ts';

type Of<T extends TextCommand['type']> = Extract<TextCommand, { type: T }>;
type TextInput = Parameters<App['text']>[0];
type Viewing = UseCaseContext & Pick<App, 'view' | 'reports' | 'decideReport'>;
type CardReply = Extract<TextReply, { kind: 'card' }>;

/** Use cases for lines of text; a line without a clear meaning gets a helpful reply. */
export function createLines(context: Viewing): Pick<App, 'read' | 'text'> {
  const { clock, regime } = context.engine.deps;
  const fields = allItems({ regime }).flatMap((item) => item.fields.flatMap(({ label }) => [label.zh, label.en]));

  const grammar = { fields, levels: levelWords(regime) };
  const read: App['read'] = (line) => parseCommand(line, grammar);
  /** Runs a line in its incident: a command, or an answer in the words of the open question's options. */
  const inIncident = async (input: TextInput, command: TextCommand): Promise<TextReply> => {
    const named = ('id' in command ? command.id : undefined) ?? leadingId(input.line) ?? input.incident;
    const found = await (named ? namedOne(context, input, command, named) : noneMeant(context, input, command));
    if (!('version' in found)) return command.type === 'unknown' ? notUnderstood(command, found) : found;
    const situation = context.engine.situation(found, clock.now());
    const me = actorIn(found, input.caller.account, context.links);
    const reader = { situation, room: input.room, me, quoted: input.quoted ?? null };
    const answer = found.calls.length > 0 ? saidToOfficer(input.line, command, reader) : null;
    if (answer) return applyMeaning(context, input, found, commands(answer));
    if (command.type !== 'unknown') return applyMeaning(context, input, found, meant(command, reader));
    const said = isNearCommand(command)
      ? wordsMeant(command.text, situation)
      : lineMeant(command.text, reader, input.line);
    const stated = quotedMeant(command, reader) ?? said;
    // A line of the thread that would open an incident elsewhere: it is offered, whatever else the line may mean.
    const other = read(input.line);
    const meaning = other.type === 'new' && other.title !== undefined ? orOpened(stated, other.title, command) : stated;
    return meaning
      ? applyMeaning(context, input, found, meaning)
      : notUnderstood(command, found, questionFor(situation, null));
  };

  return {
    read,
    text: async (input): Promise<TextReply> => {
      const command = input.command ?? read(input.line);
      switch (command.type) {
        case 'new':
        case 'drill':
          return declareBy(context, input, command);
        case 'hello':
          return reply(sentence(t('text.here')));
        case 'help':
        case 'list':
          return showView(context, input, { view: command.type === 'list' ? 'list' : 'help', args: {} }, null);
        case 'report':
          return reportLine(context, input, command);
        case 'chat_id':
          return reply(sentence(chatId(input.room)));
        case 'link_account':
          return reply(sentence(await linkText(context, input, command.code)));
        default:
          return inIncident(input, command);
      }
    },
  };
}

/** Incident named in a line, or that of its thread. */
async function namedOne(
  context: Viewing,
  input: TextInput,
  command: TextCommand,
  named: string,
): Promise<IncidentState | CardReply> {
  const state = await context.visible(named, input.caller);
  if (state) return state;
  const found = await context.seen(named, input.caller);
  // Buttons may name the incident only if the person sees at least its head.
  const about = found?.shown.show === 'head' ? named : null;
  if (command.type === 'status') return showView(context, input, { view: 'status', args: { incident: named } }, about);
  return reply(refusalCard(found ? refusalOf(found) : { code: 'unknown_incident', params: { id: named } }), about);
}

/** Reply to a line without an incident; explains if the person may no longer see their only open one. */
async function noneMeant(context: UseCaseContext, { caller }: TextInput, command: TextCommand): Promise<CardReply> {
  if (command.type === 'state_secret') return reply(sentence(t('text.secret')));
  if (command.type === 'report_up') {
    if (command.text === undefined) return offer({ form: 'new_incident', args: {} }, NEW_INCIDENT, null);
    return reply(sentence(t('text.open_incident'), [openAction(command.text)]));
  }
  const { store, clock } = context.engine.deps;
  if (command.type === 'pasted')
    return reply(sentence(t('text.open_incident'), [openPasted(command.text, isoOf(clock.now()))]));
  const actors = await actorsOf(store, caller.account, context.links);
  const found = await Promise.all(actors.map((participant) => store.incidents({ open: true, participant, limit: 2 })));
  const [only, second] = new Map(found.flat().map((row) => [row.id, row])).values();
  const kept =
    only && !second && !(await context.visible(only.id, caller)) ? await context.seen(only.id, caller) : null;
  return reply(kept ? refusalCard(refusalOf(kept)) : sentence(t('text.no_incident')));
}

/**
 * Reply to a line without a clear meaning: offers the nearest command, to record the line, and to open an incident with
 * it as title, so that it need not be typed again.
 */
function notUnderstood(
  command: Of<'unknown'>,
  about: IncidentState | CardReply,
  question: Question | null = null,
): TextReply {
  const state = 'version' in about && !about.closed && !about.stopped ? about : null;
  const keep = state !== null && command.lacks === undefined && command.text.trim() !== '';
  const title = command.lacks || command.suggestion ? null : titleIn(command.text, state !== null);
  const isNote = keep && parseCommand(`${command.suggestion} …`).type === 'note';
  const near = command.suggestion && !command.lacks && !isNote ? [suggested(command.suggestion)] : [];
  const again = keep && question ? unanswered(command.text, question, near) : null;
  const open = title === null ? [] : [openAction(title)];
  if (again) return reply(sentence(again.text, [...(again.actions ?? []), ...open]), state?.id);
  const actions = [...near, ...(keep ? [noteAction(command.text)] : []), ...open];
  const text = state === null && title !== null ? t('text.open_incident') : notUnderstoodText(command, keep);
  return reply(sentence(text, actions), state?.id);
}

/** Returns true for a command that lacks something, or a short line near one: 列标 may mean 列表. */
const isNearCommand = ({ text, suggestion, lacks }: Of<'unknown'>): boolean =>
  lacks !== undefined || (suggestion !== undefined && text.length <= LONGEST_MISSPELT);
const LONGEST_MISSPELT = 8;

function suggested(word: string): Action {
  return { id: 'suggested', label: { raw: word }, does: { kind: 'line', text: word } };
}

/** Returns the meaning with a button that opens an incident with this title; facts that a line states are recorded. */
function orOpened(meaning: Meaning | null, title: string, { text }: Of<'unknown'>): Meaning {
  if (meaning?.kind === 'commands') return meaning;
  const open = openAction(title.slice(0, LONGEST_TITLE));
  if (meaning?.kind === 'say') return { ...meaning, actions: [...(meaning.actions ?? []), open] };
  return say(t('text.which_meant'), [open, noteAction(text)]);
}

export function openAction(title: string): Action {
  const label = t('text.open_as', { title: { raw: title } });
  return { id: 'open_incident', label, does: { kind: 'intent', intent: { type: 'declare', title } } };
}

const [SHORTEST_TITLE, LONGEST_TITLE] = [4, 100];
/**
 * Title for a new incident from a line, e.g. "ransomware on the file server"; null if it cannot be one. If an incident
 * is open, the line must name a kind of incident.
 */
export function titleIn(text: string, isOther: boolean): string | null {
  // "Is anybody there? The site was hacked": only parts that are no questions count.
  const parts = isOther ? [text] : text.split(/[?？\n]+/).filter((part) => !/[吗呢]\s*$/.test(part));
  const [longest = ''] = parts.toSorted((one, other) => other.length - one.length);
  const title = longest.trim().replace(/[!！。.\s]+$/, '');
  if (timesIn(title).length > 0 || (isOther && typeInTitle({ title }) === null)) return null;
  const isTitle =
    title.length >= SHORTEST_TITLE && title.length <= LONGEST_TITLE && /[\p{Script=Han}]|\S\s+\S/u.test(title);
  return isTitle && !/[\n?？]|[吗呢]$/.test(title) ? title : null;
}

function notUnderstoodText({ suggestion, lacks }: Of<'unknown'>, keep: boolean): Text {
  const raw = { raw: suggestion ?? '' };
  if (lacks) return t(`text.lacks.${lacks}`, { word: raw });
  if (suggestion === undefined) return t(keep ? 'text.unknown_note' : 'text.unknown');
  return t(keep ? 'text.unknown_near_note' : 'text.unknown_near', { suggestion: raw });
}

/** Text with the ids by which the profile names the room of the request. */
function chatId(room: TextInput['room']): Text {
  if (!room) return t('text.chat_id_where');
  const { platform, tenant, address } = room;
  return t('text.chat_id', { platform: plain(platform), tenant: plain(tenant), address: plain(address) });
}

/** Text on linking accounts: redeems a code, or offers one to a known person in private. */
async function linkText({ links, engine }: UseCaseContext, input: TextInput, code: string | undefined): Promise<Text> {
  const { account } = input.caller;
  if (!links) return t('link.unknown');
  if (code !== undefined) {
    const redeemed = await links.redeem(code, account);
    if (redeemed.kind === 'linked') return t('link.done', { name: plain(redeemed.name) });
    return t(redeemed.kind === 'taken' ? 'link.taken' : 'link.wrong');
  }
  const person = links.personOf(account);
  if (person === null) return t('link.unknown');
  const isOwn = engine.deps.defaultRooms.some((room) => room.platform === account.platform);
  if (input.room !== null && !isOwn) return t('link.private');
  const offered = await links.offer(person);
  if (!offered) return t('link.unknown');
  const minutes = Math.round((offered.until - engine.deps.clock.now()) / 60_000);
  return t('link.code', { code: plain(offered.code), minutes: { minutes } });
}

/** Id at the front of a line or quoted tag; a later one is part of the note. */
export function leadingId(line: string): string | undefined {
  return findIncidentId(line.trimStart().slice(0, 24));
}

/** Values for the new-incident form, e.g. `drill 10x` is a drill at 10×. Null: no form is needed. */
export function newIncidentForm(command: Of<'new'> | Of<'drill'>): FormRef['args'] | null {
  const speed = command.type === 'drill' ? command.speed : undefined;
  // An invalid speed is refused without a form, and a drill without details is chosen from a list.
  if (isChoice(command) || command.title !== undefined || (speed !== undefined && !isDrillSpeed(speed))) return null;
  return { drill: String(command.type === 'drill'), ...(speed === undefined ? {} : { speed: String(speed) }) };
}

const NEW_INCIDENT = { label: t('act.fill_in'), title: t('form.new.title') };

/** Returns true for a drill without details, which is chosen from the scenarios. */
function isChoice(command: Of<'new'> | Of<'drill'>): boolean {
  return command.type === 'drill' && command.title === undefined && command.speed === undefined;
}

function scenarioNamed(context: UseCaseContext, name: string | undefined): Scenario | null {
  const wanted = name?.trim().toLowerCase();
  const all = [...(context.engine.deps.scenarios?.().values() ?? [])];
  const names = ({ id, title }: Scenario): string[] => [id, title.zh, title.en].map((one) => one.toLowerCase());
  return all.find((one) => wanted !== undefined && names(one).includes(wanted)) ?? null;
}

async function declareBy(
  context: Viewing,
  input: TextInput,
  command: Extract<TextCommand, { type: 'new' | 'drill' }>,
): Promise<TextReply> {
  const { type, title, ...speed } = command;
  const drill = type === 'drill';
  const args = newIncidentForm(command);
  if (args) return offer({ form: 'new_incident', args }, NEW_INCIDENT, null);
  if (isChoice(command)) return showView(context, input, { view: 'scenarios', args: {} }, null);
  const { caller, room, delivery } = input;
  const story = drill ? scenarioNamed(context, title) : null;
  const named = story?.title[caller.language === 'en' ? 'en' : 'zh'] ?? title ?? '';
  const what = { title: named, ...speed, ...(story ? { scenario: story.id } : {}) };
  const result = await context.declare({ ...what, drill, caller, room, delivery });
  return { kind: 'submitted', result };
}

async function applyMeaning(
  context: UseCaseContext & { view: App['view'] },
  input: TextInput,
  state: IncidentState,
  meaning: Meaning,
): Promise<TextReply> {
  switch (meaning.kind) {
    case 'say':
      if (meaning.confirms && isRefused(context, input, state, meaning.confirms)) {
        return applyMeaning(context, input, state, { kind: 'commands', commands: [meaning.confirms] });
      }
      return reply(cardFor(sentence(meaning.text, meaning.actions), context.visibility(state, input.caller)), state.id);
    case 'form': {
      const refusal = await formRefusal(context, state, meaning.ref, input.caller);
      if (refusal) return reply(refusalCard(refusal), state.id);
      const situation = context.engine.situation(state, context.engine.deps.clock.now());
      const title = formOf(meaning.ref, { ...situation, now: situation.ia.now })?.title ?? meaning.label;
      return offer(meaning.ref, { label: meaning.label, title }, state.id);
    }
    case 'view':
      return showView(context, input, meaning.ref, state.id);
    // A line that addresses the bot is answered, also small talk, which is of no incident and for no second reader.
    case 'silent':
      return reply(sentence(t('text.here')));
    case 'commands': {
      const stated = input.spoken ? meaning.commands.map(asSpoken) : meaning.commands;
      const result = await context.finish(requestOf(input, state, stated), state);
      return { kind: 'submitted', result: withQuestions(result, meaning.asks ?? []) };
    }
  }
}

/** Marks a note or a source from a voice message as transcript; figures of an answer are read back anyway. */
function asSpoken(command: Command): Command {
  const mark = (words: string): string => localise(t('text.spoken', { text: plain(words) }), languageIn(words));
  if (command.type === 'add_note') return { ...command, text: mark(command.text) };
  if (command.type !== 'add_awareness') return command;
  return { ...command, description: mark(command.description ?? '') };
}

/** Request for a line, with the version of the state that its writer saw. */
function requestOf(input: TextInput, { id, version }: IncidentState, commands: readonly Command[]): RunRequest {
  const { caller: who, delivery, room } = input;
  return { target: { incident: id }, commands, who, revision: version, delivery, room };
}

/** Returns true for a decision that would be refused, so that it is not read back first. */
function isRefused(
  { engine, links }: UseCaseContext,
  input: TextInput,
  state: IncidentState,
  command: Command,
): boolean {
  const me = actorIn(state, input.caller.account, links);
  return engine.check(state, requestOf(input, state, [command]), me) !== null;
}

function withQuestions(result: Submitted, asks: readonly Ask[]): Submitted {
  if (result.kind !== 'done' || asks.length === 0) return result;
  const rows = asks.map((ask): Block => ({ kind: 'row', mark: 'open', ...ask }));
  const card = result.said();
  if (!card) return result;
  const said = { ...card, blocks: [...card.blocks, ...rows] };
  return { ...result, said: () => said, shown: { ...result.shown, says: () => null } };
}

async function showView(
  context: { view: App['view'] },
  input: { caller: Caller },
  ref: ViewRef,
  incident: string | null,
): Promise<CardReply> {
  const shown = await context.view(ref, input.caller);
  return 'code' in shown ? reply(refusalCard(shown), incident) : { ...reply(shown, incident), view: ref };
}

const reply = (card: Card, incident: string | null = null): CardReply => ({ kind: 'card', card, incident });

const sentence = (text: Text, actions: readonly Action[] = []): Card => sentenceCard(text, buttons(actions));

function offer(ref: FormRef, { label, title }: Record<'label' | 'title', Text>, incident: string | null): CardReply {
  const open: Action = { id: ref.form, label, style: 'primary', does: { kind: 'form', form: ref } };
  return { ...reply(sentence(t('text.form', { form: title }), [open]), incident), form: ref };
}
