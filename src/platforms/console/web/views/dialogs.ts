/** Dialogs over the page, as a stack; the focus returns to where it was. */
import { cardOf, focusCard, focusOn } from '../lib/focus.ts';
import { changed } from '../lib/model.ts';
import { onBack } from '../lib/navigate.ts';
import { button, type Child, dialogFoot, html, iconButton, submitted, t } from './elements.ts';

interface Content {
  title: () => string;
  body: (close: () => void) => Child;
  isWide?: () => boolean;
  /** Returns true if closing would lose something. */
  dirty?: () => boolean;
  closed?: () => void;
}
interface Dialog extends Content {
  id: number;
  opener: Element | null;
  card: Element | null;
}

const stack: Dialog[] = [];
let next = 1;

export function openDialog(content: Content) {
  const opener = document.activeElement;
  // The card around the opening button is kept, because sending may replace the button.
  stack.push({ ...content, id: next++, opener, card: cardOf(opener) });
  changed();
}

/** The back button closes the top dialog and leaves the page in place. */
onBack(() => {
  const top = stack.at(-1);
  if (top && !top.dirty?.()) closeDialog(top);
  return top !== undefined;
});

function closeDialog(dialog: Dialog) {
  const at = stack.indexOf(dialog);
  if (at < 0) return;
  stack.splice(at, 1);
  dialog.closed?.();
  changed();
  const { opener, card } = dialog;
  requestAnimationFrame(() => {
    if (opener instanceof HTMLElement) opener.focus();
    if (document.activeElement !== opener && !focusCard(card)) document.querySelector('main')?.focus();
  });
}

/** Closes all dialogs before the page shows another incident. */
export function closeDialogs() {
  for (const dialog of [...stack]) closeDialog(dialog);
}

export const anyDialog = () => stack.length > 0;

export function dialogViews() {
  return stack.map((dialog) => {
    const close = () => closeDialog(dialog);
    const unlessDirty = () => dialog.dirty?.() || close();
    /** Closes the dialog on a press beside it, unless something was typed. */
    const beside = (event: PointerEvent) => event.target === event.currentTarget && unlessDirty();
    return html`
      <dialog key=${dialog.id} class=${dialog.isWide?.() ? 'dialog wide' : 'dialog'}
        aria-labelledby="dialog-${dialog.id}" ref=${opened} oncancel=${submitted(unlessDirty)} onpointerdown=${beside}>
        <div class="dialog-box">
          <header class="dialog-head">
            <h2 id="dialog-${dialog.id}">${dialog.title()}</h2>
            ${iconButton(t('close'), 'close', close)}
          </header>
          ${dialog.body(close)}
        </div>
      </dialog>
    `;
  });
}

function opened(element: HTMLDialogElement | null) {
  requestAnimationFrame(() => {
    if (!element?.isConnected || element.open) return;
    element.showModal();
    focusOn('[data-first], .dialog-body :is(input, textarea, select, button)', element);
  });
}

export function confirmFirst(question: string, label: string, yes: () => unknown) {
  openDialog({
    title: () => label,
    body: (close) => {
      const sure = () => {
        close();
        yes();
      };
      return html`
        <div class="dialog-body stack">
          <p class="intro">${question}</p>
          ${dialogFoot(close, button(label, sure, 'button primary', { 'data-first': true }))}
        </div>
      `;
    },
  });
}
