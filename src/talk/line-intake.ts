import type { TextCommand } from '../conversation/text/commands/commands.ts';
import type { Line, Outcome } from './acts.ts';
import type { Parts } from './answering.ts';
import { placeOfFiles } from './given-files.ts';
import type { After, Given, IntakeOptions, Spot, Written } from './intake-options.ts';

export const ANSWERS: ReadonlySet<string> = new Set(['answer', 'dont_know', 'yes', 'no']);
/** Lines whose answer does not depend on who asks. */
const FOR_ALL: ReadonlySet<TextCommand['type']> = new Set([
  ...(['new', 'drill', 'help', 'hello', 'chat_id', 'unknown'] as const),
]);

/** Takes lines: commits them, and returns how they are answered. */
export function lineTaker<File extends Given, At>(
  parts: Parts<File, At>,
  options: IntakeOptions<File, At>,
): (spot: Spot<At>, written: Written<File>, command?: TextCommand) => Promise<After> {
  const { service, once, placed, linesOf } = parts;
  const { talk } = service;
  const { port, texts } = options;
  const spoken = async (
    spot: Spot<At>,
    written: Written<File>,
    command: TextCommand,
    isGiven: boolean,
  ): Promise<After> => {
    const { text, about = null } = written;
    const of = placeOfFiles(text);
    if (of !== null) return placed(spot, of);
    const { hello, upload } = texts;
    if (hello && (text === '' || command.type === 'hello'))
      return async () => void (await port(spot, false).say(hello(spot.place)));
    if (upload && command.type === 'upload') return async () => void (await port(spot, false).say(upload()));
    const isRead = !FOR_ALL.has(command.type) && (about === null || command.type === 'list');
    const by = isRead ? await parts.met(spot) : spot;
    return committed(by, written, command, isGiven);
  };
  const committed = async (
    spot: Spot<At>,
    written: Written<File>,
    command: TextCommand,
    isGiven: boolean,
  ): Promise<After> => {
    const declares = (command.type === 'new' || command.type === 'drill') && command.title !== undefined;
    const place = await parts.placeFor(spot, written.key, declares);
    const line = { ...linesOf(spot, written, command), place };
    const incident = options.reposts ? await talk.about(line) : null;
    return parts.holding(spot, incident, async () => {
      const taken = isGiven ? null : await options.taken?.(spot, line, incident);
      if (taken) return taken;
      const outcome = await parts.say(line);
      options.outcome?.(spot, outcome);
      if (outcome.change?.kind === 'done') await options.recorded?.(written, outcome.change.incident);
      const later = await withFiles(spot, written, outcome);
      const answer = await answerTo(spot, line, outcome);
      return async () => {
        await answer();
        await later();
      };
    });
  };
  /** Files of a message belong to what its line is about. */
  const withFiles = async (
    spot: Spot<At>,
    { key, files: given = [], about = null }: Written<File>,
    { change }: Outcome,
  ): Promise<After> => {
    if (given.length === 0) return async () => {};
    const of = change?.kind === 'done' ? change.incident : about;
    return parts.given(spot, key, given, of);
  };
  const answerTo = async (spot: Spot<At>, line: Line, outcome: Outcome): Promise<After> => {
    const { type } = line.command;
    const isAnswer = ANSWERS.has(type);
    const sight = options.sight(spot, { by: 'line', isAnswer, about: line.about });
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
        parts.say({ ...line, caller, place: direct, about: outcome.incident ?? line.about });
      return () => parts.showThere(spot, outcome, alone, again);
    }
    const conclusion = parts.concluded(spot, outcome, alone, { isAnswer, atEnd: options.reposts !== undefined }, sight);
    return async () => {
      await conclusion();
      if (isShared && shared) await port(spot, false).say({ key: shared });
    };
  };
  return async (spot, written, command) => {
    const { key, text, files = [], waits = false } = written;
    if (text === '' && files.length > 0) return parts.give(spot, written);
    const work = await spoken(spot, written, command ?? talk.read(text), command !== undefined);
    return waits ? work : once(key, spot, work);
  };
}
