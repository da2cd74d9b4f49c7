/** Open fact for the second reader, e.g. `{ id: 'personal_info_people', about: 'people whose …' }`. */
export interface OpenFact {
  readonly id: string;
  readonly about: string;
}
/** Position of a fact in a text: its words, and their index. */
export interface Marked {
  readonly fact: string;
  readonly quote: string;
  readonly from: number;
}

/**
 * Reader of texts that the parser could not read. It returns positions only: the parser reads the values there, and
 * each is a proposal. Never rejects; without an answer the result is empty.
 */
export interface SecondReader {
  readonly model: string;
  /** True if the service is outside mainland China. */
  readonly isAbroad: boolean;
  mark(text: string, facts: readonly OpenFact[]): Promise<readonly Marked[]>;
}

/** Local reader of text in pictures. Never rejects; null for an unreadable picture. */
export interface PictureReader {
  readonly name: string;
  read(content: Uint8Array): Promise<string | null>;
}
