import type { Fault } from '../simulation/faults.ts';

/** A mistake of a platform, and the suites that have to find it: a test file in `platform/`. */
export interface Mistake extends Fault {
  readonly suite: 'console' | 'slack' | 'wecom-app' | 'wecom-bot';
}

const SHARED = 'src/platforms/shared';
const SLACK = 'src/platforms/slack';
const BOT = 'src/platforms/wecom/bot';
const APP = 'src/platforms/wecom-app';
const CONSOLE = 'src/platforms/console';

/** Mistakes that whoever writes a platform may make, one in each; the contract suites alone have to find them. */
export const MISTAKES: readonly Mistake[] = [
  {
    name: 'a room abroad is treated as home',
    ...{ suite: 'slack', file: `${SLACK}/intake/context.ts` },
    find: "location: profile?.location ?? 'home',",
    replace: "location: 'home',",
  },
  {
    name: 'every room counts as closed',
    ...{ suite: 'slack', file: `${SLACK}/intake/context.ts` },
    find: 'open: profile?.open ?? !isPrivate,',
    replace: 'open: false,',
  },
  {
    name: 'everybody reads every room',
    ...{ suite: 'slack', file: `${SLACK}/platform.ts` },
    find: 'return address !== null && directory.reads(account.id, address);',
    replace: 'return address !== null;',
  },
  {
    name: 'people of another company are shown everything',
    ...{ suite: 'slack', file: `${SLACK}/directory.ts` },
    find: 'return team !== this.team && this.#people.get(id)?.outsider !== false;',
    replace: 'return false;',
  },
  {
    name: 'a line that is delivered again is another line',
    ...{ suite: 'slack', file: `${SLACK}/intake/messages.ts` },
    find: 'event.ts}`, [user, plainText(event.text, unnamed(',
    replace: 'event.ts + intake.nextId()}`, [user, plainText(event.text, unnamed(',
  },
  {
    name: 'a press that is delivered again is another press',
    ...{ suite: 'slack', file: `${SLACK}/intake/actions.ts` },
    find: 'payload.trigger_id}`, body);',
    replace: 'payload.trigger_id + intake.nextId()}`, body);',
  },
  {
    name: 'what was answered is answered again',
    ...{ suite: 'wecom-bot', file: `${BOT}/receive.ts` },
    find: 'if (isAgain(seen, message.body.msgid)) return;',
    replace: '',
  },
  {
    name: 'what could not be committed is acknowledged',
    ...{ suite: 'slack', file: `${SHARED}/keep-failed.ts` },
    find: "'not committed, so not acknowledged');\n      throw error;",
    replace: "'not committed, so not acknowledged');\n      return payload.apologise(error);",
  },
  {
    name: 'what cannot be handled is not kept',
    ...{ suite: 'slack', file: `${SHARED}/keep-failed.ts` },
    find: 'await committed(deps.inbox.failed(unhandled(platform, failed)));',
    replace: '',
  },
  {
    name: 'rows lose their buttons',
    ...{ suite: 'slack', file: `${SLACK}/render/card.ts` },
    find: 'return [...text, ...buttons(block.actions, { ...context, id })];',
    replace: 'return text;',
  },
  {
    name: 'the button of a row acts for the first row',
    ...{ suite: 'wecom-bot', file: 'src/platforms/wecom/cards/choice.ts' },
    find: "const row = entryOf(rows, ticked[0] ?? '0');",
    replace: "const row = entryOf(rows, '0');",
  },
  {
    name: 'the size limit is ignored',
    ...{ suite: 'slack', file: `${SLACK}/render/card.ts` },
    find: 'if (blocks.length <= max) return blocks;',
    replace: 'if (max > 0) return blocks;',
  },
  {
    name: 'of several ticks one is lost',
    ...{ suite: 'wecom-bot', file: `${BOT}/intake/clicks.ts` },
    find: 'flatMap((item) => item.option_ids?.option_id ?? []);',
    replace: 'flatMap((item) => item.option_ids?.option_id[0] ?? []);',
  },
  {
    name: 'a callback for another company is taken',
    ...{ suite: 'wecom-app', file: `${APP}/callback.ts` },
    find: 'incoming.to !== deps.keys.receiveId || ',
    replace: '',
  },
  {
    name: 'an account of another company is written to',
    ...{ suite: 'wecom-app', file: `${APP}/messenger.ts` },
    find: 'platform === PLATFORM && tenant === deps.corpId;',
    replace: 'platform === PLATFORM && tenant !== "";',
  },
  {
    name: 'an edit is posted as a new message',
    ...{ suite: 'slack', file: `${SLACK}/send/messenger.ts` },
    find: "deps.api.call('countdown', 'chat.update', {",
    replace: "deps.api.call('countdown', 'chat.postMessage', {",
  },
  {
    name: 'a message that is gone is not posted again',
    ...{ suite: 'slack', file: `${SLACK}/send/outcome.ts` },
    find: "if (GONE.has(code)) return refused('gone', code);",
    replace: '',
  },
  {
    name: 'an unknown outcome is taken for sent',
    ...{ suite: 'wecom-app', file: 'src/platforms/wecom/api/outcome.ts' },
    find: "? { kind: 'unknown', detail: error.message }",
    replace: "? { kind: 'sent', ref: error.message }",
  },
  {
    name: 'a limit of rate is taken for a refusal',
    ...{ suite: 'wecom-bot', file: `${BOT}/outcome.ts` },
    find: 'if (TOO_OFTEN.has(failed.code)) {',
    replace: 'if (failed.code === 0) {',
  },
  {
    name: 'what was never sent counts as perhaps sent',
    ...{ suite: 'wecom-app', file: 'src/platforms/shared/http-client.ts' },
    find: 'return causes(error).some((code) => NEVER_SENT.has(code));',
    replace: 'return causes(error).length < 0;',
  },
  {
    name: 'the platform is said to drop repetitions for ever',
    ...{ suite: 'wecom-app', file: `${APP}/messenger.ts` },
    find: 'return drops && lately ?',
    replace: 'return drops || lately ?',
  },
  {
    name: 'a message is found whatever its key',
    ...{ suite: 'slack', file: `${SLACK}/send/find.ts` },
    find: ' && message.metadata.event_payload.key === wanted)',
    replace: ')',
  },
  {
    name: 'a message below another is posted beside it',
    ...{ suite: 'slack', file: `${SLACK}/send/messenger.ts` },
    find: '...(place.thread === null ? {} : { thread_ts: place.thread, reply_broadcast: message.ring }),',
    replace: '',
  },
  {
    name: 'the room is not notified',
    ...{ suite: 'slack', file: `${SLACK}/send/messenger.ts` },
    find: 'reply_broadcast: message.ring }',
    replace: 'reply_broadcast: false }',
  },
  {
    name: 'nobody is called by name',
    ...{ suite: 'wecom-app', file: `${APP}/messenger.ts` },
    find: "message.mention === 'everybody' ? target.members : message.mention;",
    replace: '[];',
  },
  {
    name: 'a file is sent without all its bytes',
    ...{ suite: 'console', file: `${CONSOLE}/messenger.ts` },
    find: 'blobs.put(file.content);',
    replace: 'blobs.put(file.content.subarray(0, 1_000));',
  },
  {
    name: 'a file that was given is kept as it came, encrypted',
    ...{ suite: 'wecom-bot', file: `${BOT}/intake/evidence.ts` },
    find: 'aeskey === null ? got.content : decryptFile(',
    replace: 'aeskey !== "" ? got.content : decryptFile(',
  },
  {
    name: 'a repetition is not marked as one',
    ...{ suite: 'slack', file: `${SLACK}/render/body.ts` },
    find: 'const before = deliveryNotes(message).map((note) => localise(note, language));',
    replace: 'const before: string[] = [];',
  },
  {
    name: 'the mention of a person is lost',
    ...{ suite: 'slack', file: `${SLACK}/intake/plain.ts` },
    find: "if (target.startsWith('@')) return",
    replace: "if (target.startsWith('@')) return ' '; if (target === '') return",
  },
  {
    name: 'what people type arrives escaped',
    ...{ suite: 'slack', file: `${SLACK}/intake/plain.ts` },
    find: 'return unescapeMrkdwn(bare)',
    replace: 'return bare',
  },
  {
    name: 'the language of the reader is ignored',
    ...{ suite: 'slack', file: `${SLACK}/intake/commands.ts` },
    find: 'const about: About = outcome;',
    replace: "const about: About = { ...outcome, language: 'en' };",
  },
  {
    name: 'a press of a card that is out of date acts',
    ...{ suite: 'wecom-app', file: `${APP}/intake.ts` },
    find: '    revision: task.revision,\n',
    replace: '    revision: (await deps.house.app.state(task.incident, caller))?.version ?? 0,\n',
  },
  {
    name: 'a value that is long for a form is cut',
    ...{ suite: 'wecom-app', file: 'src/platforms/wecom/form/page.ts' },
    find: 'text}</textarea>`',
    replace: 'text.slice(0, 2_000)}</textarea>`',
  },
  {
    name: 'a form with a value that is too long cannot be opened',
    ...{ suite: 'slack', file: `${SLACK}/render/form.ts` },
    find: "return field.kind === 'text' && field.value.length > LIMITS.input.text;",
    replace: 'return field.id === LIMITS.input.text.toString();',
  },
  {
    name: 'a platform that was not let in says that it is well',
    ...{ suite: 'wecom-bot', file: 'src/platforms/wecom/platform.ts' },
    find: "return { ok: state === 'up', detail: detail || state };",
    replace: 'return { ok: true, detail: detail || state };',
  },
  {
    name: 'a forged callback is taken',
    ...{ suite: 'wecom-app', file: 'src/platforms/wecom/crypto/envelope.ts' },
    find: 'if (!equalInConstantTime(signed.signature, expected)) return null;',
    replace: 'if (expected === "") return null;',
  },
];
