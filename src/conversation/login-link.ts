import { actionBlock, noteBlock, textBlock } from './cards/blocks.ts';
import type { Card } from './cards/card.ts';
import { t } from './cards/situation.ts';

/** Message with the link that signs one person in once; `until` is an ISO instant. */
export function loginLinkCard(url: string, until: string): Card {
  const params = { until: { instant: until } };
  return {
    tone: 'calm',
    drill: false,
    title: t('login_link.title'),
    summary: t('login_link.summary', params),
    blocks: [
      textBlock(t('login_link.text', params)),
      actionBlock([{ id: 'sign_in', label: t('login_link.open'), style: 'primary', does: { kind: 'link', url } }]),
      noteBlock(t('login_link.not_you')),
    ],
  };
}
