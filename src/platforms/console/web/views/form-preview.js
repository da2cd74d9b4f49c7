/** Preview of a form during typing: its paper beside it, or the record's sentence below it. */
import { call, Problem } from '../lib/api.js';
import { focusOn } from '../lib/focus.js';
import { changed } from '../lib/model.js';
import { button, html, t, trouble } from './elements.js';
import { paperView } from './paper.js';

const PAUSE = 250;

/** Renders a gap that leads to the form field that fills it. @type {import('./paper.js').Gap} */
function toField(of, text) {
  const field = `[id="f-${of}"]`;
  if (!document.querySelector(field)) return html`<mark class="gap">${text}</mark>`;
  const focus = () => {
    document.querySelector(field)?.scrollIntoView({ block: 'center' });
    focusOn(field, document, { preventScroll: true });
  };
  return button(text, focus, 'gap');
}

export class Preview {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #turn = 0;
  #asking = new AbortController();
  /** @type {{ document: import('./paper.js').ReportDocument, twin: import('./paper.js').ReportDocument, card?: import('../lib/model.js').LocalCard } | null} */
  shown = null;
  /** Refusal of the current entries. @type {string | null} */
  trouble = null;
  #isTwin = false;

  /** @param {{ form: string, args: Readonly<Record<string, string>> }} ref @param {import('./card.js').Bound} bound */
  constructor(ref, bound) {
    this.ref = ref;
    this.bound = bound;
  }

  /** @param {Record<string, string | string[]>} values */
  update(values) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(values), this.shown ? PAUSE : 0);
  }

  /** Stops previews: a preview of entries already submitted would be refused. */
  stop() {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  /** @param {Record<string, string | string[]>} values */
  async #load(values) {
    this.#turn += 1;
    this.#asking = new AbortController();
    const turn = this.#turn;
    try {
      const json = { ref: this.ref, revision: this.bound.revision, values };
      const shown = await call('/forms/preview', { json, signal: this.#asking.signal });
      // Answers to earlier entries are dropped.
      if (turn === this.#turn) Object.assign(this, { shown, trouble: null });
    } catch (error) {
      if (!(error instanceof Problem)) return;
      // Wrong entries are shown at their field on submission; the last paper stays.
      if (turn === this.#turn)
        this.trouble = error.status === 422 && Object.keys(error.errors).length > 0 ? null : error.message;
    }
    changed();
  }

  /** Renders the sentence below the fields of a filing. */
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

  /** Renders the paper beside the fields of a report. */
  paper() {
    const shown = this.#isTwin ? this.shown?.twin : this.shown?.document;
    /** @param {boolean} isTwin @param {string} label */
    const choice = (isTwin, label) => {
      const onclick = () => {
        this.#isTwin = isTwin;
        changed();
      };
      return button(label, onclick, 'plain', { 'aria-pressed': this.#isTwin === isTwin });
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
