import type { Fault } from '../simulation/faults.ts';

/** A mistake of a platform, and the suites that have to find it: a test file in `platform/`. */
export interface Mistake extends Fault {
  /** Name of a test file in `platform/`, without its ending. */
  readonly suite: string;
}

const SHARED = 'src/platforms/shared';
const SLACK = 'src/platforms/slack';
const BOT = 'src/platforms/wecom/bot';
const APP = 'src/platforms/wecom-app';
const FEISHU = 'src/platforms/feishu';
const DINGTALK = 'src/platforms/dingtalk';

/** Mistakes that whoever writes a platform may make, one in each; the contract suites alone have to find them. */
export const MISTAKES: readonly Mistake[] = [
  {
    name: 'a room abroad is treated as home',
    ...{ suite: 'slack', file: `${SHARED}/rooms.ts` },
    find: "location: own?.location ?? 'home',",
    replace: "location: 'home',",
  },
  {
    name: 'every room counts as closed',
    ...{ suite: 'slack', file: `${SHARED}/rooms.ts` },
    find: 'open: own?.open ?? open,',
    replace: 'open: false,',
  },
  {
    name: 'everybody reads every room',
    ...{ suite: 'slack', file: `${SLACK}/directory.ts` },
    find: 'return address !== null && this.knows(account) && this.reads(account.id, address);',
    replace: 'return address !== null;',
  },
  {
    name: 'people of another company are shown everything',
    ...{ suite: 'slack', file: `${SLACK}/directory.ts` },
    find: 'return team !== this.team && !this.serves(team) && this.people.known(id)?.outsider !== false;',
    replace: 'return false;',
  },
  {
    name: 'a line that is delivered again is another line',
    ...{ suite: 'slack', file: `${SLACK}/hear/events.ts` },
    find: 'ts}`, user, chat: channel, root',
    replace: 'ts + Math.random()}`, user, chat: channel, root',
  },
  {
    name: 'a press that is delivered again is another press',
    ...{ suite: 'slack', file: `${SLACK}/hear/events.ts` },
    find: "kind: 'pressed', id: trigger,",
    replace: "kind: 'pressed', id: trigger + Math.random(),",
  },
  {
    name: 'what was answered is answered again',
    ...{ suite: 'wecom-bot', file: `${BOT}/receive.ts` },
    find: 'if (isAgain(message)) return;',
    replace: '',
  },
  {
    name: 'what could not be committed is acknowledged',
    ...{ suite: 'slack', file: 'src/talk/keep-failed.ts' },
    find: "'not committed, so not acknowledged');\n      throw error;",
    replace: "'not committed, so not acknowledged');\n      return payload.apologise(error);",
  },
  {
    name: 'what cannot be handled is not kept',
    ...{ suite: 'slack', file: 'src/talk/keep-failed.ts' },
    find: 'await committed(deps.inbox.failed(unhandled(platform, failed)));',
    replace: '',
  },
  {
    name: 'rows lose their buttons',
    ...{ suite: 'slack', file: 'src/platforms/shared/card-view.ts' },
    find: 'isRow: true }, ...row(block.actions)];',
    replace: 'isRow: true }];',
  },
  {
    name: 'the button of a row acts for the first row',
    ...{ suite: 'wecom-bot', file: 'src/platforms/wecom/cards/button-effects.ts' },
    find: "const option = chosen[0] ?? (isList ? '0' : '');",
    replace: "const option = isList ? '0' : (chosen[0] ?? '');",
  },
  {
    name: 'the size limit is ignored',
    ...{ suite: 'slack', file: 'src/platforms/shared/card-view.ts' },
    find: 'if (drawing.fits(body(all))) return body(all);',
    replace: 'if (all.length > 0) return body(all);',
  },
  {
    name: 'of several ticks one is lost',
    ...{ suite: 'wecom-bot', file: `${BOT}/hear/presses.ts` },
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
    find: "api.call('chat.update', { channel",
    replace: "api.call('chat.postMessage', { channel",
  },
  {
    name: 'a message that is gone is not posted again',
    ...{ suite: 'slack', file: `${SLACK}/send/api.ts` },
    find: "gone: ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'],",
    replace: '',
  },
  {
    name: 'an unknown outcome is taken for sent',
    ...{ suite: 'wecom-app', file: `${SHARED}/api-client.ts` },
    find: ": { kind: 'unknown', detail };",
    replace: ": { kind: 'sent', ref: detail };",
  },
  {
    name: 'a limit of rate is taken for a refusal',
    ...{ suite: 'wecom-bot', file: `${BOT}/outcome.ts` },
    find: 'rate_limited: [45009, 45033, 846607],',
    replace: '',
  },
  {
    name: 'what was never sent counts as perhaps sent',
    ...{ suite: 'wecom-app', file: 'src/platforms/shared/http-client.ts' },
    find: 'return causesOf(error).some((code) => NEVER_SENT.has(code));',
    replace: 'return causesOf(error).length < 0;',
  },
  {
    name: 'the platform is said to drop repetitions for ever',
    ...{ suite: 'wecom-app', file: `${APP}/messenger.ts` },
    find: 'return drops && lately ?',
    replace: 'return drops || lately ?',
  },
  {
    name: 'a message is found whatever its key',
    ...{ suite: 'slack', file: `${SLACK}/send/messenger.ts` },
    find: ' && message.metadata.event_payload.key === key)',
    replace: ')',
  },
  {
    name: 'a message below another is posted beside it',
    ...{ suite: 'slack', file: `${SLACK}/send/messenger.ts` },
    find: '...(below === null ? {} : { thread_ts: below, reply_broadcast: ring }),',
    replace: '',
  },
  {
    name: 'the room is not notified',
    ...{ suite: 'slack', file: `${SLACK}/send/messenger.ts` },
    find: 'reply_broadcast: ring }',
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
    ...{ suite: 'slack', file: `${SLACK}/send/messenger.ts` },
    find: 'body: { content, mediaType }',
    replace: 'body: { content: content.subarray(0, 1_000), mediaType }',
  },
  {
    name: 'a file that was given is kept as it came, encrypted',
    ...{ suite: 'wecom-bot', file: `${BOT}/hear/evidence.ts` },
    find: 'aeskey === null ? got.content : decryptFile(',
    replace: 'aeskey !== "" ? got.content : decryptFile(',
  },
  {
    name: 'a repetition is not marked as one',
    ...{ suite: 'slack', file: 'src/platforms/shared/card-view.ts' },
    find: 'const late = deliveryNotes(message).map((note) => localise(note, language));',
    replace: 'const late: string[] = [];',
  },
  {
    name: 'the mention of a person is lost',
    ...{ suite: 'slack', file: `${SLACK}/hear/words.ts` },
    find: "if (target.startsWith('@')) return",
    replace: "if (target.startsWith('@')) return ' '; if (target === '') return",
  },
  {
    name: 'what people type arrives escaped',
    ...{ suite: 'slack', file: `${SLACK}/hear/words.ts` },
    find: 'return unescapeMrkdwn(bare)',
    replace: 'return bare',
  },
  {
    name: 'the language of the reader is ignored',
    ...{ suite: 'slack', file: `${SLACK}/hear/answers.ts` },
    find: 'withNotes(bot, spot, shown, about, view), about)',
    replace: "withNotes(bot, spot, shown, about, view), { ...about, language: 'en' })",
  },
  // A rig that shows nothing, or shows something by itself, would switch off its suite without a word.
  ...(['slack', 'feishu', 'wecom-app', 'wecom-bot', 'console'] as const).map((suite) => ({
    name: `every answer is swallowed: ${suite}`,
    ...{ suite, file: 'src/talk/answering.ts' },
    find: 'of outcome.answers) {',
    replace: 'of outcome.answers.slice(9)) {',
  })),
  ...(['slack', 'feishu', 'wecom-bot'] as const).map((suite) => ({
    name: `a form counts for the record as it is when it is sent: ${suite}`,
    ...{ suite, file: 'src/talk/filling.ts' },
    find: 'await talk.fill({ ref, revision, values,',
    replace: 'await talk.fill({ ref, revision: Number.MAX_SAFE_INTEGER, values,',
  })),
  {
    name: 'a press of a card that is out of date acts',
    ...{ suite: 'wecom-app', file: `${APP}/platform.ts` },
    find: 'const { incident, revision, surface, bound } = task;',
    replace:
      'const { incident, surface, bound } = task;\n  const revision = (await chat.app.state(incident, spot.caller))?.version ?? 0;',
  },
  {
    name: 'entries of a page are lost',
    ...{ suite: 'wecom-app', file: 'src/http/visits/visits.ts' },
    find: 'entriesOf: () => values',
    replace: 'entriesOf: () => ({})',
  },
  {
    name: 'a form with a value that is too long cannot be opened',
    ...{ suite: 'slack', file: `${SLACK}/render/form.ts` },
    find: 'const HERE = { inputText: LIMITS.input.text };',
    replace: 'const HERE = { inputText: LIMITS.input.text * 1_000 };',
  },
  {
    name: 'a platform that was not let in says that it is well',
    ...{ suite: 'wecom-bot', file: `${SHARED}/kept-socket.ts` },
    find: 'return { ok: false, detail: this.#problem',
    replace: 'return { ok: true, detail: this.#problem',
  },
  {
    name: 'a forged callback is taken',
    ...{ suite: 'wecom-app', file: 'src/platforms/wecom-app/envelope.ts' },
    find: 'if (!equalInConstantTime(signed.signature, expected)) return null;',
    replace: 'if (expected === "") return null;',
  },
  {
    name: 'in Feishu a room abroad is treated as home',
    ...{ suite: 'feishu', file: `${SHARED}/rooms.ts` },
    find: "location: own?.location ?? 'home',",
    replace: "location: 'home',",
  },
  {
    name: 'in Feishu every group counts as closed',
    ...{ suite: 'feishu', file: `${SHARED}/rooms.ts` },
    find: 'open: own?.open ?? open,',
    replace: 'open: false,',
  },
  {
    name: 'in Feishu everybody reads every room',
    ...{ suite: 'feishu', file: `${SHARED}/rooms.ts` },
    find: 'return isOurs && address !== null && reads(account.id, address);',
    replace: 'return isOurs && address !== null;',
  },
  {
    name: 'in Feishu people of another company are shown everything',
    ...{ suite: 'feishu', file: `${FEISHU}/parse.ts` },
    find: 'boolean => (tenant ?? tenant_key) !== tenant_key;',
    replace: "boolean => tenant === '';",
  },
  {
    name: 'in Feishu a line that is delivered again is another line',
    ...{ suite: 'feishu', file: `${SHARED}/hearing.ts` },
    find: 'id}`, text, about',
    replace: 'id + Math.random()}`, text, about',
  },
  {
    name: 'in Feishu a click that is delivered again is another click',
    ...{ suite: 'feishu', file: `${SHARED}/hearing.ts` },
    find: 'id}`;\n      const { outcome',
    replace: 'id + Math.random()}`;\n      const { outcome',
  },
  {
    name: 'in Feishu what was answered is answered again',
    ...{ suite: 'feishu', file: 'src/talk/answering.ts' },
    find: "if ((await service.answered.markSeen(key)) === 'new') await work();",
    replace: 'await work();',
  },
  {
    name: 'in Feishu a click on a card that is out of date acts',
    ...{ suite: 'feishu', file: `${SHARED}/hearing.ts` },
    find: 'const { d, r: revision, i: incident } = value;',
    replace:
      'const { d, i: incident } = value;\n    const revision = (await intake.app.state(incident, spot.caller))?.version ?? 0;',
  },
  {
    name: 'in Feishu of several ticks one is lost',
    ...{ suite: 'feishu', file: `${SHARED}/card-hearing.ts` },
    find: "(typeof ids === 'string' ? [ids] : ids),",
    replace: "(typeof ids === 'string' ? [ids] : ids.slice(1)),",
  },
  {
    name: 'in Feishu ticks that stand alone go with others',
    ...{ suite: 'feishu', file: `${SHARED}/card-view.ts` },
    find: 'one.exclusive ? [[one.value, one.label]] : []',
    replace: 'one.exclusive ? [] : []',
  },
  {
    name: 'in Feishu a recalled card is not posted again',
    ...{ suite: 'feishu', file: `${SHARED}/roots.ts` },
    find: "  await committed(surfaces.lost({ incident, room, key: 'status' }));\n",
    replace: "  if (incident === '') await committed(surfaces.lost({ incident, room, key: 'status' }));\n",
  },
  {
    name: 'in Feishu the language of the reader is ignored',
    ...{ suite: 'feishu', file: 'src/talk/answering.ts' },
    find: 'isRead ? place.room.language : outcome.language;',
    replace: "'en' : 'en';",
  },
  {
    name: 'in Feishu rows lose their buttons',
    ...{ suite: 'feishu', file: `${SHARED}/card-view.ts` },
    find: 'block.text}`), isRow: true }, ...row(block.actions)];',
    replace: 'block.text}`), isRow: true }];',
  },
  {
    name: 'in Feishu the size limit is ignored',
    ...{ suite: 'feishu', file: `${SHARED}/card-view.ts` },
    find: 'if (drawing.fits(body(all))) return body(all);',
    replace: 'return body(all);',
  },
  {
    name: 'in Feishu what does not fit is left out in silence',
    ...{ suite: 'feishu', file: `${SHARED}/card-view.ts` },
    find: 'const sign = left === 0 ? [] :',
    replace: 'const sign = left >= 0 ? [] :',
  },
  {
    name: 'in Feishu nobody is called by name',
    ...{ suite: 'feishu', file: `${FEISHU}/draw.ts` },
    find: 'return ids.length === 0 ? [] :',
    replace: 'return ids.length >= 0 ? [] :',
  },
  {
    name: 'in Feishu a repetition is not marked as one',
    ...{ suite: 'feishu', file: `${SHARED}/card-view.ts` },
    find: 'const late = deliveryNotes(message).map((note) => localise(note, language));',
    replace: 'const late: string[] = [];',
  },
  {
    name: 'in Feishu a text that is too long for an input is cut',
    ...{ suite: 'feishu', file: `${SHARED}/card-form.ts` },
    find: 'field.value.length > inputText;',
    replace: 'field.value.length < 0;',
  },
  {
    name: 'in Feishu an edit is posted as a new message',
    ...{ suite: 'feishu', file: `${FEISHU}/wire.ts` },
    find: 'edit: ({ ref }, card) =>',
    replace:
      "edit: async ({ ref, ...to }, card) => {\n        await send({ ...to, below: null }, 'interactive', card, ref + String(Math.random()).slice(0, 9));",
  },
  {
    name: 'in Feishu a message below another is posted beside it',
    ...{ suite: 'feishu', file: `${FEISHU}/wire.ts` },
    find: 'to.below === null\n',
    replace: "to.below !== ''\n",
  },
  {
    name: 'in Feishu the platform is said to drop repetitions for ever',
    ...{ suite: 'feishu', file: `${SHARED}/card-messenger.ts` },
    find: 'clock.now() - since < (wire.dropsFor ?? 0) ?',
    replace: 'since > 0 ?',
  },
  {
    name: 'in Feishu an account of another app is written to',
    ...{ suite: 'feishu', file: `${SHARED}/card-messenger.ts` },
    find: 'account.tenant === wire.tenant &&',
    replace: "account.tenant !== '' &&",
  },
  {
    name: 'in Feishu a file is sent without all its bytes',
    ...{ suite: 'feishu', file: `${FEISHU}/wire.ts` },
    find: "body: { field: 'file', file, texts }",
    replace: "body: { field: 'file', file: { ...file, content: file.content.subarray(0, 1_000) }, texts }",
  },
  {
    name: 'in Feishu a message that is gone is not posted again',
    ...{ suite: 'feishu', file: `${FEISHU}/api.ts` },
    find: 'gone: [230011,',
    replace: 'gone: [',
  },
  {
    name: 'in Feishu a limit of rate is taken for a refusal',
    ...{ suite: 'feishu', file: `${FEISHU}/api.ts` },
    find: 'rate_limited: [230020,',
    replace: 'rate_limited: [',
  },
  {
    name: 'in Feishu an unknown outcome is taken for sent',
    ...{ suite: 'feishu', file: `${SHARED}/api-client.ts` },
    find: ": { kind: 'unknown', detail };",
    replace: ": { kind: 'sent', ref: detail };",
  },
  {
    name: 'in Feishu a platform that was not let in says that it is well',
    ...{ suite: 'feishu', file: `${SHARED}/kept-socket.ts` },
    find: 'return { ok: false, detail: this.#problem',
    replace: 'return { ok: true, detail: this.#problem',
  },
  {
    name: 'in Feishu a forged callback is taken',
    ...{ suite: 'feishu', file: `${FEISHU}/listen.ts` },
    find: 'return isSigned && age <= STALE ?',
    replace: 'return age <= STALE ?',
  },
  {
    name: 'in DingTalk a link is no button',
    ...{ suite: 'dingtalk', file: `${SHARED}/card-view.ts` },
    find: '[{ label, style, does: { url: does.url } }] : [];',
    replace: '[] : [];',
  },
  {
    name: 'in DingTalk a button acts without asking',
    ...{ suite: 'dingtalk', file: `${SHARED}/card-view.ts` },
    find: '[{ label, style, confirm, does: { value: bind(d, revision) } }];',
    replace: '[{ label, style, does: { value: bind(d, revision) } }];',
  },
  {
    name: 'in DingTalk what does not fit is left out in silence',
    ...{ suite: 'dingtalk', file: `${SHARED}/card-view.ts` },
    find: 'const sign = left === 0 ? [] :',
    replace: 'const sign = left >= 0 ? [] :',
  },
  {
    name: 'in DingTalk its own limit of messages is ignored',
    ...{ suite: 'dingtalk', file: `${SHARED}/card-messenger.ts` },
    find: 'isPost ? window.take([to.address], clock.now()) : null;',
    replace: 'isPost && to.address === "" ? window.take([to.address], clock.now()) : null;',
  },
  {
    name: 'in DingTalk a group whose members nobody names is read by everybody in it',
    ...{ suite: 'dingtalk', file: `${SHARED}/chats.ts` },
    find: "own?.readers === 'acting' ? known : null;",
    replace: 'own === null ? null : known;',
  },
  {
    name: 'in DingTalk answers stay after a stop',
    ...{ suite: 'dingtalk', file: `${SHARED}/card-hearing.ts` },
    find: "if (outcome.kind === 'sent') await this.#needs.app.answered({ ...sent, ref: outcome.ref });",
    replace: "if (outcome.kind !== 'sent') await this.#needs.app.answered({ ...sent, ref: '' });",
  },
  {
    name: 'in DingTalk a list stays after a stop',
    ...{ suite: 'dingtalk', file: `${SHARED}/card-hearing.ts` },
    find: 'holds: { incident, content }',
    replace: 'holds: { incident }',
  },
  {
    name: 'in DingTalk only the first picture of a message is kept',
    ...{ suite: 'dingtalk', file: `${DINGTALK}/parse.ts` },
    find: '[single, ...rich.map((part) => part.downloadCode)]',
    replace: '[single, rich.map((part) => part.downloadCode)[0]]',
  },
  {
    name: 'in DingTalk words beside a picture are lost',
    ...{ suite: 'dingtalk', file: `${SHARED}/hearing.ts` },
    find: '`, text, about, files }',
    replace: "`, text: files.length > 0 ? '' : text, about, files }",
  },
  {
    name: 'in DingTalk a connection that was cut stays cut',
    ...{ suite: 'dingtalk', file: `${SHARED}/kept-socket.ts` },
    find: 'if (this.#isStopped) return;\n    const { clock }',
    replace: 'if (!this.#isStopped) return;\n    const { clock }',
  },
  {
    name: 'in DingTalk a live address is kept on disk',
    ...{ suite: 'dingtalk', file: `${DINGTALK}/wire.ts` },
    find: "new Set(['sessionWebhook', 'sessionWebhookExpiredTime'])",
    replace: "new Set(['sessionWebhookExpiredTime'])",
  },
  {
    name: 'in DingTalk a card with an id that was used is another card',
    ...{ suite: 'dingtalk', file: `${DINGTALK}/wire.ts` },
    find: 'error instanceof ApiError && /outTrackId/',
    replace: 'error instanceof ApiError && /outTrackIds/',
  },
  {
    name: 'in DingTalk a card that was delivered nowhere counts as sent',
    ...{ suite: 'dingtalk', file: `${DINGTALK}/wire.ts` },
    find: 'if (lost) throw',
    replace: "if (lost?.errorMsg === '') throw",
  },
  {
    name: 'in DingTalk what was not taken is acknowledged',
    ...{ suite: 'dingtalk', file: `${DINGTALK}/wire.ts` },
    find: "() => answer('', 500),",
    replace: "() => answer(''),",
  },
  {
    name: 'in DingTalk a file that somebody asked for goes to somebody else',
    ...{ suite: 'dingtalk', file: `${DINGTALK}/wire.ts` },
    find: 'userIds: [address]',
    replace: "userIds: ['chenyu']",
  },
];
