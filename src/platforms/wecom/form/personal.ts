import type { FormRef } from '../../../conversation/cards/card.ts';
import type { HttpRoutes } from '../../../http/routes.ts';
import type { Account } from '../../../incident/identity.ts';
import type { App } from '../../../use-cases/app.ts';
import { inTheirLanguage } from '../../../use-cases/directory/chosen-languages.ts';
import { type Known, personBehind } from '../../../use-cases/directory/links.ts';
import { directCaller, directRoom } from '../../shared/rooms.ts';
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
  const { clock, ids } = options;
  return {
    /** Link that opens the form as this account, whoever holds it: for a direct message only. */
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
                roomFor: async (account) => {
                  const caller = directCaller(account, options);
                  return directRoom(await inTheirLanguage(options.kept, caller), options);
                },
              }),
          },
  };
}
