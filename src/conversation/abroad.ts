import { type AbroadPart, type Account, accountKey, type Room, roomId } from '../incident/identity.ts';
import { personOf } from '../incident/rights.ts';
import { releasedTo } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Action, Block, Card, Form, FormField, MultiChoice, Param, Text } from './card.ts';
import { joined, plain, t, titled } from './scene.ts';

/**
 * What may be shown somewhere: everything, or abroad the parts a named person released. The one place that decides what
 * leaves: whatever text is not marked with a part (`card.ts`) is withheld, so a card nobody thought of shows too little.
 */
export type Sight = 'all' | ReadonlySet<AbroadPart>;

/** What a room may show of an incident. */
export function sightOf(state: IncidentState, room: Room): Sight {
  return room.location === 'abroad' ? releasedTo(state, roomId(room)) : 'all';
}

/** What somebody may see who reads from abroad: what was released to each room abroad. */
export function sightAbroad(state: IncidentState, rooms: readonly Room[] = Object.values(state.rooms)): Sight {
  const [first, ...others] = rooms
    .filter((room) => room.location === 'abroad')
    .map((room) => releasedTo(state, roomId(room)));
  if (!first) return releasedTo(state, '');
  return new Set([...first].filter((part) => others.every((other) => other.has(part))));
}

/** What may be written to somebody directly. */
export function sightOfAccount(state: IncidentState, account: Account): Sight {
  const where = statedLocation(state, account) ?? (wasMetAbroad(state, account) ? 'abroad' : 'home');
  return where === 'abroad' ? sightAbroad(state) : 'all';
}

/** Where somebody reads, as the profile says; null if it does not. */
export function statedLocation(state: IncidentState, account: Account): 'home' | 'abroad' | null {
  return personOf(state.organisation, account)?.location ?? null;
}

/** Whether somebody took part in this incident from a room abroad first. */
export function wasMetAbroad(state: IncidentState, account: Account): boolean {
  const key = accountKey(account);
  return Object.values(state.people).some((p) => p.abroad && p.account && accountKey(p.account) === key);
}

/** The part a card of the conversation belongs to; one that is not listed is never shown abroad. */
const VIEW_PARTS: Readonly<Record<string, AbroadPart>> = {
  status: 'overview',
  checklist: 'overview',
  people: 'overview',
  timeline: 'overview',
  question: 'answers',
  answers: 'answers',
  why: 'answers',
  draft: 'drafts',
  text: 'drafts',
  tasks: 'texts',
  download: 'drafts',
  script: 'drafts',
  send: 'drafts',
};
/** Forms show what was entered before; those that only take something in are open to everybody who may see the incident. */
const FORM_PARTS: Readonly<Record<string, AbroadPart>> = {
  note: 'overview',
  people: 'overview',
  release_abroad: 'overview',
  withdraw_release: 'overview',
  close: 'overview',
  reopen: 'overview',
  number: 'answers',
  ongoing: 'answers',
  occurrence: 'answers',
  type: 'answers',
  correct: 'answers',
  judgements: 'answers',
  awareness: 'answers',
  another_level: 'answers',
  rename: 'title',
  item: 'drafts',
  wording: 'drafts',
  choose_version: 'drafts',
  assign: 'overview',
};
/** Intents whose buttons may stand in a room abroad: they tell nothing and take nothing but the person. */
const PLAIN_INTENTS: ReadonlySet<string> = new Set(['take_lead', 'take_item', 'snooze', 'set_language', 'leave_chat']);

export function mayView(sight: Sight, view: string): boolean {
  return holds(sight, VIEW_PARTS[view]);
}
export function mayFill(sight: Sight, form: string): boolean {
  return holds(sight, FORM_PARTS[form]);
}
export function holds(sight: Sight, part: AbroadPart | undefined): boolean {
  return sight === 'all' || (part !== undefined && sight.has(part));
}

const WITHHELD = t('abroad.withheld');

/** A text without what was not released. `inside` a released part everything unmarked belongs to it. */
export function textFor(text: Text, sight: Sight, inside = false): Text {
  if (sight === 'all' || 'law' in text) return text;
  // Marked as looked at: a second look, without the part around it, must not withhold what the first let through.
  if ('raw' in text) return inside ? { part: 'plain', text } : WITHHELD;
  if ('part' in text) {
    const released = text.part === 'plain' || sight.has(text.part);
    return released ? { part: text.part, text: textFor(text.text, sight, true) } : WITHHELD;
  }
  if ('list' in text) return { ...text, list: text.list.map((one) => textFor(one, sight, inside)) };
  if (!text.params) return text;
  const params = Object.entries(text.params).map(([name, value]) => [name, paramFor(value, sight, inside)] as const);
  return { key: text.key, params: Object.fromEntries(params) };
}

function paramFor(value: Param, sight: Sight, inside: boolean): Param {
  if (typeof value === 'string') return inside ? plain(value) : WITHHELD;
  if (typeof value === 'number') return value;
  return 'instant' in value || 'amount' in value || 'minutes' in value ? value : textFor(value, sight, inside);
}

/**
 * A card without what was not released, and without buttons that lead to it. `part`: the part the whole card is of; in one
 * of a draft, which is released with everything else only, nothing is left to withhold.
 */
export function cardFor(card: Card, sight: Sight, part: AbroadPart = 'overview'): Card {
  if (sight === 'all') return card;
  const inside = part === 'drafts' && sight.has(part);
  return {
    ...card,
    title: textFor(card.title, sight, inside),
    summary: textFor(card.summary, sight, inside),
    blocks: card.blocks.flatMap((block) => blockFor(block, sight, inside)),
  };
}

/** A view as `viewOf` builds it; null if that view is not released. */
export function viewFor(card: Card, sight: Sight, view: string): Card | null {
  return mayView(sight, view) ? cardFor(card, sight, VIEW_PARTS[view]) : null;
}

function blockFor(block: Block, sight: Sight, inside: boolean): readonly Block[] {
  const say = (text: Text): Text => textFor(text, sight, inside);
  switch (block.kind) {
    case 'quote':
      return [{ ...block, text: say(block.text), source: say(block.source) }];
    case 'row':
      return [{ ...block, text: say(block.text), actions: actionsFor(block.actions, sight, inside) }];
    case 'actions': {
      const actions = actionsFor(block.actions, sight, inside);
      return actions.length > 0 ? [{ ...block, actions }] : [];
    }
    case 'choices':
      return holds(sight, 'answers') ? [{ ...block, choice: choiceFor(block.choice, say) }] : [];
    default:
      return [{ ...block, text: say(block.text) }];
  }
}

function actionsFor(actions: readonly Action[], sight: Sight, inside: boolean): readonly Action[] {
  return actions
    .filter(({ does }) => mayDo(does, sight))
    .map(({ confirm, ...action }) => ({
      ...action,
      label: textFor(action.label, sight, inside),
      ...(confirm ? { confirm: textFor(confirm, sight, inside) } : {}),
    }));
}

function mayDo(does: Action['does'], sight: Sight): boolean {
  switch (does.kind) {
    case 'view':
      return mayView(sight, does.view.view);
    case 'form':
      return mayFill(sight, does.form.form);
    case 'intent':
      return PLAIN_INTENTS.has(does.intent.type) || (does.intent.type === 'answer' && holds(sight, 'answers'));
    case 'link':
      return false;
  }
}

function choiceFor(choice: MultiChoice, say: (text: Text) => Text): MultiChoice {
  return {
    ...choice,
    options: choice.options.map((option) => ({ ...option, label: say(option.label) })),
    submit: say(choice.submit),
  };
}

/** A form without what was not released; null if the form itself is not. */
export function formFor(form: Form, sight: Sight): Form | null {
  if (sight === 'all') return form;
  if (!mayFill(sight, form.ref.form)) return null;
  const part = FORM_PARTS[form.ref.form];
  const say = (text: Text): Text => textFor(text, sight, part === 'drafts');
  return {
    ...form,
    title: say(form.title),
    intro: form.intro.map(say),
    fields: form.fields.map((field) => fieldFor(field, say, part === 'drafts' || part === 'title')),
    submit: say(form.submit),
  };
}

/** `entered`: what was entered as text before may be shown as well. */
function fieldFor(field: FormField, say: (text: Text) => Text, entered: boolean): FormField {
  const words = {
    label: say(field.label),
    ...(field.hint ? { hint: say(field.hint) } : {}),
    ...(field.example ? { example: say(field.example) } : {}),
  };
  if (field.kind === 'text' && !entered) return { ...field, ...words, value: '' };
  if (field.kind !== 'one' && field.kind !== 'many') return { ...field, ...words };
  const options = field.options.map(({ value, label }) => ({ value, label: say(label) }));
  return { ...field, ...words, options };
}

/** All a room abroad learns while mirroring is off: that there is an incident, and whom to ask. */
export function existsCard(state: IncidentState): Card {
  const lead = state.people[state.lead]?.name;
  const administrators = (state.organisation?.people ?? []).filter(({ roles }) => roles.includes('administrator'));
  const names = [...new Set([...(lead === undefined ? [] : [lead]), ...administrators.map(({ name }) => name)])];
  const exists = t('abroad.exists');
  const ask = names.length > 0 ? [t('abroad.ask', { people: joined(names.map(plain)) })] : [];
  return quietCard(state, null, exists, [exists, ...ask]);
}

/** Takes the place of a card that stands abroad and is no longer released. */
export function withheldCard(state: IncidentState): Card {
  const note = t('abroad.note');
  return { ...quietCard(state, null, note, []), blocks: [{ kind: 'note', text: note }] };
}

/** Last words in a room the incident has left; what was shown there is taken back as far as the platform can edit. */
export function movedCard(state: IncidentState): Card {
  const moved = t('rooms.moved');
  return quietCard(state, moved, moved, [t('rooms.moved_how')]);
}

/** Last words in a room the incident was taken off: no title, no button, and nothing a later stop would have to hide. */
export function takenOffCard(state: IncidentState): Card {
  const off = t('rooms.off');
  return quietCard(state, off, off, [t('rooms.off_how')]);
}

/** In the place of what stood in an open room before its content moved. */
export function emptiedCard(state: IncidentState): Card {
  const moved = t('private.moved');
  return quietCard(state, moved, moved, [t('private.moved_how')]);
}

/** About an incident whose content is not shown here. */
function quietCard(state: IncidentState, title: Text | null, summary: Text, lines: readonly Text[]): Card {
  const id = plain(state.id);
  return {
    tone: 'calm',
    drill: state.drill,
    title: titled(state, title ? t('card.incident', { id, title }) : t('card.incident_untitled', { id })),
    summary,
    blocks: lines.map((text) => ({ kind: 'text', text })),
  };
}
