import { entityOf } from '../../incident/law-facts.ts';
import { destinationsOf } from '../../report/channels/destinations.ts';
import { type PhoneScript, phoneScript } from '../../report/channels/script.ts';
import { sendingSheet, textToSend } from '../../report/channels/text-to-send.ts';
import type { Action, Card, Text } from '../card.ts';
import { cardOf } from '../headline.ts';
import { form, openInitial, primary, type Scene, t } from '../scene.ts';
import { notReplaced } from './send.ts';

/** What to say on the phone, in Chinese because that is the language of the call; filled from the record. */
export function scriptCard(scene: Scene): Card {
  const { regime, state } = scene;
  const recipients = new Set(openInitial(scene).map((clock) => clock.recipient));
  const phones = regime.channels.filter((channel) => channel.kind === 'phone');
  const usual = recipients.size === 0 ? phones[0] : undefined;
  const phone = phones.find((channel) => channel.recipients.some((r) => recipients.has(r))) ?? usual;
  const contacts = entityOf(state)?.recipients ?? {};
  const [first] = openInitial(scene);
  const own = Object.entries(contacts).find(([recipient]) => recipient === first?.recipient)?.[1]?.phone;
  const hotline: Text = own ? { raw: own } : phone ? { law: phone.value } : t('script.no_phone');
  const document = textToSend(scene);
  const script = phoneScript(document);
  const args = { incident: state.id };
  return cardOf(scene, t('script.title'), t('script.summary', { hotline }), [
    { kind: 'text', text: t('script.call', { hotline }), strong: true },
    ...notReplaced(scene, destinationsOf(sendingSheet(scene, document))),
    { kind: 'quote', text: spoken(scene, script), source: t('script.title') },
    { kind: 'note', text: t('script.pace', { n: script.seconds }) },
    { kind: 'note', text: t('script.note_after') },
    ...(state.drill ? [] : [{ kind: 'actions' as const, actions: [primary(record(first !== undefined, args))] }]),
  ]);
}

/** What to say: the Chinese words that are spoken; for readers of English with the English twin below. */
function spoken(scene: Scene, script: PhoneScript): Text {
  const zh = script.lines.join('');
  const en = phoneScript(textToSend(scene, 'en')).lines.join(' ');
  return { law: { zh, en: `${zh}\n\n${en}` } };
}

/** After the call: whom, when, who took it. */
function record(isOwed: boolean, args: Readonly<Record<string, string>>): Action {
  return isOwed
    ? form('phone_report', t('act.phone_report'), 'phone_report', args)
    : form('file', t('act.file'), 'filing', args);
}
