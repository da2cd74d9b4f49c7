/** What the app asks Slack for, and why. The manifest, the doctor and the start all read this list. */
export const SCOPES = {
  required: [
    'commands',
    'chat:write',
    'app_mentions:read',
    'channels:history',
    'channels:read',
    'groups:history',
    'groups:read',
    'im:history',
    'im:write',
    'reactions:read',
    'users:read',
    'files:write',
  ],
  /** Without them the named feature is missing, and people are told when they use it. */
  optional: {
    'files:read': 'evidence',
    'groups:write': 'private channel per incident',
    'bookmarks:write': 'bookmark in the private channel',
  },
} as const;

export const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_left',
  'channel_unarchive',
  'group_archive',
  'group_left',
  'group_unarchive',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'tokens_revoked',
] as const;
