import type { Does, Outcome } from './acts.ts';
import type { Parts } from './answering.ts';
import { placeOfFiles } from './given-files.ts';
import type { Given, Intake, IntakeOptions, Pressed, PressOutcome, Spot } from './intake-options.ts';
import { ANSWERS } from './line-intake.ts';

/** Takes presses of buttons: commits their effect and returns the answers. */
export function presser<File extends Given, At>(
  parts: Parts<File, At>,
  options: IntakeOptions<File, At>,
): Intake<File, At>['press'] {
  const { port } = options;
  const acted = async (spot: Spot<At>, pressed: Pressed): Promise<Outcome> => {
    const { key, incident, revision, does } = pressed;
    const { caller } = spot;
    const { body = [caller.account.id, incident, revision, does] } = pressed;
    const declares = does.kind === 'intent' && does.intent.type === 'declare';
    const place = await parts.placeFor(spot, key, declares);
    return parts.press({ caller, place, incident, revision, does, delivery: parts.delivery(key, body) });
  };
  return async (at: Spot<At>, pressed: Pressed): Promise<PressOutcome> => {
    const { does, incident, surface, atEnd = false } = pressed;
    // Nothing is to be kept: it is looked up after the acknowledgement.
    if (does.kind === 'form' || does.kind === 'view') {
      const looked = async (): Promise<void> => {
        const spot = await parts.met(at);
        const outcome = await acted(spot, pressed);
        await parts.showThere(spot, outcome, true, (direct) => acted(direct, pressed));
      };
      return { outcome: null, after: looked };
    }
    const of = does.kind === 'line' ? placeOfFiles(does.text) : null;
    if (of !== null) return { outcome: null, after: await parts.placed(at, of) };
    const spot = isPersonal(does) ? await parts.met(at) : at;
    const isAnswer = does.kind === 'intent' && ANSWERS.has(does.intent.type);
    const result: { outcome: Outcome | null } = { outcome: null };
    const after = await parts.holding(spot, does.kind === 'intent' ? incident : null, async () => {
      const outcome = await acted(spot, pressed);
      result.outcome = outcome;
      parts.introduced(spot);
      const { change, declared } = outcome;
      const settled = declared && change?.kind === 'done' ? await options.declared?.(spot, change) : null;
      if (settled) return settled;
      return async () => {
        const isShownThere = change !== null && !declared && does.kind === 'intent';
        const inPlace = isShownThere ? ((await port(spot, true).inPlace?.(outcome)) ?? false) : false;
        const renewal = surface === undefined ? undefined : { view: surface ?? 'question', args: { incident } };
        if (change === null) return parts.showThere(spot, outcome, true, (direct) => acted(direct, pressed));
        const how = { isAnswer, renewal, inPlace, atEnd };
        await parts.concluded(spot, outcome, true, how, { by: 'press', about: null })();
      };
    });
    return { outcome: result.outcome, after };
  };
}

/** Returns true for an effect that depends on who somebody is: a request to join names them, a line may ask for anything. */
function isPersonal(does: Does): boolean {
  return does.kind === 'line' || (does.kind === 'intent' && does.intent.type === 'ask_to_join');
}
