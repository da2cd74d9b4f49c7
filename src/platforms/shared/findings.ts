import type { Text } from '../../conversation/cards/card.ts';
import { localise } from '../../conversation/cards/localise.ts';
import type { Finding } from '../../use-cases/ports.ts';

/** Returns functions that make `jishi doctor` lines on a platform, e.g. `feishu app`; a `Text` has both languages. */
export function findingsAbout(platform: string) {
  const of =
    (state: Finding['state']) =>
    (what: string, say: string | Text): Finding => ({
      ...{ what: `${platform} ${what}`, state },
      ...(typeof say === 'string' ? { say } : { say: localise(say, 'en'), chinese: localise(say, 'zh-CN') }),
    });
  return { ok: of('ok'), warning: of('warning'), wrong: of('wrong') };
}
