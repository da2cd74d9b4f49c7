import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** Parser that keeps numbers as text and entities unchanged, and makes repeatable elements lists. */
const parser = new XMLParser({
  parseTagValue: false,
  processEntities: false,
  isArray: (name) => name === 'SelectedItem' || name === 'OptionId',
});

/** Parses XML without a document type; null for anything else. */
function parseXml(text: string): unknown {
  if (/<!DOCTYPE/i.test(text) || /<!ENTITY/i.test(text)) return null;
  try {
    return parser.parse(text);
  } catch {
    return null;
  }
}

const envelope = z.object({ xml: z.looseObject({ Encrypt: z.string().min(1) }) });

/** Returns the cipher text of a callback (document 90238); null if there is none. */
export function cipherOf(body: string): string | null {
  const parsed = envelope.safeParse(parseXml(body));
  return parsed.success ? parsed.data.xml.Encrypt : null;
}

const selected = z.object({
  SelectedItem: z
    .array(
      z.object({
        QuestionKey: z.string(),
        OptionIds: z.union([z.object({ OptionId: z.array(z.string()) }), z.literal('')]),
      }),
    )
    .default([]),
});
const message = z.object({
  xml: z.looseObject({
    ToUserName: z.string(),
    FromUserName: z.string(),
    CreateTime: z.string().regex(/^\d{1,12}$/),
    MsgType: z.string(),
    AgentID: z.string().optional(),
    MsgId: z.string().optional(),
    Content: z.string().optional(),
    MediaId: z.string().optional(),
    Event: z.string().optional(),
    EventKey: z.string().optional(),
    TaskId: z.string().optional(),
    ResponseCode: z.string().optional(),
    SelectedItems: z.union([selected, z.literal('')]).optional(),
  }),
});

/** Message or event of WeCom (documents 90239, 90240). */
export interface Incoming {
  readonly to: string;
  readonly agent: string;
  /** User id of the actor; `sys` for events of the platform itself. */
  readonly from: string;
  /** Key of the message or event; a redelivery has the same. */
  readonly key: string;
  readonly type: string;
  readonly text: string;
  /** Media id of a picture, voice message or video; otherwise empty. */
  readonly media: string;
  readonly event: string;
  readonly eventKey: string;
  readonly taskId: string;
  readonly responseCode: string;
  /** Selected option ids by question. */
  readonly selected: Readonly<Record<string, readonly string[]>>;
}

/** Parses the plain text of a callback; null if it is invalid. */
export function incomingOf(plain: string): Incoming | null {
  const parsed = message.safeParse(parseXml(plain));
  if (!parsed.success) return null;
  const m = parsed.data.xml;
  const items = m.SelectedItems === undefined || m.SelectedItems === '' ? [] : m.SelectedItems.SelectedItem;
  const event = m.Event ?? '';
  return {
    to: m.ToUserName,
    agent: m.AgentID ?? '',
    from: m.FromUserName,
    key: keyOf(m),
    type: m.MsgType,
    text: m.Content ?? '',
    media: m.MediaId ?? '',
    event,
    eventKey: m.EventKey ?? '',
    taskId: m.TaskId ?? '',
    responseCode: m.ResponseCode ?? '',
    selected: Object.fromEntries(
      items.map(({ QuestionKey, OptionIds }) => [QuestionKey, OptionIds === '' ? [] : OptionIds.OptionId]),
    ),
  };
}

/**
 * Returns the key of a message or event. Events have no id. Person and time in seconds are equal for two taps within
 * one second (WxJava #2321), so the key also contains the tapped item.
 */
function keyOf(m: z.infer<typeof message>['xml']): string {
  if (m.MsgId !== undefined && m.MsgId !== '') return `message:${m.MsgId}`;
  return ['event', m.FromUserName, m.CreateTime, m.Event, m.EventKey, m.TaskId, m.ResponseCode].join(':');
}
