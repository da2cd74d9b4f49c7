import { z } from 'zod';
import { tokenAnswer, tokensAnswer } from '../http/integration-answers.ts';
import { makeToken, openTokens, SCOPES, tokenBody } from '../http/token-store.ts';
import { withAccess } from './access-store.ts';
import { readConfig } from './config.ts';
import { runningBot } from './running-bot.ts';
import { CommandError, parsedArgs, sayingTo, type Terminal, UsageError } from './terminal.ts';

const shown = tokensAnswer.shape.tokens.element.omit({ since: true }).strip();
type Shown = z.infer<typeof shown>;
const listed = z.object({ tokens: z.array(shown) });
const made = tokenAnswer.omit({ name: true, scopes: true }).strip();

/** Access to the tokens, through the running bot or in the store. */
interface TokenDoor {
  list(): Promise<readonly Shown[]>;
  add(body: z.output<typeof tokenBody>): Promise<z.infer<typeof made>>;
  end(id: string): Promise<unknown>;
}

/** `jishi tokens` manages tokens for programs that use the API. */
export async function tokensCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const string = { type: 'string' } as const;
  const options = { json: { type: 'boolean' }, scopes: string, days: string } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'tokens');
  const [verb = '', ...words] = positionals;
  const name = words.join(' ');
  if (!['list', 'add', 'revoke'].includes(verb) || (verb === 'list') !== (name === '')) throw new UsageError('tokens');
  const wanted = verb === 'add' ? wantedToken(name, values.scopes, values.days) : null;
  const say = sayingTo(terminal, values.json);
  return withTokens(terminal, async (door) => {
    if (wanted) {
      const token = await door.add(wanted);
      say(token, [token.token, `valid until ${token.until}; it is not shown again`]);
      return 0;
    }
    const all = await door.list();
    if (verb === 'list') {
      say(all, all.length === 0 ? ['there are no tokens'] : all.map(lineOf));
      return 0;
    }
    const meant = all.filter((one) => one.id === name || one.name === name);
    for (const { id } of meant) await door.end(id);
    say(meant, [meant.length === 0 ? `there is no token "${name}"` : `revoked: ${meant.length}`]);
    return meant.length === 0 ? 1 : 0;
  });
}

function wantedToken(name: string, scopes: string | undefined, days: string | undefined): z.output<typeof tokenBody> {
  const body = { name, scopes: scopes?.split(',') ?? [], ...(days === undefined ? {} : { days: Number(days) }) };
  const wanted = tokenBody.safeParse(body);
  if (wanted.success) return wanted.data;
  const fields = wanted.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('; ');
  throw new CommandError(`jishi tokens: ${fields} (SCOPE: ${SCOPES.join(', ')})`);
}

const lineOf = ({ id, name, scopes, by, until }: Shown): string =>
  [id, name, scopes.join(','), `until ${until}`, `made by ${by}`].join('  ');

async function withTokens(terminal: Terminal, work: (door: TokenDoor) => Promise<number>): Promise<number> {
  const config = readConfig(terminal);
  const bot = await runningBot(config);
  if (bot)
    return work({
      list: async () => listed.parse(await bot('GET', '/access/tokens')).tokens,
      add: async (body) => made.parse(await bot('POST', '/access/tokens', body)),
      end: (id) => bot('DELETE', `/access/tokens/${encodeURIComponent(id)}`),
    });
  return withAccess(config, async (needs) => {
    const tokens = await openTokens(needs);
    const isoOf = (at: number): string => new Date(at).toISOString();
    return work({
      list: async () => tokens.list().map((one) => ({ ...one, until: isoOf(one.until) })),
      add: async (body) => {
        const token = await makeToken(tokens, body, 'operator', needs.clock.now());
        return { ...token, until: isoOf(token.until) };
      },
      end: (id) => tokens.end(id),
    });
  });
}
