import { committed, NotCommitted, unhandled } from '../use-cases/platform-support.ts';
import type { TalkNeeds } from './acts.ts';

export interface Payload<T> {
  readonly platform: string;
  readonly body: unknown;
  /** Id of the payload on its platform, if any. */
  readonly key?: string;
  /** Names of fields that must not be stored: tokens and live addresses. */
  readonly secrets: ReadonlySet<string>;
  readonly handle: () => Promise<T>;
  /** Returns the answer to a payload that could not be handled, with which it is acknowledged. */
  readonly apologise: (error: unknown) => T;
}

/**
 * Handles a payload. A failed commit rejects with `NotCommitted`, so that the payload is not acknowledged and is
 * delivered again; after any other failure it is kept with its body for the operator.
 */
export async function keptIfFailed<T>(
  deps: Pick<TalkNeeds, 'inbox' | 'clock' | 'log'>,
  payload: Payload<T>,
): Promise<T> {
  const { platform, body, key, secrets } = payload;
  try {
    return await payload.handle();
  } catch (error) {
    if (error instanceof NotCommitted) {
      deps.log.error({ err: error.cause }, 'not committed, so not acknowledged');
      throw error;
    }
    deps.log.error({ err: error, where: platform }, 'a payload could not be handled; it is kept');
    const text = JSON.stringify(body, (name, value: unknown) => (secrets.has(name) ? undefined : value));
    const failed = { body: text, error, at: deps.clock.now(), ...(key === undefined ? {} : { key }) };
    await committed(deps.inbox.failed(unhandled(platform, failed)));
    return payload.apologise(error);
  }
}
