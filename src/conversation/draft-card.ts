import type { CommandOf } from '../incident/commands.ts';
import type { Draft, Filing } from '../incident/state.ts';
import type { Action, Block, Card, Text } from './card.ts';
import { marginText } from './filing-lines.ts';
import { gapBlocks } from './gaps.ts';
import { toneOf } from './headline.ts';
import { completeness, toFollow } from './items.ts';
import {
  at,
  form,
  intent,
  joined,
  lawText,
  levelText,
  ofPart,
  personText,
  plain,
  primary,
  type Scene,
  t,
  titled,
  view,
} from './scene.ts';
import { factUsed } from './verdict.ts';

/** The latest draft and what was filed; null while there is neither. */
export function draftCard(scene: Scene): Card | null {
  const { state } = scene;
  const draft = state.drafts.at(-1);
  const filing = state.filings.at(-1);
  if (!draft && !filing) return null;
  const filedLast = filing && (!draft || filing.version > draft.version) ? filing : null;
  return {
    tone: filedLast ? 'done' : toneOf(scene),
    drill: state.drill,
    title: titled(state, draft ? draftTitle(draft) : t('draft.kind.initial')),
    summary: filedLast ? filedText(scene, filedLast) : draftSummary(scene, draft),
    blocks: [
      ...(filedLast ? filedBlocks(scene, filedLast) : draftBlocks(scene, draft)),
      ...(draft ? [{ kind: 'actions' as const, actions: draftActions(scene, draft, filedLast !== null) }] : []),
    ],
  };
}

function draftTitle(draft: Draft): Text {
  return t('draft.title', { n: draft.draft, kind: t(`draft.kind.${draft.report}`) });
}

function draftSummary(scene: Scene, draft: Draft | undefined): Text {
  if (!draft) return t('draft.kind.initial');
  return t('draft.summary', {
    n: draft.draft,
    kind: t(`draft.kind.${draft.report}`),
    at: at(scene, draft.at),
    upTo: draft.upTo,
  });
}

export function estimatesText(scene: Scene): Text {
  const fields = completeness(scene).flatMap((item) => item.fields);
  return t('draft.estimates', { n: fields.filter(({ state }) => state === 'estimate').length });
}
function draftBlocks(scene: Scene, draft: Draft | undefined): readonly Block[] {
  if (!draft) return [];
  const follow = toFollow(completeness(scene));
  const facts: Text[] = [estimatesText(scene)];
  if (follow.length > 0) facts.push(t('draft.to_follow', { items: numbers(follow) }));
  const notes: Text[] = [];
  if (draft.cannotDetermine.length > 0) {
    const what = draft.cannotDetermine.map((one) => cannotText(one));
    notes.push(t('draft.cannot', { what: joined(what) }));
  }
  if (scene.state.version > draft.version && changedSince(scene, draft)) notes.push(t('draft.stale'));
  if (scene.state.drill) notes.push(t('draft.drill'));
  return [
    { kind: 'text', text: draftSummary(scene, draft) },
    { kind: 'text', text: joined(facts, 'dot') },
    ...notes.map((text): Block => ({ kind: 'note', text })),
    ...gapBlocks(scene),
  ];
}

export function cannotText(what: string): Text {
  return what === 'cause' ? t('draft.cause') : what === 'impact' ? t('draft.impact') : t('draft.trend');
}
function numbers(items: readonly number[]): Text {
  return joined(items.map((n) => plain(String(n))));
}

/** Something the report is made of changed after the draft was compiled. */
function changedSince({ state }: Scene, draft: Draft): boolean {
  const stamps = [
    ...Object.values(state.facts),
    ...Object.values(state.fields).flatMap((entry) => entry.versions),
    ...(state.levelDecision ? [state.levelDecision] : []),
    ...(state.awareness ? [state.awareness] : []),
  ];
  return stamps.some((stamp) => stamp.version > draft.version);
}

export function filedText(scene: Scene, filing: Filing): Text {
  const channel = scene.regime.channels.find(({ id }) => id === filing.channel);
  return t('filed.line', {
    by: personText(scene.state, filing.by),
    at: at(scene, filing.filedAt),
    channel: channel ? lawText(channel.name) : { raw: filing.channel },
    receipt: filing.receipt ? t('filed.receipt', { receipt: ofPart('texts', filing.receipt) }) : t('filed.no_receipt'),
    margin: marginText(filing),
  });
}

function filedBlocks(scene: Scene, filing: Filing): readonly Block[] {
  const follow = toFollow(completeness(scene));
  return [
    { kind: 'text', text: filedText(scene, filing), strong: true },
    ...(follow.length > 0 && !scene.state.handlingEnded
      ? [{ kind: 'text' as const, text: t('filed.next', { items: numbers(follow) }) }]
      : []),
    ...sinceFiling(scene, filing),
    { kind: 'note', text: t('filed.summary_rule') },
  ];
}

/** What became known after the filing: new and important circumstances are reported promptly (Art. 7). */
function sinceFiling(scene: Scene, filing: Filing): readonly Block[] {
  const { regime, state } = scene;
  if (state.handlingEnded || state.closed) return [];
  const changed = regime.factDefinitions.filter(({ id }) => (state.facts[id]?.version ?? 0) > filing.version);
  const facts = changed.flatMap(({ id }) => factUsed(scene, id) ?? []);
  if (facts.length === 0) return [];
  const followUp: CommandOf<'compile_draft'> = { type: 'compile_draft', report: 'follow_up', cannotDetermine: [] };
  const since = t('filed.since', {
    facts: joined(facts, 'semicolon'),
    level: levelText(regime, scene.ia.assessment.floor),
  });
  return [
    { kind: 'text', text: since },
    { kind: 'actions', actions: [primary(intent('follow_up', t('act.follow_up'), followUp))] },
  ];
}

function draftActions(scene: Scene, draft: Draft, filed: boolean): readonly Action[] {
  const { state } = scene;
  const args = { incident: state.id, draft: String(draft.draft) };
  const read = view('read', t('act.read'), 'draft', args);
  const download = (id: string, label: Text, format: string, version: string, language: string): Action =>
    view(id, label, 'download', { ...args, format, version, language });
  const files = [
    download('docx', t('act.docx'), 'docx', 'submission', 'zh'),
    download('pdf', t('act.pdf'), 'pdf', 'submission', 'zh'),
    download('internal', t('act.internal'), 'docx', 'internal', 'zh'),
    download('english', t('act.english'), 'docx', 'submission', 'en'),
  ];
  const file = form('file', t('act.file'), 'filing', args);
  return state.drill || filed || state.closed ? [primary(read), ...files] : [read, ...files, primary(file)];
}
