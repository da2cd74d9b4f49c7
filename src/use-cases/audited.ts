import type { Audit } from '../ops/audit.ts';
import type { App, Caller } from './app.ts';
import { personBehind } from './directory/links.ts';
import type { AppDependencies } from './use-case-context.ts';

type Exports = Pick<
  App,
  'report' | 'register' | 'registerPage' | 'record' | 'toSend' | 'paper' | 'article11' | 'bundle' | 'file'
>;

/** The use cases that give files out, with an audit line for each. */
export function withExportsAudited(app: App, { engine, links }: AppDependencies, audit: Audit): App {
  const { store, profile } = engine.deps;
  const note = async <T extends object | null>(
    id: string | null,
    caller: Caller | 'api',
    what: string,
    given: Promise<T>,
  ) => {
    const made = await given;
    const isRefused = made === null || 'code' in made;
    const person = caller === 'api' ? null : personBehind({ profile, ...(links ? { links } : {}) }, caller.account);
    audit({
      audit: 'export',
      outcome: isRefused ? 'refused' : 'done',
      actor: caller === 'api' ? 'api' : await store.actorOf(caller.account).catch(() => null),
      ...(person ? { person: person.id } : {}),
      incident: id,
      what,
      ...(caller === 'api' ? {} : { way: caller.account.platform }),
    });
    return made;
  };
  const exports: Exports = {
    report: (id, caller, options) => note(id, caller, `report.${options.format}`, app.report(id, caller, options)),
    register: (caller, query, language) => note(null, caller, 'register', app.register(caller, query, language)),
    registerPage: (caller, query, language) =>
      note(null, caller, 'register', app.registerPage(caller, query, language)),
    record: (id, caller, options) => note(id, caller, 'record', app.record(id, caller, options)),
    toSend: (id, caller, options) => note(id, caller, options.what, app.toSend(id, caller, options)),
    paper: (id, caller, options) => note(id, caller, `paper.${options.format}`, app.paper(id, caller, options)),
    article11: (id, caller, options) => note(id, caller, 'article11', app.article11(id, caller, options)),
    bundle: (id, caller, options) => note(id, caller, 'bundle', app.bundle(id, caller, options)),
    file: (id, sha256, caller) => note(id, caller, 'file', app.file(id, sha256, caller)),
  };
  return { ...app, ...exports };
}
