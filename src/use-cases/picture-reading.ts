import { rowBlock } from '../conversation/cards/blocks.ts';
import type { Card } from '../conversation/cards/card.ts';
import { askToStop } from '../conversation/cards/card-views.ts';
import { localise } from '../conversation/cards/localise.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { intent, plain, primary, type Situation, t } from '../conversation/cards/situation.ts';
import type { Finding } from '../conversation/meaning/finding.ts';
import { findingsIn } from '../conversation/meaning/findings.ts';
import { languageIn } from '../conversation/text/characters.ts';
import { fearsSecret } from '../conversation/text/commands/corrections-in-text.ts';
import { readLine } from '../conversation/text/line-reading.ts';
import type { Command } from '../incident/commands.ts';
import type { App } from './app.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Longest text that is looked at, and the most proposals of one card. */
const LONGEST = 4_000;
const MOST = 6;
/** Shortest text that is offered as a note. */
const SHORTEST_NOTE = 8;

/** Use case of reading pictures: facts in the text of one become proposals with a press each; nothing is recorded before. */
export function createPictureReading(context: UseCaseContext): Pick<App, 'pictureReading'> {
  const { engine, pictures } = context;
  const situationOf = async (incident: string, caller: Parameters<App['pictureReading']>[0]['caller']) => {
    const state = await context.visible(incident, caller);
    const isAll = state !== null && context.visibility(state, caller).show === 'all';
    return isAll && !state.stopped && !state.closed ? engine.situation(state, engine.deps.clock.now()) : null;
  };
  return {
    pictureReading: async ({ picture, incident, caller, room }) => {
      if (!pictures || room?.location === 'abroad' || (await situationOf(incident, caller)) === null) return null;
      const content = await picture.content();
      const text = (content && (await pictures.read(content)))?.slice(0, LONGEST) ?? '';
      // A stop may have happened during the reading.
      const now = text === '' ? null : await situationOf(incident, caller);
      if (!now) return null;
      if (fearsSecret(text)) {
        const { text: asked, actions } = askToStop(now.state);
        return sentenceCard(asked, buttons(actions));
      }
      return proposals({ text, name: picture.name, by: pictures.name, hash: picture.sha256 }, now);
    },
  };
}

interface Read {
  readonly text: string;
  readonly name: string;
  readonly by: string;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** Card with a row and a press for each fact that our own reader finds, line by line, and the text as a note. */
function proposals(read: Read, situation: Situation): Card | null {
  const { text, name } = read;
  const found = text
    .split('\n')
    .flatMap((line) => findingsIn({ reading: readLine(line), situation, question: null }))
    .filter(({ command }) => isNews(command, situation));
  const single = found.filter((one, index) => found.findIndex((other) => isSame(one, other)) === index);
  const rows = single.slice(0, MOST).map(({ label, words, command }, index) => {
    const row = t('reader.row', { what: label, quote: plain(words) });
    const proposed = withBasis(command, basisOf(words, read));
    return rowBlock('open', row, [primary(intent(`read_${index}`, t('common.yes'), proposed))]);
  });
  const note = localise(t('picture.note', { name: plain(name), text: plain(text) }), languageIn(text));
  const keep =
    text.length < SHORTEST_NOTE ? [] : [intent('keep_text', t('picture.keep'), { type: 'add_note', text: note })];
  if (rows.length === 0 && keep.length === 0) return null;
  const title = t(rows.length > 0 ? 'picture.found' : 'picture.read', { name: plain(name) });
  return sentenceCard(title, [...rows, ...buttons(keep)]);
}

const isSame = (one: Finding, other: Finding): boolean => JSON.stringify(one.command) === JSON.stringify(other.command);

/** Returns true for a fact that is not stated yet, and for a time of awareness that is no candidate yet. */
function isNews(command: Command, { state }: Situation): boolean {
  if (command.type === 'answer') return state.facts[command.fact] === undefined && command.value !== 'unknown';
  return command.type === 'add_awareness' && state.candidates.every(({ instant }) => instant !== command.at);
}

function basisOf(words: string, { name, by, hash }: Read): string {
  const params = { by: plain(by), name: plain(name), quote: plain(words), hash: plain(hash) };
  return localise(t('picture.basis', params), languageIn(words));
}

function withBasis(command: Command, basis: string): Command {
  if (command.type === 'answer') return { ...command, basis };
  return command.type === 'add_awareness' ? { ...command, description: basis } : command;
}
