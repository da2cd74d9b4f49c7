import type { EventOf } from '../record/events.ts';
import type { FieldEntry, FieldVersion, Stamp } from '../state.ts';

/**
 * Versions of a field, all kept. The newest counts, unless its author had not seen another person's version: then both
 * conflict, and one has to be chosen. A new version drops an older confirmed report wording as stale.
 */
export const evolveField = {
  filled(entry: FieldEntry | undefined, payload: EventOf<'field_filled'>['payload'], stamp: Stamp): FieldEntry {
    const { value, basedOn } = payload;
    const version: FieldVersion = {
      ...stamp,
      state: value.state,
      text: value.state === 'unknown' ? null : value.text,
      asOf: value.state === 'estimate' ? value.asOf : null,
      basedOn,
    };
    const versions = [...(entry?.versions ?? []), version];
    const latest = entry?.versions.at(-1);
    const clash =
      latest !== undefined && latest.version > basedOn && latest.by !== stamp.by && latest.text !== version.text;
    const open = entry !== undefined && entry.versions.length > 0 && entry.current === null;
    return {
      versions,
      current: clash || (open && latest !== undefined && latest.version > basedOn) ? null : version,
      wording: payload.wording === undefined ? null : { ...stamp, text: payload.wording },
    };
  },
  worded(entry: FieldEntry | undefined, text: string, stamp: Stamp): FieldEntry {
    return { versions: entry?.versions ?? [], current: entry?.current ?? null, wording: { ...stamp, text } };
  },
  chosen(entry: FieldEntry | undefined, version: number): FieldEntry {
    const versions = entry?.versions ?? [];
    return { versions, current: versions.find((v) => v.version === version) ?? null, wording: null };
  },
};

/** Two conflicting versions, newest last; empty if there is no conflict. */
export function clashingVersions(entry: FieldEntry | undefined): readonly FieldVersion[] {
  return entry && entry.current === null ? entry.versions.slice(-2) : [];
}
