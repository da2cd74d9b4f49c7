import type { Action, Card } from '../../conversation/cards/card.ts';
import type { UsedLinks } from '../../http/sessions.ts';
import type { CurrentProfile } from '../../incident/people/profile.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { OutgoingProxy } from '../../ops/proxy.ts';
import type { App } from '../../use-cases/app.ts';
import type { Links } from '../../use-cases/directory/links.ts';
import type { Clock, IdSource, InboxStore, KeptValues, Log, NewNotice, Refusal } from '../../use-cases/ports.ts';
import type { WecomAppConfig } from './index.ts';

/** The name of the self-built app among the platforms, in accounts and in rooms. */
export const PLATFORM = 'wecom-app';

/** Dependencies of the app. */
export interface WecomAppDependencies {
  readonly config: WecomAppConfig;
  readonly proxy: OutgoingProxy | null;
  /** Public address of the web form; null: no forms. */
  readonly publicUrl: string | null;
  /** Signs sessions and links of the web form. */
  readonly formSecret: string;
  readonly usedLinks: UsedLinks;
  readonly profile: CurrentProfile;
  /** Accounts people have confirmed to be theirs. */
  readonly links?: Pick<Links, 'personOf' | 'accountsOf'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly kept: KeptValues;
  readonly inbox: Pick<InboxStore, 'failed'>;
  /** Notices that belong to no incident, into the outbox. */
  tell(notices: readonly NewNotice[]): Promise<void>;
  /** Something an operator must see: counted in the metrics. */
  alarm(what: string): void;
  wake(): void;
}

/** Use cases as the app calls them. */
export interface AppHouse {
  readonly app: App;
  readonly explain: (refusal: Refusal, state: IncidentState | null, again?: Action) => Card;
}
