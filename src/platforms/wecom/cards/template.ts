import { CARD_COUNTS } from '../limits.ts';
import { cut, oneLine } from '../text.ts';

/** Types of the template cards we send; each field is documented for both the app and the smart bot. */
export interface MainTitle {
  readonly title: string;
  readonly desc?: string;
}
export interface HorizontalRow {
  readonly keyname: string;
  readonly value: string;
}
export interface CardButton {
  readonly text: string;
  readonly key: string;
  /** Style: 1 blue, 2 blue on white, 3 red, 4 grey. */
  readonly style: 1 | 2 | 3 | 4;
}
export interface Selection {
  readonly question_key: string;
  readonly title: string;
  readonly option_list: readonly { readonly id: string; readonly text: string }[];
  readonly selected_id: string;
}
interface Sourced {
  /** Line above the title: 0 grey, 1 black, 2 red, 3 green. */
  readonly source?: { readonly desc: string; readonly desc_color: 0 | 1 | 2 | 3 };
}
export interface ButtonCard extends Sourced {
  readonly card_type: 'button_interaction';
  readonly main_title: MainTitle;
  readonly sub_title_text?: string;
  readonly horizontal_content_list?: readonly HorizontalRow[];
  /** Single drop-down beside the buttons. */
  readonly button_selection?: Selection;
  readonly button_list: readonly CardButton[];
}
export interface VoteCard extends Sourced {
  readonly card_type: 'vote_interaction';
  readonly main_title: MainTitle;
  readonly checkbox: {
    readonly question_key: string;
    /** Mode: 0 one answer, 1 several. */
    readonly mode: 0 | 1;
    readonly option_list: readonly { readonly id: string; readonly text: string; readonly is_checked: boolean }[];
  };
  readonly submit_button: { readonly text: string; readonly key: string };
}
/** Card of up to three drop-downs that are sent together. */
export interface SelectCard extends Sourced {
  readonly card_type: 'multiple_interaction';
  readonly main_title: MainTitle;
  readonly select_list: readonly Selection[];
  readonly submit_button: { readonly text: string; readonly key: string };
}
export type TemplateCard = ButtonCard | VoteCard | SelectCard;

/** Returns a drop-down; its title is cut to the available space. */
export function selection(
  question_key: string,
  title: string,
  option_list: Selection['option_list'],
  selected_id: string,
): Selection {
  return { question_key, title: cut(oneLine(title), CARD_COUNTS.selectTitle), option_list, selected_id };
}

/** Keys of the questions on our cards. */
export const ROW_QUESTION = 'row';
export const PICK_QUESTION = 'pick';
export const SUBMIT_KEY = 'submit';
