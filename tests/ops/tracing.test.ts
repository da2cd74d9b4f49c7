import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect, it, onTestFinished } from 'vitest';
import { loadTracing } from '../../src/ops/tracing.ts';
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

it('a request, its change and the card that shows it are one trace, which carries no words of people', async () => {
  const exporter = await sdk();
  const house = await startHouse();
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
  expect(request?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
  expect([request, change, card].map((one) => one?.spanContext().traceId)).toEqual([PARENT, PARENT, PARENT]);
  expect(change?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
  expect(card?.parentSpanContext?.spanId).toBe(change?.spanContext().spanId);
  expect(change?.attributes).toMatchObject({ 'jishi.incident': id, 'jishi.outcome': 'committed' });
  expect(card?.attributes).toMatchObject({ 'jishi.outcome': 'sent' });
  expect(JSON.stringify(spans.map(({ name, attributes, events }) => [name, attributes, events]))).not.toContain(
    'Secret',
  );
});
