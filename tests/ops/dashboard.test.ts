import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../src/ops/metrics.ts';

const dashboard = z
  .object({ panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })) })
  .parse(JSON.parse(readFileSync('manifests/grafana.json', 'utf8')));

it('every figure of the dashboard is one the bot gives, and every figure of ours is on it and says what it means', async () => {
  const text = await createMetrics().registry.metrics();
  const figures = Array.from(text.matchAll(/^# HELP (\w+) (.*)$/gm), ([, name = '', help = '']) => ({ name, help }));
  const given = figures.map(({ name }) => name);
  const shown = dashboard.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => [...expr.matchAll(/jishi_\w+/g)].map(([name]) => name.replace(/_bucket$/, ''))),
  );
  expect(shown.filter((name) => !given.includes(name))).toEqual([]);
  const own = given.filter((name) => !/^jishi_(process|nodejs)_/.test(name));
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
  // HELP is what the page for operators refers to.
  expect(figures.filter(({ help }) => help.split(' ').length < 3).map(({ name }) => name)).toEqual([]);
  for (const page of ['docs/operating.md', 'docs/operating.zh-CN.md']) {
    const named = readFileSync(page, 'utf8').match(/jishi_\w+(?=[`{])/g) ?? [];
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !given.includes(name))).toEqual([]);
  }
});

it('what counts trouble is there from the start, so that its first time shows as an increase', async () => {
  const text = await createMetrics().registry.metrics();
  for (const sample of [
    'alarms_total{kind="undelivered"}',
    'notices_total{outcome="undeliverable"}',
    'failures_total{where="outbox"}',
  ])
    expect(text).toContain(`jishi_${sample} 0`);
});

it('rows that all instances share are not added up', () => {
  const exprs = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  expect(exprs.filter((expr) => expr.includes('jishi_outbox_notices') && expr.includes('sum'))).toEqual([]);
});
