import type { Block, Card, ViewRef } from '../conversation/cards/card.ts';
import { localised } from '../conversation/cards/localise.ts';
import { sentenceCard } from '../conversation/cards/sentence.ts';
import { plain, t } from '../conversation/cards/situation.ts';
import { surfacesShown } from '../conversation/cards/surfaces.ts';
import { blocksFor, cardFor, formFor, offeredTo, SHOWN_STOPPED, viewFor } from '../conversation/rooms/abroad.ts';
import { mayBeBoth, whoReleases } from '../incident/decide/admission.ts';
import type { Room } from '../incident/identity.ts';
import { leadOf } from '../incident/people/rights.ts';
import { withoutWords } from '../incident/record/without-words.ts';
import type { IncidentState } from '../incident/state.ts';
import { type HeadReason, isStopped, reveals, revealsClocks, type Visibility } from '../incident/visibility.ts';
import { onFirstUse } from '../law/kept-for.ts';
import type { App, Caller, Submitted } from './app.ts';
import type { UncheckedUseCases } from './create-app.ts';
import { lookerOf, readersFor } from './directory/access.ts';
import { incidentPage } from './incident-page.ts';
import { jsonOf } from './json.ts';
import type { Json, Refusal } from './ports.ts';
import { type Seen, type UseCaseContext, WHOLE } from './use-case-context.ts';

type Asking = Caller | 'api';

/**
 * Adds the visibility checks to the use cases: messages, views and reads are checked here only, so that no platform has
 * to. `UseCaseContext.opened` checks files and records.
 */
export function withVisibilityChecked(app: UncheckedUseCases, context: UseCaseContext): App {
  return { ...app, ...checkedActs(app, context), ...checkedReads(app, context) };
}

function checkedActs(
  app: UncheckedUseCases,
  context: UseCaseContext,
): Pick<App, 'declare' | 'submit' | 'submitForm' | 'text' | 'attach'> {
  const { seen } = context;
  const said = async (result: Submitted, caller: Asking, id: string | undefined): Promise<Submitted> => {
    if (result.kind === 'refused') {
      const found = await seen(result.incident ?? id, caller);
      if (found && result.refusal.code === 'unknown_incident') return { ...result, refusal: refusalOf(found) };
      return found && found.shown.show !== 'all' ? { ...result, refusal: bare(result.refusal) } : result;
    }
    const { shown } = result;
    const found = onFirstUse(() => context.seenOf(result.state, caller));
    return {
      ...result,
      said: onFirstUse(() => {
        const [by, card] = [found(), result.said()];
        if (!by || !card) return card;
        const isKept = by.shown.show === 'head' && KEPT_ALOUD.has(by.shown.why);
        const seenThere = isKept ? sentenceCard(t('said.kept', { id: plain(by.state.id) })) : cardFor(card, by.shown);
        return offered(context, by.state, caller, seenThere);
      }),
      shown: {
        ...shown,
        newStep: () => {
          const [by, step] = [found(), shown.newStep()];
          return by ? offeredBlocks(context, by.state, caller, step) : step;
        },
      },
    };
  };
  return {
    declare: async (input) =>
      said(await app.declare(input), input.caller === 'api' ? 'api' : standing(input.caller, input.room), undefined),
    submit: async (input) => {
      const caller = input.caller === 'api' ? 'api' : standing(input.caller, input.room);
      return said(await app.submit({ ...input, caller }), caller, input.incident);
    },
    attach: async (input) => said(await app.attach(input), input.caller, input.incident),
    submitForm: async (input) => {
      const caller = standing(input.caller, input.room);
      const result = await app.submitForm({ ...input, caller });
      return result.kind === 'invalid' ? result : said(result, caller, input.ref.args['incident']);
    },
    text: async (input) => {
      const caller = standing(input.caller, input.room);
      const reply = await app.text({ ...input, caller });
      if (reply.kind === 'card') {
        const found = await seen(reply.incident, caller);
        return found ? { ...reply, card: offered(context, found.state, caller, reply.card) } : reply;
      }
      return { ...reply, result: await said(reply.result, caller, reply.result.incident ?? undefined) };
    },
  };
}

/** Card with only the buttons that the caller, or people who read along, may press. */
function offered({ engine }: UseCaseContext, state: IncidentState, caller: Asking, card: Card): Card {
  const readers = readersFor(state, caller, engine.deps);
  return readers ? offeredTo(card, engine.situation(state), readers) : card;
}

function offeredBlocks(
  { engine }: UseCaseContext,
  state: IncidentState,
  caller: Asking,
  blocks: readonly Block[],
): readonly Block[] {
  const readers = readersFor(state, caller, engine.deps);
  return readers ? blocksFor(blocks, engine.situation(state), readers) : blocks;
}

/** Reasons for showing only the head that depend on the place: elsewhere the person sees more. */
const KEPT_ALOUD: ReadonlySet<HeadReason> = new Set<HeadReason>(['open', 'unconfirmed', 'moved', 'elsewhere']);

function checkedReads(
  app: UncheckedUseCases,
  context: UseCaseContext,
): Pick<App, 'view' | 'form' | 'preview' | 'cards' | 'page' | 'incident' | 'state' | 'visibility' | 'offered'> {
  const { seen } = context;
  const { engine } = context;
  const cards = ({ state, shown }: Seen, caller: Asking) => {
    const looker = lookerOf(state, caller, engine.deps);
    const own = { reaches: engine.reaches(state), ...(looker ? { byOne: mayBeBoth(state, looker) } : {}) };
    return surfacesShown({ ...engine.situation(state), ...own }, shown).filter(({ ifPosted }) => !ifPosted);
  };
  const viewed = async (ref: ViewRef, caller: Caller, found: Seen | null): Promise<Card | Refusal> => {
    if (!found || found.shown.show === 'all') return app.view(ref, caller);
    if (isStopped(found.shown) && SHOWN_STOPPED.has(ref.view) && revealsClocks(found.shown)) {
      const card = await app.view(ref, caller);
      return 'code' in card ? card : cardFor(card, found.shown);
    }
    const view = isStopped(found.shown) ? 'status' : ref.view;
    const kept = cards(found, caller).find(({ key }) => key === view);
    if (kept) return (engine.platforms.edits(caller.account.platform) ? null : kept.joint) ?? kept.card;
    if (found.shown.show === 'head' || found.shown.show === 'nothing') return refusalOf(found);
    const card = await app.view(ref, caller);
    return 'code' in card ? card : (viewFor(card, found.shown, ref.view) ?? refusalOf(found));
  };
  return {
    view: async (ref, caller) => {
      const found = await seen(ref.args['incident'], caller);
      const card = await viewed(ref, caller, found);
      return 'code' in card || !found ? card : offered(context, found.state, caller, card);
    },
    form: async (ref, caller) => {
      const found = await seen(ref.args['incident'], caller);
      const isShut = found && (found.shown.show === 'nothing' || isOutsider(found));
      const form = isShut ? refusalOf(found) : await app.form(ref, caller);
      if ('code' in form || !found || isStopped(found.shown)) return form;
      return formFor(form, found.shown) ?? refusalOf(found);
    },
    preview: async (input) => {
      const found = await seen(input.ref.args['incident'], input.caller);
      // After a stop only a filing is previewed: the engine refuses to compile a text.
      const isShut = found && !reveals(found.shown, WHOLE) && !isStopped(found.shown);
      return isShut ? refusalOf(found) : app.preview(input);
    },
    cards: async (id, caller) => {
      const found = await seen(id, caller);
      if (!found || isOutsider(found) || found.shown.show === 'nothing') return null;
      return cards(found, caller).map(({ key, card }) => ({ key, card: offered(context, found.state, caller, card) }));
    },
    page: async (id, caller, language) => {
      const found = await seen(id, caller);
      if (!found || isOutsider(found) || found.shown.show === 'nothing') return null;
      const { state, shown } = found;
      if (shown.show === 'all') {
        const situation = { ...engine.situation(state), reaches: engine.reaches(state) };
        const readers = readersFor(state, caller, engine.deps);
        return jsonOf(incidentPage(situation, lookerOf(state, caller, engine.deps), readers, language));
      }
      const kept = cards(found, caller).map(({ key, card }) => ({
        surface: key,
        card: offered(context, state, caller, card),
        folded: false,
      }));
      return jsonOf(
        localised(
          {
            panel: null,
            foot: [],
            skip: null,
            stage: null,
            why: [],
            brief: false,
            faces: [],
            menu: [],
            drill: [],
            own: null,
            cards: kept,
          },
          language,
        ),
      );
    },
    incident: async (id, caller, language) => {
      const json = await app.incident(id, caller, language);
      const found = json && (await seen(id, caller));
      return found ? jsonFor(json, found.shown) : json;
    },
    state: async (id, caller) => {
      const state = await app.state(id, caller);
      return state && context.visibility(state, caller).show !== 'all' ? withoutWords(state) : state;
    },
    offered: async (message, caller) => {
      const found = await seen(message.incident, caller);
      return found ? { ...message, card: offered(context, found.state, caller, message.card) } : message;
    },
    visibility: async (id, caller) => (await seen(id, caller))?.shown ?? { show: 'nothing', why: 'stranger' },
  };
}

function isOutsider({ shown }: Seen): boolean {
  return shown.show === 'head' && shown.why === 'outsider';
}

function standing(caller: Caller, room: Room | null | undefined): Caller {
  return caller.room || !room ? caller : { ...caller, room };
}

/** Refusal for hidden content; its text names the place of the content or a person to ask. */
export function refusalOf({ state, shown }: Seen): Refusal {
  const { id } = state;
  const lead = leadOf(state)?.name ?? state.people[state.declared.by]?.name ?? '';
  if (shown.show === 'nothing')
    return shown.why === 'outside'
      ? { code: 'outside', params: { lead } }
      : { code: state.chatLeft?.played ? 'chat_down' : 'chat_left' };
  switch (shown.show === 'head' ? shown.why : 'restricted') {
    case 'outsider':
      return { code: 'kept_private', params: { id, lead } };
    case 'stopped':
      return { code: 'stopped' };
    case 'unconfirmed':
      return { code: 'unconfirmed_room', params: { id } };
    case 'restricted':
      return { code: 'not_released', params: { lead: whoReleases(state).join(', ') } };
    default:
      return { code: 'ask_directly', params: { id } };
  }
}

/** Refusal without other people's statements and texts. */
function bare({ code, field, params }: Refusal): Refusal {
  const kept = Object.entries(params ?? {}).filter(([name]) => !['title', 'fact', 'value', 'text'].includes(name));
  return { code, ...(field === undefined ? {} : { field }), params: Object.fromEntries(kept) };
}

const IN_EXISTENCE: readonly string[] = ['id', 'drill', 'revision', 'lead'];
const IN_HEAD: readonly string[] = [...IN_EXISTENCE, 'clocks'];
const IN_OVERVIEW: readonly string[] = [
  ...IN_EXISTENCE,
  ...[
    'phase',
    'level',
    'levelDecided',
    'floor',
    'ceiling',
    'now',
    'rate',
    'declaredAt',
    'stopped',
    'clocks',
    'items',
    'people',
  ],
];
/** JSON limited to visible content. After a stop it has no texts of people anyway. */
function jsonFor(json: Json, shown: Visibility): Json {
  const isWhole = shown.show === 'all' || (shown.show === 'head' && shown.why === 'stopped' && shown.clocks);
  if (isWhole || json === null || typeof json !== 'object') return json;
  const keys = reveals(shown, 'overview') ? IN_OVERVIEW : revealsClocks(shown) ? IN_HEAD : IN_EXISTENCE;
  const isReduced = (key: string): boolean => key === 'items' && !reveals(shown, 'texts');
  const kept = Object.entries<Json>(json)
    .filter(([key]) => keys.includes(key))
    .map(([key, value]): [string, Json] => [key, isReduced(key) ? withoutFieldWords(value) : value]);
  const nothing = {
    title: '',
    phase: 'classifying',
    level: 'undetermined',
    floor: 'undetermined',
    ceiling: 'undetermined',
  };
  return { ...nothing, clocks: [], facts: {}, items: [], question: null, ...Object.fromEntries(kept) };
}

/** Items without the texts of their fields. */
function withoutFieldWords(items: Json): Json {
  if (Array.isArray(items)) return items.map(withoutFieldWords);
  if (items === null || typeof items !== 'object') return items;
  const kept = Object.entries(items).filter(([key]) => key !== 'value' && key !== 'wording');
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutFieldWords(value)]));
}
