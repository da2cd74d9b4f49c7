import { z } from 'zod';
import { LANGUAGES } from '../../incident/identity.ts';
import type { authTest, userInfo } from './api-shapes.ts';

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  language: z.enum(LANGUAGES),
  /** Their own workspace, which is another one than ours for somebody of another organisation. */
  team: z.string().nullable(),
  /** Of another organisation, or a guest. */
  outsider: z.boolean(),
  at: z.number(),
});
export type Person = Readonly<z.infer<typeof personSchema>>;
/** Identity of the bot in the workspace. */
export type Self = z.infer<typeof authTest>;
type User = z.infer<typeof userInfo>['user'];

/** Person from Slack's data. */
export function personOf(user: User, self: Self | null, at: number): Person {
  return {
    id: user.id,
    name: user.real_name || user.profile?.display_name || user.name,
    language: user.locale?.startsWith('zh') ? 'zh-CN' : 'en',
    team: user.team_id ?? null,
    outsider: [user.is_stranger, user.is_restricted, user.is_ultra_restricted].includes(true) || !isOurs(user, self),
    at,
  };
}

/** Of our workspace, or of another one of the same organisation (Enterprise Grid). */
function isOurs({ team_id: team, enterprise_user: user }: User, self: Self | null): boolean {
  if (team === undefined || self === null) return true;
  const enterprise = self.enterprise_id;
  return team === self.team_id || (enterprise != null && (user?.enterprise_id === enterprise || team === enterprise));
}
