import { type LocalCard, localiseCard } from '../../../conversation/cards/localise.ts';
import { withDelivery } from '../../../conversation/reminding/delivery-notes.ts';
import { isCommand } from '../../../conversation/text/commands/commands.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { OutgoingMessage } from '../../../use-cases/ports.ts';
import { CARD_COUNTS, CARD_LIMITS, type CardLimits, type Flavour } from '../limits.ts';
import { cut, fits, oneLine } from '../text.ts';
import { bareBody, bodyOf, type Line, linesOf, markdownOf } from './body-text.ts';
import { type ButtonEffects, isAnswer, NO_EFFECTS } from './button-effects.ts';
import {
  answerChoice,
  answersIn,
  type ButtonChoice,
  isNeeded,
  keyOf,
  labelWithin,
  mostUseful,
  plainActions,
  rowChoice,
  type Shown,
  withShortLabels,
} from './form-card.ts';
import { type Head, headingOf, headOf, sourceOf } from './head.ts';
import type { WecomMessage } from './task.ts';
import { type MainTitle, PICK_QUESTION, SUBMIT_KEY } from './template.ts';

export interface ComposeOptions {
  readonly flavour: Flavour;
  /** True for a requested card: its full text is sent, even if a card has no room for it. */
  readonly full?: boolean;
  /** True if the card replaces the pressed one, so that only a card can be sent. */
  readonly inPlace?: boolean;
  /** True for text in place of buttons that can be typed, even if the card has room for both. */
  readonly inWords?: boolean;
}
type Message = Omit<OutgoingMessage, 'ring'>;

/** Composes a message within every limit of `limits.ts`. The same input gives the same result. */
export function compose(
  message: Message,
  { flavour, full = false, inPlace = false, inWords: asWords = false }: ComposeOptions,
): WecomMessage {
  const { revision, language, incident, surface } = message;
  const card = withDelivery(message);
  const local = localiseCard(withShortLabels(card, language), language);
  const title = headingOf(local.title, incident);
  const first = card.blocks.length - message.card.blocks.length;
  const all = linesOf(local, { blocks: card.blocks, first, surface });
  // Repetitions such as "Zhao Min: please approve …" above "Please approve …" are dropped.
  const lines = all.filter((line) => title === '' || !title.endsWith(oneLine(line.plain)));
  // The longer line is the heading, as "Verdict" above "Verdict: major" would repeat itself.
  const longer = lines.find(({ rank, plain }) => rank === 0 && oneLine(plain).startsWith(title));
  const heading = oneLine(longer?.plain ?? '') || title;
  const limits = CARD_LIMITS[flavour];
  // The first card is also the answer to the person who declared the incident.
  const said = message.isFirst ? translate(language, 'wecom.recorded', { title: heading }) : heading;
  const head = headOf(said || translate(language, 'wecom.actions'), limits);
  const rest = lines.filter((line) => line !== longer);
  const actions = plainActions(local);
  const about = { message, local, lines: rest, actions, heading: said, head, limits, full, inPlace, inWords: asWords };
  const made = voteOf(about, buttonsOf) ?? buttonsOf(about) ?? inWords(about, []);
  return { revision, incident, surface, language, repeated: message.possiblyRepeated === true, heading, ...made };
}

export interface About extends Required<Omit<ComposeOptions, 'flavour'>> {
  readonly message: Message;
  readonly local: LocalCard;
  readonly lines: readonly Line[];
  /** Buttons except those of rows. */
  readonly actions: readonly Shown[];
  readonly heading: string;
  /** Title of a card: its heading, or the text in place of one. */
  readonly head: Head;
  readonly limits: CardLimits;
}
export type Made = Pick<WecomMessage, 'markdown' | 'card' | 'bound'>;

function inWords(about: About, labels: readonly string[], end?: string): Made {
  return { markdown: markdownOf(about, labels, end), card: null, bound: NO_EFFECTS };
}

function buttonsOf(about: About): Made | null {
  const { local, message, inPlace } = about;
  const { chosen, answers, choice } = buttonsFor(about);
  if (chosen.length === 0) return null;
  const room = choice === null ? CARD_COUNTS.buttonText : about.limits.optionText;
  const labels = choice?.isList ? [] : longLabels(answers, room);
  const rows = labels.flatMap((label, index) =>
    fits(`${index + 1} ${label}`, room) ? [] : [{ keyname: String(index + 1), value: label || '-' }],
  );
  const asRows = rows.length <= CARD_COUNTS.rows && rows.every(({ value }) => fits(value, CARD_COUNTS.rowValue));
  const body = bodyOf(about, asRows ? rows : []);
  const isWhole = inPlace || (!about.inWords && body !== null && asRows);
  // Buttons for commands that can be typed need no card of their own below a text.
  const typed = isWhole || choice || message.surface !== null ? null : typedFor(chosen);
  if (typed !== null) return inWords(about, labels, translate(message.language, 'wecom.or_send', { commands: typed }));
  const { main_title, ...rest } = (isWhole ? body : null) ?? bareBody(about);
  const button_list = chosen.map((one, index) => ({
    text: buttonText(one, labels.length > 0 ? answers.indexOf(one) : -1, message.language),
    key: `b${index}`,
    style: one.style,
  }));
  return {
    markdown: isWhole ? null : markdownOf(about, labels),
    card: {
      card_type: 'button_interaction',
      ...sourceOf(message.incident, local.tone),
      main_title,
      ...rest,
      ...(choice ? { button_selection: choice.selection } : {}),
      button_list,
    },
    bound: effectsOf(chosen, answers, choice),
  };
}

/** Returns labels to type in place of buttons that open forms or views; null if any button cannot be typed so. */
function typedFor(chosen: readonly Shown[]): string | null {
  const commands = chosen.map(({ entry: { does, label } }) => {
    const typed = label.replace(/…$/, '');
    const isTyped = fits(label, CARD_COUNTS.rowValue) && isCommand(typed);
    return isTyped && (does.kind === 'form' || does.kind === 'view') ? `“${typed}”` : null;
  });
  return commands.every((command) => command !== null) ? commands.join(' ') : null;
}

interface Buttons {
  readonly chosen: readonly Shown[];
  readonly answers: readonly Shown[];
  readonly choice: ButtonChoice | null;
}

/** Returns a card's buttons. Answers that do not all fit share a drop-down, so that none is omitted. */
function buttonsFor({ local, message, limits, actions }: About): Buttons {
  const { language } = message;
  const rows = rowChoice(local, translate(language, 'wecom.which_row'), limits);
  const inRows = new Set(rows?.does.map(({ entry }) => keyOf(entry)));
  const plain = actions.filter(({ entry }) => !inRows.has(keyOf(entry)));
  const all = [...(rows?.labels ?? []), ...plain, ...refreshOf(message)];
  const answers = answersIn(all);
  const needed = all.filter((one) => isNeeded(one));
  const isRoomy = answers.length > 0 && answers.length < CARD_COUNTS.selectOptions;
  if (rows === null && isRoomy && needed.length > CARD_COUNTS.buttons) {
    const words = { title: translate(language, 'chat.choose'), submit: translate(language, 'wecom.answer') };
    const choice = answerChoice(answers, words, limits);
    const others = all.filter((one) => !answers.includes(one));
    return { chosen: mostUseful([...choice.labels, ...others], CARD_COUNTS.buttons), answers, choice };
  }
  const most = message.surface === 'status' ? CARD_COUNTS.statusButtons : CARD_COUNTS.buttons;
  const chosen = mostUseful(all, most);
  return { chosen, answers: answersIn(chosen), choice: rows };
}

/** Returns the button [Refresh] of a status card, which is updated in place. */
function refreshOf(message: Message): readonly Shown[] {
  if (message.surface !== 'status') return [];
  return [{ entry: { label: translate(message.language, 'wecom.refresh'), does: { kind: 'refresh' } }, style: 2 }];
}

/** Returns all full answers if any is wider than `max`, the room on its button or option; else empty. */
function longLabels(answers: readonly Shown[], max: number): readonly string[] {
  if (answers.every((one) => fits(brief(labelWithin(one, max)), max))) return [];
  return answers.map(({ entry }) => brief(oneLine(entry.label)));
}

/** Shortens figures in a row's label: "10 million to under 100 million" becomes "10M to under 100M". */
function brief(label: string): string {
  return fits(label, CARD_COUNTS.rowValue)
    ? label
    : label.replace(/(\d) million/g, '$1M').replace(/(\d) billion/g, '$1B');
}

function buttonText(one: Shown, place: number, language: Language): string {
  const label = labelWithin(one, CARD_COUNTS.buttonText) || translate(language, 'wecom.choose');
  return cut(place < 0 ? label : `${place + 1} ${oneLine(one.entry.label)}`, CARD_COUNTS.buttonText);
}

function effectsOf(chosen: readonly Shown[], answers: readonly Shown[], choice: ButtonChoice | null): ButtonEffects {
  const does = chosen.flatMap((one, index) => {
    const key = `b${index}`;
    if (!choice?.labels.includes(one)) return [[key, one.entry] as const];
    const own = choice.does.filter(({ label }) => label === one.entry.label);
    return own.map(({ option, entry }) => [`${key}/${option}`, entry] as const);
  });
  const keyFor = new Map(does.map(([key, entry]) => [entry, key]));
  return {
    does: Object.fromEntries(does),
    answers: choice?.isList ? [] : answers.flatMap(({ entry }) => keyFor.get(entry) ?? []),
    ...(choice?.isList ? { isList: true } : {}),
  };
}

/** Returns a card with ticks, for a question with several answers, or if there is no room for enough buttons. */
function voteOf(about: About, buttonsOf: (about: About) => Made | null): Made | null {
  const { local, actions: all } = about;
  const choice = local.blocks.find((block) => block.kind === 'choices')?.choice;
  if (choice) {
    const options = choice.options.slice(0, CARD_COUNTS.voteOptions);
    const values = options.map((option) => option.value);
    const labels = options.map((option) => oneLine(option.label));
    const alone = options.filter((option) => option.exclusive === true).map((option) => option.value);
    const pick = { fact: choice.fact, values, labels, alone };
    const checked = values.map((value) => choice.chosen.includes(value));
    return vote(about, { labels, checked, mode: 1, submit: choice.submit, bound: { does: {}, pick, answers: [] } });
  }
  const isMenu = local.blocks.every(({ kind }) => kind === 'actions');
  const options = isMenu ? all : answersIn(all);
  if (options.length <= CARD_COUNTS.buttons) return null;
  // Drop-downs leave room for the text and one other button.
  const other = isMenu || options.length >= CARD_COUNTS.selectOptions ? null : buttonsOf(about);
  if (other !== null && other.markdown === null) return other;
  const some = mostUseful(options, CARD_COUNTS.voteOptions).map(({ entry }) => entry);
  const does = Object.fromEntries(some.map((entry, index) => [`${SUBMIT_KEY}/${index}`, entry]));
  return vote(about, {
    labels: some.map(({ label }) => oneLine(label)),
    mode: 0,
    submit: translate(about.message.language, isMenu ? 'wecom.open' : 'wecom.choose'),
    bound: { does, answers: some.every(isAnswer) ? Object.keys(does) : [] },
  });
}

interface Vote {
  readonly labels: readonly string[];
  readonly checked?: readonly boolean[];
  readonly mode: 0 | 1;
  readonly submit: string;
  readonly bound: ButtonEffects;
}

/** Removes examples from a label to save space: "Daily life (water, power, transport …)". */
function withoutExamples(label: string): string {
  return fits(label, CARD_COUNTS.voteText) ? label : label.replace(/\s*[（(][^）)]*[）)]$/, '');
}

/** Returns the title of a vote with room for everything important; else null. */
function voteTitle({ head: { main_title, left }, limits, lines, full }: About): MainTitle | null {
  // The effect of an answer is stated only here, in its shorter wording unless the full text was requested.
  const vital = lines
    .filter(({ rank }) => rank < 3)
    .map(({ plain, split }) => oneLine(full ? plain : (split?.sentence ?? plain)))
    .join(' ');
  if (left !== '') return null;
  if (vital === '') return main_title;
  return main_title.desc === undefined && fits(vital, limits.description) ? { ...main_title, desc: vital } : null;
}

/** Returns the title of a vote whose question follows a verdict: the question, with the previous answer's result. */
function questionTitle({ message, limits, heading, lines, full }: About): MainTitle | null {
  const question = lines.findLast(({ rank }) => rank === 0);
  if (message.surface !== 'question' || full || !question) return null;
  const { main_title, left } = headOf(oneLine(question.plain), limits);
  const [first] = lines;
  const before = oneLine(first && first.rank === 1 ? (first.split?.sentence ?? first.plain) : heading);
  const isWhole = left === '' && main_title.desc === undefined && fits(before, limits.description);
  return isWhole ? { ...main_title, desc: before } : null;
}

/** Returns a vote, which has room for its heading and a few words; longer text is sent before it. */
function vote(about: About, { labels, checked = [], mode, submit, bound }: Vote): Made {
  const brief = labels.map(withoutExamples);
  // Labels that lose their last two characters are still readable.
  const long = brief.some((label) => !fits(label, CARD_COUNTS.voteText + 2));
  const isAsked = about.full && about.lines.length > 0;
  const whole = long || isAsked ? null : (voteTitle(about) ?? questionTitle(about));
  const option_list = brief.map((label, index) => ({
    id: String(index),
    text: cut(long ? `${index + 1} ${label}` : label || String(index + 1), CARD_COUNTS.voteText),
    is_checked: checked[index] === true,
  }));
  return {
    markdown: whole === null && !about.inPlace ? markdownOf(about, long ? labels : []) : null,
    card: {
      card_type: 'vote_interaction',
      ...sourceOf(about.message.incident, about.local.tone),
      main_title: whole ?? about.head.main_title,
      checkbox: { question_key: PICK_QUESTION, mode, option_list },
      submit_button: { text: cut(oneLine(submit) || 'OK', CARD_COUNTS.submitText), key: SUBMIT_KEY },
    },
    bound,
  };
}
