/** Place to drop files for an incident, or to choose them. */
import { fileState, sendFiles } from '../lib/acts.ts';
import { html, icon, t } from './elements.ts';

/** Renders an upload; each file is sent at once, then `sent` is called with its name. */
export function uploadView(slot: string, incident: string, sent: (name: string) => void, input: object) {
  const send = (picked: FileList | null | undefined) => sendFiles(slot, incident, picked ?? [], sent);
  const picked = ({ currentTarget }: { currentTarget: HTMLInputElement }) => void send(currentTarget.files);
  const dropped = ({ dataTransfer }: DragEvent) => void send(dataTransfer?.files);
  return html`
    <label class="drop" ondrop=${dropped}>
      ${icon('upload')}
      <span>${t('files.add')}</span>
      <input type="file" class="unseen" ...${input} onchange=${picked} />
      <span class="faint drop-said" aria-live="polite">${fileState(slot) ?? t('files.limit')}</span>
    </label>
  `;
}
