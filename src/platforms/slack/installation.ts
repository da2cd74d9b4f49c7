import { z } from 'zod';
import { type RoomId, roomId } from '../../incident/identity.ts';
import { parseJson } from '../../ops/json.ts';
import type { KeptValues } from '../../use-cases/ports.ts';
import { PLATFORM } from './limits.ts';
import { headersOf, pagesOf, type SlackApi } from './send/api.ts';
import { authTest, teamList } from './shapes.ts';

const selfSchema = authTest.extend({ teams: z.array(z.string()).default([]) });
const SELF = 'self';
/** Ids used until Slack has given ours. */
const UNKNOWN = selfSchema.parse({ url: 'https://slack.com/', user: 'Jishi', user_id: '' });

export interface InstallationDependencies {
  readonly api: SlackApi;
  readonly kept: KeptValues;
  /** Workspace id in the settings; without it Slack names the workspace. */
  readonly tenant?: string | null;
}

/** Returns the tenant of an installation: its workspace, or its organisation (Enterprise Grid). */
export function tenantOf(self: z.infer<typeof authTest>): string {
  return (self.is_enterprise_install ? self.enterprise_id : null) ?? self.team_id;
}

/** Error of a token of another workspace than the settings name. */
export class WrongWorkspace extends Error {}

/** Our own ids, given by Slack: the workspace or organisation of the app, and its bot. */
export class Installation {
  readonly platform = PLATFORM;
  readonly #deps: InstallationDependencies;
  #self = UNKNOWN;
  #isConfirmed = false;

  constructor(deps: InstallationDependencies) {
    this.#deps = deps;
  }

  /** Workspace or organisation of the app; empty until known. */
  get team(): string {
    return this.#deps.tenant ?? tenantOf(this.#self);
  }
  protected get isOrganisation(): boolean {
    return this.#self.is_enterprise_install;
  }
  /** Workspaces of the organisation; `[undefined]` if the app is in a single workspace. */
  get teams(): readonly (string | undefined)[] {
    return this.isOrganisation ? this.#self.teams : [undefined];
  }
  /** Organisation (Enterprise Grid) of our workspace; null for none. */
  protected get enterprise(): string | null {
    return this.#self.enterprise_id ?? null;
  }
  /** Space in which an id is unique: the organisation, or the workspace. */
  get idSpace(): string {
    return this.enterprise ?? this.team;
  }
  /** Prefix of our room ids, e.g. `slack/T01`. */
  get place(): string {
    return `${PLATFORM}/${this.team}`;
  }
  /** Returns a channel's room id, e.g. `slack/T01/C01`. */
  room(address: string): RoomId {
    return roomId({ platform: PLATFORM, tenant: this.team, address });
  }
  /** True once Slack confirmed that the token belongs to the workspace in the settings; nothing is sent before that. */
  get isConfirmed(): boolean {
    return this.#isConfirmed || (this.#deps.tenant ?? null) === null;
  }
  get botUser(): string {
    return this.#self.user_id;
  }
  get botName(): string {
    return this.#self.user;
  }
  /** Address of the workspace, ending with a slash. */
  get url(): string {
    return this.#self.url;
  }

  /** Uses the workspace of the first signed payload as ours until `auth.test` has answered. */
  assumeTeam(team: string): void {
    if (this.#self === UNKNOWN && team !== '') this.#self = { ...UNKNOWN, team_id: team };
  }

  protected async recallSelf(): Promise<void> {
    const known = selfSchema.safeParse(parseJson(await this.#deps.kept.get(SELF)));
    if (known.success) this.#self = known.data;
  }

  /** Loads the bot's ids and returns the token's scopes. Throws errors of `auth.test`, or `WrongWorkspace`. */
  async introduce(): Promise<readonly string[]> {
    const { tenant = null, api, kept } = this.#deps;
    const answer = await api.call('auth.test');
    const found = authTest.parse(answer);
    this.#isConfirmed = tenant === null || tenant === tenantOf(found);
    if (!this.#isConfirmed) throw new WrongWorkspace(`the token is of ${tenantOf(found)}, not of ${tenant}`);
    const teams: string[] = [];
    if (found.is_enterprise_install)
      for await (const page of pagesOf(api, 'auth.teams.list', { limit: 100 }, teamList))
        teams.push(...page.teams.map(({ id }) => id));
    this.#self = { ...found, teams };
    await kept.put(SELF, JSON.stringify(this.#self));
    return headersOf.safeParse(answer).data?.headers.scopes ?? [];
  }

  /** Returns true for our workspace, and for those of our organisation. */
  serves(tenant: string): boolean {
    const isOfOrganisation = this.isOrganisation && tenant === this.enterprise;
    return tenant !== '' && (tenant === this.team || isOfOrganisation || this.teams.includes(tenant));
  }
  /** Returns true for our tenant, and for any tenant while ours is still unknown after the start. */
  isOurs(tenant: string): boolean {
    return this.team === '' || this.serves(tenant);
  }
}
