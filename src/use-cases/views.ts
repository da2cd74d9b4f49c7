import type { Action, Card, ViewRef } from '../conversation/cards/card.ts';
import { helpCard, listCard, viewOf } from '../conversation/cards/card-views.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { t } from '../conversation/cards/situation.ts';
import type { App } from './app.ts';
import { sendView } from './documents/sending.ts';
import type { Kit } from './kit.ts';
import { openSeenBy } from './list.ts';
import { papersView } from './papers.ts';
import type { Refusal } from './ports.ts';
import { timelineCard } from './timeline.ts';

const LISTED = 20;
/** Events a card of the time line shows; the console has all of them. */
const TIMELINE_SHOWN = 30;

/** Cards for the asker only. */
export function createViews(kit: Kit): Pick<App, 'view'> {
  const { store, regime } = kit.engine.deps;
  return {
    view: async (ref, caller): Promise<Card | Refusal> => {
      if (ref.view === 'help') return helpCard();
      if (ref.view === 'list') return listCard(await openSeenBy(kit, caller, LISTED), regime);
      const id = ref.args['incident'] ?? '';
      const state = await kit.visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
      const refusal = ref.view === 'assessment' ? kit.counsel(state, caller) : null;
      if (refusal) return refusal;
      const ia = kit.engine.assess(state);
      if (ref.view === 'download') return downloadCard(ref.args);
      if (ref.view === 'send') return sendView({ state, ia, regime });
      if (ref.view === 'papers') return papersView({ state, ia, regime });
      if (ref.view === 'timeline') {
        return timelineCard({ state, ia, regime }, (await store.events(id)).slice(-TIMELINE_SHOWN));
      }
      return (
        viewOf(ref, state, ia, regime, kit.engine.reaches(state)) ?? {
          code: 'nothing_to_see',
          params: { view: ref.view },
        }
      );
    },
  };
}

const FORMATS = ['docx', 'pdf', 'md', 'json'] as const;
/** Links of the console; chat platforms send the file itself. */
function downloadCard(args: ViewRef['args']): Card {
  const { incident = '', draft, version, language = 'zh' } = args;
  const which = `${draft === undefined ? '' : `&draft=${draft}`}${version === undefined ? '' : `&version=${version}`}`;
  const actions = FORMATS.map((format): Action => {
    const url = `/api/v1/incidents/${incident}/report?format=${format}&language=${language}${which}`;
    return { id: format, label: { raw: format.toUpperCase() }, does: { kind: 'link', url } };
  });
  const kind = language === 'en' ? 'english' : version === 'internal' ? 'internal' : 'submission';
  return sentenceCard(t(`text.download.${kind}`), buttons(actions));
}
