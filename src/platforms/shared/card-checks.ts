import type { z } from 'zod';
import type { Organisation } from '../../incident/people/profile.ts';
import type { Finding } from '../../use-cases/ports.ts';
import type { Connect, DoctorNeeds } from '../description.ts';
import type { ApiOptions } from './api-client.ts';
import type { Finder } from './card-doctor.ts';
import type { Credentials } from './connect.ts';

/** Functions by which a card platform checks itself; its texts are `PLATFORM.connect.…` and `PLATFORM.doctor.…`. */
export interface Checks<Settings> {
  readonly platform: string;
  /** Returns the tenant of its accounts and rooms, which is the first value asked for. */
  readonly tenant: (settings: Settings) => string;
  readonly asked: Credentials['asked'];
  /**
   * Requests the bot's identity from the platform; resolves with its name, rejects with the reason. After any error but
   * `ApiError`, `connect` prints `PLATFORM.connect.unreached`, where the platform has that message.
   */
  readonly probe: (settings: Settings, deps: Pick<ApiOptions, 'proxy' | 'clock'>) => Promise<string>;
  readonly more?: (find: Finder, settings: Settings, needs: DoctorNeeds) => readonly Finding[];
  /** Returns false if events do not arrive by our own connection. */
  readonly connects?: (settings: Settings) => boolean;
}

/** Returns a description's `doctor`, `connect` and profile check, loaded on use. `read`: settings from variables. */
export function checkedBy<Settings, Variables extends z.ZodObject>(
  load: () => Promise<Checks<Settings>>,
  variables: Variables,
  read: (values: z.output<Variables>) => Settings | null,
) {
  const connect: Connect = {
    usage: '',
    options: [],
    run: async (needs) =>
      (await import('./card-doctor.ts')).connectCards(needs, await load(), (given) => read(variables.parse(given))),
  };
  const doctor = async (settings: Settings | null, needs: DoctorNeeds): Promise<readonly Finding[]> =>
    settings === null ? [] : (await import('./card-doctor.ts')).cardDoctor(settings, needs, await load());
  const checkProfile = async (
    settings: Settings,
    { organisation }: { readonly organisation: Organisation },
  ): Promise<readonly Finding[]> => {
    const { platform, tenant, asked } = await load();
    const { profileFindings } = await import('./profile-check.ts');
    const [first] = asked;
    return profileFindings(organisation, {
      platform,
      tenant: tenant(settings),
      ...(first && { variable: first.name }),
    });
  };
  return { connect, doctor, checkProfile };
}
