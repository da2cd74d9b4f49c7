import type { Action, Card } from '../conversation/cards/card.ts';
import { localise } from '../conversation/cards/localise.ts';
import type { Situation } from '../conversation/cards/situation.ts';
import { refusalCard, refusalText } from '../conversation/record/refusals.ts';
import type { Language } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Refusal } from '../use-cases/ports.ts';
import type { BotCore } from '../wiring.ts';

/** Returns explanations of refusals; they mention other people's acts only where the incident may be shown. */
export function explaining({ engine }: Pick<BotCore, 'engine'>) {
  const situationOf = (state: IncidentState | null): Situation | null => state && engine.situation(state);
  return {
    asCard: (refusal: Refusal, state: IncidentState | null, again?: Action): Card =>
      refusalCard(refusal, situationOf(state), again ?? null),
    asSentence: (refusal: Refusal, language: Language, state: IncidentState | null): string =>
      localise(refusalText(refusal, situationOf(state)), language),
  };
}
