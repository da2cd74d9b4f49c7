import type { ChannelDefinition } from '../../law/regime.ts';
import { pasteBlocks } from '../../report/channels/blocks.ts';
import { besidePublicChannels, type Destination, destinationsOf } from '../../report/channels/destinations.ts';
import { textToSend } from '../../report/text.ts';
import { actionBlock, strongBlock, textBlock } from '../cards/blocks.ts';
import type { Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { form, joined, lawText, primary, reportText, type Situation, t, view } from '../cards/situation.ts';

/** Everything needed to send the report by hand: to whom, by which ways, and the text in pieces to paste, item by item. */
export function sendCard(situation: Situation): Card {
  const { state } = situation;
  const document = textToSend(situation);
  const destinations = destinationsOf(situation, document);
  const pieces = pasteBlocks(document);
  const args = { incident: state.id };
  return cardOf(
    situation,
    t('send.title'),
    t('send.summary', { kind: reportText(situation.regime, document.kind), n: pieces.length }),
    [
      ...(state.drill ? [strongBlock(t('send.drill'))] : []),
      ...destinations.flatMap((one): readonly Block[] => [
        strongBlock(t('send.to', { to: { raw: one.name } })),
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
      actionBlock([
        view('script', t('act.script'), 'script', args),
        ...(state.drill ? [] : [primary(form('file', t('act.file'), 'filing', args))]),
      ]),
    ],
  );
}

/** 12387网站 https://… · 12387热线电话 12387 · … */
function waysText({ contact, channels }: Destination): Text {
  const own = OWN.flatMap((way): readonly Text[] => {
    const value = contact[way];
    return value ? [t(`send.own.${way}`, { value: { raw: value } })] : [];
  });
  const ways = [...own, ...channels.map(channelText)];
  return ways.length > 0 ? joined(ways, 'dot') : t('send.no_contact');
}
const OWN = ['phone', 'email', 'fax', 'address'] as const;

/** Addresses that rest on one source only are to be checked before anything goes there. */
function channelText({ name, value, verification }: ChannelDefinition): Text {
  const params = { name: lawText(name), value: lawText(value) };
  return verification === 'unverified' ? t('send.channel_unverified', params) : t('send.channel', params);
}

/** The Measures nowhere say that a report to 12387 is a report to anybody but the cyberspace administration. */
export function notReplaced({ regime }: Situation, destinations: readonly Destination[]): readonly Block[] {
  const others = besidePublicChannels(destinations);
  const rule = regime.notes.find(({ beside }) => beside === 'channels');
  if (others.length === 0) return [];
  const to = joined(others.map(({ name }): Text => ({ raw: name })));
  return [
    strongBlock(t('send.not_replaced', { to })),
    ...(rule
      ? [{ kind: 'quote' as const, text: { raw: rule.source.quote }, source: { raw: rule.source.article } }]
      : []),
  ];
}
