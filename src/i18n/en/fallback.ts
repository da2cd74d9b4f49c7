/** A notice that comes another way than it should, and mail. */
export const fallback = {
  'fallback.place':
    '{platform, select, slack {Slack} wecom {WeCom} mail {e-mail} console {the console} other {{platform}}}',
  'fallback.why': 'It comes this way because {ways}.',
  'fallback.silent': '{place} has not taken it since {since}',
  'fallback.refused': '{place} refused it at {since}',
  'fallback.title': '{id}: a message could not be delivered',
  'fallback.open': 'Open the incident: {url}',
  'fallback.from':
    'Sent by Jishi, the bot that keeps the reporting clock. Answer in the chat or in the console, not to this mail.',
  'fallback.restored_title': '{id}: the record was restored from a backup',
  'fallback.restored':
    'It knows nothing after {upTo}. What was answered, written or filed since then has to be entered again; reminders of that time are not repeated.',
  'event.restored': 'Record restored from a backup; it knew nothing after {upTo}',
  'event.delayed': 'Not taken in time; another way is tried',
} as const;
