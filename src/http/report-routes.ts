import type { Hono } from 'hono';
import { localise } from '../conversation/cards/localise.ts';
import { callerOf } from './access.ts';
import type { ApiDependencies } from './api.ts';
import { readJson } from './body.ts';
import { languageOf } from './language.ts';
import { problem, refused } from './problems.ts';
import type { HttpEnv } from './routes.ts';
import { decisionBody } from './schemas.ts';

/** `/reports`: alerts and suppliers' notices that wait, and the decisions of people on them. */
export function mountReports(
  api: Hono<HttpEnv>,
  { app, consoleRoom, changes, explain }: Pick<ApiDependencies, 'app' | 'consoleRoom' | 'changes' | 'explain'>,
): void {
  api.get('/reports', async (c) => {
    const caller = callerOf(c);
    return caller === 'api' ? problem(c, 403, 'forbidden') : c.json({ reports: await app.reports(caller) });
  });
  api.post('/reports/:ref', async (c) => {
    const body = await readJson(c, decisionBody);
    if (!body.ok) return body.response;
    const caller = callerOf(c);
    if (caller === 'api') return problem(c, 403, 'forbidden');
    const ref = c.req.param('ref');
    const result = await app.decideReport({ ...body.value, ref, caller, room: consoleRoom });
    if (result.kind === 'refused') return refused(c, result.refusal, explain, result.state);
    const said = result.kind === 'said' ? result.card.summary : result.said?.summary;
    const incident = result.kind === 'said' ? null : result.incident;
    if (incident !== null) changes.changed(incident);
    return c.json({ ref, incident, said: said ? localise(said, languageOf(c)) : '' });
  });
}
