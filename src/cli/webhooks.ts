import { deliveriesAnswer } from '../http/integration-answers.ts';
import { readConfig } from './config.ts';
import { runningBot } from './running-bot.ts';
import { CommandError, parsedArgs, say, sayingTo, type Terminal, UsageError } from './terminal.ts';

/** `jishi webhooks` lists messages to webhook endpoints, and sends one again. */
export async function webhooksCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'webhooks');
  const [verb, id, ...more] = positionals;
  const isLog = verb === 'log' && id === undefined;
  if (!(isLog || (verb === 'replay' && id !== undefined && more.length === 0))) throw new UsageError('webhooks');
  const bot = await runningBot(readConfig(terminal));
  if (!bot) throw new CommandError('jishi webhooks: no bot is running here; start it first', 1);
  if (!isLog) {
    const answer = await bot('POST', `/access/webhooks/${encodeURIComponent(id ?? '')}/replay`);
    sayingTo(terminal, values.json)(answer, [`sent again: ${id}`]);
    return 0;
  }
  const { deliveries } = deliveriesAnswer.parse(await bot('GET', '/access/webhooks'));
  if (values.json) terminal.out(JSON.stringify(deliveries));
  else if (deliveries.length === 0) say(terminal, 'nothing was sent to an endpoint yet');
  else
    for (const { lastAttempt, endpoint, type, incident, state, status, attempts, id: message } of deliveries)
      say(
        terminal,
        [lastAttempt, endpoint, type, incident, state, status ?? 'no answer', `attempt ${attempts}`, message].join(
          '  ',
        ),
      );
  return 0;
}
