import { localised } from '../conversation/cards/localise.ts';
import type { Situation } from '../conversation/cards/situation.ts';
import { lastAct } from '../conversation/meaning/undo.ts';
import type { Looker } from '../conversation/next-step/step.ts';
import { facesOf } from '../conversation/page/faces.ts';
import { menuOf } from '../conversation/page/menu.ts';
import { pageOf } from '../conversation/page/page.ts';
import type { Readers } from '../conversation/rooms/offered.ts';
import type { Language } from '../incident/identity.ts';

/** Content of an incident's page for one person, in the person's language, beyond the incident's JSON. */
export function incidentPage(
  situation: Situation,
  looker: Looker | null,
  readers: Readers | null,
  language: Language,
): object {
  const own = lastAct(situation, [...(looker?.actors ?? [])]);
  return localised(
    {
      ...pageOf(situation, looker, readers),
      faces: facesOf(situation),
      menu: menuOf(situation, readers),
      own: own?.why === null ? { version: own.version, what: own.value ?? own.what, actions: own.actions } : null,
    },
    language,
  );
}
