import { ROLES } from '../../incident/identity.ts';
import { contractPeriod } from '../../incident/people/contracts.ts';
import type { Contract } from '../../incident/people/profile.ts';
import type { BilingualText } from '../../law/types.ts';
import { periodText } from '../guide-input.ts';
import { recipientName } from '../head.ts';
import { colon } from '../paper.ts';
import { type Sheet, say } from '../sheet.ts';
import { ofProfile } from './statements.ts';

/** Words for logs of systems, in either language. */
const LOGS = /日志|\blogs?\b/i;

function limitText(sheet: Sheet, contract: Contract): string {
  const { language } = sheet;
  const said = { language, say: say.bind(null, sheet), law: (text: BilingualText) => text[language] };
  return periodText(said, { period: contractPeriod(contract) });
}

/** Topics on the profile as each record froze it at its declaration. */
export const profileTopics = {
  plan: ofProfile(({ sheet, state }) => {
    const plan = state.organisation?.emergencyPlan;
    return [plan && `${plan} ${say(sheet, 'leniency.plan.stated')}`];
  }),
  plan_approval: ofProfile(({ sheet, state }) => {
    const { version, on, by } = state.organisation?.emergencyPlanApproval ?? {};
    if (version === undefined && on === undefined && by === undefined) return [];
    const open = missingWord(sheet);
    return [say(sheet, 'leniency.plan.approval', { version: version ?? open, on: on ?? open, by: by ?? open })];
  }),
  roles: ofProfile(({ sheet, state }) => [
    ROLES.flatMap((role) => {
      const names = (state.organisation?.people ?? []).filter(({ roles }) => roles.includes(role));
      if (names.length === 0) return [];
      const who = names.map(({ name }) => name).join(say(sheet, 'report.list'));
      return [pair(say(sheet, `role.${role}`), who)];
    }).join('\n'),
  ]),
  contact_points: ofProfile(({ sheet }) => {
    const { contact24h, recipients = {} } = sheet.entity ?? {};
    return [
      contact24h && pair(say(sheet, 'guide.own_24h'), `${contact24h.name} ${contact24h.phone}`),
      ...Object.entries(recipients).map(([id, { name, phone, email, fax }]) =>
        pair(recipientName(sheet, id), [name, phone, email, fax].filter(Boolean).join(' · ')),
      ),
    ];
  }),
  graded_systems: ofProfile(({ sheet, state }) =>
    (state.organisation?.systems ?? []).flatMap(({ name: system, entity, mlpsLevel: level, mlpsFiling }) => {
      if (level === undefined || entity !== sheet.entity?.id) return [];
      return [say(sheet, 'leniency.mlps', { system, level, filing: mlpsFiling ?? missingWord(sheet) })];
    }),
  ),
  safeguards: ofProfile(({ state }) => [
    ...(state.organisation?.safeguards ?? []),
    ...(state.organisation?.protectiveMeasures ?? []),
  ]),
  log_measures: ofProfile(({ sheet, state }) => {
    const { safeguards = [], protectiveMeasures = [] } = state.organisation ?? {};
    const stated = [...safeguards, ...protectiveMeasures].filter((text) => LOGS.test(text));
    return stated.map((text) => `${text} ${say(sheet, 'inspection.stated')}`);
  }),
  contract_terms: ofProfile(({ sheet, state }) =>
    (state.organisation?.contracts ?? []).flatMap((contract) => {
      const { entity, customer, clause } = contract;
      if (entity !== undefined && entity !== sheet.entity?.id) return [];
      const place = clause === undefined ? '' : ` ${clause}`;
      return [
        say(sheet, 'inspection.contract', {
          customer: `${customer[sheet.language]}${place}`,
          limit: limitText(sheet, contract),
        }),
      ];
    }),
  ),
  retention: ofProfile(({ sheet, state }) => {
    const kept = state.organisation?.retention;
    if (!kept) return [];
    const { incidents, matters, messages } = kept;
    return [
      incidents === undefined
        ? say(sheet, 'inspection.kept_always')
        : say(sheet, 'inspection.kept', { days: incidents }),
      matters === undefined ? null : say(sheet, 'inspection.kept_matters', { days: matters }),
      say(sheet, 'inspection.kept_messages', { days: messages }),
    ];
  }),
};

function pair(label: string, value: string): string {
  return `${label}${colon(label)}${value}`;
}

function missingWord(sheet: Sheet): string {
  return say(sheet, 'leniency.missing');
}
