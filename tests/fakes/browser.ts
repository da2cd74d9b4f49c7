import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import chromiumPackage, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';

const require = createRequire(import.meta.url);
const PACKAGE = dirname(dirname(require.resolve('@sparticuz/chromium')));

/** Starts a real Chromium from the package registry, nothing installed. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ timeout: 120_000, ...(await launchOptions()) });
}

/** Starts one that several processes connect to. */
export async function serveBrowser(): Promise<BrowserServer> {
  return chromium.launchServer({ timeout: 120_000, ...(await launchOptions()), host: '127.0.0.1' });
}

async function launchOptions(): Promise<LaunchOptions> {
  if (process.platform !== 'linux') return { channel: 'chrome' };
  const home = await unpacked();
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = home;
  setupLambdaEnvironment(join(home, 'al2023', 'lib'));
  const env = { ...definedEnv(), FONTCONFIG_PATH: join(home, 'fonts') };
  restore(before);
  // The package's own arguments switch web security off, which is what these tests are about.
  return {
    executablePath: join(home, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env,
  };
}

/**
 * Unpacks it once into a folder of this user: under a private name first and renamed when it is whole, because two
 * processes unpacking into one place break each other.
 */
async function unpacked(): Promise<string> {
  const { version } = require(join(PACKAGE, 'package.json'));
  const final = join(tmpdir(), `jishi-chromium-${version}-${userInfo().uid}`);
  if (existsSync(final)) {
    if (statSync(final).uid !== userInfo().uid) throw new Error(`${final} belongs to somebody else`);
    return final;
  }
  const own = await mkdtemp(join(tmpdir(), 'jishi-chromium-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = own;
  try {
    await chromiumPackage.executablePath();
    await inflate(join(PACKAGE, 'bin', 'al2023.tar.br'));
    await writeFile(join(own, 'fonts', 'fonts.conf'), fontsConf(join(final, 'fonts')));
  } finally {
    restore(before);
  }
  // Somebody else may have been quicker; theirs is as good.
  await rename(own, final).catch(() => rm(own, { recursive: true, force: true }));
  return final;
}

/** The package looks for its fonts in /tmp/fonts; without any font the browser ends at the first text field. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;
}

function restore(tmp: string | undefined): void {
  if (tmp === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = tmp;
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
