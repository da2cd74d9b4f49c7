import type { AppsManifestCreateArguments } from '@slack/web-api';
import { type MessageLanguage, translate } from '../../../i18n/translate.ts';

export type Manifest = AppsManifestCreateArguments['manifest'];
type Features = NonNullable<Manifest['features']>;
type Shortcut = NonNullable<Features['shortcuts']>[number];
type Scope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number];
type SlackEvent = NonNullable<
  NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
>[number];

export const DEFAULT_COMMAND = '/incident';
/** Path of all Slack requests in HTTP mode. */
export const HTTP_PATH = '/slack/events';

/** Scopes of the bot. Optional ones may be missing; a request that needs one is answered with a note. */
export const SCOPES = {
  required: [
    'app_mentions:read',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'files:write',
    'groups:history',
    'groups:read',
    'im:history',
    'im:write',
    'reactions:read',
    'users:read',
  ],
  optional: ['bookmarks:write', 'files:read', 'groups:write', 'links:read', 'links:write', 'pins:write'],
} as const satisfies Readonly<Record<'required' | 'optional', readonly Scope[]>>;

/** Events that are used; Slack sends no others. */
export const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_left',
  'channel_rename',
  'channel_shared',
  'channel_unarchive',
  'channel_unshared',
  'group_archive',
  'group_left',
  'group_rename',
  'group_unarchive',
  'link_shared',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'tokens_revoked',
] as const satisfies readonly SlackEvent[];

/** Callback ids of our shortcuts. */
export const SHORTCUTS = {
  create: 'incident_new',
  createFrom: 'incident_new_from_message',
  add: 'incident_add',
} as const;

export interface ManifestOptions {
  readonly command: string;
  readonly language: MessageLanguage;
  /** True if the app is installed in a whole organisation (Enterprise Grid). */
  readonly ofOrganisation?: boolean;
  /** Public address in HTTP mode, without a path; null for Socket Mode, which needs none. */
  readonly publicUrl: string | null;
}

/** Returns the app for Slack's "From a manifest". "Delayed Events" is not in manifests, and is switched on by hand. */
export function manifest(options: ManifestOptions): Manifest {
  const { language } = options;
  const url = options.publicUrl === null ? null : `${options.publicUrl}${HTTP_PATH}`;
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: 'Jishi',
      description: translate(language, 'slack.app_description'),
      long_description: translate(language, 'slack.app_about'),
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'jishi', always_online: true },
      ...(options.publicUrl === null ? {} : { unfurl_domains: [new URL(options.publicUrl).hostname] }),
      shortcuts: shortcuts(language),
      slash_commands: [
        {
          command: options.command,
          description: translate(language, 'slack.command_description'),
          usage_hint: translate(language, 'slack.command_hint'),
          // Escaping sends names as ids, so that a mention in a title differs from text.
          should_escape: true,
          ...(url === null ? {} : { url }),
        },
      ],
    },
    oauth_config: { scopes: { bot: [...SCOPES.required, ...SCOPES.optional], bot_optional: [...SCOPES.optional] } },
    settings: {
      event_subscriptions: { bot_events: [...EVENTS], ...(url === null ? {} : { request_url: url }) },
      interactivity: { is_enabled: true, ...(url === null ? {} : { request_url: url }) },
      org_deploy_enabled: options.ofOrganisation ?? false,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  };
}

function shortcuts(language: MessageLanguage): Shortcut[] {
  const all = [
    ['global', SHORTCUTS.create, 'form.new.title', 'slack.shortcut_new_about'],
    ['message', SHORTCUTS.createFrom, 'slack.shortcut_new_from', 'slack.shortcut_new_from_about'],
    ['message', SHORTCUTS.add, 'slack.shortcut_add', 'slack.shortcut_add_about'],
  ] as const;
  return all.map(([type, callback_id, key, about]) => ({
    ...{ name: translate(language, key), type, callback_id },
    description: translate(language, about),
  }));
}

/** Returns Slack's page that creates the app from a manifest, so that nothing has to be copied. */
export function createAppLink(app: Manifest): string {
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(app))}`;
}
