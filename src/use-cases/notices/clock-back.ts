import { actionBlock, strongBlock } from '../../conversation/cards/blocks.ts';
import type { Card } from '../../conversation/cards/card.ts';
import { cardOf, namedTitle } from '../../conversation/cards/headline.ts';
import { dueAt, levelText, openInitial, type Situation, show, t } from '../../conversation/cards/situation.ts';
import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import { levelReached } from '../../incident/facts/assessment.ts';
import { endsReporting } from '../../incident/facts/owed.ts';
import { isPerson } from '../../incident/people/people.ts';
import type { IncidentState, Participant } from '../../incident/state.ts';
import type { Told } from './filing-notices.ts';

/**
 * Call to the lead, to those who approve and to legal, and in the room, when the figures pass what two people saw when
 * they decided that nothing is reported: the clock of the first report is back. Null if it is not.
 */
export function clockBackTold(
  situation: Situation,
  before: IncidentState | null,
  assessed: (state: IncidentState) => IncidentAssessment,
): Told | null {
  const { state, ia, regime } = situation;
  if (!before || !(state.levelDecision || state.notReportable) || endsReporting(state, regime, ia.assessment))
    return null;
  const was = assessed(before);
  const [first] = openInitial(situation);
  if (!endsReporting(before, was.regime, was.assessment) || !first) return null;
  const params = { level: levelText(regime, levelReached(ia)), due: dueAt(situation, first.due) };
  const text = t(first.status === 'late' ? 'clock.back_late' : 'clock.back', params);
  const card = (): Card =>
    cardOf(situation, namedTitle(situation, text), text, [strongBlock(text), actionBlock([show(situation, 'why')])]);
  const isCalled = (one: Participant): boolean =>
    isPerson(one) && (one.actor === state.lead || one.roles.includes('approver') || one.roles.includes('legal'));
  return { people: Object.values(state.people).filter(isCalled), ring: true, card };
}
