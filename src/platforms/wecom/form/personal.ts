import type { FormRef } from '../../../conversation/card.ts';
import type { HttpRoutes } from '../../../http/routes.ts';
import type { Account, Room } from '../../../incident/identity.ts';
import type { Organisation } from '../../../incident/profile.ts';
import type { App } from '../../../use-cases/app.ts';
import { type Known, personBehind } from '../../../use-cases/links.ts';
import type { FormDependencies } from './identity.ts';
import { mountForms } from './routes.ts';
import { personalFormLink } from './session.ts';

export interface PersonalFormOptions
  extends Known,
    Pick<FormDependencies, 'publicUrl' | 'secret' | 'clock' | 'ids' | 'kept' | 'usedLinks' | 'log'> {
  /** The pages are there already, as the app's. */
  readonly mounted: boolean;
}

/** Web forms for the smart bot: links it sends in direct messages, and the pages behind them. */
export function createPersonalForms(options: PersonalFormOptions) {
  const { clock, ids, organisation } = options;
  return {
    /** Whoever holds it is this account to the form: for a direct message only. */
    link: (ref: FormRef, account: Account): string =>
      personalFormLink(ref, account, { ...options, nonce: ids.next(), now: clock.now() }),
    routes: (app: App): HttpRoutes =>
      options.mounted
        ? {}
        : {
            mount: (http) =>
              mountForms(http, {
                ...options,
                app,
                oauth: null,
                nameOf: (account) => personBehind(options, account)?.name ?? account.id,
                roomFor: async (account) => directRoom(account, organisation),
              }),
          },
  };
}

/** The conversation a link came from. */
export function directRoom({ platform, tenant, id }: Account, organisation: Organisation | null): Room {
  const language = organisation?.languages.rooms ?? 'zh-CN';
  return { platform, tenant, address: id, location: 'home', language, open: false };
}
