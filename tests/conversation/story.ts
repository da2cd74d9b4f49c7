import { type LocalBlock, type LocalCard, localiseCard } from '../../src/conversation/cards/localise.ts';
import type { Situation } from '../../src/conversation/cards/situation.ts';
import { timeWords } from '../../src/conversation/collecting/time-words.ts';
import { toSettleNow } from '../../src/conversation/words-against-record.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { RefusedCommand } from '../../src/incident/decide/context.ts';
import { decide } from '../../src/incident/decide/decide.ts';
import { isoOf, toIncidentTime } from '../../src/incident/drill-clock.ts';
import { assessIncident } from '../../src/incident/facts/assessment.ts';
import { lawOf } from '../../src/incident/facts/law-set.ts';
import type { Language, Room } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import type { IncidentEvent } from '../../src/incident/record/events.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Pack } from '../../src/law/pack.ts';
import { officerOf } from '../../src/report/channels/call.ts';
import { changesFrom, compileText, sinceFiled } from '../../src/report/compile.ts';
import { owedReports } from '../../src/report/updates.ts';
import { catalogueOf } from '../../src/use-cases/classify/catalogue.ts';
import { regime } from '../fakes/law.ts';

export { regime };

export const MAIN_ROOM: Room = {
  platform: 'console',
  tenant: 'local',
  address: 'main',
  location: 'home',
  language: 'en',
  open: false,
};

/** An incident told from outside: what people do, minute by minute, through the real decisions. */
export class Story {
  state: IncidentState | null = null;
  now: number;
  readonly organisation: Organisation | null;
  readonly packs: readonly Pack[];
  readonly events: IncidentEvent[] = [];

  constructor(start: string, organisation: Organisation | null = null, packs: readonly Pack[] = []) {
    this.now = Date.parse(start);
    this.organisation = organisation;
    this.packs = packs;
  }

  wait(minutes: number): this {
    this.now += minutes * 60_000;
    return this;
  }

  /** Runs a command as a person; throws if it is refused. */
  do(command: Command, who = 'Li Wei', room: Room | null = MAIN_ROOM): this {
    const refusal = this.try(command, who, room);
    if (refusal) throw new Error(`${command.type} refused: ${JSON.stringify(refusal)}`);
    return this;
  }

  try(command: Command, who = 'Li Wei', room: Room | null = MAIN_ROOM): RefusedCommand | null {
    const clock = who === 'clock';
    const decision = decide(this.state, command, {
      id: command.type === 'declare' && command.drill ? 'DRILL-2026-0003' : 'INC-2026-0007',
      actor: clock ? 'clock' : actorOf(who),
      caller: {
        name: who,
        account: clock ? null : { platform: 'console', tenant: 'local', id: who },
        language: null,
      },
      sees: () => ({ show: 'all' }),
      at: this.now,
      revision: null,
      room: command.type === 'add_room' ? command.room : room,
      uploaded: command.type === 'add_evidence' ? command.evidence.file : null,
      organisation: this.organisation,
      regimes: [regime.id],
      packs: this.packs,
      catalogue: catalogueOf(this.state ? lawOf(this.state, regime) : regime),
      recent: null,
      assess: (state) => this.#assess(state),
      elsewhere: { own: [], refuge: [] },
      dueSteps: () => [],
      scenario: () => null,
      compile: (state, order) => compileText(this.#written(state), order),
      contradictions: (state, draft) => toSettleNow(this.#written(state), draft).map(({ key }) => key),
      owedReports: (state) => owedReports(this.#written(state)),
      sinceFiled: (state, order) => sinceFiled(this.#written(state), order)?.map(({ id }) => id) ?? null,
      officer: (state) => officerOf(this.#written(state)),
      timeWords: (state, field, words) => timeWords(this.#written(state), field, words),
      changes: (state, draft) =>
        draft.text ? changesFrom(draft.text, this.#written(state), draft).map(({ id }) => id) : [],
    });
    if (!decision.ok) return decision.refusal;
    for (const event of decision.events) this.apply(event, clock ? 'clock' : actorOf(who));
    return null;
  }

  apply(event: IncidentEvent, actor: string): void {
    this.events.push(event);
    this.state = evolve(this.state, {
      incident: this.state?.id ?? 'INC-2026-0007',
      version: (this.state?.version ?? 0) + 1,
      at: isoOf(this.now),
      actor,
      command: 'test',
      event,
    });
  }

  get situation(): Situation {
    if (!this.state) throw new Error('nothing was declared yet');
    return this.#written(this.state);
  }

  #written(state: IncidentState) {
    const ia = this.#assess(state);
    return { state, ia, regime: ia.regime };
  }

  #assess(state: IncidentState) {
    return assessIncident(state, regime, isoOf(toIncidentTime(state.segments, this.now)));
  }
}

export function actorOf(name: string): string {
  return `actor-${name.toLowerCase().replaceAll(' ', '-')}`;
}

/** A company in Shanghai with an ordinary shop, a CII system and a public service. */
export const company: Organisation = organisationSchema.parse({
  organisation: '某某（上海）贸易有限公司',
  openChannels: 'private',
  entities: [
    {
      id: 'shanghai',
      name: '某某（上海）贸易有限公司',
      province: '31',
      operator: 'other',
      creditCode: '91310000MA1FL0XX0P',
    },
  ],
  systems: [
    {
      id: 'shop',
      name: '会员商城系统',
      entity: 'shanghai',
      cii: false,
      siteKind: ['enterprise'],
      mlpsLevel: 3,
      expectedUsers: 3_000_000,
    },
    { id: 'grid', name: '供电调度系统', entity: 'shanghai', cii: true, siteKind: ['none'], publicService: true },
  ],
  people: [
    {
      id: 'li-wei',
      name: 'Li Wei',
      roles: ['responder', 'lead'],
      accounts: [{ platform: 'console', tenant: 'local', id: 'Li Wei' }],
    },
    {
      id: 'chen-yu',
      name: 'Chen Yu',
      roles: ['responder', 'legal'],
      accounts: [{ platform: 'console', tenant: 'local', id: 'Chen Yu' }],
    },
    {
      id: 'zhao-min',
      name: 'Zhao Min',
      roles: ['responder', 'approver', 'filer'],
      accounts: [{ platform: 'console', tenant: 'local', id: 'Zhao Min' }],
    },
  ],
});

/** A card as plain lines, buttons in brackets: what a person would read. */
export function read(card: Parameters<typeof localiseCard>[0], language: Language): string[] {
  const local: LocalCard = localiseCard(card, language);
  return [local.title, local.summary, ...local.blocks.flatMap(lines)];
}
function lines(block: LocalBlock): string[] {
  switch (block.kind) {
    case 'actions':
      return [block.actions.map(({ label }) => `[${label}]`).join(' ')];
    case 'row':
      return [[block.text, ...block.actions.map(({ label }) => `[${label}]`)].join(' ')];
    case 'choices':
      return [
        [
          ...block.choice.options.map((o) => `${block.choice.chosen.includes(o.value) ? '☑' : '☐'} ${o.label}`),
          `[${block.choice.submit}]`,
        ].join(' '),
      ];
    case 'quote':
      return block.copy ? [block.source, block.text] : [block.text, block.source];
    default:
      return [block.text];
  }
}
