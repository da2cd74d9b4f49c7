import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect, it, onTestFinished } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { loadTracing } from '../../src/ops/tracing.ts';
import type { Messenger } from '../../src/use-cases/ports.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';

const PARENT = '4bf92f3577b34da6a3ce929d0e0e4736';

/** An SDK as an operator loads it, for the time of one test: the API keeps it in the process. */
async function sdk(): Promise<InMemorySpanExporter> {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator({
    fields: () => ['traceparent'],
    inject: () => {},
    extract: (within, carrier, { get }) => {
      const [, traceId = '', spanId = ''] = /^00-(\w{32})-(\w{16})-01$/.exec(String(get(carrier, 'traceparent'))) ?? [];
      return traceId === '' ? within : trace.setSpanContext(within, { traceId, spanId, traceFlags: 1 });
    },
  });
  onTestFinished(() => {
    for (const api of [trace, context, propagation]) api.disable();
  });
  expect(await loadTracing()).toBe(true);
  return exporter;
}

const organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'sh', name: '某公司', province: '31' }],
  people: [{ id: 'li', name: '李伟', roles: ['lead'], accounts: [{ platform: 'chat', tenant: 'T', id: 'U1' }] }],
  roster: [{ person: 'li', from: '2026-03-30T00:00:00+08:00', until: '2026-04-30T00:00:00+08:00' }],
});
const chat: Messenger = {
  platform: 'chat',
  render: (message) => JSON.stringify(message),
  post: async () => ({ kind: 'sent', ref: 'm1' }),
  canMessagePeople: { direct: async ({ tenant, id }) => ({ tenant, address: `dm:${id}`, thread: null }) },
};

it('a request, its change, the card that shows it and the call to a person are one trace without words of people', async () => {
  const exporter = await sdk();
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const house = await startHouse({ organisation, clock, listeners: () => [chat] });
  onTestFinished(() => house.stop());
  const headers = { authorization: `Bearer ${API_TOKEN}`, traceparent: `00-${PARENT}-00f067aa0ba902b7-01` };
  const client = new Client(house, headers);
  const { id } = await json(await client.post('/api/v1/incidents', { title: 'Secret words of the title' }));
  await house.house.settle();
  const spans = exporter.getFinishedSpans();
  const named = (name: string) => spans.find((one) => one.name === name);
  const request = named('POST /api/v1/incidents');
  const change = named('change');
  const card = named('show card');
  const call = named('send notice');
  expect(request?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
  const traces = [request, change, card, call].map((one) => one?.spanContext().traceId);
  expect(traces).toEqual([PARENT, PARENT, PARENT, PARENT]);
  expect(change?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
  expect(call?.parentSpanContext?.spanId).toBe(change?.spanContext().spanId);
  expect(new Set(spans.map((one) => one.spanContext().traceId))).toEqual(new Set([PARENT]));
  expect(change?.attributes).toMatchObject({ 'jishi.incident': id, 'jishi.outcome': 'committed' });
  expect(card?.attributes).toMatchObject({ 'jishi.outcome': 'sent' });
  expect(call?.attributes).toMatchObject({ 'jishi.platform': 'chat', 'jishi.outcome': 'sent' });
  expect(JSON.stringify(spans.map(({ name, attributes, events }) => [name, attributes, events]))).not.toContain(
    'Secret',
  );
});
