import { fold } from '../characters.ts';
import words from './pasted-words.json' with { type: 'json' };

/** Names before a colon that occur in alerts, logs and e-mails but not in reports of this program. */
const NAMES: ReadonlySet<string> = new Set(words.names);
const [LEAST_ROWS, LEAST_NAMED] = [3, 2];
/** Pattern of a row above a quoted or forwarded message: "On … wrote:", 在…写道：, 发件人：. Takes folded text. */
const QUOTING =
  /^\s*(?:on .{6,90} wrote:|[在于].{4,80}写道:|.{0,40}\d{1,2}:\d{2}.{0,40}(?:wrote|写道):\s*$|-{2,} ?(?:original message|forwarded message|原始邮件|转发的?邮件|回复的?邮件)|begin forwarded message|(?:from|发件人) ?:.*\S)/;
/** Pattern of a row of a copied chat: 张强 8:52:10. Takes folded text. */
const SPEAKER = /^\s*[a-z一-龥][^:]{0,24} (?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日? )?\d{1,2}:\d{2}(?::\d{2})?\s*$/;

/** Returns true if a text is an alert, an e-mail or a log that was pasted rather than written. */
export function isPasted(text: string): boolean {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  const folded = rows.map(fold);
  if (folded.some((row) => MACHINE.test(row))) return true;
  if (rows.length < 2) return false;
  if (folded.some((row) => QUOTING.test(row))) return true;
  if (folded.filter((row) => SPEAKER.test(row)).length >= LEAST_NAMED) return true;
  if (rows.length < LEAST_ROWS) return false;
  const named = rows.filter((row) =>
    NAMES.has(/^\s*[[【*-]*\s*([^:\n]{1,24}?)\s*[\]】]*\s*:/.exec(fold(row))?.[1] ?? ''),
  );
  const stamped = rows.filter((row) => STAMP.test(row));
  const least = HEADING.test(fold(rows[0] ?? '')) ? 1 : LEAST_NAMED;
  return named.length >= least || stamped.length >= LEAST_ROWS;
}
/** Pattern of a row that only a program writes: named values, a letter to "dear user", an alert in brackets. */
const MACHINE =
  /(?:^|\s)[a-z_.-]{2,24}=\S+\s+(?:.*\s)?[a-z_.-]{2,24}=\S|尊敬的(?:用户|客户|开发者)|^\s*(?:\[|【)(?:firing|resolved|alerting|triggered|critical|p[0-3]|(?:严重|紧急|重要)?(?:告警|报警|预警|警报))[\]】:：]|^\s*\[?\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}:\d{2}\S*\s+\[?(?:warn|error|crit|alert|info|notice|sshd|kernel)/;
/** Pattern of a first row that names the kind of message: 【监控告警】, [ALERT]. */
const HEADING = /^\s*[[【<*#]+[^\]】>:]{0,24}(?:告警|报警|警报|通知|预警|alert|alarm|warning|critical|notification)/;
/** Pattern of a line of a log: it begins with a date and a time. */
const STAMP = /^\s*\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** Returns an incident's title from a pasted text: the subject of an e-mail, otherwise the value of its first row. */
export function titleOfPasted(text: string): string {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  const first = rows.find((row) => SUBJECT.test(fold(row))) ?? rows[0] ?? '';
  const value = /^[^:：\n]{1,24}(?<!\d)[:：]\s*(.+)$/.exec(first.trim())?.[1] ?? first;
  return value.trim().slice(0, LONGEST_TITLE);
}
const SUBJECT = /^\s*(?:subject|主题)\s*:\s*\S/;
const LONGEST_TITLE = 80;
