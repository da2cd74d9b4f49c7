/** Topics by the first end of a line: `view why`, `cmd hand_over`. */
const BY_FIRST: Readonly<Record<string, string>> = {
  silent: 'quiet',
  closed: 'hold',
  'view status': 'countdown',
  'view clocks': 'countdown',
  'view why': 'why',
  'view owed': 'owed',
  'view people': 'people_view',
  'view question': 'explain',
  'view download': 'download',
  'view text': 'read',
  'view draft': 'read',
  'view help': 'help',
  'view catchup': 'catchup',
  'view next': 'next',
  'view checklist': 'items',
  'view script': 'script',
  'view answers': 'undo',
  'view law': 'late',
  'cmd hand_over': 'hand_over',
  'cmd add_person': 'hand_over',
  'cmd take_lead': 'lead',
  'cmd take_over': 'lead',
  'cmd decide_level': 'level',
  'cmd fill_field': 'field',
  'cmd approve': 'approve',
  'cmd request_approval': 'approve',
  'cmd snooze': 'snooze',
  'cmd set_language': 'language',
  'form judgements': 'judge',
  'form another_level': 'level',
  'form first_report': 'first_report',
  'form ongoing': 'going',
  'form site_outage_minutes': 'outage',
  'form correct': 'undo',
};

/** Topics by a part of any end, in order of trial. */
const BY_ANY: readonly (readonly [RegExp, string])[] = [
  [/报案|olice/, 'police'],
  [/phone_report/, 'phoned'],
  [/withdraw_declaration|not_reportable|form close|误报/, 'withdraw'],
];
const BY_NOTE: readonly (readonly [RegExp, string])[] = [
  [/view question/, 'explain'],
  [/view help/, 'help'],
  [/view people|request_approval/, 'people_view'],
  [/view why/, 'why'],
  [/hand_over/, 'hand_over'],
  [/./, 'note'],
];
const BY_OFFER: readonly (readonly [RegExp, string])[] = [
  [/个人信息种类|Kinds of personal/, 'data'],
  [/decide_approval|稿/, 'approve'],
  [/form judgements|system_loss/, 'judge'],
  [/another_level|decide_level/, 'level'],
  [/fill_field|措施|easures|lue/, 'field'],
  [/^aware/, 'awareness'],
];
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/data\.leak|泄|leak|data\.theft/, 'type_leak'],
  [/ransom|勒索/, 'type_ransom'],
  [/defacement|篡改|amper/, 'type_deface'],
  [/enial|DDoS|ddos|拒绝/, 'type_ddos'],
  [/supporting/, 'type_supporting'],
  [/ault|echnical|故障|ailure|istake/, 'type_fault'],
  [/hishing|钓鱼/, 'type_phishing'],
  [/ining|挖矿/, 'type_mining'],
  [/onfig|配置/, 'type_config'],
  [/malware|恶意|木马|rojan/, 'type_malware'],
  [/ttack|ompromised|失陷|攻击|入侵|后门|ackdoor/, 'type_intrusion'],
];
const BY_FACT: readonly (readonly [RegExp, string])[] = [
  [/direct_loss|损失|loss/, 'loss'],
  [/personal_info_people/, 'count'],
  [/site_outage/, 'outage'],
  [/^(?:\w+ )?ongoing/, 'going'],
];
const BY_STATE: Readonly<Record<string, string>> = {
  system: 'system',
  awareness: 'awareness',
  people: 'count',
  ongoing: 'going',
  outage: 'outage',
};

/** Topics by what is asked. */
const BY_ASKED: readonly (readonly [RegExp, string])[] = [
  [/不清楚|Don/, 'skip'],
  [/提醒|snooz/, 'snooze'],
  [/勒索|ansom/, 'type_ransom'],
  [/^ask \d\d:\d\d/, 'awareness'],
];
/** States in which a time that is asked about belongs to a condition. */
const LASTING: Readonly<Record<string, true>> = { ongoing: true, outage: true };
const SITE = /商城|网站|官网|页面|(?<![a-z])(?:site|shop|store|page)(?![a-z])/;

const found = (all: readonly (readonly [RegExp, string])[], words: string): string | undefined =>
  all.find(([pattern]) => pattern.test(words))?.[1];

/** Returns the topic of a line of the tables by its wanted end; null for an end that tells none. */
export function topicOf(state: string, line: string, wanted: string): string | null {
  const [first = ''] = wanted.split(' or ');
  const [kind = '', what = ''] = first.split(' ');
  const any = kind === 'note' ? undefined : found(BY_ANY, wanted);
  if (any !== undefined) return any;
  if (kind === 'filing' || first === 'form filing') return /12387(?!网站| website)/.test(line) ? 'phoned' : 'filed';
  if (kind === 'note') return found(BY_NOTE, wanted) ?? null;
  if (first === 'form ongoing' && (state === 'outage' || SITE.test(line))) return 'outage';
  if (first === 'view why' && /view question/.test(wanted)) return 'explain';
  if (kind === 'ask') {
    const asked = found(BY_ASKED, first);
    if (asked !== undefined && !(asked === 'awareness' && state in LASTING)) return asked;
  }
  const known = BY_FIRST[kind === 'silent' || kind === 'closed' ? kind : `${kind} ${what}`];
  if (known !== undefined) return known;
  if (kind === 'left' || /=unknown$/.test(first)) return null;
  if (/撤销|ndo\b/.test(first)) return 'undo';
  const offer = found(BY_OFFER, wanted);
  if (offer !== undefined) return offer;
  if (state === 'type' || /incident_type/.test(wanted)) return found(TYPES, wanted) ?? found(TYPES, line) ?? null;
  return (
    found(BY_FACT, `${what} ${wanted}`) ??
    (kind === 'fact' && what.startsWith('system') ? 'system' : (BY_STATE[state] ?? null))
  );
}
