import type { Level } from '../../../law/types.ts';
import type { Verb } from './command-words.ts';
import type { FieldRow } from './field-rows.ts';

/**
 * Command of a line of text, from its words alone: the receiver looks up the incident, item or person, and reads times
 * with `interpretTime`.
 */
export type TextCommand = (Reading | { readonly type: BareType }) & {
  /** Incident named after the command: "close INC-2026-0007", 状态 0007. */
  readonly id?: string;
};

type Reading =
  | { readonly type: 'new'; readonly title?: string }
  | { readonly type: 'drill'; readonly title?: string; readonly speed?: number }
  | { readonly type: 'drill_speed'; readonly speed?: number }
  | { readonly type: 'status' }
  | { readonly type: 'switch' | 'bind'; readonly id: string }
  /** New value for the last answer or the named field: 改成120万, "make it 1.2 million". */
  | { readonly type: 'amend'; readonly name?: string; readonly text: string }
  | { readonly type: 'help'; readonly topic?: string }
  | { readonly type: 'note'; readonly text: string; readonly happenedAt?: string }
  /** Answer. `choices`: present if the text is only numbers of options; `text` is always the original. */
  | { readonly type: 'answer'; readonly text: string; readonly choices?: readonly number[] }
  /** Yes or no. `word`: as typed, because 没有 is a figure if a figure is asked for. */
  /** `unsure`: in doubt, 没有吧 or "no?", so that the bot asks. */
  | { readonly type: 'yes' | 'no'; readonly word: string; readonly unsure?: boolean }
  | { readonly type: 'item'; readonly n?: number; readonly field?: string; readonly text: string }
  /** Field of the report and its new text: 影响：…. The text may also answer the open question. */
  | { readonly type: 'field'; readonly field: string; readonly text: string }
  /** Several rows, of which at least one names a field. */
  | { readonly type: 'rows'; readonly rows: readonly FieldRow[] }
  | { readonly type: 'correct'; readonly n?: number; readonly field?: string; readonly text?: string }
  | { readonly type: 'delete'; readonly n?: number; readonly field?: string }
  | { readonly type: 'take' | 'fill'; readonly n?: number }
  | { readonly type: 'assign'; readonly n?: number; readonly who: string }
  | { readonly type: 'confirm_level'; readonly level?: Level }
  | { readonly type: 'another_level'; readonly level?: Level; readonly reason?: string }
  | { readonly type: 'draft'; readonly report?: ReportKind; readonly cannotDetermine?: readonly Undetermined[] }
  | {
      readonly type: 'download';
      readonly format?: 'docx' | 'pdf' | 'md' | 'json';
      readonly language?: 'zh' | 'en';
      readonly internal?: true;
    }
  | { readonly type: 'snooze'; readonly minutes: number }
  | { readonly type: 'invite' | 'remove_person'; readonly who?: string }
  | { readonly type: 'rename'; readonly title?: string }
  /** Completed call: its words may contain a receipt and the name of the official. */
  | { readonly type: 'phoned' | 'police'; readonly text: string }
  /** An alert, an e-mail or a log, as it was pasted. */
  | { readonly type: 'pasted'; readonly text: string }
  | { readonly type: 'hand_over'; readonly who?: string }
  /** Agreement to a proposed level below the figures, or to another proposal; `level`: the level named in the line. */
  | { readonly type: 'agree'; readonly level?: Level }
  /** Approval. `look`: 审批 only shows the drafts to approve; 批准 approves one. */
  | { readonly type: 'approve'; readonly look?: true }
  /** Request to link an account: redeems `code`; without it a known person gets a code to enter elsewhere. */
  | { readonly type: 'link_account'; readonly code?: string }
  /** Decision on a report from outside, or request for the list; `choice`: `new`, `none` or an incident's id. */
  | { readonly type: 'report'; readonly ref?: string; readonly choice?: string; readonly reason?: string }
  | { readonly type: 'language'; readonly language: 'zh' | 'en' }
  /** Command with a reason. `unsure`: a doubt, 我看是误报吧, so that the bot asks. */
  | { readonly type: ReasonedType; readonly reason?: string; readonly unsure?: true }
  | { readonly type: WordyType; readonly text?: string }
  /** Unknown line. `suggestion`: nearest command, in the words to type; `lacks`: missing argument. */
  | { readonly type: 'unknown'; readonly text: string; readonly suggestion?: string; readonly lacks?: Lacking };

export type Lacking = 'id' | 'person' | 'item_person' | 'text' | 'item' | 'language';

export type ReportKind = 'first' | 'supplement' | 'update' | 'final';
export type Undetermined = 'cause' | 'impact' | 'trend';

/** Types of commands with an optional reason, after a colon or a word such as "because": 关闭：…, "close because …". */
export type ReasonedType =
  | ('end' | 'close' | 'reopen' | 'send_back' | 'lift_stop' | 'hold' | 'release_hold')
  | ('not_reportable' | 'confirm_clock' | 'withdraw_declaration' | 'explain_delay');

/** Types of commands with an optional rest in the writer's words. */
export type WordyType = 'file' | 'report_up' | 'decide' | 'release' | 'correct_clock' | 'occurrence';

/** Types of commands without arguments; if more words follow, the bot asks. */
export type BareType = Exclude<Verb, Reading['type'] | `draft_${ReportKind}`>;
