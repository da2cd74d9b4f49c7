import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** True where there is an OpenSSL that can play a time-stamping authority. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export interface TimeAuthority {
  readonly url: string;
  /** Certificate of its root, as somebody else verifies with. */
  readonly ca: string;
  readonly folder: string;
  /** Content types and sizes of the queries. */
  readonly asked: readonly Buffer[];
  /** What it answers instead of a stamp; null: it stamps. */
  instead: { readonly status: number; readonly body: Buffer } | null;
  stop(): Promise<void>;
}

const CONFIG = (folder: string) => `
[req]
distinguished_name = dn
[dn]
[ca_ext]
basicConstraints = critical,CA:TRUE
[tsa_ext]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = ${folder}/serial
signer_cert = ${folder}/tsa.pem
certs = ${folder}/ca.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
ess_cert_id_alg = sha256
`;

type Kind = 'rsa' | 'ec';
const openssl = (...args: readonly string[]): Buffer =>
  execFileSync('openssl', [...args], { stdio: ['ignore', 'pipe', 'ignore'] });
/** Folders with keys and certificates by their kind, made once for all authorities of a process. */
const made = new Map<Kind, string>();

function keysOf(kind: Kind): string {
  const known = made.get(kind);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'jishi-tsa-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string): string => join(folder, name);
  writeFileSync(file('tsa.cnf'), CONFIG(folder));
  const key = kind === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const config = ['-config', file('tsa.cnf')];
  const ca = ['-keyout', file('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=Root for tests'];
  openssl('req', '-x509', '-newkey', ...key, '-nodes', '-days', '2', ...ca, ...config, '-extensions', 'ca_ext');
  const authority = ['-keyout', file('tsa.key'), '-out', file('tsa.csr'), '-subj', '/CN=Authority for tests'];
  openssl('req', '-newkey', ...key, '-nodes', ...authority, ...config);
  const signing = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2'];
  const ext = ['-extfile', file('tsa.cnf'), '-extensions', 'tsa_ext'];
  openssl('x509', '-req', '-in', file('tsa.csr'), ...signing, ...ext, '-out', file('tsa.pem'));
  made.set(kind, folder);
  return folder;
}

/** A real authority on loopback: the program `openssl ts` behind a small server. */
export async function startTimeAuthority(key: Kind = 'rsa'): Promise<TimeAuthority> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-tsa-'));
  const file = (name: string): string => join(folder, name);
  cpSync(keysOf(key), folder, { recursive: true });
  writeFileSync(file('tsa.cnf'), CONFIG(folder));
  writeFileSync(file('serial'), '01\n');
  const asked: Buffer[] = [];
  const authority = { instead: null as TimeAuthority['instead'] };
  const server = createServer((request, response) => {
    void buffer(request).then((query) => {
      asked.push(query);
      if (authority.instead) {
        response.writeHead(authority.instead.status).end(authority.instead.body);
        return;
      }
      const name = file(`query-${asked.length}`);
      writeFileSync(name, query);
      const reply = openssl('ts', '-reply', '-config', file('tsa.cnf'), '-queryfile', name);
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(reply);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(authority, {
    url: `http://127.0.0.1:${port}/tsr`,
    ca: file('ca.pem'),
    folder,
    asked,
    stop: async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  });
}
