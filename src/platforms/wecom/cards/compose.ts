import '../messages.ts';
import { type LocalCard, localiseCard } from '../../../conversation/cards/localise.ts';
import { withDelivery } from '../../../conversation/reminding/delivery-notes.ts';
import { parseCommand } from '../../../conversation/text/commands/commands.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { OutgoingMessage } from '../../../use-cases/ports.ts';
import { CARD_COUNTS, CARD_LIMITS, type Flavour } from '../limits.ts';
import { cut, fits, oneLine } from '../text/cut.ts';
import { bareBody, bodyOf } from './body-text.ts';
import {
  answerChoice,
  answersIn,
  type Choice,
  isNeeded,
  keyOf,
  mostUseful,
  plainActions,
  rowChoice,
  type Shown,
} from './buttons.ts';
import { type Bound, NOTHING_BOUND } from './does.ts';
import { headingOf, sourceOf } from './head.ts';
import { markdownOf } from './in-words.ts';
import { type Line, linesOf } from './lines.ts';
import { withShortLabels } from './short.ts';
import type { HorizontalRow, TemplateCard } from './template.ts';
import { voteOf } from './vote.ts';

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
  const made = voteOf(about, buttonsOf) ??
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
export type Made = Pick<WecomMessage, 'markdown' | 'card' | 'bound'>;

function buttonsOf(about: About): Made | null {
  const { local, message, options } = about;
  const { chosen, answers, choice } = buttonsFor(about);
  const { optionText } = CARD_LIMITS[options.flavour];
  if (chosen.length === 0) return null;
  const labels = choice?.isList ? [] : longLabels(answers, choice === null ? CARD_COUNTS.buttonText : optionText);
  const rows = labels.flatMap((label, index) =>
    fits(`${index + 1} ${label}`, choice === null ? CARD_COUNTS.buttonText : optionText)
      ? []
      : [numbered(label, index)],
  );
  const asRows = rows.length <= CARD_COUNTS.rows && rows.every(({ value }) => fits(value, CARD_COUNTS.rowValue));
  const body = bodyOf(about, asRows ? rows : []);
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

/** Commands in the place of buttons that open something; null if one of them does more, is too long or cannot be typed. */
function typedFor(chosen: readonly Shown[]): string | null {
  const commands = chosen.map(({ entry: { does, label } }) => {
    const typed = label.replace(/…$/, '');
    const isTyped = fits(label, CARD_COUNTS.rowValue) && parseCommand(typed).type !== 'unknown';
    return isTyped && (does.kind === 'form' || does.kind === 'view') ? `“${typed}”` : null;
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
  const inRows = new Set(Object.values(rows?.does ?? {}).flatMap((row) => Object.values(row).map(keyOf)));
  const plain = plainActions(local).filter(({ entry }) => !inRows.has(keyOf(entry)));
  const all = [...(rows?.labels ?? []), ...plain, ...refreshOf(message)];
  const answers = answersIn(all);
  const needed = all.filter((one) => isNeeded(one));
  const isRoomy = answers.length > 0 && answers.length < CARD_COUNTS.selectOptions;
  if (rows === null && isRoomy && needed.length > CARD_COUNTS.buttons) {
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

/** List of all answers in full, if any is wider than `max`, the room on its button or option; else empty. */
function longLabels(answers: readonly Shown[], max: number): readonly string[] {
  const labels = answers.map(({ entry }) => brief(oneLine(entry.label)));
  return labels.every((label) => fits(label, max)) ? [] : labels;
}

/** "10 million to under 100 million" has no room in a row: 10M to under 100M. */
function brief(label: string): string {
  return fits(label, CARD_COUNTS.rowValue)
    ? label
    : label.replace(/(\d) million/g, '$1M').replace(/(\d) billion/g, '$1B');
}

function numbered(label: string, index: number): HorizontalRow {
  return { keyname: String(index + 1), value: label || '-' };
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
