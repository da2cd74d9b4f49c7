import { whoReleases } from '../../incident/decide/admission.ts';
import type { AbroadPart } from '../../incident/identity.ts';
import type { IncidentState } from '../../incident/state.ts';
import { reveals, type Visibility } from '../../incident/visibility.ts';
import { entryOf } from '../../law/lookup.ts';
import { noteBlock, textBlock } from '../cards/blocks.ts';
import type { Action, Block, Card, Form, Param, Text } from '../cards/card.ts';
import { partOfView } from '../cards/card-views.ts';
import { withTexts } from '../cards/localise.ts';
import { joined, plain, t, titled } from '../cards/situation.ts';
import { FORM_KINDS } from '../commands.ts';

/** Intents whose buttons are allowed in a room abroad: they reveal nothing and record nothing except the person. */
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

export function mayView(shown: Visibility, view: string): boolean {
  return reveals(shown, partOfView(view));
}
export function mayFill(shown: Visibility, form: string): boolean {
  return reveals(shown, entryOf(FORM_KINDS, form)?.part);
}
/** Placeholder for withheld text; abroad it says that a person can release the text. */
function withheld(shown: Visibility): Text {
  return t(shown.show === 'head' && shown.why !== 'restricted' ? 'visibility.withheld' : 'abroad.withheld');
}

/** Text without its unreleased parts. `inside` a released part all unmarked text belongs to that part. */
export function textFor(text: Text, shown: Visibility, inside = false): Text {
  if (shown.show === 'all' || 'law' in text) return text;
  // The part marks the text as filtered, so filtering it again, without the part around it, withholds nothing more.
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
 * Card without unreleased parts, and without buttons that lead to them. `part`: the part of the incident the whole card
 * belongs to; a draft is released only together with all other parts, so nothing of its card is withheld.
 */
export function cardFor(card: Card, shown: Visibility, part: AbroadPart = 'overview'): Card {
  if (shown.show === 'all') return card;
  const inside = part === 'drafts' && reveals(shown, part);
  const blocks = card.blocks.flatMap((block) => blockFor(block, shown));
  return withTexts({ ...card, blocks }, (text) => textFor(text, shown, inside));
}

/** A view as `viewOf` builds it; null if that view is not released. */
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
  switch (does.kind) {
    case 'view':
      return mayView(shown, does.view.view);
    case 'form':
      return mayFill(shown, does.form.form);
    case 'intent':
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
  // Texts entered before are withheld from a form that is not about them.
  const isEntered = part === 'drafts' || part === 'title';
  const fields = form.fields.map((field) => (field.kind === 'text' && !isEntered ? { ...field, value: '' } : field));
  return withTexts({ ...form, fields }, (text) => textFor(text, shown, part === 'drafts'));
}

/** Card in a room abroad while mirroring is off: the existence of an incident, and the person to contact. */
export function existsCard(state: IncidentState): Card {
  const names = whoReleases(state);
  const exists = t('abroad.exists');
  const ask = names.length > 0 ? [t('abroad.ask', { people: joined(names.map(plain)) })] : [];
  return quietCard(state, null, exists, [exists, ...ask]);
}

/** Card that replaces one in a place where it may no longer be shown. */
export function withheldCard(state: IncidentState, shown: Visibility): Card {
  const why = shown.show === 'head' ? shown.why : 'restricted';
  if (why === 'stopped') return quietCard(state, null, t('status.stopped'), [t('status.stopped')]);
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

/** Last words in a room the incident was taken off: no title, no button, and nothing a later stop would have to hide. */
export function takenOffCard(state: IncidentState): Card {
  const off = t('rooms.off');
  return quietCard(state, off, off, [t('rooms.off_how')]);
}

/** Card that replaces an open room's card after the content moved. */
function emptiedCard(state: IncidentState): Card {
  const moved = t('private.moved');
  return quietCard(state, moved, moved, [t('private.moved_how')]);
}

/** Card about an incident whose content is not shown here. */
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
