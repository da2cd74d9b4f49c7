import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import type { ChatPlatform, PlatformNeeds } from '../description.ts';
import { ApiError } from '../shared/api-client.ts';
import { createCardPlatform } from '../shared/card-platform.ts';
import type { Body } from '../shared/card-view.ts';
import type { Hear, Target, Told } from '../shared/card-wire.ts';
import type { LinkEvents } from '../shared/kept-socket.ts';
import { Standing } from '../shared/standing.ts';
import { keptWebSocket } from '../shared/web-socket.ts';
import { createApi, createOldApi, failed, isGroup, PLATFORM, readersOf, streamAddress } from './api.ts';
import { drawing } from './draw.ts';
import type { DingtalkConfig } from './index.ts';
import { fileSchema, parseCallback } from './parse.ts';

const bodySchema = z.object({
  variables: z.record(z.string(), z.string()),
  calls: z.union([z.literal('everybody'), z.array(z.string())]),
});
const delivered = z.looseObject({
  result: z.looseObject({
    deliverResults: z.array(z.looseObject({ success: z.boolean(), errorMsg: z.string().default('') })),
  }),
});
const frameSchema = z.looseObject({
  type: z.string(),
  headers: z.looseObject({ topic: z.string(), messageId: z.string() }),
  data: z.string().default(''),
});
const fileSent = z.looseObject({ processQueryKey: z.string() });
const download = z.looseObject({ downloadUrl: z.string() });
const uploaded = z.looseObject({ media_id: z.string() });
const person = z.looseObject({ result: z.looseObject({ name: z.string().min(1) }) });
const NOTHING_LOST = { result: { deliverResults: [] } };
const FILE_BYTES = 20 * 1024 * 1024;

/** Creates the DingTalk platform: cards of one template, edited in place, and a stream of all acts of people. */
export function createDingtalk(config: DingtalkConfig, needs: PlatformNeeds): Promise<ChatPlatform> {
  const standing = new Standing(needs, PLATFORM);
  const deps = { proxy: needs.config.proxy, clock: needs.clock, standing };
  const [api, old] = [createApi(config, deps), createOldApi(config, deps)];
  const robotCode = config.clientId;
  const post = async ({ address }: Pick<Target, 'address'>, body: Body, outTrackId: string): Promise<string> => {
    const { variables, calls } = bodySchema.parse(body);
    const called = calls === 'everybody' ? ['@ALL'] : calls;
    const atUserIds = Object.fromEntries(called.map((id) => [id, id]));
    const space = isGroup(address)
      ? { imGroupOpenSpaceModel: { supportForward: false }, imGroupOpenDeliverModel: { robotCode, atUserIds } }
      : {
          imRobotOpenSpaceModel: { supportForward: false },
          imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
        };
    const card = { cardTemplateId: config.template, outTrackId, callbackType: 'STREAM', userIdType: 1 };
    const openSpaceId = `dtv1.card//${isGroup(address) ? 'IM_GROUP' : 'IM_ROBOT'}.${address}`;
    const cardData = { cardParamMap: { ...variables, chat: address } };
    const call = 'v1.0/card/instances/createAndDeliver';
    const answer = await api.send(call, { ...card, openSpaceId, cardData, ...space }).catch((error: unknown) => {
      // The id was used before, so the card is already there.
      if (error instanceof ApiError && /outTrackId/.test(String(error.code))) return NOTHING_LOST;
      throw error;
    });
    const lost = delivered.parse(answer).result.deliverResults.find(({ success }) => !success);
    if (lost) throw new ApiError(call, 'NotDelivered', lost.errorMsg);
    return outTrackId;
  };
  return createCardPlatform(
    {
      ...{ platform: PLATFORM, tenant: config.clientId, standing, failed, drawing, isGroup, file: fileSchema },
      // Limits per minute: a robot may send 20 messages to a group; edits get part of the app's API calls.
      perMinute: { edits: 300, posts: 20 },
      dropsFor: 55 * 60_000,
      secrets: new Set(['sessionWebhook', 'sessionWebhookExpiredTime']),
      post,
      edit: ({ ref: outTrackId, address }, body) => {
        const { variables } = bodySchema.parse(body);
        const cardData = { cardParamMap: { ...variables, chat: address } };
        return api.send('v1.0/card/instances', { outTrackId, cardData }, 'PUT');
      },
      // Recall is for files only; cards are edited instead.
      remove: ({ ref, address, isGroup: inGroup }) => {
        const more = inGroup ? { openConversationId: address } : {};
        const path = inGroup ? 'groupMessages/recall' : 'otoMessages/batchRecall';
        return api.send(`v1.0/robot/${path}`, { robotCode, processQueryKeys: [ref], ...more });
      },
      filesRepeat: true,
      fileNames: /\.(?:xlsx|pdf|zip|rar|docx?)$/i,
      upload: async (file) => {
        const body = { field: 'media', file, texts: { type: 'file' } };
        return uploaded.parse(await old.call('media/upload', { body })).media_id;
      },
      postFile: async ({ address, isGroup: inGroup }, mediaId, { name: fileName }) => {
        const msgParam = JSON.stringify({ mediaId, fileName, fileType: fileName.split('.').at(-1) });
        const to = inGroup ? { openConversationId: address } : { userIds: [address] };
        const path = inGroup ? 'groupMessages/send' : 'oToMessages/batchSend';
        const sent = await api.send(`v1.0/robot/${path}`, { robotCode, msgKey: 'sampleFile', msgParam, ...to });
        return fileSent.parse(sent).processQueryKey;
      },
      nameOf: async (userid) => person.parse(await old.send('topapi/v2/user/get', { userid })).result.name,
      readersOf: (chat) => readersOf(api, chat),
      parse: parseCallback,
      fetch: async ({ code: downloadCode, name }) => {
        const answer = await api.send('v1.0/robot/messageFiles/download', { downloadCode, robotCode });
        const got = await api.http.download('file', download.parse(answer).downloadUrl, { max: FILE_BYTES });
        if (got === 'too_large') return got;
        return got.status === 200 ? { ...got, name: name || got.name || '' } : 'gone';
      },
      listen: (hear, connected) =>
        keptWebSocket({
          ...{ ...deps, log: needs.log, name: 'DingTalk', connected, http: api.http },
          address: () => streamAddress(api, config),
          received: (data, send, events) => void received(String(data), send, hear, events),
        }),
      close: async () => {
        await Promise.all([api.http.close(), old.http.close()]);
      },
    },
    needs,
  );
}

/** Handles one frame. A callback is acknowledged once it is on disk; otherwise DingTalk repeats it. */
async function received(text: string, send: (text: string) => void, hear: Hear, events: LinkEvents): Promise<void> {
  const { data: frame } = frameSchema.safeParse(parseJson(text));
  if (!frame) return;
  const { topic, messageId } = frame.headers;
  const headers = { messageId, contentType: 'application/json' };
  const answer = (data: string, code = 200): void => send(JSON.stringify({ code, headers, message: 'OK', data }));
  if (topic === 'ping') answer(frame.data);
  if (topic === 'disconnect') events.replace();
  if (topic === 'ping' || topic === 'disconnect' || frame.type !== 'CALLBACK') return;
  await hear({ topic, id: messageId, data: parseJson(frame.data) }).then(
    (told) => answer(JSON.stringify({ response: answerTo(told) })),
    () => answer('', 500),
  );
}

/** Returns the new card, if any, and the sentence for the person who pressed, as a private variable of the card. */
function answerTo(told: Told | null): object {
  if (!told) return {};
  const { variables } = told.card === null ? { variables: null } : bodySchema.parse(told.card);
  return {
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    ...(variables ? { cardData: { cardParamMap: variables } } : {}),
    userPrivateData: { cardParamMap: { said: told.say } },
  };
}
