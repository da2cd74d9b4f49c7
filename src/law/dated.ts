/** Rule that is law from a date on, or until a later date: `YYYY-MM-DD` in the regime's zone, compared as text. */
export interface Dated {
  readonly id: string;
  readonly from: string;
  /** The first day on which it is no longer law. Absent: still law. */
  readonly until?: string;
}

/** Returns the rules that are law on a date; without a date, those that have not been repealed. */
export function inForce<T extends Dated>(rules: readonly T[], date: string | null): readonly T[] {
  return rules.filter((rule) => isInForce(rule, date));
}

export function isInForce({ from, until }: Dated, date: string | null): boolean {
  return date === null ? until === undefined : from <= date && (until === undefined || date < until);
}

export interface DateFault {
  readonly id: string;
  readonly kind: 'empty' | 'overlap' | 'gap';
  readonly at: string;
}

/** Faults in the dates of rules: versions of one rule (same id) must follow each other without overlap or gap. */
export function dateFaults(rules: readonly Dated[]): readonly DateFault[] {
  const faults: DateFault[] = [];
  for (const versions of Map.groupBy(rules, (rule) => rule.id).values()) {
    const ordered = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    ordered.forEach((rule, index) => {
      if (rule.until !== undefined && rule.until <= rule.from)
        faults.push({ id: rule.id, kind: 'empty', at: rule.from });
      const next = ordered[index + 1];
      if (next === undefined || rule.until === next.from) return;
      const kind = rule.until !== undefined && rule.until < next.from ? 'gap' : 'overlap';
      faults.push({ id: rule.id, kind, at: next.from });
    });
  }
  return faults;
}
