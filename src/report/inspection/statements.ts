import type { InspectionItem } from '../../law/inspection.ts';
import type { Dossier, Statement } from './dossier.ts';
import type { TopicOf } from './topics.ts';

/** Statement proved by entries of the record, e.g. `proved(one, text, 4, 9)`. */
export function proved(one: Dossier, text: string, ...versions: readonly number[]): Statement {
  return { text, of: [...new Set(versions)].map((version) => ({ incident: one.state.id, version })) };
}

export function named({ state }: Dossier, text: string): string {
  return `${state.id} ${text}`;
}

/** Topic on the profile as each record froze it in its first entry; incidents recorded afterwards are left out. */
export function ofProfile(texts: (one: Dossier) => readonly (string | null | undefined)[]): TopicOf {
  return (records) =>
    records.flatMap((one) =>
      (one.state.imported ? [] : texts(one)).flatMap((text) =>
        text ? [proved(one, text, one.state.declared.version)] : [],
      ),
    );
}

/** Topic on real incidents. `each`: an incident without a statement is listed as not proved, by its title. */
export function ofIncidents(
  statements: (one: Dossier, item: InspectionItem) => readonly Statement[],
  each = false,
): TopicOf {
  return (records, item) =>
    records.flatMap((one) => {
      if (one.state.drill) return [];
      const made = statements(one, item);
      return made.length > 0 || !each ? made : [proved(one, named(one, one.state.title))];
    });
}

export function ofDrills(statements: (one: Dossier) => readonly Statement[]): TopicOf {
  return (records) => records.flatMap((one) => (one.state.drill ? statements(one) : []));
}
