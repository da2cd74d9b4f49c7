import type { InstantStyle } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { ClockSegment } from '../../incident/commands/clock.ts';
import type { Command } from '../../incident/commands.ts';
import type { AbroadPart } from '../../incident/identity.ts';

import type { BilingualText } from '../../law/types.ts';

/**
 * Platform-neutral messages. A card holds message keys and parameters, never text: the platform that shows it localises.
 * `instant` parameters are ISO strings and are formatted by the reader's language (Beijing time); numbers likewise.
 */
export type Param =
  | string
  | number
  | { readonly instant: string; readonly style?: InstantStyle }
  | { readonly amount: number }
  | { readonly minutes: number }
  | Text;

/** Separator of the parts of a list: 、 · ； 或; `sentence`: a space in languages that separate sentences by one. */
export type Joiner = 'comma' | 'dot' | 'semicolon' | 'or' | 'and' | 'sentence' | 'none';

export type Text =
  /** Message with parameters. `shownBy`: surface with the same sentence; without it, replies include the sentence. */
  | {
      readonly key: MessageKey;
      readonly params?: Readonly<Record<string, Param>>;
      readonly shownBy?: SurfaceKey;
    }
  /** Data of the law: both languages come from the regime. */
  | { readonly law: BilingualText }
  /** Text that a person wrote: shown as it is, escaped by the platform, never translated. */
  | { readonly raw: string }
  /**
   * Text that people wrote. A room abroad shows it only if `part` was released; `plain` is always shown. `leftOut`: a
   * hidden entry of a list is omitted, not replaced.
   */
  | { readonly part: AbroadPart | 'plain'; readonly text: Text; readonly leftOut?: true }
  | { readonly list: readonly Text[]; readonly joiner: Joiner };

/** Tone of a card: done green, running amber, urgent (under 30 minutes, or overdue) red, calm grey. Text repeats it. */
export type Tone = 'calm' | 'running' | 'urgent' | 'done';

/** Button with its effect (`does`). Platforms store the card's revision with it, so that a stale press is refused. */
export interface Action {
  readonly id: string;
  readonly label: Text;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Text;
  /**
   * Fact that the button answers. `name`: for a label that says only "no" or a figure; a card with buttons on other
   * subjects has it before the label (`withNames`), and `bare` is then the label without it.
   */
  readonly answers?: { readonly fact: string; readonly name?: Text; readonly bare?: Text };
  /** Revision the button belongs to, if the card's buttons have several; absent: the card's revision. */
  readonly revision?: number;
  readonly does:
    | { readonly kind: 'intent'; readonly intent: Command }
    | { readonly kind: 'form'; readonly form: FormRef }
    | { readonly kind: 'view'; readonly view: ViewRef }
    | { readonly kind: 'link'; readonly url: string }
    /** Sends a line in the name of the person who pressed, from the same place. */
    | { readonly kind: 'line'; readonly text: string };
}

/** Reference to a form; when the form opens, the platform gets its content from `conversation/forms/form-kinds.ts`. */
export interface FormRef {
  readonly form: string;
  readonly args: Readonly<Record<string, string>>;
}
/** Reference to a card that only the person who asks for it sees, e.g. why, checklist, more, people, script. */
export interface ViewRef {
  readonly view: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Ticks with one submit button: the chosen values are the answer to `fact`. */
export interface MultiChoice {
  readonly fact: string;
  readonly options: readonly { readonly value: string; readonly label: Text; readonly exclusive?: boolean }[];
  readonly chosen: readonly string[];
  readonly submit: Text;
}

/** Label (up to five Chinese characters) with its value. */
export interface Pair {
  readonly label: Text;
  readonly value: Text;
  /** True for a name, which may be shortened because its beginning identifies it. */
  readonly isName?: true;
}
/**
 * Alternative to `text` for a platform with rows of labels and values: rows, and a sentence if needed. A sentence alone
 * is a shorter wording that tells where to read the rest.
 */
export interface Split {
  readonly sentence?: Text;
  readonly pairs: readonly Pair[];
}

/** Mark of a row; `urgent`: overdue. */
export type RowMark = 'done' | 'partly' | 'open' | 'urgent';

export type Block =
  /** Text block. `next`: the text is the next step, which a page shows in another place. */
  | {
      readonly kind: 'text';
      readonly text: Text;
      readonly strong?: boolean;
      readonly split?: Split | undefined;
      readonly next?: true;
    }
  /** Quotation block. `copy`: text for use elsewhere, below its source as a heading; a page has a copy button. `url`: the official text to link. */
  | {
      readonly kind: 'quote';
      readonly text: Text;
      readonly source: Text;
      readonly copy?: true;
      readonly url?: string;
    }
  /** Clock block. `due` is incident time; `segment` gives a drill's rate, so that a page can count down by itself. */
  | {
      readonly kind: 'clock';
      readonly text: Text;
      readonly split?: Split | undefined;
      readonly due: string;
      readonly tone: Tone;
      readonly segment?: ClockSegment;
    }
  /** Note block. `part`: the note is omitted, not replaced, if that part is not shown. */
  | { readonly kind: 'note'; readonly text: Text; readonly split?: Split | undefined; readonly part?: AbroadPart }
  | {
      readonly kind: 'row';
      readonly mark: RowMark;
      readonly text: Text;
      readonly split?: Split | undefined;
      readonly actions: readonly Action[];
      /** True if the first report needs the field, and its text is missing. */
      readonly needed?: boolean;
      /** True for a field that may follow later: a page collapses such fields. */
      readonly later?: boolean;
    }
  | { readonly kind: 'choices'; readonly choice: MultiChoice }
  | { readonly kind: 'actions'; readonly actions: readonly Action[]; readonly next?: true };

export interface Card {
  readonly tone: Tone;
  readonly drill: boolean;
  readonly title: Text;
  /** State and deadline in one line, for a phone's notification and a screen reader. */
  readonly summary: Text;
  readonly blocks: readonly Block[];
}

export type FormField = {
  readonly id: string;
  readonly label: Text;
  readonly hint?: Text;
  /** True if the hint only says what the paper has while the field is empty: a page beside the paper need not repeat it. */
  readonly derived?: true;
  readonly example?: Text;
  readonly required: boolean;
  /** True if the field may be empty now but the first report needs it, so it is not labelled "optional". */
  readonly reported?: boolean;
} & (
  | {
      readonly kind: 'text';
      readonly multiline: boolean;
      readonly maxLength: number;
      readonly value: string;
      /** Kind of text in the Chinese report: Chinese words, or a registered name; absent: not in the report. */
      readonly words?: 'chinese' | 'name';
    }
  /** Field for a time, read while the person types. `choices`: usual entries, for a platform without text fields. */
  | { readonly kind: 'time'; readonly value: string; readonly choices?: readonly Text[] }
  | {
      readonly kind: 'number';
      readonly value: string;
      readonly unit?: 'people' | 'cny' | 'minutes' | 'percent' | 'count';
    }
  | {
      readonly kind: 'one';
      readonly options: readonly { readonly value: string; readonly label: Text }[];
      readonly value: string;
    }
  | {
      readonly kind: 'many';
      readonly options: readonly { readonly value: string; readonly label: Text }[];
      readonly value: readonly string[];
      /** Field that the input belongs to: a platform with little room may group the inputs of one field. */
      readonly of?: string;
    }
  /** Field for a file, only on pages that accept files: its value is the name of a file that was added to the incident. */
  | { readonly kind: 'file' }
);

/** Input form; `parseForm` (`forms/form-kinds.ts`) turns the entries into commands or into errors per field. */
export interface Form {
  readonly ref: FormRef;
  readonly title: Text;
  readonly intro: readonly Text[];
  readonly fields: readonly FormField[];
  readonly submit: Text;
  /** Preview of the result before submission (`App.preview`): the paper, or the sentence for the record. */
  readonly preview?: 'paper' | 'sentence';
}

/** A card kept current in a room: equal content gives an equal hash, so unchanged content is not sent. */
export interface Surface {
  readonly key: SurfaceKey;
  readonly card: Card;
  /** Instant (wall time) at which the content changes by the passing of time alone; null if it does not. */
  readonly validUntil: string | null;
  /** Midnight in Beijing (wall time) after which the times of today need their date; absent: the card is closed. */
  readonly datedUntil?: string | null;
  /** Renewal interval of a countdown on the card, in milliseconds of wall time. */
  readonly every?: number;
  /** True for a card that only replaces an earlier post; it is never posted for the first time. */
  readonly ifPosted?: true;
  /** First post of the surface, with the first question, where one act gives one message (`Messenger.postsOnce`). */
  readonly opening?: Card | undefined;
  /** The card limited to the parts that `newsOf` compares; absent: the whole card is compared. */
  readonly brief?: Card | undefined;
  /** True for a card without a message of its own: another card asks its question, or a button opens it. */
  readonly behind?: boolean | undefined;
  /** Card in place of `card` where posted cards are not edited: one message that includes the verdict. */
  readonly joint?: Card | undefined;
  /** True for a card that is posted only where cards are edited, because a `joint` card includes it elsewhere. */
  readonly apart?: true;
}
export type SurfaceKey = 'status' | 'verdict' | 'proposals' | 'question' | 'checklist' | 'draft';
