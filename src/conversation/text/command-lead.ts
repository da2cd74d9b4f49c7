import { fold } from './characters.ts';

/** What stands in front of a command: quotes, mentions, the incident's tag, the slash. */

export const DEFAULT_BOT_NAMES: readonly string[] = ['jishi', '计时', '及时'];
const SLASH_COMMANDS: readonly string[] = ['incident', 'jishi', '事件', '计时'];

/** Chat programs end a mention with one of these, so that a name with spaces has an end. */
const MENTION_END = /[\u2004-\u2006]/;
const LONGEST_MENTION = 64;
/** More than any real message has; each costs a copy of the rest. */
const MOST_QUOTED_LINES = 200;
const MOST_MENTIONS = 20;
const TAG = /^[〔【[(（]?\s*(?:INC|DRILL)-\d{4}-\d{4,6}\s*[〕】\])）]?[\s:：,，]*/i;
/** <@U0123> and <@U0123|name>: a mention by id. */
const ID_MENTION = /^<@[A-Z0-9]{1,32}(?:\|[^<>]{0,80})?>[\s:：,，]*/;
const SEPARATORS = /^[\s:：,，\u2004-\u2006]+/;

/** Quotations as chat programs send them: 「name：text」 - - - reply, and "> text". */
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

function afterName(rest: string, names: readonly string[]): string | undefined {
  const folded = fold(rest.slice(0, LONGEST_MENTION));
  for (const name of names) {
    if (!folded.startsWith(name, 1)) continue;
    const next = folded.charAt(1 + name.length);
    if (/[a-z0-9]$/.test(name) && /[a-z0-9_-]/.test(next)) continue;
    return rest.slice(1 + name.length).replace(SEPARATORS, '');
  }
  return undefined;
}

interface Stripped {
  readonly rest: string;
  /** Further possible ends of a name with spaces, when it is not known where it ends. */
  readonly others: readonly string[];
}

function afterMention(rest: string, names: readonly string[]): Stripped | undefined {
  const byId = ID_MENTION.exec(rest);
  if (byId) return { rest: rest.slice(byId[0].length), others: [] };
  if (!/^[@＠]/.test(rest)) return undefined;
  const known = afterName(rest, names);
  if (known !== undefined) return { rest: known, others: [] };
  const end = rest.slice(0, LONGEST_MENTION).search(MENTION_END);
  if (end > 0) return { rest: rest.slice(end).replace(SEPARATORS, ''), others: [] };
  const name = /^[@＠][^\s@＠:：,，]{1,63}/.exec(rest);
  if (!name) return undefined;
  const after = rest.slice(name[0].length).replace(SEPARATORS, '');
  const others: string[] = [];
  let left = after;
  // "@Li Wei 4 …": only words written like names may belong to it, or "don't close" would become "close".
  for (let words = 0; words < 2; words += 1) {
    const more = /^[A-Z][a-z]{1,30}\s+(?=\S)/.exec(left);
    if (!more) break;
    left = left.slice(more[0].length);
    others.push(left);
  }
  return { rest: after, others };
}

export interface Lead {
  /** Where the command may begin, the likeliest first. */
  readonly lines: readonly string[];
  /** Somebody was addressed, or the slash command was used, and nothing else was said. */
  readonly addressedOnly: boolean;
}

/** Takes quotations, mentions, tags and the slash off the front of a message. */
export function stripLead(text: string, botNames: readonly string[]): Lead {
  const names = botNames.map((name) => fold(name)).sort((left, right) => right.length - left.length);
  let rest = withoutQuote(text);
  let others: readonly string[] = [];
  let addressed = false;
  for (let parts = 0; parts < MOST_MENTIONS; parts += 1) {
    const tag = TAG.exec(rest);
    if (tag && tag[0].length < rest.length) {
      rest = rest.slice(tag[0].length);
      continue;
    }
    const mention = afterMention(rest, names);
    if (!mention) break;
    addressed = true;
    rest = mention.rest;
    others = mention.others;
  }
  const slash = /^\/(\p{L}{1,20})(?:\s+|$)/u.exec(rest);
  if (slash && SLASH_COMMANDS.includes(fold(slash[1] ?? ''))) {
    rest = rest.slice(slash[0].length);
    addressed = true;
  } else if (/^\/\p{L}/u.test(rest)) {
    others = [rest.slice(1), ...others];
  }
  return {
    lines: [rest.trim(), ...others.map((other) => other.trim())],
    addressedOnly: addressed && rest.trim() === '',
  };
}
