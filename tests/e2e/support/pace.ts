import type { Locator, Page } from 'playwright-core';
import { press } from './page.ts';

/** Pace of a newcomer, in milliseconds: a key; a word (250 a minute) or a Chinese character (350) that is new on the screen. */
const KEY = 180;
const WORD = 60_000 / 250;
const HAN = 60_000 / 350;
/** Keys of one Chinese character with an input method that completes phrases. */
const KEYS_OF_HAN = 2;

/** Somebody who sees the console for the first time: reads what is new on each screen, types, presses. */
export class Newcomer {
  readonly page: Page;
  readonly #read = new Set<string>();
  #words = 0;
  #han = 0;
  #keys = 0;
  #clicks = 0;
  /** Time the program took after presses, as measured. */
  #waited = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** Reads what stands in view and was not there before; returns those texts. */
  async reads(): Promise<readonly string[]> {
    const texts: readonly string[] = JSON.parse(String(await this.page.evaluate(VISIBLE)));
    const fresh = texts.filter((text) => !this.#read.has(text));
    for (const text of fresh) this.#read.add(text);
    for (const text of fresh) {
      this.#han += text.match(/\p{Script=Han}/gu)?.length ?? 0;
      this.#words += text.match(/[\p{Script=Latin}\d][\p{Script=Latin}\d'’.:-]*/gu)?.length ?? 0;
    }
    return fresh;
  }

  /** Presses something and waits until what follows from it is there. */
  async presses(target: Locator, then: () => Promise<unknown>): Promise<void> {
    await press(target);
    this.#clicks += 1;
    const from = performance.now();
    await then();
    this.#waited += performance.now() - from;
  }

  async types(target: Locator, text: string): Promise<void> {
    await target.fill(text);
    this.#read.add(text);
    this.#keys += keysIn(text);
  }

  /** What somebody else typed in their stead. */
  keyed(text: string): void {
    this.#keys += keysIn(text);
  }

  /** The key that goes to the next field or sends. */
  async hits(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    this.#keys += 1;
  }

  /** Choice from a list by its first characters. */
  async chooses(target: Locator, value: string, typed: string): Promise<void> {
    await target.selectOption(value);
    this.#keys += keysIn(typed);
  }

  /** Reading and typing by the pace above, in seconds, without the time of the machine. */
  get seconds(): number {
    return (this.#reading + this.#keys * KEY) / 1_000;
  }
  get #reading(): number {
    return this.#words * WORD + this.#han * HAN;
  }
  /** English words and Chinese characters read so far. */
  get words(): { readonly en: number; readonly 'zh-CN': number } {
    return { en: this.#words, 'zh-CN': this.#han };
  }
  get clicks(): number {
    return this.#clicks;
  }
  get figures(): string {
    const [read, wait] = [this.#reading, this.#waited].map((ms) => (ms / 1_000).toFixed(1));
    return `${this.seconds.toFixed(1)} s at reading pace (${read} s reading ${this.#words} words and ${this.#han} characters, ${this.#keys} keys), ${this.#clicks} clicks, ${wait} s waited`;
  }
}

function keysIn(text: string): number {
  return [...text].reduce((sum, char) => sum + (/\p{Script=Han}/u.test(char) ? KEYS_OF_HAN : 1), 0);
}

/** Texts in view: of the dialog on top if there is one, and of labels, values and shown placeholders of its inputs. */
const VISIBLE = `(() => {
  const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const inView = (box) => box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const found = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = node.data.trim();
    const parent = node.parentElement;
    if (!text || !parent || parent.closest('option, script, noscript, [hidden], .unseen') || /^[+\\d:. ]+$/.test(text)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const [line] = range.getClientRects();
    if (line && parent.checkVisibility() && inView(line) && shows(parent, line)) found.push(text);
  }
  for (const field of root.querySelectorAll('input, textarea, select')) {
    const text = field.value && field.type !== 'checkbox' && field.type !== 'radio' ? (field.selectedOptions?.[0]?.text ?? field.value) : getComputedStyle(field, '::placeholder').color === 'rgba(0, 0, 0, 0)' ? '' : field.placeholder;
    if (text && inView(field.getBoundingClientRect())) found.push(text);
  }
  return JSON.stringify([...new Set(found)]);
  function shows(element, box) {
    const at = document.elementFromPoint(Math.min(Math.max(box.left + 2, 0), innerWidth - 1), Math.min(Math.max(box.top + 2, 0), innerHeight - 1));
    return at !== null && (element.contains(at) || at.contains(element)) && getComputedStyle(element).visibility !== 'hidden';
  }
})()`;
