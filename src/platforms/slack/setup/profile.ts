import { z } from 'zod';
import type { Account, Room } from '../../../incident/identity.ts';
import type { Organisation } from '../../../incident/people/profile.ts';
import type { Finding } from '../../../use-cases/ports.ts';
import { authTest, PLATFORM } from '../api-shapes.ts';
import type { Answer, Probe } from './probe.ts';

const wrong = (what: string, say: string): Finding => ({ what: `slack ${what}`, state: 'wrong', say });

/** Slack answers so for an id that it does not know, and for a private channel without the bot. */
const UNKNOWN: readonly string[] = ['user_not_found', 'users_not_found', 'channel_not_found', 'user_not_visible'];
const user = z.looseObject({ user: z.looseObject({ deleted: z.boolean().default(false) }) });
const channel = z.looseObject({
  channel: z.looseObject({ is_archived: z.boolean().default(false), is_member: z.boolean().default(true) }),
});

/**
 * Compares accounts and rooms of the profile with the workspace: a wrong id is a person without their roles, or a room that
 * gets nothing. Empty if Slack cannot be asked, which `slackDoctor` reports.
 */
export async function checkSlackProfile(
  probe: Probe,
  token: string,
  { people, rooms }: Organisation,
): Promise<readonly Finding[]> {
  const accounts = people.flatMap((person) =>
    person.accounts.filter(isSlack).map(({ tenant, id }) => ({ name: person.name, tenant, id })),
  );
  const channels = rooms.filter(isSlack).map(({ tenant, address }) => ({ name: address, tenant, id: address }));
  const self = authTest.safeParse(bodyOf(await probe.ask('auth.test', token)));
  if (!self.success) return [];
  const { team_id: team, enterprise_id: enterprise } = self.data;
  const elsewhere = enterprise ? [] : [...accounts, ...channels].filter(({ tenant }) => tenant !== team);
  const asked = async (listed: typeof accounts, problemOf: (id: string) => Promise<string | null>) => {
    const found = new Map<string, string[]>();
    for (const { name, id } of listed.filter((one) => !elsewhere.includes(one))) {
      const problem = await problemOf(id);
      if (problem !== null) found.set(problem, [...(found.get(problem) ?? []), name === id ? id : `${name} (${id})`]);
    }
    return [...found].map(([problem, ids]) => `${problem}: ${ids.join(', ')}`).join('; ');
  };
  const noAccount = await asked(accounts, async (id) =>
    userProblem(await probe.ask('users.info', token, { user: id })),
  );
  const noRoom = await asked(channels, async (id) =>
    channelProblem(await probe.ask('conversations.info', token, { channel: id })),
  );
  const names = [...new Set(elsewhere.map(({ name }) => name))].join(', ');
  return [
    ...(names === '' ? [] : [wrong('tenant', `the tenant of ${names} must be ${team} in the profile`)]),
    ...(noAccount === '' ? [] : [wrong('accounts', `correct the member ids in the profile: ${noAccount}`)]),
    ...(noRoom === '' ? [] : [wrong('rooms', `correct the channel ids in the profile, or invite the bot: ${noRoom}`)]),
  ];
}

const isSlack = ({ platform }: Pick<Account | Room, 'platform'>): boolean => platform === PLATFORM;
const bodyOf = (answer: Answer): unknown => (answer.kind === 'ok' ? answer.body : null);

function userProblem(answer: Answer): string | null {
  if (answer.kind === 'refused' && UNKNOWN.includes(answer.code)) return 'unknown';
  const parsed = user.safeParse(bodyOf(answer));
  return parsed.success && parsed.data.user.deleted ? 'deactivated' : null;
}

function channelProblem(answer: Answer): string | null {
  if (answer.kind === 'refused' && UNKNOWN.includes(answer.code)) return 'unknown';
  const parsed = channel.safeParse(bodyOf(answer));
  if (!parsed.success) return null;
  const { is_archived: archived, is_member: member } = parsed.data.channel;
  if (archived) return 'archived';
  return member ? null : 'without the bot';
}
