/** Entries of a record that lose their content once it is erased: all but the last, which records the erasure. */
export const ERASED_ENTRIES = "type <> 'erased' AND bytes IS NOT NULL";

/**
 * SQL condition that is true if the record of an incident ends with its erasure; `id` is the placeholder of its id,
 * e.g. `$1`.
 */
export function isErased(id: string): string {
  return `EXISTS (SELECT 1 FROM events WHERE incident = ${id} AND type = 'erased')`;
}
