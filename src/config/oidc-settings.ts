import { z } from 'zod';
import { type SettingsGroup, secretVariable, token, variable, web } from './settings.ts';

const ROLE_NAMES = ['responder', 'lead', 'approver', 'filer', 'legal', 'administrator'] as const;
const roleList = z.array(z.enum(ROLE_NAMES)).min(1);

/** Parses `group=role+role,group=role` into a map. */
const groupRoles = z.string().transform((value, context) => {
  const all = new Map<string, z.output<typeof roleList>>();
  for (const entry of value.split(',')) {
    const [group = '', roles = ''] = entry.split(/=(?=[^=]*$)/).map((part) => part.trim());
    const parsed = roleList.safeParse(roles.split('+').map((role) => role.trim()));
    if (group === '' || !parsed.success) {
      const message = `must be group=role+role,group=role with the roles ${ROLE_NAMES.join(', ')}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    all.set(group, parsed.data);
  }
  return all;
});

const LOOPBACK = /^http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?(?:\/|$)/;

export const oidcVariables = z.object({
  OIDC_ISSUER: variable(
    web('https://login.example.com')
      .refine((value) => value.startsWith('https:') || LOOPBACK.test(value), 'must be https')
      .optional(),
    'Issuer of an identity provider (OpenID Connect), e.g. https://login.example.com/realms/company',
    'Its callback address is PUBLIC_URL/login/oidc/callback. Who signs in must be in the profile (docs/sign-in.md).',
  ),
  OIDC_CLIENT_ID: variable(token.optional(), 'Id of this client at the provider.'),
  OIDC_CLIENT_SECRET: secretVariable(token.optional(), 'Its secret, if it has one.'),
  OIDC_NAME: variable(z.string().max(40).default('SSO'), 'Name of the provider on the button, e.g. 公司统一登录'),
  OIDC_SCOPES: variable(z.string().default('openid profile email'), 'Scopes that are asked for.'),
  OIDC_ACCOUNT: variable(
    z.string().default('oidc/{issuer}/{sub}'),
    'Whom the claims are: an account of the profile, e.g. slack/{https://slack.com/team_id}/{https://slack.com/user_id},',
    'or the id of a person, e.g. {preferred_username}. Otherwise a verified e-mail address finds the person.',
  ),
  OIDC_GROUPS: variable(z.string().default('groups'), 'Claim with the groups.'),
  OIDC_ROLES: variable(
    groupRoles.optional(),
    'Roles of groups beside those of the profile: security-leads=lead+approver,law=legal',
  ),
});

export const OIDC_GROUP: SettingsGroup<typeof oidcVariables> = {
  title: 'Single sign-on (OpenID Connect)',
  variables: oidcVariables,
  needs: [['OIDC_ISSUER'], ['OIDC_CLIENT_ID'], ['CONSOLE_SECRET'], ['PUBLIC_URL'], ['ORGANISATION_FILE']],
};

/** Returns the checked settings of the identity provider; null if there is none. */
export function oidcConfigOf(v: z.output<typeof oidcVariables>) {
  if (v.OIDC_ISSUER === undefined || v.OIDC_CLIENT_ID === undefined) return null;
  return {
    issuer: v.OIDC_ISSUER,
    clientId: v.OIDC_CLIENT_ID,
    /** Null for a public client. PKCE is always used. */
    clientSecret: v.OIDC_CLIENT_SECRET ?? null,
    /** Name on the sign-in button, e.g. `公司统一登录`. */
    name: v.OIDC_NAME,
    scopes: v.OIDC_SCOPES,
    /**
     * Template that identifies a person by claims: an account key of the profile, e.g. `chat/{team_id}/{sub}`, or a
     * person's id, e.g. `{preferred_username}`.
     */
    account: v.OIDC_ACCOUNT,
    groupsClaim: v.OIDC_GROUPS,
    /** Roles of a group's members, in addition to those of the profile. */
    groupRoles: v.OIDC_ROLES ?? new Map<string, z.output<typeof roleList>>(),
  };
}
export type OidcConfig = NonNullable<ReturnType<typeof oidcConfigOf>>;
