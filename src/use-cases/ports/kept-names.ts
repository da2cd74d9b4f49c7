/** Kinds of kept values with a key of their own behind the name, e.g. `focus:C01@U02`. One list for all platforms. */
export type KeptName =
  // People, accounts and chats.
  | ('account' | 'code' | 'language' | 'person' | 'chat' | 'member' | 'channel' | 'gone' | 'group' | 'push')
  // Access: sessions, tokens of programs, links of suppliers and calendars, and the last content of a calendar.
  | ('session' | 'token' | 'outside' | 'given')
  // Conversations: the incident in focus, the open card or form, a message's statements, offers already made.
  | ('focus' | 'asked' | 'form' | 'stated' | 'source' | 'offered' | 'answered' | 'unplaced' | 'root')
  // Work to be done again after a crash: jobs, files to be fetched, evidence that is recorded.
  | ('job' | 'file' | 'media' | 'evidence')
  // Messages: attempts to post, cards renewed by a click, ids of posts and uploads, contents of buttons and cards.
  | ('sending' | 'renewed' | 'posted' | 'upload' | 'value' | 'task' | 'message' | 'topic' | 'pinned')
  // Private channels: made, furnished, invited to.
  | ('private' | 'furnished' | 'invited' | 'uninvited')
  // Telephone calls: the one that waits for an answer, the last one of each person, the times of all.
  | ('ring' | 'last' | 'rung')
  // Reports from outside, and the ones that were posted.
  | ('report' | 'told')
  // The law as it was, the profile that was valid last, this store, its backups.
  | ('law' | 'profile' | 'store' | 'backup');

/** Kept values of which there is one: the bot's own account, its last sign of running, and the like. */
type KeptSingle = 'self' | 'alive' | 'clicked' | 'standing' | 'mention' | 'liveness' | 'restored';

/** Key of a kept value within its part of the program, e.g. `report:A-7K2QX9`; the store keeps it as `intake:report:…`. */
export type KeptKey = `${KeptName}:${string}` | KeptSingle;
/** Beginning of the keys of one kind, e.g. `focus:`; the versions of a law have its id behind it. */
export type KeptPrefix = `${KeptName}:` | `law:${string}:`;
