import type { Command } from '../../incident/commands.ts';
import { workingStart } from '../../incident/facts/assessment.ts';
import type { Iso } from '../../law/types.ts';
import { readPast } from '../asking/value-readings.ts';
import { type Situation, t } from '../cards/situation.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { splitLeadingTime } from '../text/times/times.ts';
import { awarenessOf } from './awareness-source.ts';
import { askBack, commands, instantLabel, type Meaning, say } from './meaning.ts';
import { openForm } from './openers.ts';

/** Note with a time in its text. A time that cannot be read stays part of the text, so nothing is lost. */
export function note({ text, happenedAt }: Extract<TextCommand, { type: 'note' }>, situation: Situation): Meaning {
  if (happenedAt === undefined) return commands({ type: 'add_note', text });
  const read = readPast(happenedAt, situation.ia.now);
  if (!read.ok || read.value === 'unknown') return commands({ type: 'add_note', text: `${happenedAt} ${text}` });
  return commands({ type: 'add_note', text, happenedAt: read.value });
}

export function confirmClock(reason: string | undefined, situation: Situation): Meaning {
  const start = workingStart(situation.state);
  if (!start) return say(t('text.no_candidate'));
  if (reason === undefined) return openForm(situation, 'confirm_awareness');
  return commands({ type: 'confirm_awareness', candidate: start.candidate, reason });
}

/** A time that was given is one more candidate for the start, as in the form. */
export function correctClock(text: string | undefined, situation: Situation): Meaning {
  if (text === undefined) return openForm(situation, 'awareness');
  const split = splitLeadingTime(text);
  const read = readPast(split?.time ?? text, situation.ia.now);
  const candidate = (at: Iso): Command => awarenessOf(at, split?.rest ?? '');
  if (!read.ok) return askBack(read, instantLabel, candidate);
  if (read.value === 'unknown') return openForm(situation, 'awareness');
  return commands(candidate(read.value));
}

export function occurred(text: string | undefined, situation: Situation): Meaning {
  if (text === undefined) return openForm(situation, 'occurrence');
  const read = readPast(text, situation.ia.now);
  const answer = (value: Iso): Command => ({ type: 'answer', fact: 'occurrence', value });
  return read.ok ? commands(answer(read.value)) : askBack(read, instantLabel, answer);
}
