import { z } from 'zod';
import type { LocalAction, LocalCard } from '../../conversation/cards/localise.ts';
import { commandSchema } from '../../incident/commands.ts';
import { downloadAt } from '../../use-cases/platform-support.ts';

const args = z.record(z.string(), z.string());
export const formRefSchema = z.strictObject({ form: z.string(), args });
export const viewRefSchema = z.strictObject({ view: z.string(), args });

/** Effects of a button, the same on every platform. */
export const DOES = [
  z.strictObject({ kind: z.literal('intent'), intent: commandSchema }),
  z.strictObject({ kind: z.literal('form'), form: formRefSchema }),
  z.strictObject({ kind: z.literal('view'), view: viewRefSchema }),
  z.strictObject({ kind: z.literal('line'), text: z.string() }),
] as const;
export const doesSchema = z.discriminatedUnion('kind', DOES);
export type Does = z.infer<typeof doesSchema>;

/** Returns the effect of a button on a card: a link to a download becomes a view; null for any other link. */
export function doesOf(does: LocalAction['does']): Does | null {
  if (does.kind !== 'link') return does;
  const view = downloadAt(does.url);
  return view && { kind: 'view', view };
}

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
