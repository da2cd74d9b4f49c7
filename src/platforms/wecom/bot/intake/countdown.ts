import { localise } from '../../../../conversation/cards/localise.ts';
import { translate } from '../../../../i18n/translate.ts';
import { tagOf } from '../../cards/head.ts';
import { BOT_LIMITS } from '../../limits.ts';
import { plainInMarkdown } from '../../text/markdown.ts';
import { type Intake, languageOf, type Spot } from './context.ts';

const EVERY = 15_000;

/**
 * A message that shows the time left as it runs, for five and a half minutes: the longest WeCom allows a message to change.
 * It lives in this process only; a restart ends it where it was, and the deadline in it stays right.
 */
export function runCountdown(intake: Intake, spot: Spot, request: string, incident: string): Promise<void> {
  const { clock } = intake;
  const id = `cd-${intake.ids.next()}`;
  const until = clock.now() + BOT_LIMITS.streamFor;
  const language = languageOf(spot);
  const frame = async (): Promise<void> => {
    const now = await summaryOf(intake, spot, incident);
    const isLast = now === null || clock.now() + EVERY > until;
    const text = isLast ? [now, translate(language, 'wecom.countdown_over')].filter(Boolean).join('\n') : now;
    const taken = await intake.sender.stream(request, id, `${tagOf(incident)}${text}`, isLast);
    if (taken && !isLast) clock.at(clock.now() + EVERY, () => void frame());
  };
  return frame();
}

async function summaryOf(intake: Intake, spot: Spot, incident: string): Promise<string | null> {
  const shown = await intake.app.view({ view: 'status', args: { incident } }, spot.caller);
  if ('code' in shown) return null;
  const clocks = shown.blocks.flatMap((block) => (block.kind === 'clock' ? [block.text] : []));
  const lines = clocks.length > 0 ? clocks : [shown.summary];
  return lines.map((text) => plainInMarkdown(localise(text, languageOf(spot)))).join('\n');
}
