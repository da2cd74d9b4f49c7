import type { Account } from '../../incident/identity.ts';
import { withPrefix } from '../../use-cases/directory/kept-map.ts';
import type { Log, Messenger } from '../../use-cases/ports.ts';
import type { ChatPlatform } from '../description.ts';
import { NOTHING } from './hear/spots.ts';
import type { SlackConfig } from './index.ts';
import { mountHttpMode } from './receive/http-mode.ts';
import { type Receive, tenantsIn } from './receive/receive.ts';
import { socketMode } from './receive/socket-mode.ts';
import { createWorkspace, type SlackNeeds, type Workspace, type WorkspaceService } from './workspace.ts';

/**
 * Creates the Slack platform: one installation per entry of the settings, each with its token, directory and limits.
 * A message is sent by its tenant's installation; a payload is handled by the installation it names.
 */
export function createSlackPlatform(configs: readonly SlackConfig[], needs: SlackNeeds) {
  const all: Workspace[] = [];
  for (const config of configs) {
    // The first workspace has no key prefix, as when it was the only one.
    const kept = config.tenant === null ? needs.kept : withPrefix(needs.kept, `${config.tenant}:`);
    const one: Workspace = createWorkspace(config, { ...needs, kept }, (tenant) =>
      all.some(({ directory }) => directory.serves(tenant) && directory.idSpace !== one.directory.idSpace),
    );
    all.push(one);
  }
  return {
    messenger: messengerOf(all),
    readsRoom: (room, { account }) => all.some(({ directory }) => directory.readsRoom(account, room)),
    serve: (core) => {
      const services = all.map((one) => one.serve(core));
      return serviceOf(services, needs);
    },
  } satisfies ChatPlatform;
}

/** Returns one messenger for all workspaces: rendering is the same; each call goes to its place's workspace. */
function messengerOf(all: readonly Workspace[]): Messenger {
  const [first] = all;
  if (!first) throw new Error('no workspace');
  const of = (tenant: string): Workspace => all.find(({ directory }) => directory.serves(tenant)) ?? first;
  const at = ({ tenant }: { readonly tenant: string }): Workspace['messenger'] => of(tenant).messenger;
  // Accounts of the organisation's workspaces become accounts of the organisation.
  const own = ({ tenant, ...one }: Account): Account => ({ ...one, tenant: of(tenant).directory.tenantOf(tenant) });
  const { messenger } = first;
  return {
    ...messenger,
    post: (place, ...rest) => at(place).post(place, ...rest),
    canEdit: {
      perMinute: messenger.canEdit.perMinute,
      isFree: (room, ref) => at({ tenant: room.split('/')[1] ?? '' }).canEdit.isFree?.(room, ref) === true,
      edit: (place, ...rest) => at(place).canEdit.edit(place, ...rest),
    },
    canRemove: { remove: (place, ref) => at(place).canRemove.remove(place, ref) },
    canFind: { find: (place, ...rest) => at(place).canFind.find(place, ...rest) },
    canSendFile: { sendFile: (place, ...rest) => at(place).canSendFile.sendFile(place, ...rest) },
    canMessagePeople: {
      direct: (account) => at(account).canMessagePeople.direct(own(account)),
      reaches: (account) => at(account).canMessagePeople.reaches?.(own(account)) === true,
    },
  };
}

function serviceOf(services: readonly WorkspaceService[], needs: SlackNeeds) {
  const { proxy } = needs.config;
  // Installations of one Slack app share a connection, or a signing secret.
  const byApp = Map.groupBy(services, ({ config }) => [config.appToken, ...config.signingSecrets].join());
  const apps = [...byApp.values()].flatMap((served) => {
    const [first] = served;
    if (!first) return [];
    const { appToken, apiUrl, signingSecrets } = first.config;
    const receive = services.length === 1 ? first.receive : receiveOf(served, needs.log);
    const connected: WorkspaceService['connected'] = (missedSince) => {
      for (const one of served) one.connected(missedSince);
    };
    const standing: Pick<WorkspaceService['standing'], 'is'> = {
      is: (...said) => {
        for (const one of served) one.standing.is(...said);
      },
    };
    const { after } = first;
    const by = { ...needs, proxy, apiUrl, receive, after, connected, standing };
    const socket = appToken === null ? null : socketMode({ ...by, appToken });
    return [{ served, receive, after, connected, signingSecrets, socket }];
  });
  const signed = apps.filter(({ socket }) => socket === null);
  const each = (work: (one: WorkspaceService) => Promise<unknown>) => Promise.all(services.map(work));
  const health = (of: WorkspaceService | undefined) =>
    of?.standing.health ?? apps.find(({ served }) => served.some((one) => one === of))?.socket?.health() ?? UP;
  return {
    routes: signed.length === 0 ? {} : { mount: (server) => mountHttpMode(server, signed, needs.clock) },
    start: async () => {
      await each((one) => one.start());
      await Promise.all(apps.flatMap(({ socket }) => (socket ? [socket.start()] : [])));
      for (const { connected } of signed) connected(null);
    },
    stop: async () => {
      await Promise.all(apps.flatMap(({ socket }) => (socket ? [socket.stop()] : [])));
      await each((one) => one.stop());
    },
    health: () => health(services[0]),
    others: () => services.slice(1).map((one) => ({ name: one.directory.team, ...health(one) })),
    idle: async () => void (await each((one) => one.idle())),
  } satisfies ReturnType<ChatPlatform['serve']>;
}
const UP = { ok: true, detail: 'up' };

/** Passes a payload to its installation, or else to one that Slack has not identified yet. */
function receiveOf(served: readonly WorkspaceService[], log: Log): Receive {
  return async (body) => {
    const tenants = tenantsIn(body);
    const found = tenants.flatMap((tenant) => served.find(({ directory }) => directory.serves(tenant)) ?? []);
    const one = found[0] ?? served.find(({ directory }) => directory.team === '');
    if (one) return one.receive(body);
    log.warn({ tenant: tenants.join() }, 'payload of a Slack workspace that is not set up');
    return NOTHING;
  };
}
