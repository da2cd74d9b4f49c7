import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { BackgroundWork } from '../../../talk/background-work.ts';
import type { SendOutcome } from '../../../use-cases/ports.ts';
import type { PlatformNeeds } from '../../description.ts';
import { BOT_LIMITS } from '../limits.ts';
import type { Sender } from './sender.ts';

/** Reply to a line: chat, language of its texts, and handle of the line's frame. */
export interface ReplyTo {
  readonly chat: string;
  readonly language: Language;
  readonly request: string;
}
interface Stream extends ReplyTo {
  readonly content: string;
  readonly since: number;
  readonly at: number;
}
interface StreamDependencies extends Pick<PlatformNeeds, 'clock' | 'ids'> {
  readonly sender: Pick<Sender, 'stream'>;
}
/** Time (ms) without a change after which a stream ends; until then WeCom shows that the bot is writing. */
const QUIET = 90_000;

/**
 * Messages that can be changed: streams begun as the reply to a line. Only this process changes them: after a restart
 * they stay as they are, and the next text is a separate message.
 */
export class RunningStreams {
  readonly #deps: StreamDependencies;
  readonly #open = new Map<string, Stream>();

  constructor(deps: StreamDependencies) {
    this.#deps = deps;
  }

  isOpen(ref: string): boolean {
    return this.#open.has(ref);
  }

  /** Begins a message as the reply to a line; returns its handle, null if not accepted. */
  async begin(to: ReplyTo, content: string, after: BackgroundWork): Promise<string | null> {
    const ref = `rs-${this.#deps.ids.next()}`;
    const now = this.#deps.clock.now();
    this.#open.set(ref, { ...to, content, since: now, at: now });
    const isTaken = await this.#write(ref, false);
    if (!isTaken) this.#open.delete(ref);
    else this.#endLater(ref, after);
    return isTaken ? ref : null;
  }

  /** Replaces the text of a message; returns false if it has ended. */
  async change(ref: string, content: string): Promise<boolean> {
    const stream = this.#open.get(ref);
    if (!stream) return false;
    this.#open.set(ref, { ...stream, content, at: this.#deps.clock.now() });
    return this.#write(ref, false);
  }

  /** Ends a message and removes its text. */
  remove(ref: string): Promise<SendOutcome> {
    const stream = this.#open.get(ref);
    if (stream) this.#open.set(ref, { ...stream, content: translate(stream.language, 'wecom.removed') });
    return this.#end(ref);
  }

  async #end(ref: string): Promise<SendOutcome> {
    const isTaken = await this.#write(ref, true);
    this.#open.delete(ref);
    return isTaken ? { kind: 'sent', ref } : { kind: 'refused', reason: 'gone', detail: 'the stream has ended' };
  }

  #endLater(ref: string, after: BackgroundWork): void {
    after.after(QUIET, () => {
      const stream = this.#open.get(ref);
      if (!stream) return;
      const now = this.#deps.clock.now();
      const isOver = now - stream.at >= QUIET || now + QUIET - stream.since > BOT_LIMITS.streamFor;
      if (isOver) after.run(async () => void (await this.#end(ref)));
      else this.#endLater(ref, after);
    });
  }

  async #write(ref: string, isLast: boolean): Promise<boolean> {
    const stream = this.#open.get(ref);
    return stream !== undefined && this.#deps.sender.stream(stream.chat, stream.request, ref, stream.content, isLast);
  }
}
