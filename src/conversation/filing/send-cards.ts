import { draftInForce } from '../../incident/approvals.ts';
import { runningCall } from '../../incident/drill-call.ts';
import type { ReportDocument } from '../../incident/report-document.ts';
import type { ChannelDefinition } from '../../law/regime.ts';
import { pasteBlocks } from '../../report/channels/blocks.ts';
import {
  addressOf,
  besidePublicChannels,
  type Destination,
  destinationsOf,
} from '../../report/channels/destinations.ts';
import { type PhoneScript, phoneScript } from '../../report/channels/script.ts';
import { textToSend } from '../../report/compile.ts';
import { operatorOpen } from '../asking/context-questions.ts';
import type { Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { actionBlock, noteBlock, strongBlock, textBlock } from '../cards/sentence.ts';
import {
  askedText,
  fill,
  form,
  joined,
  lawText,
  openInitial,
  primary,
  quoteText,
  recipientText,
  reportText,
  type Situation,
  show,
  t,
} from '../cards/situation.ts';
import { callAction, callBlocks, officerLine } from '../drills/call-card.ts';
import { conditionOf } from '../level/conditions.ts';
import { articleText } from '../level/duties.ts';
import { changesNow } from './draft-changes.ts';
import { fileAction } from './report-actions.ts';

/** Card for sending the report by hand: recipients, channels, and the text in pieces to paste. */
export function sendCard(situation: Situation): Card {
  const { state } = situation;
  const document = textToSend(situation);
  const destinations = namedDestinations(situation, document);
  const pieces = pasteBlocks(document);
  return cardOf(
    situation,
    t('send.title'),
    t('send.summary', { kind: reportText(situation.regime, document.kind), n: pieces.length }),
    [
      ...(state.drill ? [strongBlock(t('send.drill'))] : []),
      ...outdated(situation),
      ...destinations.flatMap((one): readonly Block[] => [
        strongBlock(t('send.to', { to: named(one) })),
        textBlock(waysText(one)),
      ]),
      ...notReplaced(situation, destinations),
      textBlock(t('send.paste')),
      ...pieces.map(
        ({ heading, text, length }): Block => ({
          kind: 'quote',
          text: { raw: text },
          source: t('send.piece', { heading: { raw: heading }, n: length }),
          copy: true,
        }),
      ),
      ...channelRule(situation, destinations),
      actionBlock([
        show(situation, 'script'),
        ...(state.drill ? [] : [primary(form('file', t('act.file'), 'filing', { incident: state.id }))]),
      ]),
    ],
  );
}

/** Warning that the text to send is a draft which the record has left behind, with the statements that changed. */
function outdated(situation: Situation): readonly Block[] {
  const draft = draftInForce(situation.state);
  const changes = draft ? changesNow(situation, draft) : [];
  if (changes.length === 0) return [];
  const names = joined(changes.map(({ label }) => lawText(label)));
  return [strongBlock(t('draft.stale')), textBlock(t('draft.changed', { changes: names }))];
}

/** Channels to a recipient in one line, e.g. 12387网站 https://… · 12387热线电话 12387 · … */
function waysText({ contact, channels }: Destination): Text {
  const own = OWN.flatMap((way): readonly Text[] => {
    const value = contact[way];
    return value ? [t(`send.own.${way}`, { value: { raw: value } })] : [];
  });
  const ways = [...own, ...channels.map(channelText)];
  return ways.length > 0 ? joined(ways, 'dot') : t('send.no_contact');
}
const OWN = ['phone', 'email', 'fax', 'address'] as const;

/** Channel in one line; an unverified address has a note to check it before use. */
function channelText({ name, value, verification }: ChannelDefinition): Text {
  // The name of the hotline is its number already.
  if (name.zh.includes(value.zh)) return lawText(name);
  const params = { name: lawText(name), value: lawText(value) };
  return verification === 'unverified' ? t('send.channel_unverified', params) : t('send.channel', params);
}

/** Destination with its English name beside the formal one, which the report bears, and the condition on which it is owed. */
type Named = Destination & { readonly english: string; readonly condition: Text | null };

function namedDestinations(situation: Situation, document: ReportDocument): readonly Named[] {
  const english = destinationsOf(situation, { kind: document.kind, language: 'en' });
  const clocks = openInitial(situation);
  return destinationsOf(situation, document).map((one, n) => {
    const clock = clocks.find(({ recipient }) => recipient === one.recipient);
    const condition = clock ? conditionOf(situation, clock) : null;
    return { ...one, english: english[n]?.name ?? one.name, condition };
  });
}

function named({ name, english, condition }: Named): Text {
  const what: Text = { law: { zh: name, en: english.includes(name) ? english : `${english} (${name})` } };
  return condition ? t('remind.on_condition', { what, condition }) : what;
}

/**
 * Block on recipients without a public channel: the Measures do not say that a report to 12387 replaces a report to
 * them.
 */
function notReplaced(situation: Situation, destinations: readonly Named[]): readonly Block[] {
  const to = besidePublicChannels(destinations).map(({ recipient }) => recipientText(situation, recipient));
  return to.length === 0 ? [] : [strongBlock(t('send.not_replaced', { to: joined(to, 'and') }))];
}

/** Article on the public channels, quoted below the text to send or to say if a recipient has none. */
function channelRule({ regime }: Situation, destinations: readonly Named[]): readonly Block[] {
  const rule = regime.notes.find(({ beside }) => beside === 'channels');
  if (!rule || besidePublicChannels(destinations).length === 0) return [];
  return [{ kind: 'quote', text: quoteText(rule.source.quote), source: articleText(rule.source) }];
}

/** Card with the script for the phone call, filled from the record; it is in Chinese because the call is. */
export function scriptCard(situation: Situation): Card {
  const { state } = situation;
  const document = textToSend(situation);
  const destinations = namedDestinations(situation, document);
  const numbers = destinations.flatMap((one) => addressOf(one, 'phone') ?? []);
  const hotline: Text =
    numbers.length > 0 ? joined([...new Set(numbers)].map((raw): Text => ({ raw }))) : t('script.no_phone');
  const script = phoneScript(document, situation.regime);
  const after =
    openInitial(situation).length > 0 && !state.drill ? fill(situation, 'phone_report') : fileAction(situation);
  // A report to several bodies needs a call to each: 12387 does not stand for the others.
  const each = operatorOpen(situation)
    ? t('script.call_open', { operator: askedText(situation.regime) })
    : t('script.call');
  const call = destinations.length > 1 ? each : t('script.summary', { hotline });
  const first = state.drill ? t('script.drill') : call;
  return cardOf(situation, t('script.title'), first, [
    strongBlock(first),
    ...outdated(situation),
    ...(state.drill ? [] : destinations.map(numberLine)),
    ...notReplaced(situation, destinations),
    { kind: 'quote', text: spoken(situation, script), source: t('script.title') },
    noteBlock(t('script.pace', { n: Math.ceil(script.seconds / 10) * 10 })),
    noteBlock(t('script.note_after', { button: after.label })),
    ...channelRule(situation, destinations),
    ...(state.drill ? drillCall(situation) : [actionBlock([primary(after)])]),
  ]);
}

/** Blocks of a practised call: its button, or the officer's question while the call runs. */
function drillCall(situation: Situation): readonly Block[] {
  if (runningCall(situation.state)) return [strongBlock(officerLine(situation)), ...callBlocks(situation)];
  return situation.state.closed ? [] : [actionBlock([callAction()])];
}

/** Line with the phone number of one recipient, because 12387 reaches the cyberspace administration only. */
function numberLine(one: Named): Block {
  const recipient = named(one);
  const number = addressOf(one, 'phone');
  const text =
    number === null ? t('script.no_number', { recipient }) : t('script.number', { recipient, number: { raw: number } });
  return textBlock(text);
}

/** Text of the script in Chinese; for readers of English followed by its translation. */
function spoken(situation: Situation, script: PhoneScript): Text {
  const zh = script.lines.join('');
  const en = phoneScript(textToSend(situation, 'en'), situation.regime).lines.join(' ');
  return { law: { zh, en: `${zh}\n\n${en}` } };
}
