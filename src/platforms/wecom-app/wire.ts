import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** Numbers stay text, entities stay as they are, and what may come several times is always a list. */
const parser = new XMLParser({
  parseTagValue: false,
  processEntities: false,
  isArray: (name) => name === 'SelectedItem' || name === 'OptionId',
});

/** XML without a document type; null for anything else. */
function parseXml(text: string): unknown {
  if (/<!DOCTYPE/i.test(text) || /<!ENTITY/i.test(text)) return null;
  try {
    return parser.parse(text);
  } catch {
    return null;
  }
}

const envelope = z.object({ xml: z.looseObject({ Encrypt: z.string().min(1) }) });

/** The cipher text of a callback (document 90238); null if there is none. */
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

/** One thing that happened in WeCom (documents 90239, 90240). */
export interface Incoming {
  readonly to: string;
  readonly agent: string;
  /** Actor's userid; `sys` for events of the platform itself. */
  readonly from: string;
  /** The same thing delivered again has the same key. */
  readonly key: string;
  readonly type: string;
  readonly text: string;
  /** A picture, voice message or video; empty for anything else. */
  readonly media: string;
  readonly event: string;
  readonly eventKey: string;
  readonly taskId: string;
  readonly responseCode: string;
  /** Ids of the ticked options, by question. */
  readonly selected: Readonly<Record<string, readonly string[]>>;
}

/** The plain text of a callback as an `Incoming`; null if it is none. */
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
 * Events have no id, and person and second alone collide when somebody taps twice within one second (WxJava #2321): what
 * was tapped belongs to the key.
 */
function keyOf(m: z.infer<typeof message>['xml']): string {
  if (m.MsgId !== undefined && m.MsgId !== '') return `message:${m.MsgId}`;
  return ['event', m.FromUserName, m.CreateTime, m.Event, m.EventKey, m.TaskId, m.ResponseCode].join(':');
}
