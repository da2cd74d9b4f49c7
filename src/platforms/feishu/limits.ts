/** Name in rooms, accounts and keys. */
export const PLATFORM = 'feishu';

/** Limits of Feishu that cards and messages keep to. */
export const LIMITS = {
  /** A card may have 30 KB and 200 elements; text objects are counted here too, to be on the safe side. */
  cardBytes: 28_000,
  elements: 200,
  title: 200,
  summary: 300,
  /** People called by name in one message. */
  called: 20,
  inputText: 1_000,
  placeholder: 100,
  fileBytes: 30 * 1024 * 1024,
  /** Edits of all cards a minute: half of what an app may call. */
  editsPerMinute: 500,
  /** Time (ms) for which Feishu drops a message with a `uuid` it has already. */
  sameWithin: 55 * 60_000,
  /** Time (ms) to wait for who reads a chat, while Feishu waits three seconds for the answer. */
  lookupWithin: 1_200,
} as const;
