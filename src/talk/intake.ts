import type { Core, Does, Outcome, TalkNeeds } from './acts.ts';
import { type Parts, partsOf } from './answering.ts';
import { keepEvidence, NotGiven } from './evidence.ts';
import { fillForm } from './filling.ts';
import { placeOfFiles } from './given-files.ts';
import type { Given, Intake, IntakeOptions, Pressed, PressOutcome, Spot } from './intake-options.ts';
import { ANSWERS, lineTaker } from './line-intake.ts';

/** Creates the intake of people's acts on a platform, which itself only parses payloads and shows answers. */
export function createIntake<File extends Given, At = string>(
  needs: TalkNeeds,
  core: Core,
  options: IntakeOptions<File, At>,
): Intake<File, At> {
  const parts = partsOf(needs, core, options);
  const { service, delivery, once, linesOf } = parts;
  const { talk } = service;
  const now = (spot: Spot<At>): Spot<At> => ({ ...spot, since: needs.clock.now() });
  const fill = filler(parts, core, options);
  const line = lineTaker(parts, options, fill, needs, core);
  const pressed = presser(parts, options);
  return {
    ...core,
    ...service,
    ...{ delivery, once, line, forms: parts.forms, saying: parts.saying },
    fill: (spot, filling) => fill(now(spot), filling),
    give: (spot, given) => parts.give(now(spot), given),
    look: async (at, does) => {
      const spot = await parts.met(now(at));
      const outcome =
        does.kind === 'form' ? await talk.form(does.form, spot.caller) : await talk.view(does.view, spot.caller);
      await parts.show(spot, outcome, true);
    },
    start: () => parts.start((file) => keepGiven(needs, core, options, parts, file)),
    overheard: async (spot, written, incident) => {
      const command = core.app.read(written.text);
      const found = await talk.overheard(linesOf(spot, written, command), incident);
      return found === 'taken' ? line(spot, written, command) : found;
    },
    press: (spot, press) => pressed(now(spot), press),
  };
}

/** Returns a function that commits submitted forms and returns their answers. */
function filler<File extends Given, At>(
  parts: Parts<File, At>,
  core: Core,
  options: IntakeOptions<File, At>,
): Intake<File, At>['fill'] {
  const { talk } = parts.service;
  return async (spot, filling) => {
    const { caller, place } = spot;
    const result = await fillForm({ ...core, talk }, { ...filling, caller, place, platform: options.platform });
    if (result.kind !== 'done') return result;
    parts.introduced(spot);
    const change = result.change?.kind === 'done' ? result.change : null;
    const declared = change && result.declared ? await options.declared?.(spot, change) : null;
    if (declared) return { ...result, after: declared };
    if (!options.lineForms)
      return { ...result, after: async () => void (change && (await options.changed?.(spot, change))) };
    const { atEnd = false } = filling;
    const after = (inPlace = false) =>
      parts.concluded(spot, result, false, { isAnswer: false, inPlace, atEnd }, { by: 'line', about: null })();
    return { ...result, after };
  };
}

/** Fetches a given file, records it, and notifies its sender. Each file is fetched once. */
async function keepGiven<File extends Given, At>(
  { kept }: TalkNeeds,
  core: Core,
  { prefix, fetch, giver, port, texts }: IntakeOptions<File, At>,
  parts: Parts<File, At>,
  file: File & { readonly incident: string },
): Promise<void> {
  const { incident, message } = file;
  const { delivery, service } = parts;
  const { answered } = service;
  const mark = `evidence:${incident}:${message}` as const;
  if ((await kept.get(mark)) !== null) return;
  const spot = giver(file);
  const { caller } = spot;
  const given = { incident, caller, delivery: delivery(`${prefix}${incident}:${message}`, message) };
  const ways = port(spot, false);
  try {
    const fetched = await fetch(file);
    const reply = await keepEvidence(core, given, fetched, texts);
    if (typeof fetched !== 'string') await kept.put(mark, 'kept');
    if (reply === null) return;
    if ('text' in reply) {
      await ways.say(reply.text);
      const { picture } = reply;
      // Nothing waits for reading the picture, and losing the result does no harm.
      if (picture) parts.service.after.run(() => readPicture(core, parts, spot, { ...picture, incident }));
    } else await ways.card(reply.card, { incident, revision: 0, language: caller.language }, null);
  } catch (error) {
    if (!(error instanceof NotGiven)) throw error;
    // A message that is read again has the same file, so the refusal is posted once only.
    if ((await answered.markSeen(`refused:${incident}:${message}:${error.message}`)) === 'new')
      await ways.say(error.said);
  }
}

/** Shows facts that the text of a picture may state, to its sender alone. */
async function readPicture<File extends Given, At>(
  { app }: Core,
  parts: Parts<File, At>,
  spot: Spot<At>,
  { incident, ...picture }: { readonly incident: string; readonly name: string; readonly sha256: string },
): Promise<void> {
  const content = async (): Promise<Uint8Array | null> => {
    const file = await app.file(incident, picture.sha256, spot.caller);
    if (!file) return null;
    const parts: Uint8Array[] = [];
    for await (const part of file.content) parts.push(part);
    return Buffer.concat(parts);
  };
  const found = await parts.service.talk.pictureReading(spot, incident, { ...picture, content });
  if (found) await parts.show(spot, found, true);
}

/** Returns a function that commits the effect of a press and returns its answers. */
function presser<File extends Given, At>(
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
    return parts.service.talk.press({ caller, place, incident, revision, does, delivery: parts.delivery(key, body) });
  };
  return async (at: Spot<At>, pressed: Pressed): Promise<PressOutcome> => {
    const { does, incident, surface, atEnd = false } = pressed;
    // A view or form changes nothing, so it is read after the acknowledgement.
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

/** Returns true for an effect that needs the identity of its author, e.g. a request to join or a typed line. */
function isPersonal(does: Does): boolean {
  return does.kind === 'line' || (does.kind === 'intent' && does.intent.type === 'ask_to_join');
}
