import { translate } from '../../../i18n/translate.ts';
import { CARD_COUNTS } from '../limits.ts';
import { cut, fits, oneLine } from '../text/cut.ts';
import { type ButtonEffects, isAnswer } from './button-effects.ts';
import { answersIn, mostUseful } from './buttons.ts';
import type { About, Made } from './compose.ts';
import { headOf, sourceOf } from './head.ts';
import { markdownOf } from './lines.ts';
import { type MainTitle, PICK_QUESTION, SUBMIT_KEY } from './template.ts';

/**
 * Several ticks; one answer of more than there are buttons, where these do not fit in one message; and a card that is
 * nothing but more of them, as a list.
 */
export function voteOf(about: About, buttonsOf: (about: About) => Made | null): Made | null {
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
  // A drop-down leaves room for the words, and for what else can be done.
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

/** "Daily life (water, power, transport …)": the examples go where there is no room. */
function withoutExamples(label: string): string {
  return fits(label, CARD_COUNTS.voteText) ? label : label.replace(/\s*[（(][^）)]*[）)]$/, '');
}

/** Title of a vote that has room for all that matters; else null. */
function voteTitle({ head: { main_title, left }, limits, lines, full }: About): MainTitle | null {
  // The change of an answer is said nowhere else. In its shorter wording unless all of it was asked for.
  const vital = lines
    .filter(({ rank }) => rank < 3)
    .map(({ plain, split }) => oneLine(full ? plain : (split?.sentence ?? plain)))
    .join(' ');
  if (left !== '') return null;
  if (vital === '') return main_title;
  return main_title.desc === undefined && fits(vital, limits.description) ? { ...main_title, desc: vital } : null;
}

/** Title of a vote whose question stands below a verdict: the question, with the result of the answer before it. */
function questionTitle({ message, limits, heading, lines, full }: About): MainTitle | null {
  const question = lines.findLast(({ rank }) => rank === 0);
  if (message.surface !== 'question' || full || !question) return null;
  const { main_title, left } = headOf(oneLine(question.plain).replace(/^◆ /, ''), limits);
  const [first] = lines;
  const before = oneLine(first && first.rank === 1 ? (first.split?.sentence ?? first.plain) : heading);
  const isWhole = left === '' && main_title.desc === undefined && fits(before, limits.description);
  return isWhole ? { ...main_title, desc: before } : null;
}

/** A vote has room for its heading and a few words more; what is longer goes before it. */
function vote(about: About, { labels, checked = [], mode, submit, bound }: Vote): Made {
  const brief = labels.map(withoutExamples);
  // A label that loses its last two characters is still read.
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
