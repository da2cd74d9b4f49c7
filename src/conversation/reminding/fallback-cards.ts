import type { ActorId } from '../../incident/identity.ts';
import type { EventOf } from '../../incident/record/events.ts';
import type { Block, Card } from '../cards/card.ts';
import { cardOf, headline } from '../cards/headline.ts';
import { noteBlock, sentenceCard, strongBlock, textBlock } from '../cards/sentence.ts';
import { at, dueAt, joined, openClocks, plain, platformText, type Situation, t, titled } from '../cards/situation.ts';
import type { Due } from './due-text.ts';
import { isBesideClocks } from './ladder.ts';
import { reminderCard } from './reminders.ts';

/** Failed route of a message: the place, the start of the failure, and whether the bot gave up. */
export interface FailedWay {
  readonly platform: string;
  /** Start of the failure in incident time, ISO 8601. */
  readonly since: string;
  readonly givenUp: boolean;
}

/**
 * Card sent to another place because the intended one did not accept it: the reminder itself with the reason, or
 * state and deadline for other content. It contains no text of a person.
 */
export function fallbackCard(
  situation: Situation,
  failed: readonly FailedWay[],
  due: Due | null,
  actor: ActorId | null,
): Card {
  const ways = failed.map(({ platform, since, givenUp }) =>
    t(givenUp ? 'fallback.refused' : 'fallback.silent', { place: platformText(platform), since: at(situation, since) }),
  );
  const why: Block = noteBlock(t('fallback.why', { ways: joined(ways, 'semicolon') }));
  return elsewhereCard(
    why,
    due && !isBesideClocks(due.step) ? reminderCard(situation, due, actor) : stateCard(situation),
  );
}

/** Card sent by another route than planned; the reason is its last line, above the buttons. */
export function elsewhereCard(why: Block, card: Card): Card {
  const end = card.blocks.findLastIndex(({ kind }) => kind !== 'actions') + 1;
  return { ...card, blocks: [...card.blocks.slice(0, end), why, ...card.blocks.slice(end)] };
}

/** Block of a card with the reason for its route, as `fallbackCard` made it; undefined for a card on its own route. */
export function routeReason({ blocks }: Card): Block | undefined {
  return blocks.find((block) => block.kind === 'note' && 'key' in block.text && block.text.key === 'fallback.why');
}

/** Card with state and deadline, in place of content that must not be read everywhere. */
export function stateCard(situation: Situation): Card {
  const summary = headline(situation);
  const card = cardOf(situation, summary, summary, [strongBlock(summary)]);
  const title = titled(situation.state, t('fallback.title', { id: plain(situation.state.id) }));
  return { ...card, title };
}

/** Card to every room of an open incident after its record was restored from a backup. */
export function restoredCard(
  situation: Situation,
  { upTo, missing, due }: EventOf<'record_restored'>['payload'],
): Card {
  const card = stateCard(situation);
  // After a state-secret stop, content must not be entered again.
  const again = situation.state.stopped ? 'fallback.restored_stopped' : 'fallback.restored';
  // Only a deadline that differs from the one shown now has to be checked.
  const now = openClocks(situation)[0]?.due;
  const before = due === undefined || now === due ? [] : [dueAt(situation, due)];
  const lines = [
    ...(missing === undefined ? [] : [t('fallback.restored_missing', { n: missing })]),
    t(again, { upTo: at(situation, upTo) }),
    ...before.map((was) =>
      now === undefined
        ? t('fallback.restored_due_gone', { due: was })
        : t('fallback.restored_due', { due: was, now: dueAt(situation, now) }),
    ),
  ];
  return {
    ...card,
    title: titled(situation.state, t('fallback.restored_title', { id: plain(situation.state.id) })),
    blocks: [...card.blocks, ...lines.map(textBlock)],
  };
}

/** Card on an incident that the restored record lacks although it was open before. `due`: its next deadline then. */
export function goneCard(id: string, due: string | null): Card {
  const then = due === null ? [] : [textBlock(t('fallback.gone_due', { due: { instant: due, style: 'deadline' } }))];
  return sentenceCard(t('fallback.gone', { id: plain(id) }), [...then, textBlock(t('fallback.gone_do'))], 'urgent');
}
