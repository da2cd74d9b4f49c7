import type { IncidentState } from '../../incident/state.ts';
import type { App } from '../app.ts';
import type { Store } from '../ports.ts';
import type { UseCaseContext } from '../use-case-context.ts';

export interface FileSources {
  readonly firstNaming: Store['firstNaming'];
  readonly blobs: Pick<Store['blobs'], 'get'>;
}

/**
 * Content of a file uploaded for an incident, by its SHA-256; null if there is none. If the record does not prove the
 * upload, the file belongs to the incident that named it first: others only knew its hash.
 */
export async function ownFile(
  store: FileSources,
  state: IncidentState,
  sha256: string,
): Promise<AsyncIterable<Uint8Array> | null> {
  const named = state.evidence.filter(({ file }) => file === sha256);
  if (named.length === 0) return null;
  const isOwn = named.some(({ uploaded }) => uploaded) || (await store.firstNaming(sha256)) === state.id;
  return isOwn ? store.blobs.get(sha256) : null;
}

/** Use cases on files: content is stored before the event that names it; readers of the incident may read it. */
export function createFiles(context: UseCaseContext): Pick<App, 'attach' | 'file'> {
  const { store } = context.engine.deps;
  return {
    attach: async (input) => {
      const state = await context.visible(input.incident, input.caller);
      if (!state) {
        const refusal = { code: 'unknown_incident', params: { id: input.incident } };
        return { kind: 'refused', incident: null, state: null, refusal };
      }
      if (state.stopped) return { kind: 'refused', incident: state.id, state: null, refusal: { code: 'stopped' } };
      const { sha256, size } = await store.blobs.put(input.content);
      const evidence = { file: sha256, name: input.name, size, mediaType: input.mediaType };
      const item = input.item === undefined ? {} : { item: input.item };
      const { incident, caller, delivery } = input;
      const intent = { type: 'add_evidence', evidence, ...item } as const;
      return context.submit({ incident, intent, revision: state.version, caller, delivery }, sha256);
    },
    file: async (incident, sha256, caller) => {
      const state = await context.opened(incident, caller, 'files');
      if ('code' in state) return null;
      const evidence = state.evidence.find((e) => e.file === sha256);
      const content = await ownFile(store, state, sha256);
      return evidence && content ? { name: evidence.name, mediaType: evidence.mediaType, content } : null;
    },
  };
}
