import type { App } from '../app.ts';
import type { Kit } from '../kit.ts';

/** Files are committed before the event that names them; people who may see the incident may read them. */
export function createFiles(kit: Kit): Pick<App, 'attach' | 'file'> {
  const { store } = kit.engine.deps;
  return {
    attach: async (input) => {
      const state = await kit.visible(input.incident, input.caller);
      if (!state) {
        return {
          kind: 'refused',
          incident: null,
          state: null,
          refusal: { code: 'unknown_incident', params: { id: input.incident } },
        };
      }
      if (state.stopped) return { kind: 'refused', incident: state.id, state: null, refusal: { code: 'stopped' } };
      const { sha256, size } = await store.blobs.put(input.content);
      const evidence = { file: sha256, name: input.name, size, mediaType: input.mediaType };
      const item = input.item === undefined ? {} : { item: input.item };
      const { incident, caller, delivery } = input;
      const intent = { type: 'add_evidence', evidence, ...item } as const;
      return kit.submit({ incident, intent, revision: state.version, caller, delivery }, sha256);
    },
    file: async (incident, sha256, caller) => {
      const state = await kit.visible(incident, caller);
      const evidence = state?.evidence.find((e) => e.file === sha256);
      const content = evidence ? await store.blobs.get(sha256) : null;
      return evidence && content ? { name: evidence.name, mediaType: evidence.mediaType, content } : null;
    },
  };
}
