import { localise } from '../conversation/localise.ts';
import type { Question } from '../conversation/questions.ts';
import type { IncidentAssessment } from '../incident/assessment.ts';
import type { Language } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import type { Json } from './ports.ts';

/** The incident as the API shows it (contract: `docs/architecture.md`, "The incident as JSON"). */
export function incidentJson(
  state: IncidentState,
  ia: IncidentAssessment,
  regime: Regime,
  question: Question | null,
  language: Language,
): Json {
  const name = (actor: string): string => state.people[actor]?.name ?? actor;
  return {
    id: state.id,
    title: state.title,
    drill: state.drill,
    revision: state.version,
    phase: ia.phase,
    level: ia.level,
    levelDecided: ia.levelDecided,
    floor: ia.assessment.floor,
    ceiling: ia.assessment.ceiling,
    ceilingByNumbers: ia.assessment.ceilingByNumbers,
    now: ia.now,
    rate: state.segments.at(-1)?.rate ?? 1,
    lead: name(state.lead),
    declaredAt: state.declared.at,
    stopped: state.stopped !== null,
    clocks: ia.clocks.map((c) => ({
      id: c.id,
      recipient: c.recipient,
      due: c.due,
      dueMinutes: c.dueMinutes,
      anchor: c.anchor,
      provisional: c.provisional,
      status: c.status,
      filedAt: c.filing?.filedAt ?? null,
    })),
    obligations: ia.obligations.map((o) => ({
      id: o.id,
      recipient: o.recipient,
      due: o.due,
      content: o.content,
      provisional: o.provisional,
      status: o.status,
      article: o.source.article,
      quote: o.source.quote,
    })),
    facts: Object.fromEntries(
      Object.entries(state.facts).map(([id, f]) => [id, { value: f.value as Json, by: name(f.by), at: f.at }]),
    ),
    undetermined: ia.assessment.undetermined,
    warnings: ia.assessment.warnings.map((w) => ({ ...w })),
    awareness: {
      confirmed: state.awareness !== null,
      at: ia.anchors.awareness ?? null,
      candidates: state.candidates.map((c) => ({ id: c.id, at: c.instant, source: c.source, reachedUs: c.reachedUs })),
    },
    items: regime.items.map((item) => ({
      n: item.n,
      id: item.id,
      owner: ownerName(state, item.id),
      fields: item.fields.map((field) => ({ id: field.id, state: fieldState(state, field.id) })),
    })),
    people: Object.values(state.people).map((p) => ({ id: p.actor, name: p.name, roles: p.roles })),
    question: question && {
      id: question.id,
      kind: question.kind,
      text: localise(question.text, language),
      options: question.options.map((o) => ({ label: localise(o.label, language), intent: o.intent as Json })),
    },
  };
}

function ownerName(state: IncidentState, item: string): string | null {
  const owner = state.owners[item]?.owner;
  return owner ? (state.people[owner]?.name ?? owner) : null;
}

function fieldState(state: IncidentState, field: string): string {
  const entry = state.fields[field];
  if (!entry || entry.versions.length === 0) return 'missing';
  return entry.current?.state ?? 'conflict';
}
