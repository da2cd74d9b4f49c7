import type { MessageKey } from '../../i18n/keys.ts';
import type { ActorId } from '../../incident/identity.ts';
import { peopleNow } from '../../incident/people/people.ts';
import { type Acting, lacks, type Action as Right, rights } from '../../incident/people/rights.ts';
import type { Question } from '../asking/question.ts';
import type { Action, Joiner, Param, SurfaceKey, Text } from '../cards/card.ts';
import { joined, personText, plain, type Situation, t } from '../cards/situation.ts';

/** Person a step is shown to. */
export type Looker = Pick<Acting, 'actors' | 'roles'>;

/** Step before its reader is known; a step that only some people can do has a second sentence for all others. */
export type Step = Work & (ForAll | ForSome);

interface Work {
  /** Text of the step in one sentence, for a person who can do it. */
  readonly text: Text;
  /** Buttons, the primary one first; options of a question keep their order, and none is primary. */
  readonly actions: readonly Action[];
  /** Sentence below the text; absent: the explanation of a guided drill. */
  readonly why?: Text;
  readonly isQuestion?: boolean;
  readonly question?: Question;
  /** Card of the step, or the board of duties; a page puts it first. */
  readonly about?: SurfaceKey | 'owed';
}

interface ForAll {
  readonly needs?: never;
  readonly people?: never;
  readonly except?: never;
  readonly waiting?: never;
}

interface ForSome {
  /** Right needed for the step; absent: any participant may act. */
  readonly needs?: Right;
  /** People who may do the step in addition to those with the right. */
  readonly people?: readonly ActorId[];
  /** Returns true for people excluded despite their right, e.g. the proposer. */
  readonly except?: (actor: ActorId) => boolean;
  /** Returns the sentence for everybody else, with the people named. */
  readonly waiting: (people: Text) => Text;
}

/** Message keys of steps that people may have to wait for; `KEY.waits` is the sentence that names the people. */
type WaitKey = MessageKey & Waited<MessageKey>;
type Waited<Key> = Key extends `${infer Step}.waits` ? Step : never;

/** Step with the sentences for those who can do it and for everybody else. */
export function step(
  key: WaitKey,
  params: Readonly<Record<string, Param>>,
  actions: readonly Action[],
  who: Omit<ForSome, 'waiting'> & Pick<Work, 'about'>,
): Step {
  return { text: t(key, params), actions, ...who, waiting: (people) => t(`${key}.waits`, { ...params, people }) };
}

/** Returns true if `looker` can do a step. */
export function mayDo({ state }: Situation, { needs, people, except }: Step, { actors, roles }: Looker): boolean {
  if (except && actors.some(except)) return false;
  if (people?.some((person) => actors.includes(person))) return true;
  if (!needs) return people === undefined;
  return lacks(needs, actors[0] ?? '', roles, state.organisation) === null;
}

/** Names of the people a step waits for; null if everybody can do it. */
export function waitsFor(situation: Situation, { needs, people = [], except }: Omit<ForSome, 'waiting'>): Text | null {
  const { people: taking } = situation.state;
  const organisation = peopleNow(situation.state);
  if (people.length > 0) return names(people.map((actor) => personText(situation.state, actor)));
  const isLimited = needs !== undefined && Array.isArray(rights[needs].who);
  if (!except && !(isLimited && organisation)) return null;
  const able = (organisation?.people ?? []).filter(
    ({ id, roles }) =>
      needs !== undefined &&
      lacks(needs, id, roles, organisation) === null &&
      !Object.values(taking).some(({ person, actor }) => person === id && except?.(actor)),
  );
  return able.length > 0
    ? names(
        able.map(({ name }) => plain(name)),
        'or',
      )
    : t('next.second_person');
}

const NAMED = 3;
function names(people: readonly Text[], joiner: Joiner = 'comma'): Text {
  const shown = joined(people.slice(0, NAMED), joiner);
  const more = people.length - NAMED;
  return more > 0 ? t('next.and_more', { people: shown, n: more }) : shown;
}
