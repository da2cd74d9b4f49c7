import { join } from 'node:path';
import { commandSchema } from '../../src/incident/commands.ts';
import { loadRegime } from '../../src/regimes/load.ts';
import { documentLines } from '../../src/report/paper.ts';
import { inputOf, REGIME, run } from '../regimes/support.ts';
import { Case, company, leakCase, reportOf } from '../report/cases.ts';
import { Transcript } from './transcript.ts';

const { cases, regime } = loadRegime(join(import.meta.dirname, '../../src/regimes', REGIME));

/** The verdict of every worked case beside the rules, and the report an incident with the same facts would make. */
export function workedCases(): string {
  const transcript = new Transcript();
  for (const one of cases) {
    transcript.step(one.name);
    const input = inputOf(one);
    transcript.put('verdict', run(input), 'verdict');
    const incident = new Case(company);
    incident.must('li-wei', { type: 'declare', title: one.name, system: 'shop' });
    for (const [fact, value] of Object.entries(input.facts ?? {})) {
      const answer = commandSchema.safeParse({ type: 'answer', fact, value });
      const decision = answer.success ? incident.do('chen-yu', answer.data) : null;
      if (!decision?.ok) transcript.put(`${fact} is no answer`, decision?.refusal ?? value);
    }
    transcript.put('report', documentLines(reportOf(incident)).join('\n'), 'report');
  }
  return transcript.toString();
}

/** The case of the storyboard as each kind of report, in both languages, for submission and for reading inside. */
export function reports(): string {
  const transcript = new Transcript();
  for (const { id: kind } of regime.reports)
    for (const language of ['zh', 'en'] as const)
      for (const version of ['submission', 'internal'] as const) {
        const name = `${kind} ${language} ${version}`;
        transcript.put(name, documentLines(reportOf(leakCase(), { kind, language, version })).join('\n'));
      }
  return transcript.toString();
}
