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
  /** A length of time. */
  | { readonly minutes: number }
  | Text;

/** Separator of the parts of a list: 、 · ； 或; `sentence` is a space where the language has one. */
export type Joiner = 'comma' | 'dot' | 'semicolon' | 'or' | 'sentence' | 'none';

export type Text =
  /** `shownBy`: surface with the same sentence; a sentence without it is also sent in a reply. */
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
   * Text that people wrote, with the part a room abroad needs released to see it; `plain` is always shown. `leftOut`: in a
   * list it is left out where it is not shown, not replaced.
   */
  | { readonly part: AbroadPart | 'plain'; readonly text: Text; readonly leftOut?: true }
  | { readonly list: readonly Text[]; readonly joiner: Joiner };

/** green = done, amber = clock running, red = under 30 minutes or overdue, grey = no clock. Always with a text twin. */
export type Tone = 'calm' | 'running' | 'urgent' | 'done';

/** A button: its effect, and whether it opens a form first. Platforms bind the card's revision to it. */
export interface Action {
  readonly id: string;
  readonly label: Text;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Text;
  /** Revision the button was made for, where one card has buttons of several revisions; absent: the card's revision. */
  readonly revision?: number;
  readonly does:
    | { readonly kind: 'intent'; readonly intent: Command }
    | { readonly kind: 'form'; readonly form: FormRef }
    | { readonly kind: 'view'; readonly view: ViewRef }
    | { readonly kind: 'link'; readonly url: string }
    /** Says a line in the presser's name, where the button was pressed. */
    | { readonly kind: 'line'; readonly text: string };
}

/** Reference to a form; the platform gets its content from `conversation/forms.ts` when it opens. */
export interface FormRef {
  readonly form: string;
  readonly args: Readonly<Record<string, string>>;
}
/** A card shown only to the person who asked: why, checklist, more, people, script. */
export interface ViewRef {
  readonly view: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Several ticks, then one submit: `fact` is answered with the chosen values. */
export interface MultiChoice {
  readonly fact: string;
  readonly options: readonly { readonly value: string; readonly label: Text; readonly exclusive?: boolean }[];
  readonly chosen: readonly string[];
  readonly submit: Text;
}

/** A short label (up to five Chinese characters) and its value. */
export interface Pair {
  readonly label: Text;
  readonly value: Text;
  /** A name, recognised by its beginning: it may be shortened. */
  readonly isName?: true;
}
/**
 * Content of `text` for a platform with rows of labels and values: a sentence, if one is needed, and rows. With a
 * sentence alone it is a shorter wording, which says where the rest can be read.
 */
export interface Split {
  readonly sentence?: Text;
  readonly pairs: readonly Pair[];
}

/** Mark of a row; `urgent`: overdue. */
export type RowMark = 'done' | 'partly' | 'open' | 'urgent';

export type Block =
  /** `next`: the next step, which a page shows elsewhere. */
  | {
      readonly kind: 'text';
      readonly text: Text;
      readonly strong?: boolean;
      readonly split?: Split | undefined;
      readonly next?: true;
    }
  /** `copy`: a text to take over elsewhere, which a page offers to copy; `url`: the official text, to which a page links. */
  | {
      readonly kind: 'quote';
      readonly text: Text;
      readonly source: Text;
      readonly copy?: true;
      readonly url?: string;
    }
  /** `due` is incident time; in a drill `segment` gives its rate, so that a page can count down by itself. */
  | {
      readonly kind: 'clock';
      readonly text: Text;
      readonly split?: Split | undefined;
      readonly due: string;
      readonly tone: Tone;
      readonly segment?: ClockSegment;
    }
  /** `part`: left out, not replaced, where that part is not shown. */
  | { readonly kind: 'note'; readonly text: Text; readonly split?: Split | undefined; readonly part?: AbroadPart }
  | {
      readonly kind: 'row';
      readonly mark: RowMark;
      readonly text: Text;
      readonly split?: Split | undefined;
      readonly actions: readonly Action[];
      /** True if the first report needs the field, and its text is missing. */
      readonly needed?: boolean;
      /** True for a field that may follow later: a page shows it behind one line. */
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
  readonly example?: Text;
  readonly required: boolean;
  /** True if the field may stay empty for now, but the first report must state it: not labelled "optional". */
  readonly reported?: boolean;
} /** `words`: it goes into the Chinese report, as Chinese text or as a registered name; absent: it does not. */ & (
  | {
      readonly kind: 'text';
      readonly multiline: boolean;
      readonly maxLength: number;
      readonly value: string;
      /** Kind of text for the Chinese report: Chinese words, or a registered name; absent: not printed in it. */
      readonly words?: 'chinese' | 'name';
    }
  /** Text read by the grammar while the person types. `choices`: usual entries, for a platform without text fields. */
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
      /** Field to which the input belongs: a platform short of space may group all inputs of one field. */
      readonly of?: string;
    }
  /** Field for a file, only on pages that accept files: its value is the name of a file that was added to the incident. */
  | { readonly kind: 'file' }
);

/** An input form; `parseForm` in `forms.ts` turns what was entered into commands or into errors per field. */
export interface Form {
  readonly ref: FormRef;
  readonly title: Text;
  readonly intro: readonly Text[];
  readonly fields: readonly FormField[];
  readonly submit: Text;
  /** Result of the entries, shown before submission (`App.preview`): the paper, or the sentence for the record. */
  readonly preview?: 'paper' | 'sentence';
}

/** A card kept current in a room: equal content gives an equal hash, so unchanged content is not sent. */
export interface Surface {
  readonly key: SurfaceKey;
  readonly card: Card;
  /** Instant (wall time) at which the content changes by the passing of time alone; null if it does not. */
  readonly validUntil: string | null;
  /** Renewal interval of a countdown on the card, in milliseconds of wall time. */
  readonly every?: number;
  /** True for a card that only replaces an earlier post; it is never posted for the first time. */
  readonly ifPosted?: true;
  /** First post where one act makes one message (`Messenger.postsOnce`): the card includes the first question. */
  readonly opening?: Card | undefined;
  /** News of the surface (`newsOf`), where they are known without the card; absent: they are taken from the card. */
  readonly news?: string | null | undefined;
  /** True for a card without a message of its own: its question is in another card, or a button opens it. */
  readonly behind?: true | undefined;
}
export type SurfaceKey = 'status' | 'question' | 'checklist' | 'draft';
