import { entityOf } from '../../incident/law-facts.ts';
import { phoneScript } from '../../report/channels/script.ts';
import { textToSend } from '../../report/channels/text-to-send.ts';
import type { Card, Text } from '../card.ts';
import { toneOf } from '../headline.ts';
import { form, openInitial, primary, type Scene, t, titled } from '../scene.ts';

/** What to say on the phone, in Chinese because that is the language of the call; filled from the record. */
export function scriptCard(scene: Scene): Card {
  const { regime, state } = scene;
  const recipients = new Set(openInitial(scene).map((clock) => clock.recipient));
  const phones = regime.channels.filter((channel) => channel.kind === 'phone');
  const phone = phones.find((channel) => channel.recipients.some((r) => recipients.has(r))) ?? phones[0];
  const contacts = entityOf(state)?.recipients ?? {};
  const [first] = openInitial(scene);
  const own = Object.entries(contacts).find(([recipient]) => recipient === first?.recipient)?.[1]?.phone;
  const hotline: Text = own ? { raw: own } : phone ? { law: phone.value } : t('who.unknown');
  const args = { incident: state.id };
  return {
    tone: toneOf(scene),
    drill: state.drill,
    title: titled(state, t('script.title')),
    summary: t('script.summary', { hotline }),
    blocks: [
      { kind: 'text', text: t('script.call', { hotline }), strong: true },
      { kind: 'quote', text: spoken(scene), source: t('script.title') },
      { kind: 'note', text: t('script.note_after') },
      ...(state.drill
        ? []
        : [{ kind: 'actions' as const, actions: [primary(form('file', t('act.file'), 'filing', args))] }]),
    ],
  };
}

/** What to say: the Chinese words that are spoken; for readers of English with the English twin below. */
function spoken(scene: Scene): Text {
  const zh = phoneScript(textToSend(scene, 'zh')).lines.join('');
  const en = phoneScript(textToSend(scene, 'en')).lines.join(' ');
  return { law: { zh, en: `${zh}\n\n${en}` } };
}
