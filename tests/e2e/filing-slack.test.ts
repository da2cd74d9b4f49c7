import { expect, test } from 'vitest';
import { z } from 'zod';
import { closingNeeds } from '../../src/incident/closing.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { owedReports } from '../../src/report/updates.ts';
import { collect } from '../contract/harness.ts';
import { button, buttonsIn, press, submit } from '../fakes/slack/payloads.ts';
import { accountOf, CHANNEL, CHEN, LI } from '../platforms/slack/bot.ts';
import { declared } from '../platforms/slack/declared.ts';
import { changesMissed, python, verified } from './support/verifier.ts';

// @module-tag soak: platforms/slack/flow and approval draft, approve and file in Slack.

type Language = 'en' | 'zh-CN';
const company = (language: Language): Organisation => {
  const person = (id: string, name: string, account: string, roles: readonly string[]) => ({
    ...{ id, name, roles, language },
    accounts: [accountOf(account)],
  });
  return organisationSchema.parse({
    organisation: '某某（上海）贸易有限公司',
    languages: { rooms: language, people: language },
    entities: [{ id: 'sh', name: '某某（上海）贸易有限公司', province: '31', operator: 'other' }],
    people: [
      person('li', 'Li Wei', LI, ['responder', 'lead', 'filer']),
      person('chen', '陈宇', CHEN, ['approver', 'filer']),
    ],
    approval: { fourEyes: true },
  });
};

/** What stands on the buttons and options, in the language of the company. */
const WORDS = {
  en: {
    draft: (n: number) => `Draft ${n}`,
    first: 'Draft first report…',
    cause: 'cause',
    more: 'More',
    send: 'Text to send',
    ask: 'Ask for approval',
    approve: 'Approve',
    again: 'Redraft',
    file: 'Record the filing…',
    confirm: 'Confirm filing',
    yes: 'Confirm',
    mail: /12387.*mail/i,
    web: /12387.*website/i,
    followUp: 'Draft follow-up (续报)',
    end: 'Handling has ended…',
    summary: 'Draft summary report',
    voided: /The approval of draft 1 is no longer valid/,
  },
  'zh-CN': {
    draft: (n: number) => `第${n}稿`,
    first: '填写首报…',
    cause: '原因',
    more: '更多',
    send: '报送材料',
    ask: '提请审批',
    approve: '批准',
    again: '重新出稿',
    file: '登记报送…',
    confirm: '确认登记报送',
    yes: '确认',
    mail: /12387邮箱/,
    web: /12387网站/,
    followUp: '起草续报',
    end: '处置结束…',
    summary: '起草处置总结报告',
    voided: /第1稿的批准已失效/,
  },
} as const;

/** What is read of an input of a modal: what it starts with, and what may be chosen. */
const option = z.looseObject({ value: z.string(), text: z.looseObject({ text: z.string() }) });
const inputSchema = z.object({
  block_id: z.string(),
  element: z.object({
    type: z.string(),
    initial_value: z.string().optional(),
    initial_option: option.optional(),
    initial_options: z.array(option).optional(),
    options: z.array(option).optional(),
  }),
});

/** Two people of a company in Slack: what they press, what they fill in. */
class Desk {
  readonly all: Awaited<ReturnType<typeof declared>>;
  constructor(all: Awaited<ReturnType<typeof declared>>) {
    this.all = all;
  }

  /** Presses a button of the newest message that has it, in the room or in a direct message. */
  async press(label: string, who: string, where: 'room' | 'direct' = 'room', about = ''): Promise<void> {
    const { workspace } = this.all;
    const shown = () =>
      workspace.messages.findLast(
        ({ blocks, channel, text }) =>
          (channel === CHANNEL) === (where === 'room') &&
          text.includes(about) &&
          buttonsIn(blocks).some((b) => b.label === label),
      );
    await expect.poll(() => shown() !== undefined, { timeout: 60_000, message: label }).toBe(true);
    const message = shown();
    if (!message) throw new Error(label);
    const at = { channel: message.channel, ts: message.ts, thread: message.thread };
    await this.all.send(press(button(message.blocks, label), who, at));
  }

  /** Opens a form, changes some of what it starts with, and sends it. Answers what Slack is told. */
  async fill(label: string, who: string, entered: Readonly<Record<string, string | RegExp>>): Promise<unknown> {
    const { workspace, send } = this.all;
    const before = workspace.views.length;
    await this.press(label, who);
    await expect.poll(() => workspace.views.length, { timeout: 60_000, message: label }).toBeGreaterThan(before);
    const modal = workspace.views.at(-1);
    if (!modal) throw new Error('no modal');
    const blocks = z.array(z.unknown()).parse(modal.view['blocks']);
    const inputs = blocks.flatMap((block) => inputSchema.safeParse(block).data ?? []);
    const values = inputs.map(({ block_id, element }) => [block_id, entry(element, entered[block_id])] as const);
    return send(submit(modal.view, modal.id, who, Object.fromEntries(values)));
  }

  /** The filing form, and the button that records what it read back. */
  record(words: (typeof WORDS)[Language], who: string, entered: Readonly<Record<string, string | RegExp>>) {
    return this.confirmed(words.file, words.confirm, who, entered);
  }

  /** A form that reads back what it states, and the button that records that. */
  async confirmed(
    label: string,
    confirm: string,
    who: string,
    entered: Readonly<Record<string, string | RegExp>>,
  ): Promise<void> {
    const { workspace, send } = this.all;
    const back = z.object({ response_action: z.literal('update'), view: z.record(z.string(), z.unknown()) });
    const { view } = back.parse(await this.fill(label, who, entered));
    const before = workspace.views.length;
    await send(press(button([view], confirm), who, { view: { ...view, id: workspace.views.at(-1)?.id ?? '' } }));
    await expect.poll(() => workspace.views.length, { timeout: 60_000 }).toBeGreaterThan(before);
  }

  /** [More] → [Text to send] → the e-mail to the recipient. */
  async mail(words: (typeof WORDS)[Language], who: string): Promise<void> {
    const { workspace, send } = this.all;
    const shows = (label: string | RegExp) => () =>
      buttonsIn([workspace.views.at(-1)?.view]).some((b) =>
        typeof label === 'string' ? b.label === label : label.test(b.label),
      );
    await this.press(words.more, who);
    for (const label of [words.send, /\.eml/]) {
      await expect.poll(shows(label), { timeout: 60_000, message: String(label) }).toBe(true);
      const modal = workspace.views.at(-1);
      if (!modal) throw new Error('no modal');
      await send(press(button([modal.view], label), who, { view: { ...modal.view, id: modal.id } }));
    }
  }

  async approve(words: (typeof WORDS)[Language], draft: number): Promise<void> {
    const { state } = this.all;
    const last = async () => (await state()).approvals.findLast((one) => one.draft === draft);
    const asked = () =>
      this.all.workspace.messages.filter(
        ({ channel, blocks }) => channel !== CHANNEL && buttonsIn(blocks).some((b) => b.label === words.approve),
      ).length;
    const before = asked();
    await this.press(words.ask, LI, 'room', words.draft(draft));
    await expect.poll(asked).toBe(before + 1);
    await this.press(words.approve, CHEN, 'direct');
    await expect.poll(async () => (await last())?.approved != null).toBe(true);
  }
}

function entry(
  { type, options = [], ...element }: z.infer<typeof inputSchema>['element'],
  wanted: string | RegExp | undefined,
): object {
  const isText = type === 'plain_text_input';
  if (isText) return { type, value: typeof wanted === 'string' ? wanted : (element.initial_value ?? null) };
  const matches = (text: string) => (typeof wanted === 'string' ? text === wanted : wanted?.test(text) === true);
  const chosen = options.find(({ text }) => matches(text.text));
  if (wanted !== undefined && !chosen) throw new Error(`no option ${String(wanted)} in ${JSON.stringify(options)}`);
  if (type === 'checkboxes') return { type, selected_options: chosen ? [chosen] : (element.initial_options ?? []) };
  return { type, selected_option: chosen ?? element.initial_option ?? null };
}

const CLEAR = { response_action: 'clear' };

test.each(['en', 'zh-CN'] as const)(
  'in Slack: from a partial first report to a summary report by the original channel, and the bundle: %s',
  async (language) => {
    const words = WORDS[language];
    const all = await declared({ organisation: company(language) });
    const { bot, id, state, workspace } = all;
    const desk = new Desk(all);
    const say = async (intent: Parameters<typeof bot.house.app.submit>[0]['intent'], who = LI): Promise<void> => {
      const { version } = await state();
      const delivery = { platform: 'api', key: `k${version}`, body: '' };
      const caller = { account: accountOf(who), name: who, language } as const;
      const done = await bot.house.app.submit({ incident: id, intent, revision: version, caller, delivery });
      expect(done).toMatchObject({ kind: 'done' });
    };
    const measures = (text: string) =>
      say({ type: 'fill_field', field: 'art7.2.measures', value: { state: 'known', text }, wording: text });
    const drafts = async (n: number) => {
      await expect.poll(async () => (await state()).drafts.length).toBe(n);
      return (await state()).drafts.at(-1);
    };
    await say({ type: 'answer', fact: 'affected', value: ['personal_info'] });
    await say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await say({ type: 'decide_level', level: 'major' });
    await measures('已隔离两台服务器');

    expect(await desk.fill(words.first, LI, { cannot: words.cause })).toEqual(CLEAR);
    expect((await drafts(1))?.cannotDetermine).toEqual(['cause']);
    await desk.approve(words, 1);
    await measures('已隔离两台服务器并重置口令');
    await expect
      .poll(() => workspace.messages.some(({ text, blocks }) => words.voided.test(text + JSON.stringify(blocks))), {
        timeout: 60_000,
      })
      .toBe(true);
    await desk.press(words.again, LI);
    await drafts(2);
    await desk.approve(words, 2);
    await desk.mail(words, LI);
    await expect
      .poll(() => [...workspace.files.values()].map(({ name }) => name))
      .toContain(`${id}-provincial_cac.eml`);
    const filing = { receipt: '2026-0331-17', channel: words.mail };
    await desk.record(words, LI, filing);
    expect((await state()).filings).toMatchObject([
      { channel: 'email_12387', approved: true, lateSeconds: 0, receipt: '2026-0331-17', draft: 2 },
    ]);

    await say({ type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
    await say({ type: 'decide_level', level: 'significant' });
    await desk.press(words.followUp, LI);
    const third = await drafts(3);
    const changes = third?.text?.document.introduction.filter((one) => /^changes\.\d+$/.test(one.id));
    expect(changes?.map((one) => ('label' in one ? one.label : ''))).toEqual(['级别', '已造成的影响和危害']);
    expect(JSON.stringify(third?.text?.document.sections)).toContain('重置口令');
    await desk.approve(words, 3);
    await desk.record(words, LI, { channel: words.mail, no_receipt: '邮件尚未回复' });

    const now = language === 'en' ? 'now' : '现在';
    await desk.confirmed(words.end, words.yes, LI, { at: now, reason: 'restored' });
    await desk.press(words.summary, LI);
    await drafts(4);
    await desk.approve(words, 4);
    const elsewhere = await desk.fill(words.file, LI, { channel: words.web, receipt: '2026-0430-2' });
    expect(elsewhere).toMatchObject({ response_action: 'errors' });
    expect((await state()).filings).toHaveLength(2);
    await desk.record(words, LI, { channel: words.mail, receipt: '2026-0430-2' });
    const { filings } = await state();
    expect(filings.at(-1)).toMatchObject({ report: 'summary', channel: 'email_12387', approved: true });
    await say({ type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
    const last = await state();
    const ia = bot.house.engine.assess(last);
    const needs = closingNeeds(last, ia, owedReports({ state: last, ia, regime: ia.regime }));
    for (const obligation of needs) {
      // The law knows no exemption from telling the authority.
      if (obligation === 'pipl.art57.authority') {
        const at = new Date().toISOString();
        await say({ type: 'record_filing', obligation, channel: 'own_contact', at, otherChannel: 'told together' });
        continue;
      }
      await say({ type: 'not_owed', obligation, reason: 'told together with the report' });
      const open = (await state()).proposals.findLast(({ settled }) => settled === null);
      if (open) await say({ type: 'second', proposal: open.id, agree: true }, CHEN);
    }
    await say({ type: 'close', reason: 'done' });
    await bot.service.idle();

    // The hash of a text stands on buttons; the anchor of the record, its first 16 digits, in messages that have none.
    const anchors = () =>
      workspace.messages
        .filter(({ channel, blocks }) => channel === CHANNEL && buttonsIn(blocks).length === 0)
        .flatMap(({ blocks }) => /\b[0-9a-f]{16}\b/.exec(JSON.stringify(blocks)) ?? []);
    // One of each report, one of what the authority was told.
    await expect.poll(() => anchors().length).toBe(4);
    const bundle = await bot.house.app.bundle(id, 'api', { counsel: false });
    if ('code' in bundle) throw new Error(bundle.code);
    const zip = new Uint8Array(Buffer.concat(await collect(bundle.content)));
    if (python === null) return;
    for (const anchor of anchors()) expect(verified(zip, anchor)).toMatchObject({ status: 0 });
    expect(changesMissed(zip, 20)).toEqual({ changed: 20, missed: [] });
  },
  120_000,
);
