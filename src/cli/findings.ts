import { type MessageLanguage, translate } from '../i18n/translate.ts';
import type { Finding } from '../use-cases/ports.ts';
import { sentenceIn, subjectIn } from './sentence-translations.ts';
import type { Terminal } from './terminal.ts';
import { languageOf } from './usage.ts';

export const ok = (what: string, say: string): Finding => ({ what, state: 'ok', say });
export const warning = (what: string, say: string): Finding => ({ what, state: 'warning', say });
export const wrong = (what: string, say: string): Finding => ({ what, state: 'wrong', say });

/** Prints findings as lines, or as one JSON array of `{what, state, say}`; returns exit code 1 if one is wrong. */
export function printFindings(findings: readonly Finding[], json: boolean, terminal: Terminal): number {
  const language = languageOf(terminal.env);
  if (json) terminal.out(JSON.stringify(findings, null, 2));
  else for (const finding of findings) terminal.out(lineOf(finding, language));
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
}

const WIDEST_MARK = 7;

/** Returns the line of a finding, e.g. `ok      record: ./data/jishi.sqlite`, in the terminal's language. */
function lineOf({ state, what, say, chinese }: Finding, language: MessageLanguage): string {
  const mark = translate(language, `cli.state.${state}`);
  const gap = ' '.repeat(language === 'en' ? WIDEST_MARK - mark.length : 1);
  const colon = language === 'en' ? ': ' : '：';
  const sentence = (language === 'zh-CN' ? chinese : undefined) ?? sentenceIn(language, say);
  return `${mark}${gap} ${subjectIn(language, what)}${colon}${sentence}`;
}
