import { nearStyle } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { allMessages, isMessageKey } from '../../i18n/translate.ts';
import { ABROAD_PARTS } from '../../incident/identity.ts';
import { entryOf } from '../../law/lookup.ts';
import type { BilingualText } from '../../law/types.ts';
import type { Action, Card, Param, Text } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { buttons, sentenceCard } from '../cards/sentence.ts';
import {
  intent,
  joined,
  lawText,
  levelText,
  ofPart,
  partText,
  plain,
  recipientText,
  type Situation,
  show,
  t,
  view,
} from '../cards/situation.ts';
import { needRows, needsText } from '../closing.ts';
import { changeLabel } from '../filing/draft-changes.ts';
import { channelText } from '../filing/filing-lines.ts';
import { correctAction, fileAction, reportAction } from '../filing/report-actions.ts';

/** Refusal as every platform and the API return it; `code` e.g. `unknown_draft`. */
export interface Refused {
  readonly code: string;
  readonly field?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/**
 * Text of a refusal: the problem and what to do about it. It is never a code, and never a sentence with an empty name
 * or time in it.
 */
export function refusalText({ code, params = {} }: Refused, situation: Situation | null = null): Text {
  const own = entryOf(SAYERS, code);
  if (own) return own(params, situation);
  const key = `refuse.${code}`;
  return isMessageKey(key) ? said(key, params, situation) : t('refusal.other');
}

type Params = Readonly<Record<string, unknown>>;

/** Message with the parameters it names; if one is unknown, the message without it (`refusal.CODE_plain`). */
function said(key: MessageKey, params: Params, situation: Situation | null): Text {
  const names = [...(allMessages('en').get(key) ?? '').matchAll(/\{(\w+)/g)].map(([, name = '']) => name);
  if (names.length === 0) return t(key);
  if (names.some((name) => !COMPUTED.has(name) && isEmpty(params[name]))) return plainOf(key.replace(/^\w+\./, ''));
  return t(key, Object.fromEntries(names.map((name) => [name, shown(name, params[name], situation)])));
}

function plainOf(code: string): Text {
  const key = `refusal.${code}_plain`;
  return t(isMessageKey(key) ? key : 'refusal.other');
}

/** Parameters that come from the law in force, not from the refusal. */
const COMPUTED: ReadonlySet<string> = new Set(['n']);

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

type Shown = (value: unknown, situation: Situation | null) => Param;
const number: Shown = (value) => (typeof value === 'number' ? value : 0);
const level: Shown = (value, situation) =>
  situation ? levelText(situation.regime, string(value)) : { raw: string(value) };
const instant: Shown = (value, situation) => {
  const text = string(value);
  if (Number.isNaN(Date.parse(text))) return text;
  // Outside an incident the present is not known, so the day is always named.
  return situation ? instantNear(text, situation.ia.now) : { instant: text, style: 'short' };
};
const channel = (id: string, situation: Situation | null): Text =>
  situation ? channelText(situation, id) : { raw: id };

/** Formats of parameters by name, for all refusals; parameters not listed are ids and names of people. */
const SHOWN: Readonly<Record<string, Shown>> = {
  draft: number,
  minutes: number,
  days: number,
  n: (_, situation) => situation?.regime.items.length ?? 8,
  max: (value) => ({ amount: typeof value === 'number' ? value : 20_000 }),
  at: instant,
  value: instant,
  start: instant,
  floor: level,
  ceiling: level,
  title: (value) => ofPart('title', string(value)),
  words: (value) => ofPart('texts', string(value)),
  channel: (value, situation) => channel(string(value), situation),
  channels: (value, situation) =>
    anyOf(list(value).map((id) => t('refusal.channel_quoted', { channel: channel(id, situation) }))),
  recipient: (value, situation) => (situation ? recipientText(situation, string(value)) : { raw: string(value) }),
  changes: (value, situation) =>
    joined(list(value).map((id): Text => (situation ? changeLabel(situation, id) : { raw: id }))),
  faults: (value) => joined(bilinguals(value).map(lawText), 'semicolon'),
  parts: (value) => joined(ABROAD_PARTS.filter((part) => list(value).includes(part)).map(partText)),
};
/** Bilingual texts among a refusal's parameters, e.g. names of fields of a form. */
function bilinguals(value: unknown): readonly BilingualText[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [];
  return texts.flatMap((one) =>
    typeof one === 'object' && one !== null && 'zh' in one && 'en' in one
      ? [{ zh: string(one.zh), en: string(one.en) }]
      : [],
  );
}
const anyOf = (texts: readonly Text[]): Text => joined(texts, 'or');

function shown(name: string, value: unknown, situation: Situation | null): Param {
  return entryOf(SHOWN, name)?.(value, situation) ?? plain(string(value));
}

/** Refusal as a card, with the buttons for possible alternatives. */
export function refusalCard(refusal: Refused, situation: Situation | null = null, again: Action | null = null): Card {
  const open = refusal.code === 'owed' && situation ? needRows(situation, list(refusal.params?.['obligations'])) : [];
  // Rows name the open points, each with its buttons.
  const text = open.length > 0 ? t('refusal.owed_plain') : refusalText(refusal, situation);
  const actions = [...(again ? [again] : []), ...wayOn(refusal, situation)];
  return { ...sentenceCard(text, [...open, ...buttons(actions)]), drill: situation?.state.drill ?? false };
}

function wayOn({ code, params }: Refused, situation: Situation | null): readonly Action[] {
  const duplicate = string(params?.['id']);
  if (code === 'duplicate' && duplicate) {
    return [view('existing', t('refusal.open_existing', { id: plain(duplicate) }), 'status', { incident: duplicate })];
  }
  if (code === 'kept_private') return [intent('ask_to_join', t('act.take_part'), { type: 'ask_to_join' })];
  if (!situation) return [];
  switch (code) {
    case 'no_approver':
    case 'no_approver_named':
      return [fileAction(situation)];
    case 'filed_already':
      return situation.state.filings
        .filter(({ version }) => version === params?.['filing'])
        .map((filing) => correctAction(situation, filing));
    case 'first_report_first':
      return [reportAction(situation, 'first')];
    case 'stale_revision':
    case 'unknown_fact': {
      const current = view('question', t('refusal.current'), 'question', { incident: situation.state.id });
      return [show(situation, 'answers'), current];
    }
    default:
      return [];
  }
}

/** Texts of refusals whose message depends on the parameters, or whose parameters need special formatting. */
const SAYERS: Readonly<Record<string, (params: Params, situation: Situation | null) => Text>> = {
  stale_revision: (p, situation) => {
    if (!string(p['by']) || !string(p['at'])) return t('refuse.stale_revision');
    if (string(p['filing'])) return said('refusal.stale_filing', p, situation);
    if (string(p['form'])) return said('refusal.stale_form', p, situation);
    const fact = string(p['fact']);
    const value = situation?.state.facts[fact]?.value;
    return situation && value !== undefined
      ? t('refusal.stale_value', {
          by: shown('by', p['by'], situation),
          at: shown('at', p['at'], situation),
          value: valueText(situation, fact, value),
        })
      : said('refusal.stale_by', p, situation);
  },
  forbidden: (p, situation) =>
    joined([forbiddenText(p, situation), ...(string(p['form']) ? [t('refusal.entries_kept')] : [])], 'sentence'),
  in_the_future: (p, situation) => futureText(string(p['value']), string(p['now']), situation),
  needs_reason: (p, situation) =>
    said(p['level'] === p['floor'] ? 'refusal.needs_reason_still' : 'refuse.needs_reason', p, situation),
  owed: (p, situation) =>
    situation
      ? t('refuse.owed', { obligations: needsText(situation, list(p['obligations'])) })
      : t('refusal.owed_plain'),
  contradicts_record: (p, situation) =>
    said(
      typeof p['draft'] === 'number' ? 'refuse.contradicts_record' : 'refusal.contradicts_record_words',
      p,
      situation,
    ),
  before_law: (p) =>
    isEmpty(p['value']) || isEmpty(p['start'])
      ? plainOf('before_law')
      : t('refuse.before_law', { value: dated(p['value']), start: dated(p['start'], 'date') }),
  nothing_to_fill: (p) => (p['form'] === 'release_abroad' ? t('refusal.no_room_abroad') : t('refuse.nothing_to_fill')),
  nothing_to_see: (p) =>
    p['view'] === 'draft' || p['view'] === 'text' ? t('refusal.no_draft_yet') : t('refuse.nothing_to_see'),
};

/** Sentence on the roles that a refused act needs, with the people who have them. */
function forbiddenText(p: Params, situation: Situation | null): Text {
  const roles = list(p['roles'] ?? p['role']);
  if (roles.includes('person')) return t('refusal.forbidden_person');
  if (roles.length === 0) return plainOf('forbidden');
  const params = { roles: anyOf(roles.map(roleText)) };
  const people = list(p['people']);
  // Without a profile, or where no names were looked up, an empty list says nothing.
  const isNobody = Array.isArray(p['people']) && situation !== null && situation.state.organisation !== null;
  if (people.length === 0) return t(isNobody ? 'refusal.forbidden_nobody' : 'refuse.forbidden', params);
  return p['asked'] === 'yes'
    ? t('refusal.forbidden_asked', { ...params, people: joined(people.map(plain)) })
    : t('refusal.forbidden_people', { ...params, people: anyOf(people.map(plain)) });
}

/** Refusal of a future time: "14:30 is in the future (now 09:44). Enter a past time, e.g. 09:24." */
export function futureText(value: string, now: string, situation: Situation | null): Text {
  const reference = now || (situation?.ia.now ?? '');
  if (value === '' || reference === '') return t('refuse.invalid');
  const example = new Date(Date.parse(reference) - 20 * 60_000).toISOString();
  return t('refuse.in_the_future', {
    value: instantNear(value, reference),
    now: instantNear(reference, reference),
    example: instantNear(example, reference),
  });
}

const ROLES = ['responder', 'lead', 'approver', 'filer', 'legal', 'administrator', 'clock', 'person'] as const;
export function roleText(role: string): Text {
  const known = ROLES.find((one) => one === role);
  return known ? t(`role.${known}`) : { raw: role };
}

function instantNear(value: string, now: string): Param {
  return { instant: value, style: nearStyle(value, now) };
}
/** Time with its year as a parameter, for refusals of a wrong year. */
function dated(value: unknown, style: 'dated' | 'date' = 'dated'): Param {
  const instant = string(value);
  return Number.isNaN(Date.parse(instant)) ? instant : { instant, style };
}
function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
function list(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
