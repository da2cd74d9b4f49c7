import '../messages.ts';
import { type LocalCard, localiseCard } from '../../../conversation/cards/localise.ts';
import { withDelivery } from '../../../conversation/reminding/delivery-notes.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { OutgoingMessage } from '../../../use-cases/ports.ts';
import { CARD_COUNTS, CARD_LIMITS, type Flavour } from '../limits.ts';
import { cut, cutBytes, fits, oneLine } from '../text/cut.ts';
import { bold, plainInMarkdown } from '../text/markdown.ts';
import { answersIn, mostUseful, plainActions, type RowChoice, rowChoice, type Shown } from './buttons.ts';
import { type Bound, NOTHING_BOUND } from './does.ts';
import { type Line, linesOf } from './lines.ts';
import { withShortLabels } from './short.ts';
import { type HorizontalRow, type MainTitle, PICK_QUESTION, SUBMIT_KEY, type TemplateCard } from './template.ts';

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
  readonly markdown: string | null;
  readonly card: TemplateCard | null;
  readonly bound: Bound;
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
  const heading = headingOf(local, message);
  const first = card.blocks.length - message.card.blocks.length;
  const lines = linesOf(local, { blocks: card.blocks, first, isQuestion: message.surface === 'question' }).filter(
    (line) => oneLine(line.plain) !== heading,
  );
  // "Verdict" above "Verdict: major" would be a repetition.
  const isSaid = incident !== '' && lines.some(({ rank, plain }) => rank === 0 && oneLine(plain).startsWith(heading));
  const about = { message, local, lines, options, heading: isSaid ? '' : heading };
  const made = voteOf(about) ??
    buttonsOf(about) ?? { markdown: markdownOf(about, []), card: null, bound: NOTHING_BOUND };
  return {
    revision: message.revision,
    incident,
    surface: message.surface,
    language,
    repeated: message.possiblyRepeated === true,
    ...made,
  };
}

interface About {
  readonly message: Message;
  readonly local: LocalCard;
  readonly lines: readonly Line[];
  readonly options: ComposeOptions;
  /** Heading; empty where a line has it. */
  readonly heading: string;
}
type Made = Pick<WecomMessage, 'markdown' | 'card' | 'bound'>;

/** 〔INC-2026-0007〕: by this a quotation finds its incident. */
export function tagOf(incident: string): string {
  return incident === '' ? '' : `〔${incident}〕`;
}

/** Title without the id, which is in the tag already. */
function headingOf(local: LocalCard, message: Message): string {
  const title = oneLine(local.title);
  if (message.incident === '') return title;
  // Only in front: in the middle of a sentence it belongs to it.
  const mark = /^(?:【[^】]*】|\[[^\]]*\])\s*/.exec(title)?.[0] ?? '';
  const rest = title.slice(mark.length);
  if (!rest.startsWith(message.incident)) return title;
  return `${mark}${rest.slice(message.incident.length).replace(/^[\s·:：,，]+/, '')}`.trim();
}

function markdownOf(about: About, labels: readonly string[]): string {
  const { options, message, lines, heading } = about;
  const rest = [
    ...lines.map((line) => line.markdown),
    ...labels.map((label, index) => `${index + 1}. ${plainInMarkdown(oneLine(label))}`),
  ].filter((part) => part !== '');
  // A single sentence needs no heading, and a heading repeated by a line is replaced by the first line.
  const first = rest.length === 0 ? plainInMarkdown(heading) : heading === '' ? rest.shift() : bold(heading);
  const text = [`${tagOf(message.incident)}${first ?? ''}`, ...rest].join('\n');
  return cutBytes(text || translate(message.language, 'wecom.nothing'), CARD_LIMITS[options.flavour].markdown);
}

/** The heading of a card, and what of it found no room there. */
function headOf(about: About): { readonly main_title: MainTitle; readonly left: readonly string[] } {
  const limits = CARD_LIMITS[about.options.flavour];
  const tag = tagOf(about.message.incident);
  const { heading } = about;
  if (fits(tag + heading, limits.title)) return { main_title: { title: tag + heading || ' ' }, left: [] };
  const title = tag || cut(heading, limits.title);
  return {
    main_title: { title: cut(title, limits.title), desc: cut(heading, limits.description) },
    left: fits(heading, limits.description) ? [] : [heading],
  };
}

/** Below what had to leave something out. */
const CUT = '…';

/**
 * Most important of the lines, in their order and without a gap, within `max` characters; null if not even those fit.
 */
function condensed(lines: readonly Line[], left: readonly string[], max: number): string | null {
  const all: Line[] = [...left.map((plain): Line => ({ rank: 0, plain, markdown: plain })), ...lines];
  const text = (some: readonly Line[]): string => some.map((line) => oneLine(line.plain)).join('\n');
  let kept: readonly Line[] = [];
  for (const rank of [0, 1, 2, 3, 4]) {
    for (const line of all) {
      if (line.rank !== rank) continue;
      const more = all.filter((one) => one === line || kept.includes(one));
      if (!fits(text(more), max - 2)) {
        if (rank === 0) return null;
        break;
      }
      kept = more;
    }
  }
  return kept.length === all.length ? text(kept) : `${text(kept)}\n${CUT}`.trimStart();
}

function firstWords(lines: readonly Line[], left: readonly string[]): string {
  return [...left, ...lines.filter((line) => line.rank === 0).map((line) => oneLine(line.plain))].join('\n');
}

function buttonsOf(about: About): Made | null {
  const { local, message, options } = about;
  const limits = CARD_LIMITS[options.flavour];
  const rows = rowChoice(local, translate(message.language, 'wecom.which_row'), options.flavour);
  const own = [...(rows?.labels ?? []), ...plainActions(local), ...refreshOf(message)];
  const chosen = mostUseful(own, CARD_COUNTS.buttons);
  if (chosen.length === 0) return null;
  const answers = answersIn(chosen);
  const labels = rows ? [] : longLabels(answers);
  const { main_title, left } = headOf(about);
  const asRows = labels.length <= CARD_COUNTS.rows && labels.every((label) => fits(label, CARD_COUNTS.rowValue));
  const fitting = condensed(about.lines, left, limits.subtitle);
  // Asked for in full: what a card holds whole needs no second message.
  const wanted = options.full && fitting?.endsWith(CUT) ? null : fitting;
  const short = wanted ?? (options.inPlace ? cut(firstWords(about.lines, left), limits.subtitle) : null);
  const whole = short !== null && (asRows || options.inPlace === true);
  const button_list = chosen.map((one, index) => ({
    text: buttonText(one, labels.length > 0 ? answers.indexOf(one) : -1, message.language),
    key: `b${index}`,
    style: one.style,
  }));
  return {
    markdown: whole ? null : markdownOf(about, labels),
    card: {
      card_type: 'button_interaction',
      // Text shown in full below or above the card is not repeated cut.
      main_title: left.length > 0 && !(whole && short === '') ? { title: main_title.title } : main_title,
      ...(whole && short !== '' ? { sub_title_text: short } : {}),
      ...(whole && labels.length > 0
        ? { horizontal_content_list: labels.slice(0, CARD_COUNTS.rows).map(numbered) }
        : {}),
      ...(rows ? { button_selection: rows.selection } : {}),
      button_list,
    },
    bound: boundOf(chosen, answers, rows),
  };
}

/** A status card can be renewed where it stands. */
function refreshOf(message: Message): readonly Shown[] {
  if (message.surface !== 'status') return [];
  return [{ entry: { label: translate(message.language, 'wecom.refresh'), does: { kind: 'refresh' } }, style: 2 }];
}

/** List of all answers in full, if any does not fit on its button; else empty. */
function longLabels(answers: readonly Shown[]): readonly string[] {
  const labels = answers.map(({ entry }) => oneLine(entry.label));
  return labels.every((label) => fits(label, CARD_COUNTS.buttonText)) ? [] : labels;
}

function numbered(label: string, index: number): HorizontalRow {
  return { keyname: String(index + 1), value: cut(label, CARD_COUNTS.rowValue) || '-' };
}

function buttonText({ entry }: Shown, place: number, language: Language): string {
  const label = oneLine(entry.label) || translate(language, 'wecom.choose');
  return cut(place < 0 ? label : `${place + 1} ${label}`, CARD_COUNTS.buttonText);
}

function boundOf(chosen: readonly Shown[], answers: readonly Shown[], rows: RowChoice | null): Bound {
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
  return { buttons, rows: Object.fromEntries(byRow), answers: [] };
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

const wordsOf = (lines: readonly Line[]): string => lines.map(({ plain }) => oneLine(plain)).join(' ');

/** A vote has room for its heading and a few words more; what is longer goes before it. */
function vote(about: About, { labels, checked, mode, submit, bound }: Vote): Made {
  const { main_title, left } = headOf(about);
  const brief = labels.map(withoutExamples);
  const long = brief.some((label) => !fits(label, CARD_COUNTS.voteText));
  const limit = CARD_LIMITS[about.options.flavour].description;
  const said = about.lines.filter(({ rank }) => rank < 2);
  const whole = wordsOf(said);
  // News of an answer uses free space, but needs no message of its own.
  const vital = fits(whole, limit) ? whole : wordsOf(said.filter(({ isNews }) => !isNews));
  const hasRoom = main_title.desc === undefined && fits(vital, limit);
  const isAsked = about.options.full === true && about.lines.length > 0;
  const needed = left.length > 0 || long || isAsked || !hasRoom;
  const option_list = brief.map((label, index) => ({
    id: String(index),
    text: cut(long ? `${index + 1} ${label}` : label || String(index + 1), CARD_COUNTS.voteText),
    is_checked: checked[index] === true,
  }));
  return {
    markdown: needed && !about.options.inPlace ? markdownOf(about, long ? labels : []) : null,
    card: {
      card_type: 'vote_interaction',
      main_title: hasRoom && !needed && vital !== '' ? { ...main_title, desc: vital } : main_title,
      checkbox: { question_key: PICK_QUESTION, mode, option_list },
      submit_button: { text: cut(oneLine(submit) || 'OK', CARD_COUNTS.submitText), key: SUBMIT_KEY },
    },
    bound,
  };
}
