import type { ViewRef } from '../../conversation/cards/card.ts';
import type { Caller } from '../../use-cases/app.ts';
import { fileAsked } from '../../use-cases/platform-support.ts';
import type { Refusal, SendOutcome } from '../../use-cases/ports.ts';
import type { WecomApp } from '../wecom/api/http-api.ts';
import { failedOutcome } from '../wecom/api/outcome.ts';
import { plainName } from './messenger.ts';
import type { AppHouse } from './ports.ts';
import type { Sender } from './sender.ts';

/** A draft, an e-mail or a fax sheet as a file, to the one who asked for it. */
export async function sendReport(
  deps: { readonly house: AppHouse; readonly api: WecomApp; readonly sender: Sender },
  caller: Caller,
  ref: ViewRef,
): Promise<SendOutcome | Refusal> {
  const report = await fileAsked(deps.house.app, ref, caller);
  if ('code' in report) return report;
  try {
    const media = await deps.api.upload({ ...report, name: plainName(report.name) });
    return await deps.sender.fileToPeople([caller.account.id], media);
  } catch (error) {
    return failedOutcome(error, 0);
  }
}
