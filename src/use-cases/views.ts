import type { Action, Card, ViewRef } from '../conversation/cards/card.ts';
import { helpCard, listCard, viewOf } from '../conversation/cards/card-views.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { t } from '../conversation/cards/situation.ts';
import { scenariosCard, scoreCard } from '../conversation/drills/drill-cards.ts';
import { undoneLine } from '../conversation/meaning/undo.ts';
import { mayBeBoth } from '../incident/decide/admission.ts';
import { roomId } from '../incident/identity.ts';
import type { App, Caller } from './app.ts';
import { lookerOf } from './directory/access.ts';
import { sendView } from './documents/sending.ts';
import { COMPARED_DRILLS, lastDrills } from './drills.ts';
import { openSeenBy } from './list.ts';
import { papersView } from './papers.ts';
import type { Refusal } from './ports.ts';
import { timelineCard } from './timeline.ts';
import type { UseCaseContext } from './use-case-context.ts';

const LISTED = 20;
/** Maximum number of events on a card of the time line; the console shows all. */
const TIMELINE_SHOWN = 30;

export function createViews(context: UseCaseContext): Pick<App, 'view'> {
  const { store } = context.engine.deps;
  return {
    view: async (ref, caller): Promise<Card | Refusal> => {
      if (ref.view === 'help') return helpCard();
      if (ref.view === 'list') return listFor(context, caller);
      if (ref.view === 'scenarios') {
        const { scenarios } = context.engine.deps;
        return scenariosCard([...(scenarios?.().values() ?? [])], caller.language === 'en' ? 'en' : 'zh');
      }
      const id = ref.args['incident'] ?? '';
      const state = await context.visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
      const refusal = ref.view === 'assessment' ? context.counsel(state, caller) : null;
      if (refusal) return refusal;
      const situation = context.engine.situation(state);
      if (ref.view === 'undo') return undoneLine(situation, ref.args);
      if (ref.view === 'download') return downloadCard(ref.args);
      if (ref.view === 'send') return sendView(situation);
      if (ref.view === 'papers') return papersView(context, situation, ref.args['obligation']);
      if (ref.view === 'score') {
        if (!state.drill) return { code: 'not_a_drill' };
        const others = await lastDrills(context, caller, COMPARED_DRILLS, id);
        return scoreCard(situation, await store.events(id), others);
      }
      const looker = caller.aloud ? null : lookerOf(state, caller, context.engine.deps);
      const byOne = looker ? mayBeBoth(state, looker) : state.drill;
      if (ref.view === 'timeline') {
        return timelineCard(situation, (await store.events(id)).slice(-TIMELINE_SHOWN));
      }
      const edited = context.engine.platforms.edits(caller.account.platform);
      const own = { ...situation, byOne, edited, reaches: context.engine.reaches(state) };
      const card = viewOf(ref, own, looker?.actors);
      return card ?? { code: 'nothing_to_see', params: { view: ref.view } };
    },
  };
}

/** List of a person's open incidents; in a group only those of the group, because all members read it. */
async function listFor(context: UseCaseContext, caller: Caller): Promise<Card> {
  const { regime, clock } = context.engine.deps;
  const { rows, more } = await openSeenBy(context, caller, LISTED);
  const group = caller.aloud && caller.room ? roomId(caller.room) : null;
  const here = rows.filter((row) => group === null || row.rooms.includes(group));
  return listCard({ rows: here, more, elsewhere: rows.length - here.length }, regime, clock.now());
}

const FORMATS = ['docx', 'pdf', 'md', 'json'] as const;
/** Card with links to files in the console; chats send the file itself. */
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
