import { localiseCard } from '../../src/conversation/cards/localise.ts';
import type { Messenger, Place, SendOutcome } from '../../src/use-cases/ports.ts';

/** The other half of `chat-server.ts`: a Messenger that speaks to it and knows what it does not know. */
export function chatMessenger(
  url: string,
  options: { canFind: boolean; platform?: string } = { canFind: true },
): Messenger {
  const call = async (path: string, body: object): Promise<{ status: number; ref: string | null } | null> => {
    try {
      const response = await fetch(url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(2_000),
      });
      const answer: unknown = await response.json();
      const ref = typeof answer === 'object' && answer !== null && 'ref' in answer ? answer.ref : null;
      return { status: response.status, ref: typeof ref === 'string' ? ref : null };
    } catch {
      return null;
    }
  };
  const outcome = (answer: { status: number; ref: string | null } | null): SendOutcome => {
    if (answer === null || answer.status >= 500) return { kind: 'unknown', detail: 'no answer' };
    if (answer.status === 404) return { kind: 'refused', reason: 'gone', detail: 'no such message' };
    return answer.ref ? { kind: 'sent', ref: answer.ref } : { kind: 'unknown', detail: 'no ref' };
  };
  const messenger: Messenger = {
    platform: options.platform ?? 'chat',
    render: (message) =>
      JSON.stringify({
        card: localiseCard(message.card, message.language),
        ...(message.late ? { late: message.late } : {}),
        ...(message.possiblyRepeated ? { possiblyRepeated: true } : {}),
      }),
    post: async (place: Place, body: string, key: string) =>
      outcome(await call('/post', { address: place.address, thread: place.thread, key, body })),
    canEdit: {
      perMinute: 6_000,
      edit: async (place, ref, body) => outcome(await call('/edit', { address: place.address, ref, body })),
    },
    canMessagePeople: {
      direct: async (account) => ({ tenant: account.tenant, address: `dm:${account.id}`, thread: null }),
    },
  };
  if (!options.canFind) return messenger;
  return {
    ...messenger,
    canFind: {
      find: async (place, key) => {
        const answer = await call('/find', { address: place.address, key });
        if (answer?.status !== 200) return { kind: 'unknown' };
        return answer.ref ? { kind: 'found', ref: answer.ref } : { kind: 'absent' };
      },
    },
  };
}
