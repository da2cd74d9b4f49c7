export const PLATFORM = 'wecom';
/** Alarm when another program takes over the connection. */
export const KICKED = 'wecom_kicked';

/** Two kinds of WeCom bots, which accept the same cards with different room for text. */
export type Flavour = 'bot' | 'app';

export interface CardLimits {
  /** Maximum width (full-width characters) of a card element, by WeCom's advice: WeCom cuts longer texts. */
  readonly title: number;
  readonly description: number;
  readonly subtitle: number;
  readonly optionText: number;
  /** Maximum width (full-width characters) of the line above a title. */
  readonly source: number;
  /** Maximum size (bytes) of a markdown message. */
  readonly markdown: number;
}

/** Limits by developer.work.weixin.qq.com/document/path/90236 (app), 101032 (smart bot). */
export const CARD_LIMITS: Readonly<Record<Flavour, CardLimits>> = {
  bot: { title: 26, description: 30, subtitle: 112, source: 13, optionText: 10, markdown: 20_480 },
  app: { title: 36, description: 44, subtitle: 160, source: 20, optionText: 16, markdown: 2_048 },
};

/** Limits of both kinds of card. Counts are strict: WeCom refuses a card with one too many (errcode 42027 to 42051). */
export const CARD_COUNTS = {
  rows: 6,
  rowKey: 5,
  rowValue: 26,
  buttons: 6,
  /** Limit of this project, not of WeCom: buttons of a status card, including [Refresh]. */
  statusButtons: 5,
  buttonText: 10,
  voteOptions: 20,
  voteText: 11,
  selects: 3,
  selectOptions: 10,
  selectTitle: 13,
  submitText: 10,
} as const;

/**
 * Limits of a smart bot's long connection, by developer.work.weixin.qq.com/document/path/101463, 101039 and 101138, and
 * by measurements that others published.
 */
export const BOT_LIMITS = {
  /** Messages of one conversation, pushes and replies together. */
  perMinute: 30,
  perHour: 1_000,
  /** Time (ms) after a click in which the card can be changed. */
  updateWithin: 5_000,
  /** Time (ms) for a running message, which has to end within six minutes. */
  streamFor: 330_000,
  /** Time (ms) in which media of a received message can be fetched: five minutes. */
  mediaFor: 300_000,
  uploadBytes: 20 * 1024 * 1024,
} as const;

/** Hosts from which photos and files of people are fetched. */
export const MEDIA_HOSTS: readonly string[] = ['qq.com', 'qpic.cn', 'myqcloud.com', 'tencentcos.cn'];
export const FETCHED_FROM = new RegExp(`(?:^|\\.)(?:${MEDIA_HOSTS.join('|').replaceAll('.', '\\.')})$`);

/** Quota of a conversation that pushes may use; the rest is left for answers to people. */
export const PUSH_QUOTA = { perMinute: 20, perHour: 800 } as const;
