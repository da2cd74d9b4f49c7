import type { App } from './app.ts';
import type { Kit } from './kit.ts';

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
      return kit.submit({
        incident: input.incident,
        intent: {
          type: 'add_evidence',
          evidence: { file: sha256, name: input.name, size, mediaType: input.mediaType },
          ...(input.item === undefined ? {} : { item: input.item }),
        },
        revision: state.version,
        caller: input.caller,
        delivery: input.delivery,
      });
    },
    file: async (incident, sha256, caller) => {
      const state = await kit.visible(incident, caller);
      const evidence = state?.stopped ? undefined : state?.evidence.find((e) => e.file === sha256);
      const content = evidence ? await store.blobs.get(sha256) : null;
      return evidence && content ? { name: evidence.name, mediaType: evidence.mediaType, content } : null;
    },
  };
}
