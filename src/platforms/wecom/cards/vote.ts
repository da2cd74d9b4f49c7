import { translate } from '../../../i18n/translate.ts';
import { CARD_COUNTS, CARD_LIMITS } from '../limits.ts';
import { cut, fits, oneLine } from '../text/cut.ts';
import { answersIn, mostUseful, plainActions } from './buttons.ts';
import type { About, Made } from './compose.ts';
import type { Bound } from './does.ts';
import { headOf, sourceOf } from './head.ts';
import { markdownOf } from './in-words.ts';
import type { Line } from './lines.ts';
import { type MainTitle, PICK_QUESTION, SUBMIT_KEY } from './template.ts';

/**
 * Several ticks; one answer of more than there are buttons, where these do not fit in one message; and a card that is
 * nothing but more of them, as a list.
 */
export function voteOf(about: About, buttonsOf: (about: About) => Made | null): Made | null {
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
  // A drop-down leaves room for the words, and for what else can be done.
  const other = isMenu || options.length >= CARD_COUNTS.selectOptions ? null : buttonsOf(about);
  if (other !== null && other.markdown === null) return other;
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

/** Title of a vote that has room for all that matters; else null. */
function voteTitle({ message, options, heading, lines }: About): MainTitle | null {
  const limits = CARD_LIMITS[options.flavour];
  const { main_title, left } = headOf(heading || translate(message.language, 'wecom.actions'), limits);
  // The change of an answer is said nowhere else.
  const vital = wordsOf(
    lines.filter(({ rank }) => rank < 3),
    options.full === true,
  );
  if (left !== '') return null;
  if (vital === '') return main_title;
  return main_title.desc === undefined && fits(vital, limits.description) ? { ...main_title, desc: vital } : null;
}

/** Title of a vote whose question stands below a verdict: the question, with what the answer before it came to. */
function questionTitle({ message, options, heading, lines }: About): MainTitle | null {
  const question = lines.findLast(({ rank }) => rank === 0);
  if (message.surface !== 'question' || options.full === true || !question) return null;
  const limits = CARD_LIMITS[options.flavour];
  const { main_title, left } = headOf(oneLine(question.plain), limits);
  const [first] = lines;
  const before = first && first.rank === 1 ? (first.split?.sentence ?? first.plain) : heading;
  const isWhole = left === '' && main_title.desc === undefined && fits(oneLine(before), limits.description);
  return isWhole ? { ...main_title, desc: oneLine(before) } : null;
}

/** A vote has room for its heading and a few words more; what is longer goes before it. */
function vote(about: About, { labels, checked, mode, submit, bound }: Vote): Made {
  const { message, options, heading } = about;
  const brief = labels.map(withoutExamples);
  // A label that loses its last two characters is still read.
  const long = brief.some((label) => !fits(label, CARD_COUNTS.voteText + 2));
  const isAsked = options.full === true && about.lines.length > 0;
  const title = voteTitle(about) ?? (long || isAsked ? null : questionTitle(about));
  const needed = title === null || long || isAsked;
  const { main_title } = headOf(heading || translate(message.language, 'wecom.actions'), CARD_LIMITS[options.flavour]);
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
      main_title: needed ? main_title : title,
      checkbox: { question_key: PICK_QUESTION, mode, option_list },
      submit_button: { text: cut(oneLine(submit) || 'OK', CARD_COUNTS.submitText), key: SUBMIT_KEY },
    },
    bound,
  };
}
