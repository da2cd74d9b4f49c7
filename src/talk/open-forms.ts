import { z } from 'zod';
import type { Card, FormRef } from '../conversation/cards/card.ts';
import { type LocalForm, localised } from '../conversation/cards/localise.ts';
import { noteBlock, sentenceCard } from '../conversation/cards/sentence.ts';
import type { Language } from '../incident/identity.ts';
import { parseJson } from '../ops/json.ts';
import type { KeptKey } from '../use-cases/ports.ts';
import type { Core, Line, TalkNeeds } from './acts.ts';
import { askedIn } from './focus.ts';
import { isReply, OPENNESS, type Openness, type Values, valuesOf } from './form-lines.ts';
import { correctionAsked, type FormPlace, resultPut, wrongLines } from './form-place.ts';
import type { After, Given, Intake, IntakeOptions, Spot } from './intake-options.ts';

/**
 * Form that is open in a conversation: a list of lines to send back. A form with a single field accepts text without
 * its label. Fields not sent keep their values.
 */
const pendingSchema = z.strictObject({
  ref: z.strictObject({ form: z.string(), args: z.record(z.string(), z.string()) }),
  at: z.number(),
  open: z.enum(OPENNESS),
  /** Entries that were refused or wait for confirmation, with the wrong fields among them. */
  entered: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])).default({}),
  wrong: z.array(z.string()).readonly().default([]),
  /** Version of the record to which the entries belong. */
  version: z.number().optional(),
  /** Version of the record when the form was opened, so that later statements of others are not overwritten unseen. */
  revision: z.number().default(0),
});
type Pending = z.infer<typeof pendingSchema>;
const PENDING_FOR = 30 * 60_000;

/** Entries of a form, with their act. */
export interface EnteredLines {
  readonly ref: FormRef;
  readonly local: LocalForm;
  readonly values: Values;
  /** Version of the record when the form was opened. */
  readonly revision: number;
  readonly key: string;
  readonly atEnd: boolean;
}
type Acts<File extends Given, At> = Pick<Intake<File, At>, 'fill' | 'line'>;

/** Forms filled in by lines of a conversation, where cards have no text fields. */
export class OpenForms<File extends Given, At> {
  readonly #needs: Pick<TalkNeeds, 'kept' | 'clock'>;
  readonly #core: Core;
  readonly #options: Pick<IntakeOptions<File, At>, 'port' | 'direct'>;

  constructor(needs: TalkNeeds, core: Core, options: IntakeOptions<File, At>) {
    this.#needs = needs;
    this.#core = core;
    this.#options = options;
  }

  /** Records that a form was shown, so that the next text is its answer. */
  asked(spot: Spot<At>, ref: FormRef, revision: number): Promise<void> {
    return this.#keep(spot, { ref, at: this.#needs.clock.now(), open: 'asked', revision });
  }

  /** Lowers the openness of a form when the person turns to something else; never raises it. */
  async leave(spot: Spot<At>, open: 'behind' | 'aside'): Promise<void> {
    const pending = await this.#pending(spot);
    if (!pending || pending.open === open || pending.open === 'aside') return;
    await this.#keep(spot, { ...pending, open });
  }

  /** Takes a line as the answer to the open form; null if it is none, e.g. rows that name none of the form's fields. */
  async taken(spot: Spot<At>, heard: Line, acts: Acts<File, At>): Promise<After | null> {
    const { text, about: named, command, delivery } = heard;
    const pending = await this.#pending(spot);
    // A line of a room opens its form in the direct conversation; words that cancel it may be written in the room.
    const alone = pending || command.type !== 'cancel' ? null : this.#options.direct?.(spot);
    if (alone) await this.#close(alone);
    if (!pending) return null;
    const { ref, entered: earlier, wrong: asked, revision } = pending;
    const incident = ref.args['incident'] ?? null;
    if (named !== null && named !== incident) return null;
    const form = await this.#core.app.form(ref, spot.caller);
    const language = languageIn(spot);
    if ('code' in form || (await this.#isFiled(spot, pending))) {
      await this.#close(spot);
      // A line for a form whose incident was stopped since is answered as the form is on every other platform.
      if (
        !('code' in form) ||
        form.code !== 'stopped' ||
        pending.open !== 'asked' ||
        !(command.type === 'unknown' || isReply(command.type))
      )
        return null;
      const card = this.#core.explain(form, null);
      return async () =>
        void (await this.#options.port(spot, false).card(card, { incident, revision, language }, null));
    }
    const local = localised(form, language);
    const open = await this.#openness(spot, pending, incident);
    const found = valuesOf(local, text, command, language, { open, earlier, asked });
    if (!found) {
      const { type } = command;
      if (type === 'cancel') await this.#close(spot);
      else if (type !== 'unknown' && type !== 'thanks' && !isReply(type)) await this.leave(spot, 'aside');
      return null;
    }
    const { values, left } = found;
    const entered = { ref, local, values, revision, key: `form:${delivery.key}`, atEnd: true };
    const answer = await this.fill(spot, entered, acts);
    if (left.length === 0) return answer;
    const rest = await acts.line(
      spot,
      { key: `rows:${delivery.key}`, text, about: incident },
      { type: 'rows', rows: left },
    );
    return async () => {
      await answer();
      await rest();
    };
  }

  /** Commits the entries; keeps refused ones, so that only wrong ones are sent again. `place`: the submitted card. */
  async fill(
    spot: Spot<At>,
    { ref, local, values, revision, key, atEnd }: EnteredLines,
    acts: Pick<Acts<File, At>, 'fill'>,
    place?: FormPlace,
  ): Promise<After> {
    const { app, explain } = this.#core;
    const incident = ref.args['incident'] ?? null;
    const language = languageIn(spot);
    const state = incident === null ? null : await app.state(incident, spot.caller);
    const version = state?.version ?? 0;
    const say = (card: Card) =>
      this.#options.port(spot, false).card(card, { incident, revision: version, language }, null);
    const result = await acts.fill(spot, { ref, revision, key, entriesOf: () => values, language, atEnd });
    const keepOpen = (open: Openness, wrong: readonly string[], now = revision): Promise<void> =>
      this.#keep(spot, { ref, at: this.#needs.clock.now(), open, entered: values, wrong, version, revision: now });
    if (result.kind === 'closed') return async () => void (await say(explain(result.refusal, null)));
    if (result.kind === 'again') {
      const { card, errors, isStale } = result;
      const wrong = Object.keys(errors).filter((id) => id !== '');
      if (isStale) await keepOpen('asked', [], result.revision);
      else await keepOpen(card ? 'aside' : 'asked', wrong);
      return async () => {
        if (card) await say(card);
        else if (!place || !(await correctionAsked(place, local, errors, { language, revision })))
          await say(sentenceCard({ key: 'form_lines.wrong' }, wrongLines(local, errors, language).map(noteBlock)));
      };
    }
    const { change } = result;
    if (change) await this.#close(spot);
    else await keepOpen('aside', []);
    return async () => {
      const isShown = place !== undefined && (await resultPut(place, local, result, language));
      const isSame = change?.kind === 'done' && !change.replayed && change.state.version === state?.version;
      if (isSame && !isShown) await say(sentenceCard({ key: 'form_lines.same' }));
      if (change || !isShown) await result.after(isShown);
    };
  }

  /** Returns true if a filing was recorded after the entries of the form were read back. */
  async #isFiled({ caller }: Spot<At>, { ref, version }: Pending): Promise<boolean> {
    const incident = ref.args['incident'];
    const state = version === undefined || incident === undefined ? null : await this.#core.app.state(incident, caller);
    return state?.filings.some((filing) => filing.version > (version ?? 0)) ?? false;
  }

  /** Returns a form's openness, lower if a question was posted later: a figure or "no" then answers that question. */
  async #openness(spot: Spot<At>, { at, open }: Pending, incident: string | null): Promise<Openness> {
    const asked = open !== 'asked' || incident === null ? null : await askedIn(this.#needs.kept, spot, incident);
    return (asked?.at ?? 0) > at ? 'behind' : open;
  }

  async #pending(spot: Spot<At>): Promise<Pending | null> {
    const { kept, clock } = this.#needs;
    const pending = pendingSchema.safeParse(parseJson(await kept.get(keyOf(spot)))).data;
    return pending && clock.now() - pending.at <= PENDING_FOR ? pending : null;
  }

  #keep(spot: Spot<At>, pending: z.input<typeof pendingSchema>): Promise<void> {
    return this.#needs.kept.put(keyOf(spot), JSON.stringify(pending));
  }

  async #close(spot: Spot<At>): Promise<void> {
    await this.#needs.kept.remove(keyOf(spot));
  }
}

/** Returns the key of conversation and person: two people may have a form open in one group. */
function keyOf<At>({ place, caller: { account } }: Spot<At>): KeptKey {
  return `form:${encodeURIComponent(place.kind === 'room' ? place.room.address : account.id)}:${account.id}`;
}

/** Returns the language of a conversation: in a room that of the room, otherwise the person's. */
export function languageIn({ place, caller }: Pick<Spot<unknown>, 'place' | 'caller'>): Language {
  return place.kind === 'room' ? place.room.language : caller.language;
}
