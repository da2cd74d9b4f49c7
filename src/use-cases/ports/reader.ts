/** Open fact, as it is given to the second reader, e.g. `{ id: 'personal_info_people', about: 'people whose …' }`. */
export interface OpenFact {
  readonly id: string;
  readonly about: string;
}
/** Place of a fact in a text: its words, and where they stand. */
export interface Marked {
  readonly fact: string;
  readonly quote: string;
  readonly from: number;
}

/**
 * Reader of texts that ours could not read. It returns places only: values are read by our own reader, and each is a
 * proposal. Never rejects; without an answer it found nothing.
 */
export interface SecondReader {
  readonly model: string;
  /** True if it stands outside mainland China. */
  readonly isAbroad: boolean;
  mark(text: string, facts: readonly OpenFact[]): Promise<readonly Marked[]>;
}

/** Reader of the text in pictures, on this machine. Never rejects; null for what it cannot read. */
export interface PictureReader {
  readonly name: string;
  read(content: Uint8Array): Promise<string | null>;
}
