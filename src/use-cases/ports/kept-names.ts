/** Names of kept values that have several keys, e.g. `focus:C01@U02`. One list for all platforms. */
export type KeptName =
  // People, accounts and chats.
  | ('account' | 'code' | 'language' | 'person' | 'chat' | 'member' | 'channel' | 'gone' | 'group' | 'push')
  // Access: sessions, tokens, links of suppliers and calendars, the last content of a calendar.
  | ('session' | 'token' | 'outside' | 'given')
  // Conversations: focus, open card or form, statements of messages, offers already made.
  | ('focus' | 'asked' | 'form' | 'stated' | 'offered' | 'answered' | 'unplaced' | 'root')
  // Work to repeat after a crash: jobs, files to fetch, evidence to record.
  | ('job' | 'file' | 'media' | 'evidence')
  // Messages: attempts to post, renewed cards, ids of posts and uploads, contents of buttons and cards, equal texts.
  | ('same' | 'renewed' | 'posted' | 'upload' | 'value' | 'task' | 'message' | 'topic' | 'pinned')
  // Private channels: created, set up, people invited.
  | ('private' | 'furnished' | 'invited' | 'uninvited')
  // Telephone calls: the one without a response, the last one per person, the times of all, their ids by notice.
  | ('ring' | 'last' | 'rung' | 'rings')
  // Reports from outside, those that were posted, and the keys of their notices.
  | ('report' | 'told' | 'notices')
  // Versions of laws, the last valid profile, this store, its backups.
  | ('law' | 'profile' | 'store' | 'backup');

/** Names of kept values with a single key: the bot's own account, its last heartbeat, and the like. */
type KeptSingle = 'self' | 'alive' | 'clicked' | 'standing' | 'mention' | 'liveness' | 'restored';

/** Key of a kept value within its part of the program, e.g. `report:A-7K2QX9`; stored as `intake:report:…`. */
export type KeptKey = `${KeptName}:${string}` | KeptSingle;
/** Prefix of the keys of one name, e.g. `focus:`; versions of a law have the law's id after it. */
export type KeptPrefix = `${KeptName}:` | `law:${string}:`;
