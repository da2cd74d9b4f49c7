import type { z } from 'zod';
import type { KeptPrefix } from '../use-cases/ports.ts';
import type { Core, TalkNeeds } from './acts.ts';
import { BackgroundWork } from './background-work.ts';
import { writtenBehind } from './focus.ts';
import { type DoJob, Jobs } from './jobs.ts';
import { Recently } from './recently.ts';
import { Talk, type TalkDependencies } from './talk.ts';

const ANSWERED_FOR = 26 * 3_600_000;
const PRUNE_EVERY = 6 * 3_600_000;

export interface ServiceOptions<Job> extends Pick<TalkDependencies, 'languages' | 'isOwnRoom'> {
  readonly platform: string;
  /** Schema of the jobs that wait on disk until the platform can be asked, e.g. a file to fetch. */
  readonly jobs: z.ZodType<Job>;
  /** Prefix of the jobs among the kept values, e.g. `file:`. */
  readonly prefix: KeptPrefix;
}
export interface ServiceParts<Job> {
  readonly talk: Talk;
  readonly after: BackgroundWork;
  readonly jobs: Jobs<Job>;
  /** Keys of recently answered payloads. */
  readonly answered: Recently;
  readonly start: (doJob: DoJob<Job>) => void;
  /** Resolves when all work after acknowledgements and all running jobs are finished. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Creates the parts that every platform needs to handle people's acts; a stop waits for running work. */
export function createServiceParts<Job>(
  needs: TalkNeeds,
  { app, explain }: Core,
  { platform, jobs: schema, prefix, ...speaking }: ServiceOptions<Job>,
): ServiceParts<Job> {
  const after = new BackgroundWork(needs);
  const jobs = new Jobs({ ...needs, platform, prefix, schema });
  const answered = new Recently(needs, 'answered:', ANSWERED_FOR);
  const idle = async (): Promise<void> => {
    await after.idle();
    await jobs.idle();
    await after.idle();
  };
  return {
    ...{ after, jobs, answered, idle },
    start: (doJob) => {
      after.every(PRUNE_EVERY, () => answered.prune());
      jobs.start(doJob);
    },
    talk: new Talk({
      ...{ app, explain, kept: needs.kept, clock: needs.clock },
      ...{ focus: writtenBehind(needs.kept, after), ...speaking },
    }),
    stop: async () => {
      await after.stop();
      await jobs.stop();
      await after.idle();
    },
  };
}
