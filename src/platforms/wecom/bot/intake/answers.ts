import type { Answer, Outcome } from '../../../../talk/acts.ts';
import { type Intake, type Spot, say } from './context.ts';
import { offerForm } from './forms.ts';
import { sendReport } from './views.ts';

/** Sends what was asked for, one message each. */
export async function showAnswers(
  intake: Intake,
  spot: Spot,
  { answers, incident }: Pick<Outcome, 'answers' | 'incident'>,
): Promise<void> {
  for (const answer of answers) await showAnswer(intake, spot, incident, answer);
}

async function showAnswer(intake: Intake, spot: Spot, incident: string | null, answer: Answer): Promise<void> {
  switch (answer.kind) {
    // Nothing can be opened here: an offer to open a form is the form itself.
    case 'form':
      return offerForm(intake, spot, answer.ref);
    case 'file':
      return sendReport(intake, spot, answer.view);
    case 'card':
      return say(intake, spot, answer.card, { incident });
  }
}
