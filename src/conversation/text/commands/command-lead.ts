import { fold } from '../characters.ts';

/** Removal of text before a command: quotations, mentions of the bot, the incident's tag, the slash. */

/** Names of the bot in folded text, the longest first. */
const NAMES: readonly string[] = ['jishi', '计时', '及时'];
const SLASH_COMMANDS: readonly string[] = ['incident', 'jishi', '事件', '计时'];

/** Characters that chat programs put after a mention; for a name with spaces they show its end. */
const MENTION_END = /[\u2004-\u2006]/;
const LONGEST_MENTION = 64;
/** Maximum number of quoted lines that are read, because each costs a copy of the rest. */
const MOST_QUOTED_LINES = 200;
const MOST_MENTIONS = 20;
const TAG = /^[〔【[(（]?\s*(?:INC|DRILL)-\d{4}-\d{4,6}\s*[〕】\])）]?[\s:：,，]*/i;
/** Pattern of a mention by id: <@U0123> and <@U0123|name>. */
const ID_MENTION = /^<@[A-Z0-9]{1,32}(?:\|[^<>]{0,80})?>[\s:：,，]*/;
const SEPARATORS = /^[\s:：,，\u2004-\u2006]+/;

/** Returns a text without its quotation, as chat programs send it: 「name：text」 - - - reply, and "> text". */
function withoutQuote(text: string): string {
  let rest = text.trimStart();
  if (/^[「“"]/.test(rest)) {
    const rule = rest.indexOf('\n- - -');
    const end = rule < 0 ? -1 : rest.indexOf('\n', rule + 1);
    if (end > 0) rest = rest.slice(end + 1).trimStart();
  }
  for (let lines = 0; lines < MOST_QUOTED_LINES && /^(?:>|&gt;)/.test(rest); lines += 1) {
    const end = rest.indexOf('\n');
    if (end < 0) break;
    rest = rest.slice(end + 1).trimStart();
  }
  return rest;
}

/** Pattern of the end of a bot's name, so that 计时 is not found in 计时机器人. */
const NAME_END = /^(?:$|[\s\u2004-\u2006:：,，.。!！?？、/／])/;

function afterName(rest: string): string | undefined {
  const folded = fold(rest.slice(0, LONGEST_MENTION));
  const name = NAMES.find((one) => folded.startsWith(one, 1) && NAME_END.test(rest.charAt(1 + one.length)));
  return name === undefined ? undefined : rest.slice(1 + name.length).replace(SEPARATORS, '');
}

/** Returns the text right after a name without a space: @计时状态 is the name and a command. */
function joinedTo(rest: string): readonly string[] {
  const folded = fold(rest.slice(0, LONGEST_MENTION));
  return NAMES.filter((one) => folded.startsWith(one, 1)).map((one) => rest.slice(1 + one.length));
}

/** Pattern of an incident id in folded text: 〔INC-2026-0007〕, "inc-2026-0007", ＩＮＣ－２０２６－０００７. */
const ID = /(?<![a-z0-9])(inc|drill)-(\d{4})-(\d{4,6})(?![\da-z])/;

/** Returns the first incident id in a text, as it is stored (`INC-2026-0007`); undefined when there is none. */
export function findIncidentId(text: string): string | undefined {
  const match = ID.exec(fold(text));
  return match ? match[0].toUpperCase() : undefined;
}

/** Returns an incident's tag, e.g. 〔INC-2026-0007〕, by which a quoted message is assigned to it. */
export function tagOf(incident: string): string {
  return incident === '' ? '' : `〔${incident}〕`;
}

/** Returns true if the text is only an incident id, with or without brackets. */
export function isOnlyIncidentId(folded: string): boolean {
  return /^[[("<]*(?:inc|drill)-\d{4}-\d{4,6}[\])">]*$/.test(folded.trim());
}

interface Stripped {
  readonly rest: string;
  /** Alternatives for the rest of the line if the name has spaces, so that its end is unknown. */
  readonly others: readonly string[];
  /** Alternatives for the rest of the line if the name contains words of any kind. */
  readonly far: readonly string[];
}

const MOST_WORDS = 3;
/** Pattern of a word that may belong to a name. It must be capitalised, or "don't close" would become "close". */
const LATIN = /^[A-Z][a-z]{1,30}\s+(?=\S)/;
const ANY = /^[\p{Script=Han}A-Za-z\d_·-]{1,12}[\s\u2004-\u2006]+(?=\S)/u;

function furtherEnds(rest: string, word: RegExp): readonly string[] {
  const ends: string[] = [];
  let left = rest;
  for (let words = 0; words < MOST_WORDS; words += 1) {
    const more = word.exec(left);
    if (!more) break;
    left = left.slice(more[0].length);
    ends.push(left);
  }
  return ends;
}

function afterMention(rest: string): Stripped | undefined {
  const byId = ID_MENTION.exec(rest);
  if (byId) return { rest: rest.slice(byId[0].length), others: [], far: [] };
  if (!/^[@＠]/.test(rest)) return undefined;
  const end = rest.slice(0, LONGEST_MENTION).search(MENTION_END);
  const known = afterName(rest);
  if (known === undefined && end > 0) return { rest: rest.slice(end).replace(SEPARATORS, ''), others: [], far: [] };
  const name = /^[@＠][^\s@＠:：,，]{1,63}/.exec(rest);
  const after = known ?? (name && rest.slice(name[0].length).replace(SEPARATORS, ''));
  if (after === null) return undefined;
  const others = known === undefined ? joinedTo(rest) : [];
  return { rest: after, others: [...furtherEnds(after, LATIN), ...others], far: furtherEnds(after, ANY) };
}

/** Returns the text without a mention of the bot at its end: 状态 @计时. */
function withoutTrailing(text: string): string {
  const from = Math.max(0, text.length - LONGEST_MENTION);
  const [mention, before = '', name = ''] = /([^A-Za-z\d._-])[@＠]([^\s@＠]{1,63})\s*$/.exec(text.slice(from)) ?? [];
  if (mention === undefined || !NAMES.some((one) => fold(name).startsWith(one))) return text;
  return text.slice(0, text.length - mention.length) + before;
}

function afterSlash(line: string): string | undefined {
  const slash = /^[/／](\p{L}{1,20})(?:\s+|$)/u.exec(line);
  return slash && SLASH_COMMANDS.includes(fold(slash[1] ?? '')) ? line.slice(slash[0].length) : undefined;
}
const withoutSlash = (line: string): string => (afterSlash(line) ?? line).trim();

export interface Lead {
  /** Candidates for the text of the command, the likeliest first. */
  readonly lines: readonly string[];
  /** Candidates if more leading words belong to a name: too uncertain for a command that decides something. */
  readonly far: readonly string[];
  /** True if the line only addresses the bot, or is a bare slash command. */
  readonly addressedOnly: boolean;
}

/** Removes quotations, mentions, tags and the slash from the front of a message. */
export function stripLead(text: string): Lead {
  let rest = withoutTrailing(withoutQuote(text));
  let others: readonly string[] = [];
  let far: readonly string[] = [];
  let addressed = false;
  for (let parts = 0; parts < MOST_MENTIONS; parts += 1) {
    const tag = TAG.exec(rest);
    if (tag && tag[0].length < rest.length) {
      rest = rest.slice(tag[0].length);
      continue;
    }
    const mention = afterMention(rest);
    if (!mention) break;
    addressed = true;
    rest = mention.rest;
    ({ others, far } = mention);
  }
  const command = afterSlash(rest);
  if (command !== undefined) {
    rest = command;
    addressed = true;
  } else if (/^[/／]\p{L}/u.test(rest)) {
    others = [rest.slice(1), ...others];
  }
  return {
    lines: [rest, ...others].map(withoutSlash),
    far: far.map(withoutSlash),
    addressedOnly: addressed && rest.trim() === '',
  };
}
