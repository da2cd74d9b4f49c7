import type { Text } from '../../conversation/cards/card.ts';
import { localise } from '../../conversation/cards/localise.ts';
import type { Finding } from '../../use-cases/ports.ts';

/** Makers of the lines `jishi doctor` prints about a platform, e.g. `feishu app`; a `Text` is there in both languages. */
export function findingsAbout(platform: string) {
  const of =
    (state: Finding['state']) =>
    (what: string, say: string | Text): Finding => ({
      ...{ what: `${platform} ${what}`, state },
      ...(typeof say === 'string' ? { say } : { say: localise(say, 'en'), chinese: localise(say, 'zh-CN') }),
    });
  return { ok: of('ok'), warning: of('warning'), wrong: of('wrong') };
}
