import { formatInstant } from '../../i18n/format.ts';
import { entityOf } from '../../incident/law-facts.ts';
import type { Card, Text } from '../card.ts';
import { chosenType } from '../context-questions.ts';
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

function spoken(scene: Scene): Text {
  const { ia, regime, state } = scene;
  const level = regime.levels.find(({ id }) => id === ia.level)?.short.zh ?? regime.levels[0]?.short.zh ?? '';
  const impact = state.fields['art7.2.impact']?.wording?.text;
  const type = chosenType(scene);
  const unit = entityOf(state)?.name;
  return t('script.spoken', {
    unit: unit ? { raw: unit } : t('script.unit_unknown'),
    awareness: { raw: ia.anchors.awareness ? formatInstant(ia.anchors.awareness, 'zh-CN', 'full') : '' },
    type: type ? { raw: type } : t('script.type_unknown'),
    level: { raw: level },
    impact: impact ? t('script.impact', { impact: { raw: impact } }) : { raw: '' },
  });
}
