import type { LocalCard } from '../../conversation/cards/localise.ts';

/** Returns buttons that open a page outside the chat, for platforms that show them as links. */
export function webLinks({
  blocks,
}: Pick<LocalCard, 'blocks'>): readonly { readonly label: string; readonly url: string }[] {
  return blocks.flatMap((block) =>
    block.kind !== 'actions'
      ? []
      : block.actions.flatMap(({ label, does }) =>
          does.kind === 'link' && /^https?:\/\//.test(does.url) ? [{ label, url: does.url }] : [],
        ),
  );
}
