import { fold } from '../characters.ts';
import words from './pasted-words.json' with { type: 'json' };

/** Names before a colon that occur in alerts, logs and e-mails but not in reports of this program. */
const NAMES: ReadonlySet<string> = new Set(words.names);
const [LEAST_ROWS, LEAST_NAMED] = [3, 2];

/** Returns true if a text is an alert, an e-mail or a log that was pasted rather than written. */
export function isPasted(text: string): boolean {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  if (rows.length < LEAST_ROWS) return false;
  const named = rows.filter((row) =>
    NAMES.has(/^\s*[[【*-]*\s*([^:\n]{1,24}?)\s*[\]】]*\s*:/.exec(fold(row))?.[1] ?? ''),
  );
  const stamped = rows.filter((row) => STAMP.test(row));
  const least = HEADING.test(fold(rows[0] ?? '')) ? 1 : LEAST_NAMED;
  return named.length >= least || stamped.length >= LEAST_ROWS;
}
/** Pattern of a first row that names the kind of message: 【监控告警】, [ALERT]. */
const HEADING = /^\s*[[【<*#]+[^\]】>:]{0,24}(?:告警|报警|警报|通知|预警|alert|alarm|warning|critical|notification)/;
/** Pattern of a line of a log: it begins with a date and a time. */
const STAMP = /^\s*\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** Title of an incident from a pasted text: the subject of an e-mail, otherwise the value of its first row. */
export function titleOfPasted(text: string): string {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  const first = rows.find((row) => SUBJECT.test(fold(row))) ?? rows[0] ?? '';
  const value = /^[^:：\n]{1,24}[:：]\s*(.+)$/.exec(first.trim())?.[1] ?? first;
  return value.trim().slice(0, LONGEST_TITLE);
}
const SUBJECT = /^\s*(?:subject|主题)\s*:\s*\S/;
const LONGEST_TITLE = 80;
