import type { ViewRef } from '../../../conversation/card.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { reportAsked } from '../../../use-cases/platform-doors.ts';
import type { Refusal, SendOutcome } from '../../../use-cases/ports.ts';
import type { WecomApp } from './api.ts';
import { plainName } from './messenger.ts';
import { failedOutcome } from './outcome.ts';
import type { AppHouse } from './ports.ts';
import type { Sender } from './sender.ts';

/** A draft as a file, to the one who asked for it. */
export async function sendReport(
  deps: { readonly house: AppHouse; readonly api: WecomApp; readonly sender: Sender },
  caller: Caller,
  { args }: ViewRef,
): Promise<SendOutcome | Refusal> {
  const report = await deps.house.app.report(args['incident'] ?? '', caller, reportAsked(args));
  if ('code' in report) return report;
  try {
    const media = await deps.api.upload({ ...report, name: plainName(report.name) });
    return await deps.sender.fileToPeople([caller.account.id], media);
  } catch (error) {
    return failedOutcome(error, 0);
  }
}
