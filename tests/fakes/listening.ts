const QUIET = 50;

/** Reader of server-sent events: waits for what has to come, however long that takes. */
export class Listening {
  readonly #reader: ReadableStreamDefaultReader<string> | undefined;
  #next: Promise<boolean> | null = null;
  text = '';

  constructor({ body }: Response) {
    this.#reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Reads on until these words came; answers all that came so far. Throws if the stream ends before. */
  async until(words: string): Promise<string> {
    while (!this.text.includes(words))
      if (!(await this.#read())) throw new Error(`ended without ${words}: ${this.text}`);
    return this.text;
  }

  /** Reads what is on its way, until nothing comes for a moment, and ends; answers all that came. */
  async rest(): Promise<string> {
    for (let isMore = true; isMore; ) {
      const quiet = new Promise<false>((resolve) => setTimeout(() => resolve(false), QUIET));
      isMore = await Promise.race([this.#read(), quiet]);
    }
    await this.#reader?.cancel();
    return this.text;
  }

  /** False at the end. A read that was given up goes on with the next. */
  #read(): Promise<boolean> {
    this.#next ??= (async () => {
      const part = await this.#reader?.read();
      this.#next = null;
      this.text += part?.value ?? '';
      return part?.done === false;
    })();
    return this.#next;
  }
}
