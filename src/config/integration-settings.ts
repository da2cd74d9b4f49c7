import { z } from 'zod';
import { list, type SettingsGroup, secretVariable, variable } from './settings.ts';

/** Parses pairs such as `name=value,name=value`; a name may occur several times. */
export const pairs = list.pipe(
  z.array(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,63}=\S+$/, 'must be name=value pairs separated by commas')
      .transform((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) })),
  ),
);

export const integrationVariables = z.object({
  ALERT_SECRETS: secretVariable(
    pairs.optional(),
    'Secrets with which sources sign their alerts, as source=secret,source=secret (docs/integrations.md).',
    'While a secret is exchanged, name the source twice. Without one a source sends a token with the scope alert.',
  ),
  ALERT_SOURCES_FILE: variable(
    z.string().optional(),
    'Sources of alerts of your own (YAML), beside alertmanager, grafana, pagerduty and cloudevents.',
    'Start from manifests/alert-sources.example.yaml.',
  ),
});

export const INTEGRATION_GROUP: SettingsGroup = {
  title: 'Alerts in, events out',
  variables: integrationVariables,
};

/** Groups values by name and keeps their order. */
export function byName(
  given: readonly { readonly name: string; readonly value: string }[] = [],
): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(given, ({ name }) => name);
  return new Map([...groups].map(([name, all]) => [name, all.map(({ value }) => value)]));
}
