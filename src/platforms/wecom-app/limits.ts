/** Name of the self-built app as a platform, in accounts and in rooms. */
export const PLATFORM = 'wecom-app';
