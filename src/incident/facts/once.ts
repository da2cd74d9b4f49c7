import type { IncidentState } from '../state.ts';
import type { IncidentAssessment } from './assessment.ts';

interface Of {
  readonly state: IncidentState;
  readonly ia: IncidentAssessment;
}

/**
 * Cache of what follows from a record and its assessment: a value is made once for each key, and is forgotten with the
 * assessment. Several cards, and the sentences about them, ask for the same in one turn.
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
