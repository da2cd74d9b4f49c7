/** The name of the self-built app among the platforms, in accounts and in rooms. */
export const PLATFORM = 'wecom-app';
