import { addressOf, type Destination, destinationsOf } from '../../report/channels/destinations.ts';
import { type PhoneScript, phoneScript } from '../../report/channels/script.ts';
import { textToSend } from '../../report/text.ts';
import { actionBlock, noteBlock, strongBlock, textBlock } from '../cards/blocks.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { form, joined, openInitial, primary, type Situation, t } from '../cards/situation.ts';
import { fileAction } from './report-actions.ts';
import { notReplaced } from './send-card.ts';

/** Card with the script for the phone call, in Chinese because the call is in Chinese; filled from the record. */
export function scriptCard(situation: Situation): Card {
  const { state } = situation;
  const document = textToSend(situation);
  const destinations = destinationsOf(situation, document);
  const numbers = destinations.flatMap((one) => addressOf(one, 'phone') ?? []);
  const hotline: Text =
    numbers.length > 0 ? joined([...new Set(numbers)].map((raw): Text => ({ raw }))) : t('script.no_phone');
  const script = phoneScript(document, situation.regime);
  const after = openInitial(situation).length > 0 && !state.drill ? phoneReport(situation) : fileAction(situation);
  return cardOf(situation, t('script.title'), state.drill ? t('script.drill') : t('script.summary', { hotline }), [
    ...(state.drill
      ? [strongBlock(t('script.drill'))]
      : [strongBlock(t('script.call', { hotline })), ...destinations.map(numberLine)]),
    ...notReplaced(situation, destinations),
    { kind: 'quote', text: spoken(situation, script), source: t('script.title') },
    noteBlock(t('script.pace', { n: script.seconds })),
    noteBlock(t('script.note_after', { button: after.label })),
    ...(state.drill ? [] : [actionBlock([primary(after)])]),
  ]);
}

/** Each recipient has a number of its own: a call to 12387 reaches the cyberspace administration only. */
function numberLine(one: Destination): Block {
  const recipient: Text = { raw: one.name };
  const number = addressOf(one, 'phone');
  const text =
    number === null ? t('script.no_number', { recipient }) : t('script.number', { recipient, number: { raw: number } });
  return textBlock(text);
}

/** Spoken text of the script in Chinese; readers of English get the English twin below it. */
function spoken(situation: Situation, script: PhoneScript): Text {
  const zh = script.lines.join('');
  const en = phoneScript(textToSend(situation, 'en'), situation.regime).lines.join(' ');
  return { law: { zh, en: `${zh}\n\n${en}` } };
}

/** After the call: whom, when, who took it. */
function phoneReport({ state }: Situation): Action {
  return form('phone_report', t('act.phone_report'), 'phone_report', { incident: state.id });
}
