import { LogLevel } from '@slack/web-api';

/** Slack's packages log payloads, tickets and texts in full. We log ourselves what is worth knowing. */
const nothing = (): void => {};
export const quietLogger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: (): LogLevel => LogLevel.ERROR,
};
