/** Preview of a form during typing: its paper beside it, or the record's sentence below it. */
import { call, Problem } from '../lib/api.ts';
import { focusOn } from '../lib/focus.ts';
import { type Bound, changed, type FormRef, type Values } from '../lib/model.ts';
import type { Shapes } from '../lib/shapes.ts';
import { button, html, t, trouble } from './elements.ts';
import { type GapView, paperView } from './paper.ts';

const PAUSE = 250;

const toField: GapView = (of, text) => {
  const field = `[id="f-${of}"]`;
  if (!document.querySelector(field)) return html`<mark class="gap">${text}</mark>`;
  const focus = () => {
    document.querySelector(field)?.scrollIntoView({ block: 'center' });
    focusOn(field, document, { preventScroll: true });
  };
  return button(text, focus, 'gap');
};

export class Preview {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();
  shown: Shapes['preview'] | null = null;
  trouble: string | null = null;
  #isTwin = false;

  readonly ref: FormRef;
  readonly bound: Bound;

  constructor(ref: FormRef, bound: Bound) {
    this.ref = ref;
    this.bound = bound;
  }

  update(values: Values) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(values), this.shown ? PAUSE : 0);
  }

  /** Stops previews: a preview of entries already submitted would be refused. */
  stop() {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  async #load(values: Values) {
    this.#asking.abort();
    this.#asking = new AbortController();
    try {
      const json = { ref: this.ref, revision: this.bound.revision, values };
      const shown = await call('preview', '/forms/preview', { json, signal: this.#asking.signal });
      Object.assign(this, { shown, trouble: null });
    } catch (error) {
      if (!(error instanceof Problem)) return;
      // Wrong entries are shown at their field on submission; the last paper stays.
      const { status, errors = {} } = error.body;
      this.trouble = status === 422 && Object.keys(errors).length > 0 ? null : error.message;
    }
    changed();
  }

  sentence() {
    if (this.trouble) return trouble(this.trouble);
    const card = this.shown?.card;
    if (!card) return null;
    return html`
      <section class="on-record" aria-live="polite">
        <p>${card.title}</p>
        ${card.blocks.map((block) => 'text' in block && html`<p class=${block.kind === 'note' ? 'note' : null}>${block.text}</p>`)}
      </section>
    `;
  }

  paper() {
    const shown = this.#isTwin ? this.shown?.twin : this.shown?.document;
    const choice = (isTwin: boolean, label: string) => {
      const choose = () => (this.#isTwin = isTwin);
      return button(label, choose, 'plain', { 'aria-pressed': this.#isTwin === isTwin });
    };
    return html`
      <aside class="paper-pane" aria-label=${t('report.preview')}>
        <p class="paper-head">${t('report.gaps')}${choice(false, '中文')}${choice(true, 'English')}</p>
        <article class="paper" lang=${this.#isTwin ? 'en' : 'zh-CN'} tabindex="0" aria-label=${t('report.preview')}>
          ${shown && paperView(shown, [], toField)}
        </article>
      </aside>
    `;
  }
}
