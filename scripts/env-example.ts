import { z } from 'zod';
import { AVAILABLE, docOf, GROUPS, type VariableName, variableNames, variables } from '../src/config/variables.ts';

const TITLES: Readonly<Record<(typeof GROUPS)[number], string>> = {
  core: 'Server, console and data',
  database: 'Database',
  mail: 'Mail',
  proxy: 'Proxy',
  slack: 'Slack',
  wecom_bot: 'WeCom smart bot (智能机器人)',
  wecom_app: 'WeCom self-built app (自建应用)',
  wecom_webhook: 'WeCom group robots (群机器人)',
};

/** The text of `.env.example`: every variable that works in this version, all of them unset. */
export function envExample(): string {
  const groups = GROUPS.filter((group) => AVAILABLE.includes(group)).map((group) => {
    const names = variableNames.filter((name) => docOf(name).group === group);
    return [`# --- ${TITLES[group]} ---`, ...names.map(entry)].join('\n\n');
  });
  return `${[HEAD, ...groups].join('\n\n')}\n`;
}

const HEAD = `# Copy this file to .env and fill in what you need; everything may stay empty. The real environment wins over .env,
# and an empty value means unset. What is marked secret belongs to nobody but the bot: chmod 600 .env
# Made from src/config/variables.ts by npm run generate; do not edit.`;

function entry(name: VariableName): string {
  const { about, secret } = docOf(name);
  const standard = z.union([z.string(), z.number()]).safeParse(variables.shape[name].safeParse(undefined).data);
  const notes = [...about, ...(secret ? ['Secret.'] : []), ...(standard.success ? [`Default: ${standard.data}`] : [])];
  return [...notes.map((line) => `# ${line}`), `${name}=`].join('\n');
}
