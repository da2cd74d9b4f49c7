import type { Config } from '../../config/schema.ts';
import { t } from '../../conversation/cards/situation.ts';
import type { Core } from '../../talk/acts.ts';
import { InOrder } from '../../talk/in-order.ts';
import { createIntake } from '../../talk/intake.ts';
import type { IntakeOptions } from '../../talk/intake-options.ts';
import { Jobs } from '../../talk/jobs.ts';
import { Recently } from '../../talk/recently.ts';
import type { PlatformNeeds } from '../description.ts';
import { Hearing } from '../shared/hearing.ts';
import type { People } from '../shared/people.ts';
import { Standing } from '../shared/standing.ts';
import { Directory } from './directory.ts';
import { acksOf, portOf } from './hear/answers.ts';
import { fetchGiven, type SlackFile, slackFile } from './hear/material.ts';
import { settleIn, welcome } from './hear/private-room.ts';
import {
  jobSchema,
  type Needs,
  type SlackAt,
  type SlackBot,
  type SlackKinds,
  type SlackParts,
  SlackPlaces,
} from './hear/spots.ts';
import type { SlackConfig } from './index.ts';
import { PLATFORM } from './limits.ts';
import { createReceive } from './receive/receive.ts';
import { createApi } from './send/api.ts';
import { createMessenger, PressResponses } from './send/messenger.ts';
import { Upkeep } from './upkeep.ts';

export interface SlackNeeds extends Pick<PlatformNeeds, Needs> {
  readonly config: Pick<Config, 'proxy' | 'publicUrl'>;
  /** Source of reminders scheduled at Slack in case the bot is down; null: none are. */
  readonly backups: PlatformNeeds['backups'] | null;
}
const OFFERED_FOR = 10 * 60_000;

/** Installation of the app: a workspace, or an Enterprise Grid organisation with one token for all workspaces. */
export type Workspace = ReturnType<typeof createWorkspace>;
export type WorkspaceService = ReturnType<typeof createService>;

/**
 * Creates an installation. Sending works at once; `serve` connects the use cases to people's input. `isElsewhere`: true
 * for a tenant of another installation, where the same id may mean another person.
 */
export function createWorkspace(config: SlackConfig, needs: SlackNeeds, isElsewhere: (tenant: string) => boolean) {
  const { proxy, publicUrl } = needs.config;
  const { apiUrl, tenant } = config;
  const standing = new Standing(needs, PLATFORM, tenant);
  const api = createApi({ ...needs, token: config.botToken, apiUrl, proxy, standing });
  const directory = new Directory({ ...needs, api, tenant, isElsewhere });
  const presses = new PressResponses(needs.clock);
  const messenger = createMessenger({ ...needs, api, directory, presses, publicUrl, standing });
  const parts = { config, api, directory, presses, messenger, standing };
  return { messenger, directory, serve: (core: Core) => createService(parts, needs, core) };
}

function createService(parts: SlackParts, needs: SlackNeeds, core: Core) {
  const { api, directory, config, standing } = parts;
  const options = intakeOptions(directory.people, () => bot, config);
  const intake = createIntake<SlackFile, SlackAt>(needs, core, options);
  const { after } = intake;
  directory.onShared = (id, name) => bot.app.placeChanged({ room: directory.room(id), kind: 'shared', name });
  const jobs = new Jobs({ ...needs, platform: PLATFORM, prefix: 'job:', schema: jobSchema });
  const places = new SlackPlaces({ ...needs, ...parts, ...core });
  const acks = acksOf(() => bot);
  const hearing = new Hearing<SlackKinds>({ ...needs, intake, people: directory.people, places, acks });
  const bot: SlackBot = {
    ...{ ...needs, ...parts, ...intake, intake, hearing, places, jobs },
    publicUrl: needs.config.publicUrl,
    offered: new Recently(needs, 'offered:', OFFERED_FOR),
    conversations: new InOrder(),
  };
  const upkeep = new Upkeep(bot, needs.backups);
  return {
    ...{ config, directory, standing, after, receive: createReceive(bot) },
    connected: (missedSince: number | null): void => upkeep.connected(missedSince),
    start: async () => {
      await directory.recall();
      intake.start();
      await upkeep.start();
    },
    stop: async () => {
      await after.idle();
      for (const part of [upkeep, jobs, intake]) await part.stop();
      await api.http.close();
    },
    idle: async () => {
      for (const part of [after, upkeep, jobs, intake]) await part.idle();
    },
  };
}

/** Returns Slack's options for the shared intake: answers to one person, cards edited in place, private channels. */
function intakeOptions(
  people: People,
  bot: () => SlackBot,
  { tenant }: SlackConfig,
): IntakeOptions<SlackFile, SlackAt> {
  return {
    // Two workspaces may have messages with the same id.
    platform: tenant === null ? PLATFORM : `${PLATFORM}/${tenant}`,
    ...{ prefix: 'file:', file: slackFile, answersAlone: true, people },
    met: async (spot) => {
      const caller = await bot().places.acquainted(spot.caller);
      return { ...spot, caller, at: { ...spot.at, isPersonal: true } };
    },
    port: (spot) => portOf(bot(), spot),
    visibleCards: ({ place, at }, { by, about }) => {
      // An edited card is further up, so a person notices only a new one below.
      const isBelow = by === 'line' ? about !== null : at.isReply === true;
      const room = place.kind === 'room' ? place.room : null;
      return { comes: ['status', 'question'], cards: isBelow && room ? 'live' : null, room };
    },
    fetch: (file) => fetchGiven(bot(), file),
    giver: ({ user, team, channel, thread }) => {
      // The person wrote in this thread, even if long ago, and so can read the channel.
      bot().directory.seenIn(user, channel);
      const at = { channel, thread: thread ?? undefined, user };
      const caller = bot().places.caller({ id: user, team });
      return { caller, place: bot().places.in(caller, at).place, at };
    },
    texts: {
      question: (files) => t('slack.which_file', namesOf(files)),
      noIncident: (files) => t('slack.no_incident_file', namesOf(files)),
      upload: () => ({ key: 'slack.upload', params: { bot: { raw: bot().directory.botName } } }),
      ...{ kept: 'slack.file_kept', too_large: 'slack.file_size', gone: 'slack.file_gone' },
    },
    declared: async (spot, { state }) => {
      const note = await settleIn(bot(), state, spot);
      return async () => void (note && (await portOf(bot(), spot).say(note)));
    },
    changed: async ({ at }, { state }) => {
      const invite = () => welcome(bot(), state);
      if (at.ack) at.ack.later.push(invite);
      else await invite();
    },
  };
}

const namesOf = (files: readonly SlackFile[]) => ({ names: { raw: files.map(({ name }) => name).join(', ') } });
