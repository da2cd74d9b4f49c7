import { sentenceCard } from '../../conversation/cards/sentence.ts';
import { decidedText, reportCard, type ShownDecision } from '../../conversation/intake-cards.ts';
import { type Room, roomId } from '../../incident/identity.ts';
import type { Person } from '../../incident/people/profile.ts';
import { isThere, standInFor } from '../../incident/people/stand-ins.ts';
import { roomOfProfile } from '../../incident/rooms.ts';
import { formatKey } from '../notices/notice-key.ts';
import type { NewNotice } from '../ports.ts';
import type { UseCaseContext } from '../use-case-context.ts';
import type { Report } from './report.ts';

/** Maximum number of open incidents that are searched for those of a room. */
const LOOKED_AT = 50;

/** Notices of a new report, to rooms for alerts and the person concerned; none goes abroad, as nothing is released. */
export async function noticesOfReport(
  context: UseCaseContext,
  report: Report,
  contact: string | undefined,
  isLast: boolean,
): Promise<readonly NewNotice[]> {
  const { store, profile, clock } = context.engine.deps;
  const rows = (await store.incidents({ open: true, limit: LOOKED_AT })).filter(({ drill }) => !drill);
  const rooms = roomsForReports(context);
  const at = clock.now();
  const about = { incident: null, lane: 'reminder', dueAt: at } as const;
  const open = (room: Room): readonly string[] =>
    rows.filter(({ rooms: shown }) => shown.includes(roomId(room))).map(({ id }) => id);
  const home = rooms[0];
  const concerned = { kind: report.kind, hasRoom: home !== undefined, ...(contact === undefined ? {} : { contact }) };
  const people = peopleFor(context, concerned, new Date(at).toISOString());
  return [
    ...rooms.map(
      (room): NewNotice => ({
        ...about,
        key: formatKey({ kind: 'intake', ref: report.ref, to: roomId(room) }),
        to: { kind: 'room', room: roomId(room), ring: true, language: room.language },
        content: { kind: 'card', card: reportCard(report, open(room), isLast) },
      }),
    ),
    ...people.flatMap((person): NewNotice[] => {
      const [account, ...others] = context.links?.accountsOf(person.id) ?? person.accounts;
      if (!account) return [];
      const language = person.language ?? profile()?.languages.people ?? 'zh-CN';
      const to = { kind: 'person', account, others, language, otherwise: home ? roomId(home) : null } as const;
      const card = reportCard(report, home ? open(home) : [], isLast);
      const key = formatKey({ kind: 'intake', ref: report.ref, to: toPerson(person.id) });
      return [{ ...about, key, to, content: { kind: 'card', card, inRoom: null } }];
    }),
  ];
}

function toPerson(id: string): string {
  return `person:${id}`;
}

/** Rooms at home that the profile names for alerts; without one, the bot's own rooms. */
function roomsForReports({ engine }: Pick<UseCaseContext, 'engine'>): readonly Room[] {
  const { profile, defaultRooms } = engine.deps;
  const organisation = profile();
  const named =
    organisation?.rooms.filter(({ alerts }) => alerts).map((room) => roomOfProfile(organisation, room)) ?? [];
  const [wanted = [], own] = [named, defaultRooms].map((rooms) => rooms.filter(({ location }) => location === 'home'));
  return wanted.length > 0 ? wanted : (own ?? []);
}

/**
 * Recipients of a report: a supplier's contact, or a stand-in; for an alert the people on duty who may lead, without a
 * room for alerts all who may. People who read from abroad are left out first, so that others stand in for them.
 */
function peopleFor(
  { engine }: UseCaseContext,
  { kind, contact, hasRoom }: { readonly kind: Report['kind']; readonly contact?: string; readonly hasRoom: boolean },
  now: string,
): readonly Person[] {
  const profile = engine.deps.profile();
  if (!profile) return [];
  const organisation = { ...profile, people: profile.people.filter(({ location }) => location !== 'abroad') };
  const named = organisation.people.find(({ id }) => id === contact);
  const leads = standInFor(organisation, 'lead', now);
  const onDuty = leads.filter(({ as }) => as === 'duty');
  const called = (onDuty.length > 0 ? onDuty : leads).map(({ person }) => person);
  if (kind === 'alert') return onDuty.length > 0 || !hasRoom ? called : [];
  // A contact who is off duty is notified in addition to an available person.
  const isNamedThere = named !== undefined && isThere(organisation, named, now);
  return [...(named ? [named] : []), ...(isNamedThere ? [] : called.slice(0, 1))];
}

/**
 * Notices that remove the words of a decided report from its messages, where the platform can edit. A message not sent
 * yet is dropped (`saidNow`), or replaced once it has arrived. `told`: keys of its notices; null: those that the profile
 * would give it now.
 */
export async function replacing(
  { engine }: UseCaseContext,
  { ref }: Pick<Report, 'ref'>,
  decision: ShownDecision,
  told: readonly string[] | null,
): Promise<readonly NewNotice[]> {
  const { profile, store, clock } = engine.deps;
  const card = sentenceCard(decidedText(ref, decision));
  const rooms = roomsForReports({ engine }).map((room) => roomId(room));
  const people = (profile()?.people ?? []).map(({ id }) => toPerson(id));
  const keys = told ?? [...rooms, ...people].map((to) => formatKey({ kind: 'intake', ref, to }));
  const found = await Promise.all(keys.map((key) => store.outbox.get(key)));
  return found.flatMap((one): NewNotice[] => {
    if (!one || one.to.kind === 'outside') return [];
    const of = { place: one.to.kind === 'room' ? one.to.room : null, message: one.key };
    const content = { kind: 'take_back', card, of } as const;
    const key = formatKey({ kind: 'settled', of: one.key });
    return [{ key, incident: decision.incident, lane: 'answer', to: one.to, content, dueAt: clock.now() }];
  });
}
