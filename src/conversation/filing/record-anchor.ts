import type { EventOf } from '../../incident/record/events.ts';
import { noteBlock, textBlock } from '../cards/blocks.ts';
import type { Card } from '../cards/card.ts';
import { cardOf, headline } from '../cards/headline.ts';
import {
  aboutBlock,
  at,
  contentText,
  ofPart,
  personText,
  plain,
  reportText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { channelText, marginText } from './filing-lines.ts';

/** Digits of an anchor: 64 bits, enough to find an entry rewritten later, and short enough to be read on a phone. */
const DIGITS = 16;

/**
 * Notice of a filing for people's rooms: which report, by whom, when, through which channel, with which receipt, and what
 * comes next. The anchor in it makes a later rewrite of the whole record detectable; it is added when the message is sent
 * (`withAnchor`) and reveals nothing of the content.
 */
export function anchorCard(situation: Situation, filing: EventOf<'filing_recorded'>['payload'], version: number): Card {
  const recorded = situation.state.filings.find((one) => one.version === version);
  const duty = situation.ia.obligations.find(({ id }) => id === filing.obligation);
  const draft = situation.state.drafts.find((one) => one.draft === filing.draft);
  const title = t('anchor.title', {
    what:
      draft && filing.form === 'first'
        ? reportText(situation.regime, draft.report)
        : contentText(situation.regime, duty?.content ?? filing.content ?? ''),
    by: personText(situation.state, recorded?.by ?? situation.state.lead),
    channel: channelText(situation, filing.channel),
    at: at(situation, filing.at),
    receipt: filing.receipt ? t('filed.receipt', { receipt: ofPart('texts', filing.receipt) }) : t('filed.no_receipt'),
    margin: marginText({ due: filing.due, filedAt: filing.at }),
  });
  const isOpen = filing.form === 'first' && situation.state.handlingEnded === null;
  const next = isOpen ? [t('filed.summary_rule')] : [];
  const summary = headline(situation);
  return cardOf(situation, title, summary, [aboutBlock(situation), ...[summary, ...next].map(textBlock)], 'done');
}

/** The card with the anchor: the first digits of the hash of the entry of the record. */
export function withAnchor(card: Card, hash: string): Card {
  return {
    ...card,
    blocks: [...card.blocks, noteBlock(t('anchor.text', { anchor: plain(hash.slice(0, DIGITS)) }))],
  };
}
