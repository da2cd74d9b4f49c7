import type { App, Caller } from '../../use-cases/app.ts';

/** The one open incident somebody sees: a conversation without threads is about it; null if there are none or several. */
export async function onlyOpen(app: App, caller: Caller): Promise<string | null> {
  const [only, second] = await app.incidents(caller, { open: true, limit: 2 });
  return only && !second ? only.id : null;
}
