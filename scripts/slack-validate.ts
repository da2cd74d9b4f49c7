import { z } from 'zod';
import { coreVariables } from '../src/config/core-settings.ts';
import { localised } from '../src/conversation/cards/localise.ts';
import { HttpClient } from '../src/platforms/shared/http-client.ts';
import { slackVariables } from '../src/platforms/slack/index.ts';
import { formView } from '../src/platforms/slack/render/form.ts';
import { messageBody, viewBlocks } from '../tests/platforms/slack/drawn.ts';
import { differentShown, type Shown } from '../tests/platforms/slack/situations.ts';

/**
 * `npm run slack:validate`: asks Slack's own `blocks.validate` about every card and form of one whole case, in both
 * languages. It needs no token, and sends nothing but invented text. Exit 1 and what Slack finds wrong.
 */
const INCIDENT = 'INC-2026-0007';
/** Slack names no figure for this method ("special rate limits"), so it is asked slowly, and waited for. */
const PAUSE = Number(process.env['SLACK_VALIDATE_PAUSE_MS'] ?? 300);
const TRIES = 5;

interface Payload {
  readonly name: string;
  readonly field: 'message' | 'view';
  readonly json: string;
}

/** The same form about forty facts has the same shape: each kind is asked about a few times, each card once. */
const FORMS_OF_A_KIND = 3;
function chosen(): readonly Shown[] {
  const forms = new Map<string, number>();
  return differentShown().filter(({ name, form }) => {
    if (!form) return true;
    const kind = name.replace(/ \d+$/, '');
    const n = forms.get(kind) ?? 0;
    forms.set(kind, n + 1);
    return n < FORMS_OF_A_KIND;
  });
}

function payloads(): readonly Payload[] {
  return (['en', 'zh-CN'] as const).flatMap((language) =>
    chosen().flatMap(({ name, card, form }): Payload[] => {
      const title = `${language} ${name}`;
      if (form) {
        const view = formView(localised(form, language), '{}', language);
        return [{ name: title, field: 'view', json: JSON.stringify(view) }];
      }
      if (!card) return [];
      const message = { incident: INCIDENT, card, language, revision: 41, surface: null, ring: false };
      const { text, blocks } = messageBody(message, null);
      const home = { type: 'home', blocks: viewBlocks(card, language) };
      return [
        { name: title, field: 'message', json: JSON.stringify({ text, blocks }) },
        // App Home and modals take more blocks than messages do; some cards look different there.
        { name: `${title} at home`, field: 'view', json: JSON.stringify(home) },
      ];
    }),
  );
}

const answer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).default([]),
});

const url = slackVariables.shape.SLACK_API_URL.parse(process.env['SLACK_API_URL']) ?? 'https://slack.com/api';
const proxy = coreVariables.shape.HTTPS_PROXY.parse(process.env['HTTPS_PROXY']);
const http = new HttpClient(proxy === undefined ? null : { address: proxy, except: [] });
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What Slack finds wrong with one payload; throws if Slack cannot be asked. */
async function ask({ field, json }: Payload): Promise<readonly string[]> {
  for (let n = 0; n < TRIES; n += 1) {
    const content = new URLSearchParams({ [field]: json }).toString();
    const body = { content, mediaType: 'application/x-www-form-urlencoded' };
    const response = await http.ask('blocks.validate', `${url}/blocks.validate`, { body, timeout: 20_000 });
    if (response.status === 429) {
      await wait(1_000 * Number(response.headers.get('retry-after') ?? 30));
      continue;
    }
    const { ok, error, errors } = answer.parse(JSON.parse(response.text));
    if (ok) return [];
    if (errors.length > 0) return errors.map(({ pointer, message }) => `${pointer}: ${message}`);
    return [error ?? 'refused without a reason'];
  }
  throw new Error('Slack keeps asking for a pause; try again later, or with SLACK_VALIDATE_PAUSE_MS=2000');
}

// The same shapes come again at several moments of the case; asked once is enough.
const seen = new Set<string>();
const all = payloads().filter(({ field, json }) => !seen.has(field + json) && seen.add(field + json));
console.log(`asking Slack about ${all.length} messages and forms`);
let wrong = 0;
try {
  for (const payload of all) {
    const found = await ask(payload);
    if (found.length > 0) {
      wrong += 1;
      console.error(`${payload.name}\n${found.map((line) => `  ${line}`).join('\n')}`);
    }
    await wait(PAUSE);
  }
  console.log(`${all.length - wrong} fine, ${wrong} refused by Slack`);
  process.exitCode = wrong > 0 ? 1 : 0;
} catch (error) {
  console.error(`Slack could not be asked: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
} finally {
  await http.close();
}
