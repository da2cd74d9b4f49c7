import type { Finding } from '../../use-cases/ports.ts';

/** Makers of the lines `jishi doctor` prints about a platform, e.g. `feishu app`. */
export function findingsAbout(platform: string) {
  const of =
    (state: Finding['state']) =>
    (what: string, say: string): Finding => ({ what: `${platform} ${what}`, state, say });
  return { ok: of('ok'), warning: of('warning'), wrong: of('wrong') };
}
