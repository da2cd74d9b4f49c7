import { z } from 'zod';
import type { Action } from '../../../conversation/cards/card.ts';
import { buttons, sentenceCard } from '../../../conversation/cards/sentence.ts';
import { accountKey } from '../../../incident/identity.ts';
import type { IncidentState } from '../../../incident/state.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { authorship, type Intake } from './context.ts';
import type { MessageEvent } from './payloads.ts';
import { plainText } from './plain.ts';
import { show } from './reply.ts';
import { permalink } from './sources.ts';

const itemsSchema = z.object({
  items: z.array(
    z.object({ n: z.number(), id: z.string(), fields: z.array(z.object({ id: z.string(), state: z.string() })) }),
  ),
});

/** Items this person owns in which something is missing. */
export async function openItems(
  intake: Intake,
  incident: string,
  caller: Caller,
): Promise<{
  readonly state: IncidentState;
  readonly items: readonly { readonly n: number; readonly id: string }[];
} | null> {
  const state = await intake.app.state(incident, caller);
  if (!state || state.stopped || state.closed) return null;
  const key = accountKey(caller.account);
  const actor = Object.values(state.people).find((p) => p.account && accountKey(p.account) === key)?.actor;
  const owned = Object.entries(state.owners).flatMap(([item, { owner }]) =>
    owner !== null && owner === actor ? [item] : [],
  );
  if (owned.length === 0) return { state, items: [] };
  const json = itemsSchema.safeParse(await intake.app.incident(incident, caller, caller.language));
  const items = json.success ? json.data.items : [];
  const isOpen = (item: (typeof items)[number]): boolean => item.fields.some((field) => field.state === 'missing');
  return { state, items: items.filter((item) => owned.includes(item.id) && isOpen(item)) };
}

/** Seen only by the owner of an open item, at most once in ten minutes: what was just written could go on the record. */
export async function quietOffer(
  intake: Intake,
  { event, incident, caller }: { readonly event: MessageEvent; readonly incident: string; readonly caller: Caller },
): Promise<void> {
  const open = await openItems(intake, incident, caller);
  const [item] = open?.items ?? [];
  if (!open || !item || (await intake.offered.seen(`${incident}:${caller.account.id}`))) return;
  const text = plainText(event.text, intake.directory);
  const words = { text, ...authorship(caller), link: permalink(intake, event.channel, event.ts) };
  const n = { raw: String(item.n) };
  const actions: readonly Action[] = [
    {
      id: 'note',
      label: { key: 'slack.quiet_add' },
      does: { kind: 'form', form: { form: 'note', args: { incident, ...words } } },
    },
    {
      id: 'fill',
      label: { key: 'slack.quiet_fill', params: { n } },
      does: { kind: 'form', form: { form: 'item', args: { incident, item: item.id } } },
    },
  ];
  const card = sentenceCard({ key: 'slack.quiet_offer', params: { n } }, buttons(actions));
  const about = { incident, revision: open.state.version, language: caller.language };
  const handle = { channel: event.channel, thread: event.thread_ts, user: caller.account.id };
  await show(intake, handle, card, about);
}
