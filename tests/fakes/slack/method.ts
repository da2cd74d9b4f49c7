import type { Workspace } from './workspace.ts';

/** A refusal in Slack's words. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly detail: readonly string[];
  constructor(code: string, detail: readonly string[] = []) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

export type Params = Readonly<Record<string, string>>;
/** One method of the Web API: refuses as Slack would, or does its work on the workspace. */
export type Method = (w: Workspace, p: Params) => Record<string, unknown>;

export const TEAM = 'T00FAKE0001';
export const BOT_USER = 'U00BOT00001';
export const BOT_ID = 'B00BOT00001';

export function array(json: string | undefined): readonly unknown[] {
  if (json === undefined) return [];
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value : [];
}
