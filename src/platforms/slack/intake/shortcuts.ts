import type { Action, Block, Card, Text } from '../../../conversation/cards/card.ts';
import { moreListed } from '../../../conversation/cards/card-views.ts';
import { sentenceCard } from '../../../conversation/cards/sentence.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { soon } from '../../shared/soon.ts';
import { SHORTCUTS } from '../setup/manifest.ts';
import {
  ACQUAINTED_WITHIN,
  actorOf,
  type Handled,
  type Intake,
  incidentIn,
  NOTHING,
  standingIn,
  whereabouts,
} from './context.ts';
import { filesAsArgument, fileWords } from './files.ts';
import { openForm, type Trigger } from './open.ts';
import type { GlobalShortcut, MessageShortcut } from './payloads.ts';
import { cardView } from './reply.ts';
import { authorOf, instantOf, permalink } from './sources.ts';
import { wordsOf } from './words.ts';

const TITLE_LENGTH = 120;
const OFFERED = 15;

export function globalShortcutUsed(intake: Intake, p: GlobalShortcut): Handled {
  if (p.callback_id !== SHORTCUTS.create) return NOTHING;
  const at: Trigger = { trigger: p.trigger_id, caller: actorOf(intake, p), handle: { user: p.user.id }, push: false };
  return { after: () => openForm(intake, { form: 'new_incident', args: {} }, at) };
}

/** "New incident from this message" and "Add to incident": the words of the message are material, not yet the record. */
export function messageShortcutUsed(intake: Intake, p: MessageShortcut): Handled {
  const caller = actorOf(intake, p);
  const where = whereabouts(intake, p.channel.id, caller, p.channel.name);
  const thread = p.message.thread_ts;
  const isReply = thread !== undefined && thread !== p.message.ts;
  const handle = { responseUrl: p.response_url, channel: p.channel.id, thread, isReply, user: p.user.id };
  const at: Trigger = { trigger: p.trigger_id, caller: standingIn(caller, where), handle, push: false };
  if (p.callback_id === SHORTCUTS.createFrom) return { after: () => createFrom(intake, p, at) };
  if (p.callback_id === SHORTCUTS.add) return { after: () => addToIncident(intake, p, at) };
  return NOTHING;
}

/** A message as material. */
async function source(intake: Intake, { channel, message }: MessageShortcut) {
  return {
    text: wordsOf(message, intake.directory),
    author: (await soon(intake.clock, ACQUAINTED_WITHIN, authorOf(intake, message))) ?? '',
    link: permalink(intake, channel.id, message.ts),
    at: instantOf(message.ts),
    ...filesAsArgument(message.files ?? []),
  };
}

async function createFrom(intake: Intake, p: MessageShortcut, at: Trigger): Promise<void> {
  const origin = await source(intake, p);
  const title = [...(origin.text.split('\n')[0] ?? '')].slice(0, TITLE_LENGTH).join('');
  const ref = { form: 'new_incident', args: { title } };
  await openForm(intake, ref, at, {
    origin: { ...origin, text: origin.text.slice(0, 1_500) },
    intro: unreadable(p, origin),
  });
}

async function addToIncident(intake: Intake, p: MessageShortcut, at: Trigger): Promise<void> {
  const { at: _, author, text, ...found } = await source(intake, p);
  const { language } = at.caller;
  const words = {
    ...found,
    text: text || fileWords(p.message.files ?? [], language),
    author: author === '' ? 'Slack' : translate(language, 'slack.from_message', { author }),
  };
  const incident = await incidentIn(intake, p.channel.id, p.message.thread_ts ?? p.message.ts);
  if (incident) {
    const ref = { form: 'note', args: { incident, ...words } };
    return openForm(intake, ref, at, { intro: unreadable(p, words) });
  }
  const card = await whichIncident(intake, at.caller, words);
  const about = { incident: null, revision: 0, language, channel: p.channel.id };
  const view = await cardView(intake, card, about, null);
  await intake.api.call('views.open', { trigger_id: at.trigger, view });
}

/** Note on why the field for the text is empty. */
function unreadable({ message }: MessageShortcut, { text }: { readonly text: string }): readonly Text[] {
  return text === '' && (message.files ?? []).length === 0 ? [{ key: 'slack.nothing_readable' }] : [];
}

const WHICH = { some: { key: 'slack.which_incident' }, none: { key: 'slack.no_incident' } } as const;

/** The open incidents the person sees, the next due first, each with the form for a note already filled. */
export async function whichIncident(
  intake: Intake,
  caller: Caller,
  words: Readonly<Record<string, string>>,
  asked: { readonly some: Text; readonly none: Text } = WHICH,
): Promise<Card> {
  const { rows, more } = await intake.app.openIncidents(caller, OFFERED);
  const blocks = rows.map((row): Block => {
    const action: Action = {
      id: `add_${row.id}`,
      label: { key: 'slack.add' },
      does: { kind: 'form', form: { form: 'note', args: { incident: row.id, ...words } } },
    };
    return {
      kind: 'row',
      mark: 'open',
      text: { raw: [row.id, row.title].filter(Boolean).join(' · ') },
      actions: [action],
    };
  });
  return sentenceCard(rows.length > 0 ? asked.some : asked.none, [...blocks, ...moreListed(more)]);
}
