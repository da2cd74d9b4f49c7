import { sentenceCard } from '../conversation/cards/sentence.ts';
import { opensLoosely, type TextCommand } from '../conversation/text/commands/commands.ts';
import type { Core, Line, Outcome, TalkNeeds } from './acts.ts';
import type { KeyedText, Parts } from './answering.ts';
import { placeOfFiles } from './given-files.ts';
import type { After, Given, Intake, IntakeOptions, Spot, Written } from './intake-options.ts';

export const ANSWERS: ReadonlySet<string> = new Set(['answer', 'dont_know', 'yes', 'no']);
/** Lines whose answer is the same for every person. */
const FOR_ALL: ReadonlySet<TextCommand['type']> = new Set([
  ...(['new', 'drill', 'help', 'hello', 'chat_id', 'unknown'] as const),
]);

/** Types of lines that a second reader may read further, unless the acknowledgement waits for the answer. */
const UNREAD: ReadonlySet<TextCommand['type']> = new Set(['unknown', 'pasted'] as const);

/** Line with its known data before the commit. */
interface Heard<File extends Given, At> {
  readonly spot: Spot<At>;
  readonly written: Written<File>;
  readonly command: TextCommand;
  /** True if the command is given, so that the line is not parsed again. */
  readonly isDecided: boolean;
}
/** Answer to a line, and the incident of its files; `incident` null: the line named none. */
interface Taken {
  readonly answer: After;
  readonly incident: string | null;
}

/**
 * Returns the command of a line in the thread of an incident: "new …" may be a sentence about it there, so the bot asks
 * before it opens another incident.
 */
export function inThread(command: TextCommand, text: string, about: string | null): TextCommand {
  return command.type === 'new' && about !== null && opensLoosely(text) ? { type: 'unknown', text } : command;
}

/** Returns a function that commits lines and returns their answers. */
export function lineTaker<File extends Given, At>(
  parts: Parts<File, At>,
  options: IntakeOptions<File, At>,
  fill: Intake<File, At>['fill'],
  { clock }: Pick<TalkNeeds, 'clock'>,
  { app }: Core,
): Intake<File, At>['line'] {
  const { talk } = parts.service;
  const { port, texts } = options;
  const answerTo = answerer(parts, options);
  /** Sends a line without a clear meaning to the second reader after it was answered; nothing waits for that. */
  const withSecondReading = (answer: After, spot: Spot<At>, line: Line, incident: string | null): After => {
    if (incident === null || spot.caller.outside) return answer;
    return async () => {
      await answer();
      parts.service.after.run(async () => {
        const found = await talk.secondReading(line, incident);
        if (found) await parts.show(spot, found, true);
      });
    };
  };
  const committed = async ({ spot, written, command, isDecided }: Heard<File, At>): Promise<Taken> => {
    const { about = null } = written;
    const declares = (command.type === 'new' || command.type === 'drill') && command.title !== undefined;
    const place = await parts.placeFor(spot, written.key, declares);
    const heard = { ...parts.linesOf(spot, written, command), place };
    const focus = options.reposts ? await talk.focusOf(heard) : undefined;
    const incident = focus && 'incident' in focus ? focus.incident : null;
    const line = { ...heard, focus };
    let of = about;
    let unread: string | null = null;
    const answer = await parts.holding(spot, incident, async () => {
      if (!isDecided && options.lineForms) {
        const filled = await parts.forms.taken(spot, line, { fill, line: take });
        if (filled) return filled;
      }
      const taken = isDecided ? null : await options.taken?.(spot, line, incident);
      if (taken) return taken;
      const outcome = await talk.line(line);
      options.outcome?.(spot, outcome);
      if (outcome.change === null && !written.waits && UNREAD.has(command.type)) unread = outcome.incident;
      if (outcome.change?.kind === 'done') of = outcome.change.incident;
      return answerTo(spot, line, outcome);
    });
    return { answer: withSecondReading(answer, spot, line, unread), incident: of };
  };
  const spoken = async (heard: Heard<File, At>): Promise<Taken> => {
    const { spot, written, command } = heard;
    const { text, about = null } = written;
    const of = placeOfFiles(text);
    if (of !== null) return { answer: await parts.placed(spot, of), incident: of };
    const { hello, upload } = texts;
    const says = (said: KeyedText): Taken => ({
      answer: () => parts.saying(spot, sentenceCard(said), about, async () => void (await port(spot, false).say(said))),
      incident: about,
    });
    if (hello && (text === '' || command.type === 'hello')) return says(hello(spot.place));
    if (upload && command.type === 'upload') return says(upload());
    const isRead = !FOR_ALL.has(command.type) && (about === null || command.type === 'list');
    return committed(isRead ? { ...heard, spot: await parts.met(spot) } : heard);
  };
  const take: Intake<File, At>['line'] = async (at, written, command) => {
    const spot = { since: clock.now(), ...at };
    const { key, text, files = [], waits = false, read } = written;
    if (text === '' && files.length > 0) return parts.give(spot, written);
    const heard = {
      ...{ spot, written, isDecided: command !== undefined },
      command: command ?? inThread(read ?? app.read(text), text, written.about ?? null),
    };
    const { answer, incident } = await spoken(heard);
    parts.introduced(spot);
    // Files of a message belong to the incident of its line.
    const later = files.length > 0 ? await parts.given(spot, key, files, incident) : null;
    const work = async (): Promise<void> => {
      await answer();
      await later?.();
    };
    return waits ? work : parts.once(key, work);
  };
  return take;
}

/** Returns a function that answers lines: requested cards are shown, changes are confirmed unless a card shows them. */
function answerer<File extends Given, At>(parts: Parts<File, At>, options: IntakeOptions<File, At>) {
  const { port, texts } = options;
  return async (spot: Spot<At>, line: Line, outcome: Outcome): Promise<After> => {
    const { type } = line.command;
    const isAnswer = ANSWERS.has(type);
    const { change, declared } = outcome;
    const settled = declared && change?.kind === 'done' ? await options.declared?.(spot, change) : null;
    if (settled) return settled;
    const { shared, languageOfRoom } = texts;
    const { place } = spot;
    const isShared = place.kind === 'shared';
    const isKept = place.kind === 'room' && place.room.language !== outcome.language;
    if (type === 'language' && languageOfRoom && isKept)
      return async () => void (await port(spot, false).say({ key: languageOfRoom }));
    const alone = isShared || (type === 'language' && !languageOfRoom);
    if (change === null && type !== 'move' && !spot.caller.outside && !alone) {
      const again = ({ caller, place: direct }: Spot<At>) =>
        parts.service.talk.line({
          ...line,
          caller,
          place: direct,
          about: outcome.incident ?? line.about,
          focus: undefined,
        });
      return () => parts.showThere(spot, outcome, alone, again);
    }
    const how = { isAnswer, atEnd: options.reposts !== undefined };
    const conclusion = parts.concluded(spot, outcome, alone, how, { by: 'line', about: line.about });
    return async () => {
      await conclusion();
      if (isShared && shared) await port(spot, false).say({ key: shared });
    };
  };
}
