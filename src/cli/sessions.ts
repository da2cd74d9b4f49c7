import { z } from 'zod';
import { sessionsAnswer } from '../http/integration-answers.ts';
import { openSessions } from '../http/token-store.ts';
import { withAccess } from './access-store.ts';
import { readConfig } from './config.ts';
import { runningBot } from './running-bot.ts';
import { parsedArgs, sayingTo, type Terminal, UsageError } from './terminal.ts';

const session = sessionsAnswer.shape.sessions.element.omit({ who: true, own: true }).strip();
const listed = z.object({ sessions: z.array(session) });
type Listed = z.infer<typeof listed>['sessions'];

/** `jishi sessions` lists people signed in to the console, and ends the sessions of one person or all. */
export async function sessionsCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { json: { type: 'boolean' }, all: { type: 'boolean' } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'sessions');
  const [verb, ...words] = positionals;
  const who = words.join(' ');
  const isList = verb === 'list' && who === '' && !values.all;
  const isEnd = verb === 'end' && (who === '') === (values.all === true);
  if (!isList && !isEnd) throw new UsageError('sessions');
  const config = readConfig(terminal);
  const bot = await runningBot(config);
  const run = async (list: () => Promise<Listed>, end: (id: string) => Promise<unknown>): Promise<number> => {
    const all = await list();
    const meant = isList || values.all ? all : all.filter((one) => [one.id, one.name, one.person].includes(who));
    if (isEnd) for (const { id } of meant) await end(id);
    sayingTo(terminal, values.json)(meant, linesOf(meant, isEnd));
    return isEnd && meant.length === 0 && !values.all ? 1 : 0;
  };
  if (bot)
    return run(
      async () => listed.parse(await bot('GET', '/access/sessions')).sessions,
      (id) => bot('DELETE', `/access/sessions/${encodeURIComponent(id)}`),
    );
  return withAccess(config, async (needs) => {
    const sessions = await openSessions(needs);
    return run(
      async () => sessions.list().map((one) => ({ ...one, since: isoOf(one.since), until: isoOf(one.until) })),
      (id) => sessions.end(id),
    );
  });
}

const isoOf = (at: number): string => new Date(at).toISOString();

function linesOf(sessions: Listed, ended: boolean): readonly string[] {
  if (ended) return sessions.length === 0 ? ['nobody of that name is signed in'] : [`ended: ${sessions.length}`];
  if (sessions.length === 0) return ['nobody is signed in'];
  return sessions.map(({ id, name, person, way, since, until }) =>
    [
      id,
      name + (person === null || person === name ? '' : ` (${person})`),
      way,
      `since ${since}`,
      `until ${until}`,
    ].join('  '),
  );
}
