import '../messages.ts';
import { type LocalCard, localiseCard } from '../../../conversation/cards/localise.ts';
import { withDelivery } from '../../../conversation/reminding/delivery-notes.ts';
import { parseCommand } from '../../../conversation/text/commands/commands.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { OutgoingMessage } from '../../../use-cases/ports.ts';
import { webLinks } from '../../shared/web-links.ts';
import { CARD_COUNTS, CARD_LIMITS, type Flavour } from '../limits.ts';
import { bytes, cut, cutBytes, fits, oneLine } from '../text/cut.ts';
import { bold, plainInMarkdown } from '../text/markdown.ts';
import { bareBody, bodyOf } from './body-text.ts';
import {
  answerChoice,
  answersIn,
  type Choice,
  isNeeded,
  mostUseful,
  plainActions,
  rowChoice,
  type Shown,
} from './buttons.ts';
import { type Bound, NOTHING_BOUND } from './does.ts';
import { headingOf, headOf, sourceOf, tagOf } from './head.ts';
import { type Line, linesOf } from './lines.ts';
import { withShortLabels } from './short.ts';
import { type HorizontalRow, PICK_QUESTION, SUBMIT_KEY, type TemplateCard } from './template.ts';

/**
 * A message as it goes to WeCom: a card, a text, or a text and then its card where the card has no room for the words.
 * The card has no task id yet: `task.ts` gives each sent card a new one, as WeCom takes none twice.
 */
export interface WecomMessage {
  /** First in the JSON, so that bodies can be compared without it. */
  readonly revision: number;
  readonly incident: string;
  readonly surface: string | null;
  readonly language: Language;
  readonly repeated: boolean;
  /** Sentence of the message in one line. */
  readonly heading: string;
  readonly markdown: string | null;
  readonly card: TemplateCard | null;
  readonly bound: Bound;
}

/** A message of text alone, outside any incident. */
export function textOnly(language: Language, markdown: string): WecomMessage {
  const about = { revision: 0, incident: '', surface: null, language, repeated: false, heading: '' };
  return { ...about, markdown, card: null, bound: NOTHING_BOUND };
}

export interface ComposeOptions {
  readonly flavour: Flavour;
  /** Somebody asked for it: all of it in words, whatever a card has room for. */
  readonly full?: boolean;
  /** It takes the place of a card, so there is nothing but the card. */
  readonly inPlace?: boolean;
}
type Message = Omit<OutgoingMessage, 'ring'>;

/** Pure: the same message gives the same result, within every limit of `limits.ts`. */
export function compose(message: Message, options: ComposeOptions): WecomMessage {
  const { language, incident } = message;
  const card = withDelivery(message);
  const local = localiseCard(withShortLabels(card, language), language);
  const title = headingOf(local.title, incident);
  const first = card.blocks.length - message.card.blocks.length;
  const all = linesOf(local, { blocks: card.blocks, first, surface: message.surface });
  // "Zhao Min: please approve …" above "Please approve …" would be a repetition.
  const lines = all.filter((line) => title === '' || !title.endsWith(oneLine(line.plain)));
  // "Verdict" above "Verdict: major" would be a repetition: the longer one is the heading.
  const longer = lines.find(({ rank, plain }) => rank === 0 && oneLine(plain).startsWith(title));
  const heading = oneLine(longer?.plain ?? '') || title;
  const about = { message, local, lines: lines.filter((line) => line !== longer), options, heading };
  const made = voteOf(about) ??
    buttonsOf(about) ?? { markdown: markdownOf(about, []), card: null, bound: NOTHING_BOUND };
  return {
    revision: message.revision,
    incident,
    surface: message.surface,
    language,
    repeated: message.possiblyRepeated === true,
    heading,
    ...made,
  };
}

export interface About {
  readonly message: Message;
  readonly local: LocalCard;
  readonly lines: readonly Line[];
  readonly options: ComposeOptions;
  readonly heading: string;
}
type Made = Pick<WecomMessage, 'markdown' | 'card' | 'bound'>;

/** `end`: a last line that is never cut off. */
function markdownOf(about: About, labels: readonly string[], end = ''): string {
  const { options, message, local, lines, heading } = about;
  const rest = [
    ...lines.map((line) => line.markdown),
    ...labels.map((label, index) => `${index + 1}. ${plainInMarkdown(oneLine(label))}`),
    ...webLinks(local).map(({ label, url }) => `[${plainInMarkdown(label)}](${url})`),
  ].filter((part) => part !== '');
  // A single sentence needs no heading.
  const first = rest.length === 0 ? plainInMarkdown(heading) : bold(heading);
  const tag = heading.includes(message.incident) ? '' : tagOf(message.incident);
  const text = [`${tag}${first}`, ...rest].join('\n');
  const last = end === '' ? '' : `\n${end}`;
  const room = CARD_LIMITS[options.flavour].markdown - bytes(last);
  return `${cutBytes(text || translate(message.language, 'wecom.nothing'), room)}${last}`;
}

function buttonsOf(about: About): Made | null {
  const { local, message, options } = about;
  const { chosen, answers, choice } = buttonsFor(about);
  if (chosen.length === 0) return null;
  const labels = choice?.isList ? [] : longLabels(answers);
  const asRows = labels.length <= CARD_COUNTS.rows && labels.every((label) => fits(label, CARD_COUNTS.rowValue));
  const body = bodyOf(about, asRows ? labels.map(numbered) : []);
  const isWhole = options.inPlace === true || (body !== null && asRows);
  // Buttons that only open what can be typed need no card of their own below a text.
  const typed = isWhole || choice || message.surface !== null ? null : typedFor(chosen);
  if (typed !== null) {
    const ways = translate(message.language, 'wecom.or_send', { commands: typed });
    return { markdown: markdownOf(about, labels, ways), card: null, bound: NOTHING_BOUND };
  }
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
    bound: boundOf(chosen, answers, choice),
  };
}

/** Commands in the place of buttons that open something; null if one of them does more, or cannot be typed. */
function typedFor(chosen: readonly Shown[]): string | null {
  const commands = chosen.map(({ entry: { does, label } }) => {
    const typed = label.replace(/…$/, '');
    const command = parseCommand(typed);
    return command.type !== 'unknown' && (does.kind === 'form' || does.kind === 'view') ? `“${typed}”` : null;
  });
  return commands.every((command) => command !== null) ? commands.join(' ') : null;
}

interface Buttons {
  readonly chosen: readonly Shown[];
  readonly answers: readonly Shown[];
  readonly choice: Choice | null;
}

/** Buttons of a card. Answers that would not all have one share a drop-down, so that none of them is left out. */
function buttonsFor({ local, message, options }: About): Buttons {
  const { language } = message;
  const rows = rowChoice(local, translate(language, 'wecom.which_row'), options.flavour);
  const all = [...(rows?.labels ?? []), ...plainActions(local), ...refreshOf(message)];
  const answers = answersIn(all);
  const needed = all.filter((one) => isNeeded(one));
  if (rows === null && answers.length > 0 && needed.length > CARD_COUNTS.buttons) {
    const words = { title: translate(language, 'wecom.choose_answer'), submit: translate(language, 'wecom.answer') };
    const choice = answerChoice(answers, words, options.flavour);
    const others = all.filter((one) => !answers.includes(one));
    return { chosen: mostUseful([...choice.labels, ...others], CARD_COUNTS.buttons), answers, choice };
  }
  const chosen = mostUseful(all, CARD_COUNTS.buttons);
  return { chosen, answers: answersIn(chosen), choice: rows };
}

/** A status card can be renewed where it stands. */
function refreshOf(message: Message): readonly Shown[] {
  if (message.surface !== 'status') return [];
  return [{ entry: { label: translate(message.language, 'wecom.refresh'), does: { kind: 'refresh' } }, style: 2 }];
}

/** List of all answers in full, if any does not fit on its button; else empty. */
function longLabels(answers: readonly Shown[]): readonly string[] {
  const labels = answers.map(({ entry }) => brief(oneLine(entry.label)));
  return labels.every((label) => fits(label, CARD_COUNTS.buttonText)) ? [] : labels;
}

/** "10 million to under 100 million" has no room in a row: 10M to under 100M. */
function brief(label: string): string {
  return fits(label, CARD_COUNTS.rowValue)
    ? label
    : label.replace(/(\d) million/g, '$1M').replace(/(\d) billion/g, '$1B');
}

function numbered(label: string, index: number): HorizontalRow {
  return { keyname: String(index + 1), value: cut(label, CARD_COUNTS.rowValue) || '-' };
}

function buttonText({ entry }: Shown, place: number, language: Language): string {
  const label = oneLine(entry.label) || translate(language, 'wecom.choose');
  return cut(place < 0 ? label : `${place + 1} ${label}`, CARD_COUNTS.buttonText);
}

function boundOf(chosen: readonly Shown[], answers: readonly Shown[], rows: Choice | null): Bound {
  const key = (one: Shown): string => `b${chosen.indexOf(one)}`;
  const ofRows = new Set(rows?.labels);
  const buttons = Object.fromEntries(chosen.filter((one) => !ofRows.has(one)).map((one) => [key(one), one.entry]));
  if (!rows) return { buttons, answers: answers.map(key) };
  const byRow = Object.entries(rows.does).map(([option, byLabel]) => {
    const own = chosen.flatMap((one) => {
      const entry = ofRows.has(one) ? byLabel[one.entry.label] : undefined;
      return entry ? [[key(one), entry] as const] : [];
    });
    return [option, Object.fromEntries(own)] as const;
  });
  // Typed numbers are read even where the answers have no buttons.
  const typed = rows.isList ? [] : answers.map(({ entry }, index) => [`a${index}`, entry] as const);
  const hidden = Object.fromEntries(typed);
  return { buttons: { ...buttons, ...hidden }, rows: Object.fromEntries(byRow), answers: Object.keys(hidden) };
}

/** Several ticks; one answer of more than there are buttons; and a card that is nothing but more of them, as a list. */
function voteOf(about: About): Made | null {
  const { local } = about;
  const choice = local.blocks.find((block) => block.kind === 'choices')?.choice;
  if (choice) {
    const options = choice.options.slice(0, CARD_COUNTS.voteOptions);
    const values = options.map((option) => option.value);
    const labels = options.map((option) => oneLine(option.label));
    const alone = options.filter((option) => option.exclusive === true).map((option) => option.value);
    const pick = { fact: choice.fact, values, labels, alone };
    const checked = values.map((value) => choice.chosen.includes(value));
    return vote(about, { labels, checked, mode: 1, submit: choice.submit, bound: { buttons: {}, pick, answers: [] } });
  }
  const all = plainActions(local);
  const isMenu = local.blocks.every(({ kind }) => kind === 'actions');
  const options = isMenu ? all : answersIn(all);
  if (options.length <= CARD_COUNTS.buttons) return null;
  const some = mostUseful(options, CARD_COUNTS.voteOptions).map(({ entry }) => entry);
  return vote(about, {
    labels: some.map(({ label }) => oneLine(label)),
    checked: some.map(() => false),
    mode: 0,
    submit: translate(about.message.language, isMenu ? 'wecom.open' : 'wecom.choose'),
    bound: { buttons: {}, choose: some, answers: [] },
  });
}

interface Vote {
  readonly labels: readonly string[];
  readonly checked: readonly boolean[];
  readonly mode: 0 | 1;
  readonly submit: string;
  readonly bound: Bound;
}

/** "Daily life (water, power, transport …)": the examples go where there is no room. */
function withoutExamples(label: string): string {
  return fits(label, CARD_COUNTS.voteText) ? label : label.replace(/\s*[（(][^）)]*[）)]$/, '');
}

/** The lines in one, in their shorter wording unless all of it was asked for. */
function wordsOf(lines: readonly Line[], isFull: boolean): string {
  return lines.map(({ plain, split }) => oneLine(isFull ? plain : (split?.sentence ?? plain))).join(' ');
}

/** A vote has room for its heading and a few words more; what is longer goes before it. */
function vote(about: About, { labels, checked, mode, submit, bound }: Vote): Made {
  const { message, options, heading } = about;
  const { main_title, left } = headOf(
    heading || translate(message.language, 'wecom.actions'),
    CARD_LIMITS[options.flavour],
  );
  const brief = labels.map(withoutExamples);
  const long = brief.some((label) => !fits(label, CARD_COUNTS.voteText));
  const limit = CARD_LIMITS[options.flavour].description;
  // The change of an answer is said nowhere else.
  const vital = wordsOf(
    about.lines.filter(({ rank }) => rank < 3),
    options.full === true,
  );
  const hasRoom = vital === '' || (main_title.desc === undefined && fits(vital, limit));
  const isAsked = options.full === true && about.lines.length > 0;
  const needed = left !== '' || long || isAsked || !hasRoom;
  const option_list = brief.map((label, index) => ({
    id: String(index),
    text: cut(long ? `${index + 1} ${label}` : label || String(index + 1), CARD_COUNTS.voteText),
    is_checked: checked[index] === true,
  }));
  return {
    markdown: needed && !about.options.inPlace ? markdownOf(about, long ? labels : []) : null,
    card: {
      card_type: 'vote_interaction',
      ...sourceOf(message.incident, about.local.tone),
      main_title: !needed && vital !== '' ? { ...main_title, desc: vital } : main_title,
      checkbox: { question_key: PICK_QUESTION, mode, option_list },
      submit_button: { text: cut(oneLine(submit) || 'OK', CARD_COUNTS.submitText), key: SUBMIT_KEY },
    },
    bound,
  };
}
