import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { actsContract } from './acts.contract.ts';
import { saidIfFailed } from './bot.ts';
import { intakeContract } from './intake.contract.ts';
import { linesContract } from './lines.contract.ts';
import { offDutyContract } from './off-duty.contract.ts';
import { placesContract } from './places.contract.ts';
import { afterStopContract, privacyContract, stopContract } from './privacy.contract.ts';
import type { MakeRig } from './rig.ts';
import { Stage } from './stage.ts';

/** On a busy machine (ms). */
export const STARTS_WITHIN = 60_000;

/** Everything that a platform's way in promises: what people do is on the record once, and nobody reads what is not theirs. */
export function inboundContract(name: string, make: MakeRig): void {
  const stage = new Stage(make);
  describe(`people: ${name}`, () => {
    beforeAll(() => stage.start(), STARTS_WITHIN);
    afterAll(() => stage.stop());
    // Quotas are by the minute.
    beforeEach(() => stage.rig.bot.pass(1), STARTS_WITHIN);
    afterEach(({ task }) => saidIfFailed(task, stage.rig.bot));
    // A list names the incidents due first: its test comes before others declare theirs.
    stopContract(stage);
    afterStopContract(stage);
    linesContract(stage);
    actsContract(stage);
    intakeContract(stage);
    privacyContract(stage);
  });
  const lost = new Stage(make);
  describe(`places: ${name}`, () => {
    beforeAll(() => lost.start(), STARTS_WITHIN);
    afterAll(() => lost.stop());
    afterEach(({ task }) => saidIfFailed(task, lost.rig.bot));
    placesContract(lost);
  });
  // A page calls nobody.
  if (name === 'console') return;
  const away = new Stage(() => make({ offDuty: true }));
  describe(`off duty: ${name}`, () => {
    beforeAll(() => away.start(), STARTS_WITHIN);
    afterAll(() => away.stop());
    afterEach(({ task }) => saidIfFailed(task, away.rig.bot));
    offDutyContract(away);
  });
}
