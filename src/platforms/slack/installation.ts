import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import type { KeptValues } from '../../use-cases/ports.ts';
import { authTest, PLATFORM, scopesOf, teamList } from './api-shapes.ts';
import { pagesOf, type SlackApi } from './send/api.ts';

const selfSchema = authTest.extend({ teams: z.array(z.string()).default([]) });
const SELF = 'self';

export interface InstallationDependencies {
  readonly api: SlackApi;
  readonly kept: KeptValues;
  /** Id of the workspace as the settings name it; without it Slack names it. */
  readonly tenant?: string | null;
}

/** Tenant of an installation: its workspace, or the organisation (Enterprise Grid) it is installed in. */
export function tenantOf(self: z.infer<typeof authTest>): string {
  return (self.is_enterprise_install ? self.enterprise_id : null) ?? self.team_id;
}

/** The token is not of the workspace that the settings name. */
export class WrongWorkspace extends Error {}

/** Our own ids, as Slack gives them: the workspace or organisation the app is installed in, and the bot there. */
export class Installation {
  readonly #deps: InstallationDependencies;
  #self: z.infer<typeof selfSchema> | null = null;
  #isConfirmed = false;

  constructor(deps: InstallationDependencies) {
    this.#deps = deps;
  }

  /** The workspace or organisation the app is installed in; empty until it is known. */
  get team(): string {
    return this.#deps.tenant ?? (this.#self ? tenantOf(this.#self) : '');
  }
  protected get isOrganisation(): boolean {
    return this.#self?.is_enterprise_install === true;
  }
  /** The workspaces of the organisation; one without a name where the app is installed in a workspace. */
  get teams(): readonly (string | undefined)[] {
    return this.isOrganisation ? (this.#self?.teams ?? []) : [undefined];
  }
  /** The organisation (Enterprise Grid) of our workspace; null for none. */
  protected get enterprise(): string | null {
    return this.#self?.enterprise_id ?? null;
  }
  /** Space in which an id is unique for a person or channel: the organisation, or the workspace. */
  get idSpace(): string {
    return this.enterprise ?? this.team;
  }
  /** Beginning of the ids of our rooms, e.g. `slack/T01`. */
  get place(): string {
    return `${PLATFORM}/${this.team}`;
  }
  /** True once Slack confirmed that the token is of the workspace in the settings; nothing is sent before that. */
  get isConfirmed(): boolean {
    return this.#isConfirmed || (this.#deps.tenant ?? null) === null;
  }
  get botUser(): string {
    return this.#self?.user_id ?? '';
  }
  /** The address of the workspace, with a slash at the end. */
  get url(): string {
    return this.#self?.url ?? 'https://slack.com/';
  }
  get botName(): string {
    return this.#self?.user ?? 'Jishi';
  }

  /** Uses the workspace of the first signed payload as ours until `auth.test` has answered. */
  assumeTeam(team: string): void {
    if (this.#self || team === '') return;
    this.#self = selfSchema.parse({ url: 'https://slack.com/', team_id: team, user: 'Jishi', user_id: '' });
  }

  /** Loads our own ids of the last run. */
  protected async recallSelf(): Promise<void> {
    const known = selfSchema.safeParse(parseJson(await this.#deps.kept.get(SELF)));
    if (known.success) this.#self = known.data;
  }

  /** Loads the bot's own ids, and returns the scopes of the token. Throws the errors of `auth.test`, or `WrongWorkspace`. */
  async introduce(): Promise<readonly string[]> {
    const answer = await this.#deps.api.call('auth.test');
    const found = authTest.parse(answer);
    const { tenant = null, api } = this.#deps;
    this.#isConfirmed = tenant === null || tenant === tenantOf(found);
    if (!this.#isConfirmed) throw new WrongWorkspace(`the token is of ${tenantOf(found)}, not of ${tenant}`);
    const teams: string[] = [];
    if (found.is_enterprise_install)
      for await (const page of pagesOf(api, 'auth.teams.list', { limit: 100 }, teamList))
        teams.push(...page.teams.map(({ id }) => id));
    this.#self = { ...found, teams };
    await this.#deps.kept.put(SELF, JSON.stringify(this.#self));
    return scopesOf.safeParse(answer).data?.response_metadata.scopes ?? [];
  }

  /** Returns true for our workspace, and for those of our organisation. */
  serves(tenant: string): boolean {
    const isOfOrganisation = this.isOrganisation && tenant === this.enterprise;
    return tenant !== '' && (tenant === this.team || isOfOrganisation || this.teams.includes(tenant));
  }
  /** Right after the start the workspace may not be known yet. */
  isOurs(tenant: string): boolean {
    return this.team === '' || this.serves(tenant);
  }
}
