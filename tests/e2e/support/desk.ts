import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Command } from '../../../src/incident/commands.ts';

const clockSchema = z.object({
  recipient: z.string(),
  due: z.string(),
  status: z.string(),
  provisional: z.boolean(),
});
const incidentSchema = z.object({
  id: z.string(),
  revision: z.number(),
  level: z.string(),
  clocks: z.array(clockSchema),
  obligations: z.array(
    z.object({
      id: z.string(),
      recipient: z.string(),
      due: z.string().nullable(),
      status: z.string(),
      mark: z.string(),
    }),
  ),
  drafts: z.array(z.object({ draft: z.number(), hash: z.string().nullable() })),
  question: z.object({ id: z.string() }).nullable(),
  open: z.array(z.string()),
  proposals: z.array(z.object({ id: z.string() })),
});
const JUDGEMENTS: readonly string[] = ['personal_info_scale', 'data_threat', 'system_loss', 'other_threat'];
export type Incident = z.infer<typeof incidentSchema>;

/** Does through the API what the person of a page could click: the same session, the same rights, the same commands. */
export class Desk {
  readonly #page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.#page = page;
    this.#url = url;
  }

  declare(what: { readonly title: string; readonly awareness?: string }): Promise<Incident> {
    return this.#post('/incidents', what);
  }

  async incident(id: string): Promise<Incident> {
    const response = await this.#page.request.get(`${this.#url}/api/v1/incidents/${id}`);
    return incidentSchema.parse(await response.json());
  }

  async submit(id: string, intent: Command): Promise<Incident> {
    const { revision } = await this.incident(id);
    return this.#post(`/incidents/${id}/intents`, { intent, revision });
  }

  /**
   * Answers what is asked until nothing is left but judgements, which nobody makes in passing. Answers the ids of the
   * questions in the order they came; one that nobody expected fails, and so does one that comes twice.
   */
  async answer(id: string, answers: Readonly<Record<string, Command>>): Promise<readonly string[]> {
    const asked: string[] = [];
    for (;;) {
      const question = (await this.incident(id)).question?.id;
      if (question === undefined || JUDGEMENTS.includes(question)) return asked;
      const intent = asked.includes(question) ? undefined : answers[question];
      asked.push(question);
      if (!intent) throw new Error(`nobody expected to be asked the last of these: ${asked.join(', ')}`);
      await this.submit(id, intent);
    }
  }

  /**
   * Answers what stands in the way of closing: telling the authority, from which the law knows no exemption, as done;
   * other duties without a time limit as not owed, which `other` agrees to where it takes two people.
   */
  async answerRest(id: string, other: Desk): Promise<void> {
    for (const need of (await this.incident(id)).open) {
      await this.submit(id, restAnswer(need));
      for (const proposal of (await this.incident(id)).proposals) {
        await other.submit(id, { type: 'second', proposal: proposal.id, agree: true });
      }
    }
  }

  async #post(path: string, data: object): Promise<Incident> {
    const response = await this.#page.request.post(`${this.#url}/api/v1${path}`, { data });
    const body = await response.json();
    expect([path, response.ok() ? 'ok' : body]).toEqual([path, 'ok']);
    return incidentSchema.parse(body);
  }
}

function restAnswer(need: string): Command {
  const told = 'told together with the report';
  if (need === 'awareness') return { type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' };
  if (need !== 'pipl.art57.authority') return { type: 'not_owed', obligation: need, reason: told };
  const at = new Date().toISOString();
  return { type: 'record_filing', obligation: need, channel: 'own_contact', at, otherChannel: told };
}
