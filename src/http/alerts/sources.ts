import { type Mapping, mappingSchema } from './mapping.ts';

/** Sources that work without a custom mapping, by the name in the path. */
const BUILT_IN = {
  // Webhook format "4": https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
  alertmanager: {
    must: [{ at: '^/version', in: ['4'] }],
    each: '/alerts',
    key: ['/fingerprint', '/startsAt'],
    group: ['^/groupKey'],
    title: ['/annotations/summary', '/annotations/title', '/labels/alertname'],
    text: ['/annotations/description', '/annotations/message'],
    labels: '/labels',
    severity: ['/labels/severity'],
    startedAt: '/startsAt',
    link: ['/generatorURL', '^/externalURL'],
    ended: { at: '/status', in: ['resolved'] },
  },
  // Contact point of type webhook; signed with an HMAC since version 12.
  grafana: {
    must: [{ at: '^/version', in: ['1'] }],
    each: '/alerts',
    key: ['/fingerprint', '/startsAt'],
    group: ['^/groupKey'],
    title: ['/annotations/summary', '/labels/alertname', '^/title'],
    text: ['/annotations/description', '/valueString'],
    labels: '/labels',
    severity: ['/labels/severity'],
    startedAt: '/startsAt',
    link: ['/panelURL', '/dashboardURL', '/generatorURL', '^/externalURL'],
    ended: { at: '/status', in: ['resolved'] },
    signature: { header: 'X-Grafana-Alerting-Signature', timestamp: 'X-Grafana-Alerting-Timestamp' },
  },
  // Webhook version 3. Only triggered and reopened incidents are kept; the signature has no timestamp.
  pagerduty: {
    must: [{ at: '^/event/resource_type', in: ['incident', 'pagey'] }],
    only: { at: '/event/event_type', in: ['incident.triggered', 'incident.reopened'] },
    key: ['/event/data/id', '/event/id'],
    group: ['/event/data/id'],
    title: ['/event/data/title', '/event/data/summary'],
    text: ['/event/data/service/summary'],
    severity: ['/event/data/priority/summary', '/event/data/urgency'],
    startedAt: ['/event/data/created_at', '/event/occurred_at'],
    link: '/event/data/html_url',
    signature: { header: 'X-PagerDuty-Signature' },
  },
  // CloudEvents 1.0 in structured, binary and batch mode (`readCloudEvents` makes a list of them).
  cloudevents: {
    each: '/events',
    must: [{ at: '/events/0/specversion', in: ['1.0'] }],
    key: ['/source', '/id'],
    group: ['/source', '/type', '/subject'],
    title: ['/data/title', '/data/summary', '/subject', '/type'],
    text: ['/data/description', '/data/message', '/data'],
    severity: ['/data/severity'],
    startedAt: '/time',
    link: ['/data/url', '/data/link'],
    ended: { at: '/data/status', in: ['resolved'] },
  },
} as const;

/** Sources by name: built in, and those of the organisation, which replace built-in ones of the same name. */
export type Sources = ReadonlyMap<string, Mapping>;

export function sourcesWith(own: Readonly<Record<string, Mapping>>): Sources {
  const builtIn = Object.entries(BUILT_IN).map(([name, mapping]) => [name, mappingSchema.parse(mapping)] as const);
  return new Map([...builtIn, ...Object.entries(own)]);
}
