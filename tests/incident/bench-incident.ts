import type { Command } from '../../src/incident/commands.ts';
import type { Decision, DecisionContext } from '../../src/incident/decide/context.ts';
import { decide } from '../../src/incident/decide/decide.ts';
import { isoOf, toIncidentTime } from '../../src/incident/drill-clock.ts';
import { assessIncident } from '../../src/incident/facts/assessment.ts';
import { lawOf } from '../../src/incident/facts/law-set.ts';
import type { Account, Room } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import type { RecordedEvent } from '../../src/incident/record/events.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { Scenario } from '../../src/incident/scenario.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Pack } from '../../src/law/pack.ts';
import type { Regime } from '../../src/law/regime.ts';
import { officerOf } from '../../src/report/channels/call.ts';
import { changesFrom, compileText } from '../../src/report/compile.ts';
import { owedReports } from '../../src/report/updates.ts';
import { catalogueOf } from '../../src/use-cases/classify/catalogue.ts';
import { dueSteps } from '../../src/use-cases/notices/timer-plan.ts';
import { regime } from '../fakes/law.ts';

export { regime };
export const START = Date.parse('2026-03-31T09:42:00+08:00');
export const account = (id: string): Account => ({ platform: 'console', tenant: 'local', id });

/** One incident driven by commands, without a store: what a test of the pure core needs. */
export class Case {
  state: IncidentState | null = null;
  readonly events: RecordedEvent[] = [];
  now = START;
  /** Where the incident can go when chat is left. */
  elsewhere: DecisionContext['elsewhere'] = { own: [], refuge: [] };
  readonly organisation: Organisation | null;
  /** Scenarios that a drill can play. */
  scenarios: ReadonlyMap<string, Scenario> = new Map();
  /** Clock packs the organisation can name. */
  packs: readonly Pack[] = [];
  /** The regime as it is loaded now; a test may load another version. */
  law: Regime;

  constructor(organisation: Organisation | null = null, law: Regime = regime) {
    this.organisation = organisation;
    this.law = law;
  }

  /** Applies a command and answers what happened; events are folded in. */
  do(
    who: string | 'clock' | 'api',
    command: Command,
    options: {
      revision?: number | null;
      account?: Account;
      person?: string;
      unnamed?: boolean;
      room?: Room | null;
    } = {},
  ): Decision {
    const { state, law } = this;
    const personal = who !== 'clock' && who !== 'api';
    const decision = decide(state, command, {
      id: 'INC-2026-0001',
      actor: who,
      caller: {
        name: who,
        account: personal ? (options.account ?? account(who)) : null,
        language: null,
        person: options.person ?? null,
        unnamed: options.unnamed ?? false,
      },
      sees: () => ({ show: 'all' }),
      at: this.now,
      revision: options.revision === undefined ? (state?.version ?? 0) : options.revision,
      room: options.room ?? (command.type === 'add_room' ? command.room : null),
      uploaded: command.type === 'add_evidence' ? command.evidence.file : null,
      organisation: this.organisation,
      regimes: [law.id],
      law: law.version,
      packs: this.packs,
      catalogue: catalogueOf(state ? lawOf(state, law) : law),
      recent: null,
      assess: (s, at) => this.#assessed(s, at),
      elsewhere: this.elsewhere,
      scenario: (id) => this.scenarios.get(id) ?? null,
      dueSteps: (s) => dueSteps(s, this.#assessed(s)),
      compile: (s, order) => compileText({ state: s, ia: this.#assessed(s), regime: law }, order),
      owedReports: (s) => owedReports({ state: s, ia: this.#assessed(s), regime: law }),
      contradictions: () => [],
      sinceFiled: () => null,
      officer: (s) => officerOf({ state: s, ia: this.#assessed(s), regime: law }),
      timeWords: (_state, _field, words) => ({ words }),
      changes: (s, draft) =>
        draft.text
          ? changesFrom(draft.text, { state: s, ia: this.#assessed(s), regime: law }, draft).map(({ id }) => id)
          : [],
    });
    if (decision.ok) for (const event of decision.events) this.#record(who, event);
    return decision;
  }

  /** Events or a failing test. */
  must(who: string, command: Command, options: Parameters<Case['do']>[2] = {}): void {
    const decision = this.do(who, command, options);
    if (!decision.ok) throw new Error(`${command.type} refused: ${JSON.stringify(decision.refusal)}`);
  }

  /** What two people decide: one proposes it, the other agrees. */
  byTwo(by: string, other: string, command: Command, options: Parameters<Case['do']>[2] = {}): void {
    this.must(by, command, options);
    const open = this.current.proposals.findLast(({ settled }) => settled === null);
    if (!open) throw new Error(`${command.type} needs no second person`);
    this.must(other, { type: 'second', proposal: open.id, agree: true });
  }

  /** Puts an event on the record as it stands in one, whatever today's commands would come to. */
  tell(actor: string, event: RecordedEvent['event']): void {
    this.#record(actor, event);
  }

  get current(): IncidentState {
    if (!this.state) throw new Error('nothing declared');
    return this.state;
  }

  assess() {
    return this.#assessed(this.current);
  }

  #assessed(state: IncidentState, at = this.now) {
    return assessIncident(state, this.law, isoOf(toIncidentTime(state.segments, at)));
  }

  #record(actor: string, event: RecordedEvent['event']): void {
    const recorded: RecordedEvent = {
      incident: 'INC-2026-0001',
      version: this.events.length + 1,
      at: isoOf(this.now),
      actor,
      command: 'test',
      event,
    };
    this.events.push(recorded);
    this.state = evolve(this.state, recorded);
  }
}

export const minutes = (n: number): number => n * 60_000;
