import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHEN, incidentWithEvidence } from '../../e2e/support/evidence.ts';
import { startHouse } from '../../fakes/house.ts';
import { BotProgram, freePort } from '../../fakes/program.ts';

const TOKEN = 'bench-token-bench-token-bench-token-bench';
/** Resolution of the histogram of the event loop, in ms: what it shows without any stall. */
const RESOLUTION = 10;

export interface Large {
  readonly incident: string;
  readonly program: BotProgram;
  open(path: string): Promise<Response>;
  /** Answers the whole body. */
  get(path: string): Promise<Uint8Array>;
  /** Takes an answer as it comes and keeps none of it; answers its size in bytes. */
  drain(path: string): Promise<number>;
  /** The longest stall of the event loop since it was last asked, in ms. */
  stall(): Promise<number>;
  /** Resident memory of the program now, in MB. */
  memory(): Promise<number>;
  /** Names of bundles that lie in the data folder. */
  spooled(): readonly string[];
  stop(): Promise<void>;
}

/** The real program on a record of one incident with many notes and large files. */
export async function largeIncident(notes: number, files: number, fileBytes: number): Promise<Large> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jishi-large-'));
  const incident = await written(dataDir, notes, files, fileBytes);
  const program = new BotProgram(dataDir, await freePort(), { API_TOKEN: TOKEN });
  await program.start();
  const fetched = async (path: string): Promise<Response> => {
    const response = await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  };
  const metric = async (name: string): Promise<number> => {
    const page = await (await fetched('/metrics')).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(page)?.[1]);
  };
  return {
    incident,
    program,
    open: fetched,
    get: async (path) => new Uint8Array(await (await fetched(path)).arrayBuffer()),
    drain: async (path) => {
      let size = 0;
      const counting = new WritableStream<Uint8Array>({
        write: (chunk) => {
          size += chunk.byteLength;
        },
      });
      await (await fetched(path)).body?.pipeTo(counting);
      return size;
    },
    stall: async () => (await metric('jishi_nodejs_eventloop_lag_max_seconds')) * 1_000 - RESOLUTION,
    memory: async () => (await metric('jishi_process_resident_memory_bytes')) / 2 ** 20,
    spooled: () => readdirSync(dataDir).filter((name) => name.startsWith('bundle-')),
    stop: async () => {
      await program.end('SIGTERM');
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function written(dataDir: string, notes: number, files: number, fileBytes: number): Promise<string> {
  const house = await startHouse({ dataDir });
  try {
    const { app } = house.house;
    const incident = await incidentWithEvidence(app);
    for (let n = 0; n < notes; n += 1) {
      const revision = (await app.state(incident, 'api'))?.version ?? 0;
      const intent = {
        type: 'add_note',
        text: `第 ${n} 条：已隔离主机并保全日志，继续排查横向移动。`.repeat(4),
      } as const;
      const delivery = { platform: 'bench', key: `note-${n}`, body: String(n) };
      await app.submit({ incident, intent, revision, caller: CHEN, delivery });
    }
    for (let n = 0; n < files; n += 1) {
      const content = new Uint8Array(fileBytes).fill(n + 1);
      const delivery = { platform: 'bench', key: `file-${n}`, body: String(n) };
      await app.attach({ incident, name: `dump-${n}.bin`, mediaType: 'x/y', content, caller: CHEN, delivery });
    }
    return incident;
  } finally {
    await house.stop();
  }
}
