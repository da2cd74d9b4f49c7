/** WeCom answered with an error code (developer.work.weixin.qq.com/document/path/90313). */
export class WecomError extends Error {
  override readonly name = 'WecomError';
  readonly code: number;
  readonly api: string;

  constructor(api: string, code: number, message: string) {
    // WeCom speaks English here; anything else it repeats from what it was sent, and this goes to the log.
    super(`${api}: ${code} ${message.replace(/[^ -~]+/g, '…')}`);
    this.code = code;
    this.api = api;
  }
}

export const CODES = {
  busy: -1,
  badSecret: [40001, 40091, 40013],
  staleToken: [40014, 42001],
  usedTaskId: 42014,
  frequency: 45009,
  concurrency: 45033,
  addressNotAllowed: 60020,
  nobodyReachable: 81013,
  noChat: [86001, 86003, 86008, 86215],
} as const;

const PAGE = 'https://work.weixin.qq.com/wework_admin/frame#apps';

/** Meaning of an error code and the remedy, for the log, `/readyz` and `doctor`. */
export function advice(error: WecomError): string {
  if (error.code === CODES.addressNotAllowed) {
    const seen = seenAddress(error.message);
    return `WeCom refuses calls from this address${seen === null ? '' : ` (${seen})`}: add it under 企业可信IP of the app, ${PAGE}. A line whose address changes needs a fixed one, or HTTPS_PROXY with a fixed one`;
  }
  return `${error.message}. ${MEANINGS[error.code] ?? `See https://developer.work.weixin.qq.com/devtool/query?e=${error.code}`}`;
}

/** 60020 names the address it saw: `not allow to access from your ip, …, from ip: 203.0.113.7`. */
export function seenAddress(message: string): string | null {
  return /from ip:?\s*([0-9a-f.:]+)/i.exec(message)?.[1] ?? null;
}

const MEANINGS: Readonly<Record<number, string>> = {
  [-1]: 'WeCom is busy; it is tried again',
  40001: 'WECOM_APP_SECRET is not the secret of this app: copy it again from the page of the app',
  40013: 'WECOM_CORP_ID is wrong: it stands at the end of 我的企业',
  40056: 'WECOM_AGENT_ID is wrong: it stands on the page of the app',
  40091: 'WECOM_APP_SECRET is not the secret of this app: copy it again from the page of the app',
  43012: 'Cards with buttons need the callback address: set it under 接收消息 of the app',
  45009: 'Too many calls; it goes on within a minute',
  45033: 'Too many calls at once; it goes on in a moment',
  48002: 'The app may not do this: check its permissions in the admin page',
  50001: 'The domain is not the trusted domain (可信域名) of the app',
  60011: 'The app may not see this person or department: widen its visible scope (可见范围)',
  81013: 'None of the recipients is in the visible scope (可见范围) of the app, or they have left',
  86008: 'This group was not made by this app, so it cannot write there',
  93000: 'This group robot was removed or its key is wrong: make a new one and change WECOM_WEBHOOK_KEYS',
  301002: 'WECOM_AGENT_ID does not belong to this secret',
};
