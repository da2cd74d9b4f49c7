import type { IncidentState } from '../state.ts';
import type { IncidentAssessment } from './assessment.ts';

interface Of {
  readonly state: IncidentState;
  readonly ia: IncidentAssessment;
}

/**
 * Cache of values derived from a record and its assessment: each is computed once per key and dropped with the
 * assessment. Several cards and sentences ask for the same value in one turn.
 */
export function onceFor<Value>(): (of: Of, key: string, make: () => Value) => Value {
  const known = new WeakMap<
    IncidentAssessment,
    { readonly state: IncidentState; readonly values: Map<string, Value> }
  >();
  return ({ state, ia }, key, make) => {
    const before = known.get(ia);
    const kept = before?.state === state ? before : { state, values: new Map<string, Value>() };
    if (kept !== before) known.set(ia, kept);
    const value = kept.values.get(key);
    if (value !== undefined) return value;
    const made = make();
    kept.values.set(key, made);
    return made;
  };
}
