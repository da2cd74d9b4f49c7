import { isAskedToApprove } from '../../incident/approvals.ts';
import type { StatedValue } from '../../incident/commands/parts.ts';
import { type Act, admission, whoReleases } from '../../incident/decide/admission.ts';
import { type AbroadPart, accountKey, type Room, roomId } from '../../incident/identity.ts';
import { fromProfile, isPerson, peopleNow } from '../../incident/people/people.ts';
import {
  type Acting,
  actingAs,
  actionSchema,
  lacks,
  type Action as Right,
  rights,
} from '../../incident/people/rights.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import { isStopped, reveals, revealsClocks, type Visibility, visibility } from '../../incident/visibility.ts';
import { keptFor } from '../../law/kept-for.ts';
import { entryOf } from '../../law/lookup.ts';
import { isJudgement } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import type { Action, Block, Card, Form, FormRef, Param, Text } from '../cards/card.ts';
import { partOfView } from '../cards/card-views.ts';
import { withTexts } from '../cards/localise.ts';
import { noteBlock, textBlock } from '../cards/sentence.ts';
import { joined, plain, t, titled } from '../cards/situation.ts';
import { FORM_KINDS } from '../commands.ts';

/** Intents whose buttons a room abroad may show: they reveal no content, and a press adds no text to the record. */
const PLAIN_INTENTS: ReadonlySet<string> = new Set([
  'ask_to_join',
  'confirm_room',
  'stop_state_secret',
  'take_lead',
  'take_charge',
  'hand_over',
  'take_over',
  'take_item',
  'snooze',
  'set_language',
  'leave_chat',
]);

/** Views that stay open after a stop: ids of duties and deadlines, and the acts that stay possible; no words of people. */
export const SHOWN_STOPPED: ReadonlySet<string> = new Set(['owed', 'more']);

export function mayView(shown: Visibility, view: string): boolean {
  return reveals(shown, partOfView(view));
}
export function mayFill(shown: Visibility, form: string): boolean {
  return reveals(shown, entryOf(FORM_KINDS, form)?.part);
}
/** Placeholder for withheld text; in a room abroad it says that a person can release the text. */
function withheld(shown: Visibility): Text {
  return t(shown.show === 'head' && shown.why !== 'restricted' ? 'visibility.withheld' : 'abroad.withheld');
}

/** Text without its unreleased parts. `inside`: the text is within a released part, so its unmarked texts are shown. */
export function textFor(text: Text, shown: Visibility, inside = false): Text {
  if (shown.show === 'all' || 'law' in text) return text;
  // The mark `plain` makes filtering idempotent: a second pass, outside the part, withholds nothing more.
  if ('raw' in text) return inside ? { part: 'plain', text } : withheld(shown);
  if ('part' in text) {
    return isReleased(text.part, shown) ? { part: text.part, text: textFor(text.text, shown, true) } : withheld(shown);
  }
  if ('list' in text) {
    const kept = text.list.filter((one) => !('part' in one && one.leftOut && !isReleased(one.part, shown)));
    return { ...text, list: kept.map((one) => textFor(one, shown, inside)) };
  }
  if (!text.params) return text;
  const params = Object.entries(text.params).map(([name, value]) => [name, paramFor(value, shown, inside)] as const);
  return { key: text.key, params: Object.fromEntries(params) };
}

function isReleased(part: AbroadPart | 'plain', shown: Visibility): boolean {
  return part === 'plain' || reveals(shown, part);
}

function paramFor(value: Param, shown: Visibility, inside: boolean): Param {
  if (typeof value === 'string') return inside ? plain(value) : withheld(shown);
  if (typeof value === 'number') return value;
  return 'instant' in value || 'amount' in value || 'minutes' in value ? value : textFor(value, shown, inside);
}

/**
 * Card without unreleased parts, and without buttons that lead to them. `part`: the part to which the whole card
 * belongs; a draft is released only with all other parts, so nothing of its card is withheld.
 */
export function cardFor(card: Card, shown: Visibility, part: AbroadPart = 'overview'): Card {
  if (shown.show === 'all') return card;
  const inside = part === 'drafts' && reveals(shown, part);
  const blocks = card.blocks.flatMap((block) => blockFor(block, shown));
  return withTexts({ ...card, blocks }, (text) => textFor(text, shown, inside));
}

/** Card of a view (from `viewOf`) without unreleased parts; null if the view itself is not released. */
export function viewFor(card: Card, shown: Visibility, view: string): Card | null {
  return mayView(shown, view) ? cardFor(card, shown, partOfView(view)) : null;
}

/** Block without buttons that lead to unreleased content. */
function blockFor(block: Block, shown: Visibility): readonly Block[] {
  switch (block.kind) {
    case 'row':
      return [{ ...block, actions: block.actions.filter(({ does }) => mayDo(does, shown)) }];
    case 'actions': {
      const actions = block.actions.filter(({ does }) => mayDo(does, shown));
      return actions.length > 0 ? [{ ...block, actions }] : [];
    }
    case 'choices':
      return reveals(shown, 'answers') ? [block] : [];
    case 'note':
      return block.part && !reveals(shown, block.part) ? [] : [block];
    default:
      return [block];
  }
}

function mayDo(does: Action['does'], shown: Visibility): boolean {
  // Acts after a stop need no content: filing, lifting the stop, a second person's answer.
  const goesOn = isStopped(shown) && revealsClocks(shown);
  switch (does.kind) {
    case 'view':
      return mayView(shown, does.view.view) || (goesOn && SHOWN_STOPPED.has(does.view.view));
    case 'form': {
      const right = rightOfForm(does.form.form);
      return mayFill(shown, does.form.form) || (goesOn && right !== null && rights[right].whenStopped === true);
    }
    case 'intent':
      if (goesOn && rights[does.intent.type].whenStopped) return true;
      return PLAIN_INTENTS.has(does.intent.type) || (does.intent.type === 'answer' && reveals(shown, 'answers'));
    case 'link':
    case 'line':
      return false;
  }
}

/** Form without unreleased parts; null if the whole form is unreleased. */
export function formFor(form: Form, shown: Visibility): Form | null {
  if (shown.show === 'all') return form;
  if (!mayFill(shown, form.ref.form)) return null;
  const part = entryOf(FORM_KINDS, form.ref.form)?.part;
  // Texts entered earlier are withheld unless the form's own part covers them.
  const isEntered = part === 'drafts' || part === 'title';
  const fields = form.fields.map((field) => (field.kind === 'text' && !isEntered ? { ...field, value: '' } : field));
  return withTexts({ ...form, fields }, (text) => textFor(text, shown, part === 'drafts'));
}

/** Card in a room abroad while mirroring is off: the existence of an incident, and the person to contact. */
export function existsCard(state: IncidentState): Card {
  const names = whoReleases(state);
  const exists = t('abroad.exists');
  const ask = names.length > 0 ? [t('abroad.ask', { people: joined(names.map(plain), 'or') })] : [];
  return quietCard(state, null, exists, [exists, ...ask]);
}

/** Card that replaces another card in a place where that may no longer be shown. */
export function withheldCard(state: IncidentState, shown: Visibility): Card {
  const why = shown.show === 'head' ? shown.why : 'restricted';
  if (why === 'stopped')
    return quietCard(state, null, t('status.stopped'), [t('status.stopped'), t('text.secret_now')]);
  if (why !== 'restricted') return emptiedCard(state);
  const note = t('abroad.note');
  return { ...quietCard(state, null, note, []), blocks: [noteBlock(note)] };
}

/** Closing message in a room the incident has left; earlier content is removed as far as the platform can edit. */
export function movedCard(state: IncidentState): Card {
  const isPlayed = state.chatLeft?.played === true;
  const moved = t(isPlayed ? 'rooms.down' : 'rooms.moved');
  return quietCard(state, moved, moved, [t(isPlayed ? 'rooms.down_how' : 'rooms.moved_how')]);
}

/** Final message in a room the incident was removed from: no title, no button, nothing that a later stop must hide. */
export function takenOffCard(state: IncidentState): Card {
  const off = t('rooms.off');
  return quietCard(state, off, off, [t('rooms.off_how')]);
}

/** Card that replaces an open room's card after the content moved. */
function emptiedCard(state: IncidentState): Card {
  const moved = t('private.moved');
  return quietCard(state, moved, moved, [t('private.moved_how')]);
}

/** Card of an incident whose content is not shown in this place. */
function quietCard(state: IncidentState, title: Text | null, summary: Text, lines: readonly Text[]): Card {
  const id = plain(state.id);
  return {
    tone: 'calm',
    drill: state.drill,
    title: titled(state, title ? t('card.incident', { id, title }) : t('card.incident_untitled', { id })),
    summary,
    blocks: lines.map(textBlock),
  };
}

/** Person who reads a card. `sees`: the parts of the incident that the person may see in any place. */
export interface Reader {
  readonly acting: Acting;
  readonly sees: Visibility;
}
/** People who may press the buttons of a card; `aloud`: others read the answers as well. */
export interface Readers {
  readonly people: readonly Reader[];
  readonly aloud: boolean;
}

type Incident = { readonly state: IncidentState; readonly regime: Regime };

/** Card without buttons that would be refused to every reader. */
export function offeredTo<C extends Card>(card: C, incident: Incident, readers: Readers): C {
  return { ...card, blocks: blocksFor(card.blocks, incident, readers) };
}

/** Blocks without buttons that would be refused to every reader. */
export function blocksFor(blocks: readonly Block[], incident: Incident, readers: Readers): readonly Block[] {
  const may = ({ does }: Pick<Action, 'does'>): boolean => isOffered(does, incident, readers);
  return blocks.flatMap((block): readonly Block[] => {
    switch (block.kind) {
      case 'row':
        return [{ ...block, actions: block.actions.filter(may) }];
      case 'actions': {
        const actions = block.actions.filter(may);
        return actions.length > 0 || block.actions.length === 0 ? [{ ...block, actions }] : [];
      }
      case 'choices': {
        const { fact } = block.choice;
        return may({ does: { kind: 'intent', intent: { type: 'answer', fact, value: TICKED } } }) ? [block] : [];
      }
      default:
        return [block];
    }
  });
}
const TICKED: StatedValue = [];

/** Returns true if at least one reader may use a button: no button leads to a refusal for a missing right. */
export function isOffered(does: Action['does'], { state, regime }: Incident, { people, aloud }: Readers): boolean {
  const known = { catalogue: { isJudgement: (fact: string) => isJudgement(regime, fact) }, organisation: null };
  const may = (act: Act): boolean =>
    people.some(({ acting, sees }) => admission(state, act, acting, sees, known) === null);
  switch (does.kind) {
    case 'intent':
      return does.intent.type === 'declare' || may(does.intent);
    case 'form': {
      const act = actOfForm(does.form, regime);
      return act === null || may(act);
    }
    case 'view':
      return does.view.view !== 'assessment' || (!aloud && people.some(({ acting }) => readsAssessment(state, acting)));
    case 'link':
    case 'line':
      return true;
  }
}

function rightOfForm(form: string): Right | null {
  const kind = entryOf(FORM_KINDS, form);
  return (kind && (kind.gives ?? actionSchema.safeParse(form).data)) ?? null;
}

/** Right that a form needs; null for a form that belongs to no incident. */
export function actOfForm({ form, args }: FormRef, regime: Regime): Right | null {
  const gives = rightOfForm(form);
  if (gives === null) return null;
  return gives === 'answer' && isJudgement(regime, args['fact'] ?? '') ? 'judge' : gives;
}

/** Returns true for readers of the internal assessment: people who may make it, and people asked to approve. */
export function readsAssessment(state: IncidentState, { actors, roles, person }: Acting): boolean {
  if (isAskedToApprove(state, person)) return true;
  return lacks('assess_point', actors[0] ?? '', roles, state.organisation) === null;
}

/**
 * Readers of the cards in a room: in a direct conversation its person, otherwise everybody of the profile and the
 * incident who may enter, plus one person who belongs to neither.
 */
export function readersOf(state: IncidentState, room: Room | null): Readers {
  const own =
    room && Object.values(state.people).find(({ account }) => account && accountKey(account) === roomId(room));
  if (own) return { people: [readerOf(state, own)], aloud: false };
  return { people: everybodyOf(state), aloud: false };
}

const everybodyOf = keptFor((state: IncidentState): readonly Reader[] => {
  const listed = (peopleNow(state)?.people ?? []).map(fromProfile);
  const others = Object.values(state.people).filter((one) => isPerson(one) && one.person === null);
  return [...listed, ...others, ANYBODY].map((one) => ({ acting: actingAs(state, one), sees: EVERYTHING }));
});
const EVERYTHING: Visibility = { show: 'all' };
const ANYBODY: Participant = {
  ...{ actor: '', name: '', person: null, roles: [], language: null },
  account: { platform: '', tenant: '', id: '' },
};

/** Reader of a direct conversation with one person. */
export function readerOf(state: IncidentState, person: Participant): Reader {
  const before = state.stopped ? { ...state, stopped: null } : state;
  const { account } = person;
  const sees = account ? visibility(before, { kind: 'account', account, person: person.person }) : EVERYTHING;
  return { acting: actingAs(state, person), sees };
}
