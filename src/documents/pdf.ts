import { readFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { coverageOf, legible, REPORT_FAMILY, underOwnName } from './font.ts';

/** This module imports almost nothing, because a user waits for the first page. */
const file = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
const regular = file('fonts/NotoSansSC-Regular.ttf');
const has = coverageOf(regular);
const template = file('report.typ').toString('utf8');
const compiler = NodeCompiler.create({
  fontArgs: [{ fontBlobs: [underOwnName(regular), underOwnName(file('fonts/NotoSansSC-Bold.ttf'))] }],
});

/**
 * Returns a PDF with embedded fonts; the same input gives the same bytes. `input` is the template's JSON: `legible`
 * does not change its quotes and escapes, because the font has them.
 */
export function pdf(input: string): Uint8Array {
  try {
    const compiled = compiler.compile({
      mainFileContent: template,
      inputs: { document: legible(input, has), family: REPORT_FAMILY },
    });
    const { result } = compiled;
    if (result) return new Uint8Array(compiler.pdf(result));
    throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no document'));
  } finally {
    // The cache is cleared: otherwise the compiler keeps every document, and 1,000 of them took 1.4 GB.
    compiler.evictCache(0);
  }
}
