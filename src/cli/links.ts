import { linkAnswer, linksAnswer } from '../http/integration-answers.ts';
import { readConfig } from './config.ts';
import { runningBot } from './running-bot.ts';
import { CommandError, parsedArgs, sayingTo, type Terminal, UsageError } from './terminal.ts';

const KINDS = ['supplier', 'calendar'];

/** `jishi links` manages links that need no sign-in: a supplier's form, a person's calendar feed. */
export async function linksCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { json: { type: 'boolean', default: false }, days: { type: 'string' } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'links');
  const [verb = '', ...words] = positionals;
  const name = words.join(' ');
  if (!['list', 'revoke', ...KINDS].includes(verb) || (verb === 'list') !== (name === ''))
    throw new UsageError('links');
  const bot = await runningBot(readConfig(terminal));
  if (!bot) throw new CommandError('jishi links: no bot is running here; start it first', 1);
  const say = sayingTo(terminal, values.json);
  if (KINDS.includes(verb)) {
    const days = values.days === undefined ? {} : { days: Number(values.days) };
    const made = linkAnswer.parse(await bot('POST', '/access/links', { kind: verb, who: name, ...days }));
    say(made, [made.url, `valid until ${made.until}; it is not shown again`]);
    return 0;
  }
  const { links } = linksAnswer.parse(await bot('GET', '/access/links'));
  if (verb === 'list') {
    const lines = links.map(({ id, kind, who, until, by }) =>
      [id, kind, who, `until ${until}`, `made by ${by}`].join('  '),
    );
    say(links, lines.length === 0 ? ['there are no links'] : lines);
    return 0;
  }
  const meant = links.filter(({ id, who }) => id === name || who === name);
  for (const { id } of meant) await bot('DELETE', `/access/links/${encodeURIComponent(id)}`);
  say(meant, [meant.length === 0 ? `there is no link "${name}"` : `revoked: ${meant.length}`]);
  return meant.length === 0 ? 1 : 0;
}
