import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { drawing as dingtalk } from '../../src/platforms/dingtalk/draw.ts';
import '../../src/platforms/dingtalk/index.ts';
import { drawing as feishu } from '../../src/platforms/feishu/draw.ts';
import '../../src/platforms/feishu/index.ts';
import { type Drawing, drawn, type Value, valueIn } from '../../src/platforms/shared/card-view.ts';
import { doesOf } from '../../src/platforms/shared/does.ts';
import { readBody, drawing as slack } from '../../src/platforms/slack/render/draw.ts';
import '../../src/platforms/slack/index.ts';
import { decode } from '../../src/platforms/slack/render/values.ts';
import { meant } from '../../src/platforms/wecom/cards/button-effects.ts';
import { compose } from '../../src/platforms/wecom/cards/compose.ts';
import type { OutgoingMessage } from '../../src/use-cases/ports.ts';
import { actionsOf } from '../http/guard-acts.ts';

/** Platforms whose drawings are examined. */
export const PLATFORMS = ['slack', 'feishu', 'dingtalk', 'wecom', 'wecom-app'] as const;
type Platform = (typeof PLATFORMS)[number];

/** Faults of a message as a platform draws it: buttons whose value is no effect of the card, incident or revision. */
export async function misdrawn(message: OutgoingMessage, platform: Platform): Promise<readonly string[]> {
  const meanings = new Set(intended(message));
  const [read, unread] =
    platform === 'wecom' || platform === 'wecom-app'
      ? pressedInWecom(message, platform === 'wecom' ? 'bot' : 'app')
      : await valuesOf(message, platform);
  const strange = read.filter((one) => !meanings.has(one));
  return [...unread, ...strange].map((one) => `${platform} draws ${one}`);
}

/** Effects of a card's buttons, as they should come back. */
function intended({ card, language }: OutgoingMessage): readonly string[] {
  const { blocks } = localiseCard(card, language);
  const actions = blocks.flatMap((block) =>
    block.kind === 'actions' || block.kind === 'row' ? block.actions.map(({ does }) => doesOf(does)) : [],
  );
  return actions.map((does) => JSON.stringify(does));
}

type ReadBack = readonly [read: readonly string[], unread: readonly string[]];
const isTicks = ({ d }: Value): boolean => d.kind === 'ticks';

async function valuesOf(message: OutgoingMessage, platform: 'slack' | 'feishu' | 'dingtalk'): Promise<ReadBack> {
  const drawings: Readonly<Record<typeof platform, Drawing>> = { slack, feishu, dingtalk };
  const body = drawn(message, platform, drawings[platform]);
  const raws = raw(platform === 'dingtalk' ? loaded(body) : body);
  const kept = platform === 'slack' ? readBody(body).kept : {};
  const read = async (one: unknown): Promise<Value | null> =>
    platform === 'slack' ? decode(String(one), async (hash) => kept[hash] ?? null) : valueIn(one);
  const values = await Promise.all(raws.map(read));
  const revisions = new Set([message.revision, ...actionsOf(message.card).flatMap(({ revision = [] }) => revision)]);
  const isBound = (value: Value | null): value is Value =>
    value !== null &&
    value.i === message.incident &&
    revisions.has(value.r) &&
    value.s === (message.surface ?? undefined);
  const unread = values.flatMap((value, n) => (isBound(value) ? [] : [`an unknown value ${JSON.stringify(raws[n])}`]));
  return [values.filter(isBound).flatMap((one) => (isTicks(one) ? [] : [JSON.stringify(one.d)])), unread];
}

/** Card of DingTalk with the strings of its template parsed. */
function loaded(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (_, value: unknown) =>
    typeof value === 'string' && /^[[{]/.test(value) ? loaded(JSON.parse(value)) : value,
  );
}

/** Values of buttons anywhere in a body: `value` of an element that is no option of a field. */
function raw(part: unknown): readonly unknown[] {
  if (Array.isArray(part)) return part.flatMap(raw);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]): readonly unknown[] => {
    if (key === 'options' || key === 'initial_options' || key === 'fields' || key === 'kept') return [];
    return key === 'value' ? [value] : raw(value);
  });
}

/** Effects of a WeCom card, read by the keys of its buttons. */
function pressedInWecom(message: OutgoingMessage, flavour: 'bot' | 'app'): ReadBack {
  const { card, bound } = compose(message, { flavour });
  const keys = card?.card_type === 'button_interaction' ? card.button_list.map(({ key }) => key) : [];
  const choices = Object.keys(bound.does).map((one) => one.split('/'));
  const unread = keys
    .filter((key) => choices.every(([first]) => first !== key))
    .map((key) => `a button without effect: ${key}`);
  const read = choices.flatMap(([key = '', option]) => {
    const effect = meant(bound, key, option === undefined ? [] : [option]);
    return 'does' in effect && effect.does.kind !== 'refresh' ? [JSON.stringify(effect.does)] : [];
  });
  return [read, unread];
}
