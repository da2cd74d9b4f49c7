import type { IndexFigure, IndexQuery, IndexSort, Judging, PlainReader, RegisterIndex } from '../use-cases/ports.ts';
import { INCIDENT_COLUMNS, incidentOf, type Statement, type StoredIncident, varied } from './reads.ts';
import type { Dialect, Sql, Value } from './sql.ts';
import { namesOf } from './write-statements.ts';

const ENTRY = `incident text, day text, month text, drill int, imported int, level text, rank int, phase text, stage int,
  next bigint, declared bigint, due int, timely int, verdict int, draft int, filing int`;
const KEPT = `${ENTRY}, version int, judge text, judged bigint, holds bigint, plain int, organisation text, latest bigint, lead text,
  words text`;

/** SQL of the sort columns. Without a deadline an incident is last. */
const SORTS: Readonly<Record<IndexSort['by'], string>> = {
  incident: 'found.incident',
  next: 'coalesce(found.next, 9007199254740991)',
  level: '-found.rank',
  phase: 'found.stage',
  declared: '-found.declared',
};

/** Index of the register on either database. */
export function registerIndex(sql: Sql): RegisterIndex {
  const { rows } = sql.dialect;
  const kept = namesOf(KEPT);
  // An entry of an earlier version, e.g. of an incident erased meanwhile, is not kept.
  const keep = sql.note(
    `INSERT INTO register_entries (${kept.join(', ')}) SELECT ${kept.map((name) => `r.${name}`).join(', ')}
     FROM ${rows('$1', KEPT)} AS r JOIN incidents i ON i.id = r.incident AND i.version = r.version WHERE true
     ON CONFLICT (incident) DO UPDATE SET ${kept.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const outdated = sql.all<{ id: string }>(
    `SELECT i.id FROM incidents i LEFT JOIN register_entries r ON r.incident = i.id AND ${counts('$1', '$2')}
     WHERE r.incident IS NULL ORDER BY i.seq`,
  );
  const roomsOf = sql.all<{ room: string }>(`SELECT DISTINCT member AS room FROM incident_members WHERE kind = 'r'`);
  const others = varied<StoredIncident>(sql);
  const pages = varied<{ readonly incident: string; readonly total: number }>(sql);
  const figures = varied<IndexFigure>(sql);
  return {
    outdated: async ({ judge, now }) => (await outdated(judge, now)).map(({ id }) => id),
    keep: async (entries) => {
      // PostgreSQL rejects NUL, and with one entry the whole list.
      const storable = entries.map((one) => ({ ...one, words: one.words.replaceAll('\0', '\ufffd') }));
      if (entries.length > 0) await keep(JSON.stringify(storable));
    },
    rooms: async () => (await roomsOf()).map(({ room }) => room),
    organisations: sql.all(
      'SELECT organisation, min(incident) AS incident FROM register_entries WHERE plain = 1 GROUP BY organisation',
    ),
    others: async (judging, reader, open) =>
      (await others(othersOf(sql.dialect, judging, reader, open))).map(incidentOf),
    page: async (query, { by, down }, limit) => {
      const { text, values } = foundBy(sql.dialect, query);
      const page = await pages({
        text: `${text} SELECT found.incident, count(*) OVER () AS total FROM found JOIN incidents i ON i.id = found.incident
          ORDER BY ${SORTS[by]} ${down ? 'DESC' : 'ASC'}, i.seq DESC LIMIT $${values.length + 1}`,
        values: [...values, limit],
      });
      return { incidents: page.map(({ incident }) => incident), total: page[0]?.total ?? 0 };
    },
    figures: async (query) => {
      const { text, values } = foundBy(sql.dialect, query);
      return figures({ text: `${text}, ${FIGURES}`, values });
    },
  };
}

type Given = (value: Value) => string;

/** Condition for an entry (`r`) of an incident (`i`) that counts. */
function counts(judge: string, now: string): string {
  return `r.version = i.version AND r.judge = ${judge} AND ${now} BETWEEN r.judged AND r.holds`;
}

/** Condition for the plain incidents that a reader sees whole. */
function seenWhole({ texts }: Dialect, { judge, now }: Judging, reader: PlainReader, given: Given): string {
  const plain = `r.plain = 1 AND ${counts(given(judge), given(now))}`;
  if (reader === null) return plain;
  return `${plain} AND r.organisation IN ${texts(given(JSON.stringify(reader.organisations)))} AND i.seq IN (
    SELECT seq FROM incident_members WHERE kind = 'r' AND member IN ${texts(given(JSON.stringify(reader.rooms)))})`;
}

function othersOf(dialect: Dialect, judging: Judging, reader: PlainReader, open: boolean | undefined): Statement {
  const values: Value[] = [];
  const whole = seenWhole(dialect, judging, reader, (value) => `$${values.push(value)}`);
  const state = open === undefined ? '' : `AND i.phase ${open ? '<>' : '='} 'closed'`;
  const from = 'incidents i LEFT JOIN register_entries r ON r.incident = i.id';
  return {
    text: `SELECT ${INCIDENT_COLUMNS} FROM ${from} WHERE (${whole}) IS NOT TRUE ${state} ORDER BY i.seq DESC`,
    values,
  };
}

/** Start of a query over the incidents that a reader finds (`found`): the plain ones, and those judged for the reader. */
function foundBy(dialect: Dialect, query: IndexQuery): Statement {
  const { judged, reader, open, since, lead, search = '', from, until, drills, level, phase } = query;
  const values: Value[] = [JSON.stringify(judged)];
  const given: Given = (value) => `$${values.push(value)}`;
  const when = (value: Value | undefined, condition: (given: string) => string): readonly string[] =>
    value === undefined || value === '' ? [] : [condition(given(value))];
  const names = namesOf(ENTRY).join(', ');
  const whole = [
    seenWhole(dialect, query, reader, given),
    'r.incident NOT IN (SELECT incident FROM judged)',
    ...(open === undefined ? [] : [`r.phase ${open ? '<>' : '='} 'closed'`]),
    ...when(since, (least) => `r.latest >= ${least}`),
    ...(lead === undefined ? [] : [`r.lead = ${given(lead)}`]),
    ...when(search, (words) => `${dialect.position}(r.words, ${words}) > 0`),
  ];
  const wanted = [
    'true',
    ...(drills ? [] : ['drill = 0']),
    ...when(from, (day) => `day >= ${day}`),
    ...when(until, (day) => `day <= ${day}`),
    ...when(level, (one) => `level = ${one}`),
    ...when(phase, (one) => `phase = ${one}`),
  ];
  const plain = namesOf(ENTRY).map((name) => `r.${name}`);
  const text = `WITH judged AS (SELECT ${names} FROM ${dialect.rows('$1', ENTRY)} AS j),
    seen AS (SELECT ${plain.join(', ')} FROM register_entries r JOIN incidents i ON i.id = r.incident
      WHERE ${whole.join(' AND ')} UNION ALL SELECT ${names} FROM judged),
    found AS (SELECT * FROM seen WHERE ${wanted.join(' AND ')})`;
  return { text, values };
}

/** Steps of which the medians are counted, as columns of an entry. */
const STEPS = ['verdict', 'draft', 'filing'] as const;
const SUMS = [
  ['incidents', 'count(*)'],
  ['recordedAfterwards', 'sum(imported)'],
  ['due', 'sum(due)'],
  ['inTime', 'sum(timely)'],
];
/** End of a query over `found`: its figures, and with the empty month those of all. Drills are left out. */
const FIGURES = `entries AS (SELECT * FROM found WHERE drill = 0),
  counted AS (SELECT '' AS counted_in, entries.* FROM entries
    UNION ALL SELECT month, entries.* FROM entries WHERE month IS NOT NULL),
  steps AS (${STEPS.map((step) => `SELECT counted_in, '${step}' AS kind, ${step} AS took FROM counted WHERE ${step} IS NOT NULL`).join(' UNION ALL ')}),
  places AS (SELECT counted_in, kind, took, count(*) OVER (PARTITION BY counted_in, kind) AS many,
    row_number() OVER (PARTITION BY counted_in, kind ORDER BY took) AS place FROM steps)
  ${SUMS.map(([kind, sum]) => `SELECT counted_in AS month, '${kind}' AS kind, CAST(${sum} AS DOUBLE PRECISION) AS n FROM counted GROUP BY counted_in`).join(' UNION ALL ')}
  UNION ALL SELECT counted_in, 'level:' || coalesce(level, 'undetermined'), count(*) FROM counted GROUP BY 1, 2
  UNION ALL SELECT counted_in, kind, CAST(avg(took) AS DOUBLE PRECISION) FROM places
    WHERE place IN ((many + 1) / 2, (many + 2) / 2) GROUP BY 1, 2`;
