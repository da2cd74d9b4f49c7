import type { Tone } from '../../conversation/cards/card.ts';
import { sentenceCard } from '../../conversation/cards/sentence.ts';
import type { Account, Language, Role, RoomId } from '../../incident/identity.ts';
import { languageOf } from '../../incident/people/people.ts';
import type { KeyedText } from '../../talk/showing.ts';
import type { App } from '../../use-cases/app.ts';
import { accountsOf } from '../../use-cases/directory/accounts.ts';
import type { Links } from '../../use-cases/directory/links.ts';
import type { NewNotice } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';

export interface TellingNeeds extends Pick<PlatformNeeds, 'clock' | 'profile' | 'tell'> {
  readonly links?: Pick<Links, 'accountsOf'>;
}
export interface Trouble {
  /** Platform that the message is about. */
  readonly platform: string;
  /** One key is one message, however often it comes. */
  readonly key: string;
  readonly text: KeyedText;
  /** True: the platform reaches nobody, so another is used where there is one. */
  readonly isDown: boolean;
  readonly tone?: Tone;
}
interface Reader {
  readonly id: string;
  readonly accounts: readonly Account[];
  readonly language: Language;
}

/** Tells people of some roles about trouble of a platform: best by another one, as this one may be out of use. */
export async function tellRoles(
  { clock, links, profile, tell }: TellingNeeds,
  { roles, ...trouble }: Trouble & { readonly roles: readonly Role[] },
): Promise<void> {
  const organisation = profile();
  const notices = (organisation?.people ?? []).flatMap((person) => {
    if (!roles.some((role) => person.roles.includes(role))) return [];
    const language = person.language ?? organisation?.languages.people ?? 'zh-CN';
    const accounts = links?.accountsOf(person.id) ?? person.accounts;
    return noticeTo({ id: person.id, accounts, language }, trouble, null, clock.now());
  });
  if (notices.length > 0) await tell(notices);
}

/** Change of a chat that shows incidents: the bot was removed from it, or it has other readers or another name now. */
export interface PlaceTrouble {
  readonly room: RoomId;
  readonly kind: 'kicked' | 'archived' | 'shared' | 'renamed';
  /** Name of the chat by now. */
  readonly name: string;
  /** Id of the event: one message for each. */
  readonly key: string;
}

/**
 * Tells whoever leads an open incident that a chat of it is not what it was: directly, best by another platform; without an
 * account of theirs, those of the profile who can lead. Resolves with the number of incidents shown there.
 */
export async function tellOfPlace(
  needs: TellingNeeds & Pick<PlatformNeeds, 'threads' | 'links'>,
  app: Pick<App, 'state'>,
  { room, kind, name, key }: PlaceTrouble,
): Promise<number> {
  const [platform = ''] = room.split('/');
  const here = (await needs.threads.open(platform, MOST)).filter((thread) => thread.room === room);
  for (const { incident } of here) {
    const state = await app.state(incident, 'api');
    const lead = state?.people[state.lead];
    if (!state) continue;
    const known = state.rooms[room]?.name ?? name;
    const params = { id: { raw: incident }, room: { raw: known }, name: { raw: name } };
    const text = { key: `chat.place_${kind}` as const, params };
    const tone = kind === 'renamed' ? 'calm' : 'urgent';
    const trouble: Trouble = { platform, key: `${key}:${incident}`, text, isDown: false, tone };
    const accounts = lead ? accountsOf(state, lead, needs) : [];
    if (!lead || accounts.length === 0) await tellRoles(needs, { ...trouble, roles: ['lead'] });
    else
      await needs.tell(
        noticeTo({ id: lead.actor, accounts, language: languageOf(state, lead) }, trouble, incident, needs.clock.now()),
      );
  }
  return here.length;
}
const MOST = 500;

function noticeTo(
  { id, accounts, language }: Reader,
  { platform, key, text, isDown, tone = 'urgent' }: Trouble,
  incident: string | null,
  dueAt: number,
): readonly NewNotice[] {
  const elsewhere = accounts.filter((account) => account.platform !== platform);
  const ours = accounts.filter((account) => account.platform === platform);
  const [account, ...others] = isDown && elsewhere.length > 0 ? elsewhere : [...elsewhere, ...ours];
  if (!account) return [];
  return [
    {
      ...{ incident, dueAt, key: `${platform}:${key}:${id}` },
      lane: 'reminder',
      to: { kind: 'person', account, others, language, otherwise: null },
      content: { kind: 'card', card: sentenceCard(text, [], tone) },
    },
  ];
}
