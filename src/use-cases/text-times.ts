import { readPast } from '../conversation/readings.ts';
import { type Scene, t } from '../conversation/scene.ts';
import type { TextCommand } from '../conversation/text/commands.ts';
import { splitLeadingTime } from '../conversation/text/times.ts';
import { workingStart } from '../incident/assessment.ts';
import { commands, type Meaning, say } from './meaning.ts';
import { openForm } from './text-opens.ts';

/** Words with a time in them. A time that cannot be read stays part of the words: nothing that was said is lost. */
export function note({ text, happenedAt }: Extract<TextCommand, { type: 'note' }>, scene: Scene): Meaning {
  if (happenedAt === undefined) return commands({ type: 'add_note', text });
  const read = readPast(happenedAt, scene.ia.now);
  if (!read.ok || read.value === 'unknown') return commands({ type: 'add_note', text: `${happenedAt} ${text}` });
  return commands({ type: 'add_note', text, happenedAt: read.value });
}

export function confirmClock(reason: string | undefined, scene: Scene): Meaning {
  const start = workingStart(scene.state);
  if (!start) return say(t('text.no_candidate'));
  if (reason === undefined) return openForm(scene, 'confirm_awareness');
  return commands({ type: 'confirm_awareness', candidate: start.candidate, reason });
}

/** A time that was given is one more candidate for the start, as in the form. */
export function correctClock(text: string | undefined, scene: Scene): Meaning {
  if (text === undefined) return openForm(scene, 'awareness');
  const split = splitLeadingTime(text);
  const read = readPast(split?.time ?? text, scene.ia.now);
  if (!read.ok) return say(read.error);
  if (read.value === 'unknown') return openForm(scene, 'awareness');
  const description = split?.rest ? { description: split.rest } : {};
  return commands({ type: 'add_awareness', at: read.value, source: 'other', reachedUs: true, ...description });
}

export function occurred(text: string | undefined, scene: Scene): Meaning {
  if (text === undefined) return openForm(scene, 'occurrence');
  const read = readPast(text, scene.ia.now);
  return read.ok ? commands({ type: 'answer', fact: 'occurrence', value: read.value }) : say(read.error);
}
