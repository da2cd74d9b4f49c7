import { CRIME } from '../../incident/facts/circumstances.ts';
import { LANGUAGES } from '../../incident/identity.ts';
import { questionOf } from '../asking/fact-forms.ts';
import { nextQuestion } from '../asking/next-question.ts';
import { type Question, question } from '../asking/question.ts';
import type { Text } from '../cards/card.ts';
import { factLabel, valueText } from '../cards/fact-text.ts';
import { localise } from '../cards/localise.ts';
import { form, intent, ofPart, primary, type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { answerMeant, commandAsAnswer, wordsMeant } from './answers.ts';
import { type Meaning, type Reader, say } from './meaning.ts';
import { correctClock } from './times.ts';

const CONTEXT = ['affected', 'operator', 'system', CRIME, 'incident_type', 'ongoing'] as const;
const SHORTEST = 4;

/** Meaning of a line that quotes a question of the bot; null if it quotes none, or is no answer. */
export function quotedMeant(command: TextCommand, { situation, quoted }: Reader): Meaning | null {
  const answer = commandAsAnswer(command);
  if (!quoted || !(answer || command.type === 'unknown')) return null;
  const { state, ia, regime } = situation;
  const found = questionIn(quoted, situation);
  if (!found) return null;
  const open = nextQuestion(state, ia, regime, found.id === 'operator' ? null : 'operator');
  const isOpen = found.id === open?.id || (found.fact !== null && state.facts[found.fact] === undefined);
  const meaning = answer
    ? answerMeant(answer, situation, found.question)
    : wordsMeant(command.type === 'unknown' ? command.text : '', situation, found.question);
  return isOpen || meaning === null ? meaning : answeredBefore(found, meaning, command, situation);
}

interface Quoted {
  readonly id: string;
  readonly fact: string | null;
  readonly question: Question;
}

/** The question whose words stand in a quotation, in either language; an answered one as it would be asked again. */
function questionIn(quoted: string, situation: Situation): Quoted | null {
  const { state, ia, regime } = situation;
  const words = fold(quoted);
  const says = (text: Text): boolean =>
    LANGUAGES.some((language) => {
      const [head = ''] = fold(localise(text, language)).split('?');
      return head.length >= SHORTEST && words.includes(head);
    });
  const asks = ({ text, brief }: Question): boolean => says(text) || (brief !== null && says(brief));
  for (const beside of ['operator', null]) {
    const next = nextQuestion(state, ia, regime, beside);
    if (next && asks(next)) return { id: next.id, fact: null, question: next };
  }
  const start = question({ id: 'first_notice', kind: 'time', text: t('ask.awareness'), options: [] });
  if (asks(start)) return { id: start.id, fact: null, question: start };
  for (const fact of [...CONTEXT, ...regime.factDefinitions.map(({ id }) => id)]) {
    const found = questionOf(situation, fact);
    if (found && asks(found)) return { id: found.id, fact, question: found };
  }
  return null;
}

/** Card for a question that was answered before: its answer, and the button that corrects it. */
function answeredBefore(
  { fact, question }: Quoted,
  meaning: Meaning,
  command: TextCommand,
  situation: Situation,
): Meaning {
  const { state, regime } = situation;
  if (fact === null) return correctClock('text' in command ? command.text : undefined, situation);
  const entry = state.facts[fact];
  const [change] = meaning.kind === 'commands' ? meaning.commands : [];
  const args = { incident: state.id, fact };
  const value = ofPart('answers', entry ? valueText(situation, fact, entry.value) : { raw: '' });
  const text = t('text.answered_before', { label: factLabel(regime, fact), value, question: question.text });
  if (change?.type !== 'answer') return say(text, [form('correct', t('act.correct'), 'correct', args)]);
  const changed = ofPart('answers', valueText(situation, fact, change.value));
  return say(text, [primary(intent('correct_to', t('text.correct_to', { value: changed }), change))]);
}
