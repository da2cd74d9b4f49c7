import { nearStyle } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { allMessages } from '../../i18n/translate.ts';
import type { StatedValue } from '../../incident/commands.ts';
import { ABROAD_PARTS } from '../../incident/identity.ts';
import type { Action, Card, Param, Text } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { buttons, sentenceCard } from '../cards/sentence.ts';
import { joined, levelText, ofPart, partText, plain, recipientText, type Situation, t } from '../cards/situation.ts';
import { needRows, needsText } from '../closing.ts';
import { changeLabel } from '../filing/draft-changes.ts';
import { channelText } from '../filing/filing-lines.ts';
import { fileAction, reportAction } from '../filing/report-actions.ts';

/** Refusal as every platform and the API return it; `code` e.g. `unknown_draft`. */
export interface Refused {
  readonly code: string;
  readonly field?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Text of a refusal: the problem and what to do about it. Never only a code. */
export function refusalText(refusal: Refused, situation: Situation | null = null): Text {
  const say = SAYERS[refusal.code];
  if (say) return say(refusal.params ?? {}, situation);
  const key = `refuse.${refusal.code}`;
  return isPlainKey(key) ? t(key) : t('refuse.other', { code: { raw: refusal.code } });
}

/** The refusal as a card, with the way on where there is one. */
export function refusalCard(refusal: Refused, situation: Situation | null = null, again: Action | null = null): Card {
  const open = refusal.code === 'owed' && situation ? needRows(situation, list(refusal.params?.['obligations'])) : [];
  // The rows name what is open, each with its buttons.
  const text = open.length > 0 ? t('refuse.owed_plain') : refusalText(refusal, situation);
  const actions = [...(again ? [again] : []), ...wayOn(refusal, situation)];
  return { ...sentenceCard(text, [...open, ...buttons(actions)]), drill: situation?.state.drill ?? false };
}

function wayOn({ code, params }: Refused, situation: Situation | null): readonly Action[] {
  const duplicate = string(params?.['id']);
  if (code === 'duplicate' && duplicate) {
    const label = t('refuse.open_existing', { id: plain(duplicate) });
    return [{ id: 'existing', label, does: { kind: 'view', view: { view: 'status', args: { incident: duplicate } } } }];
  }
  if (code === 'kept_private') {
    return [
      { id: 'ask_to_join', label: t('act.take_part'), does: { kind: 'intent', intent: { type: 'ask_to_join' } } },
    ];
  }
  if (situation && (code === 'no_approver' || code === 'no_approver_named')) return [fileAction(situation)];
  if (situation && code === 'first_report_first') return [reportAction(situation, 'first')];
  if (!situation || !(code === 'stale_revision' || code === 'unknown_fact')) return [];
  const args = { incident: situation.state.id };
  return [
    { id: 'answers', label: t('act.answers'), does: { kind: 'view', view: { view: 'answers', args } } },
    { id: 'question', label: t('refuse.current'), does: { kind: 'view', view: { view: 'question', args } } },
  ];
}

type Params = Readonly<Record<string, unknown>>;
const SAYERS: Readonly<Record<string, (params: Params, situation: Situation | null) => Text>> = {
  stale_revision: (p, situation) => {
    const by = string(p['by']);
    const at = string(p['at']);
    if (!by || !at) return t('refuse.stale_revision');
    const params = { by: plain(by), at: instant(at, situation) };
    if (string(p['filing'])) return t('refuse.stale_filing', params);
    const fact = string(p['fact']);
    const value = statedOf(fact, situation);
    return value && situation && fact
      ? t('refuse.stale_value', { ...params, value: valueText(situation, fact, value) })
      : t('refuse.stale_by', params);
  },
  forbidden: (p) => {
    const roles = list(p['roles'] ?? p['role']);
    if (roles.includes('person')) return t('refuse.forbidden_person');
    return t('refuse.forbidden', { roles: joined(roles.map(roleText), 'or') });
  },
  unknown_incident: (p) => t('refuse.unknown_incident', { id: plain(string(p['id']) ?? '') }),
  unknown_report: (p) => t('refuse.unknown_report', { ref: plain(string(p['ref']) ?? '') }),
  report_decided: (p) =>
    t('refuse.report_decided', {
      ref: plain(string(p['ref']) ?? ''),
      by: plain(string(p['by']) ?? ''),
      id: plain(string(p['id']) ?? ''),
    }),
  unknown_relation: (p) => t('refuse.unknown_relation', { id: plain(string(p['id']) ?? '') }),
  report_in_drill: (p) => t('refuse.report_in_drill', { id: plain(string(p['id']) ?? '') }),
  in_the_future: (p, situation) => futureText(string(p['value']), string(p['now']), situation),
  must_be_future: (p, situation) => t('refuse.must_be_future', { value: instantOr(p['value'], situation) }),
  needs_reason: (p, situation) =>
    p['level'] === p['floor']
      ? t('refuse.needs_reason_still', { ceiling: level(p['ceiling'], situation) })
      : t('refuse.needs_reason', { floor: level(p['floor'], situation) }),
  level_reached: (p, situation) => t('refuse.level_reached', { floor: level(p['floor'], situation) }),
  owed: (p, situation) => {
    const ids = list(p['obligations']);
    return situation ? t('refuse.owed', { obligations: needsText(situation, ids) }) : t('refuse.owed_plain');
  },
  duplicate: (p) =>
    t('refuse.duplicate', { id: plain(string(p['id']) ?? ''), title: ofPart('title', string(p['title']) ?? '') }),
  unknown_item: (_, situation) => t('refuse.unknown_item', { n: situation?.regime.items.length ?? 8 }),
  discovery_before_start: (p, situation) =>
    t('refuse.discovery_before_start', { at: instantOr(p['start'], situation) }),
  time_unclear: (p) => t('refuse.time_unclear', { words: ofPart('texts', string(p['words']) ?? '') }),
  contradicts_record: (p) =>
    typeof p['draft'] === 'number'
      ? t('refuse.contradicts_record', { draft: p['draft'] })
      : t('refuse.contradicts_record_words'),
  before_awareness: (p, situation) =>
    t('refuse.before_awareness', { value: instantOr(p['value'], situation), start: instantOr(p['start'], situation) }),
  filed_before_awareness: (p, situation) => t('refuse.filed_before_awareness', beforeParams(p, situation)),
  filed_before_draft: (p, situation) => t('refuse.filed_before_draft', beforeParams(p, situation)),
  filed_before_approval: (p, situation) => t('refuse.filed_before_approval', beforeParams(p, situation)),
  channel_not_reaching: (p, situation) => {
    const name = (id: string): Text => (situation ? channelText(situation, id) : { raw: id });
    const recipient = string(p['recipient']) ?? '';
    return t('refuse.channel_not_reaching', {
      channel: name(string(p['channel']) ?? ''),
      recipient: situation ? recipientText(situation, recipient) : { raw: recipient },
      channels: joined(list(p['channels']).map(name), 'or'),
    });
  },
  before_law: (p) => t('refuse.before_law', { value: dated(p['value']), start: dated(p['start'], 'date') }),
  not_latest_draft: (p) => t('refuse.not_latest_draft', { draft: number(p['draft']) }),
  needs_approval: (p) => t('refuse.needs_approval', { draft: number(p['draft']) }),
  text_changed: (p, situation) => {
    const changes = list(p['changes']).map((id): Text => (situation ? changeLabel(situation, id) : { raw: id }));
    return t('refuse.text_changed', { changes: joined(changes) });
  },
  other_channel: (p, situation) => {
    const id = string(p['channel']) ?? '';
    return t('refuse.other_channel', { channel: situation ? channelText(situation, id) : { raw: id } });
  },
  release_draft_whole: (p) =>
    t('refuse.release_draft_whole', {
      parts: joined(ABROAD_PARTS.filter((part) => list(p['parts']).includes(part)).map(partText)),
    }),
  outside: (p) => t('refuse.outside', { lead: plain(string(p['lead']) ?? '') }),
  ask_directly: (p) => t('refuse.ask_directly', { id: plain(string(p['id']) ?? '') }),
  kept_private: (p) =>
    t('refuse.kept_private', { id: plain(string(p['id']) ?? ''), lead: plain(string(p['lead']) ?? '') }),
  not_released: (p) => t('refuse.not_released', { lead: plain(string(p['lead']) ?? '') }),
  nothing_to_fill: (p) => (p['form'] === 'release_abroad' ? t('refuse.no_room_abroad') : t('refuse.nothing_to_fill')),
  nothing_to_see: (p) =>
    p['view'] === 'draft' || p['view'] === 'text' ? t('refuse.no_draft_yet') : t('refuse.nothing_to_see'),
  too_late_to_snooze: (p) => t('refuse.too_late_to_snooze', { minutes: number(p['minutes']) }),
  too_long: (p) => t('refuse.too_long', { max: { amount: typeof p['max'] === 'number' ? p['max'] : 20_000 } }),
};

/** "14:30 is in the future (now 09:44). Enter a past time, e.g. 09:24." */
export function futureText(value: string | null, now: string | null, situation: Situation | null): Text {
  const reference = now ?? situation?.ia.now ?? null;
  if (value === null || reference === null) return t('refuse.invalid');
  const example = new Date(Date.parse(reference) - 20 * 60_000).toISOString();
  return t('refuse.in_the_future', {
    value: instantNear(value, reference),
    now: instantNear(reference, reference),
    example: instantNear(example, reference),
  });
}

function statedOf(fact: string | null, situation: Situation | null): StatedValue | null {
  return (fact !== null && situation?.state.facts[fact]?.value) || null;
}

const ROLES = ['responder', 'lead', 'approver', 'filer', 'legal', 'administrator', 'clock', 'person'] as const;
export function roleText(role: string): Text {
  const known = ROLES.find((one) => one === role);
  return known ? t(`role.${known}`) : { raw: role };
}

function beforeParams(p: Params, situation: Situation | null) {
  return {
    value: instantOr(p['value'], situation),
    start: instantOr(p['start'], situation),
    draft: number(p['draft']),
  };
}
function instantNear(value: string, now: string): Param {
  return { instant: value, style: nearStyle(value, now) };
}
function instant(value: string, situation: Situation | null): Param {
  return instantNear(value, situation?.ia.now ?? value);
}
function instantOr(value: unknown, situation: Situation | null): Param {
  const text = string(value);
  return text && !Number.isNaN(Date.parse(text)) ? instant(text, situation) : (text ?? '');
}
/** With its year, which is what is wrong. */
function dated(value: unknown, style: 'dated' | 'date' = 'dated'): Param {
  const text = string(value);
  return text && !Number.isNaN(Date.parse(text)) ? { instant: text, style } : (text ?? '');
}
function level(value: unknown, situation: Situation | null): Text {
  const text = string(value) ?? '';
  return situation ? levelText(situation.regime, text) : { raw: text };
}
function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
function string(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
function list(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Returns true if the key has no parameters, so its text can be shown directly. */
function isPlainKey(key: string): key is MessageKey {
  const text: string | undefined = allMessages('en').get(key);
  return text !== undefined && !text.includes('{');
}
