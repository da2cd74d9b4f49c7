import { fold } from '../characters.ts';

/** 〔INC-2026-0007〕, "inc-2026-0007", ＩＮＣ－２０２６－０００７. */
const ID = /(?<![a-z0-9])(inc|drill)-(\d{4})-(\d{4,6})(?![\da-z])/;

/** The first incident id in a text, as it is stored (`INC-2026-0007`); undefined when there is none. */
export function findIncidentId(text: string): string | undefined {
  const match = ID.exec(fold(text));
  return match ? match[0].toUpperCase() : undefined;
}

/** The text is an id and nothing else, brackets aside. */
export function isOnlyIncidentId(folded: string): boolean {
  return /^[[("<]*(?:inc|drill)-\d{4}-\d{4,6}[\])">]*$/.test(folded.trim());
}
