const STEP = 5;

/**
 * Resolves after `ms` of time in which this process ran: while a busy machine lets it wait no time passes, so what it has
 * to do meanwhile, over the loopback too, is done as on an idle one. With a signal that is given it ends at once.
 */
export async function ran(ms: number, given?: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !given?.aborted; left -= STEP)
    await new Promise((resolve) => setTimeout(resolve, STEP));
}
