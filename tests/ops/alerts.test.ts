import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../../src/ops/metrics.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';

const FILE = 'manifests/alerts.yaml';
const ruleSchema = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
});
const { groups } = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(ruleSchema) })) })
  .parse(parse(readFileSync(FILE, 'utf8')));
const rules = groups.flatMap((group) => group.rules);

it('every figure of a rule is one the bot gives', async () => {
  const given = [...(await createMetrics().registry.metrics()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
  const used = rules.flatMap(({ expr }) => expr.match(/jishi_\w+/g) ?? []).map((name) => name.replace(/_bucket$/, ''));
  expect(used.length).toBeGreaterThan(rules.length - 2);
  expect(used.filter((name) => !given.includes(name))).toEqual([]);
});

it.each([
  ['the store commits nothing', 'jishi_store_up == 0'],
  ['no instance delivers', 'jishi_delivering'],
  ['the disk is nearly full', 'jishi_disk_free_bytes <'],
  ['a platform is down', 'jishi_platform_up == 0'],
  ['the clock is off', 'jishi_clock_skew_seconds'],
  ['the profile in use is not the one that was written', 'jishi_profile_stale'],
  ['a room refuses what is shown there', 'jishi_rooms_unreachable'],
  ['a token ends soon', 'jishi_token_expires_seconds'],
  ['there is no recent backup', 'jishi_backup_age_seconds'],
  ['two builds run beside each other', 'jishi_build_info'],
  ['somebody has to look: a lost record, a reminder that is stuck', 'jishi_alarms_total'],
])('there is an alert when %s', (_, expression) => {
  expect(rules.filter(({ expr }) => expr.includes(expression))).toHaveLength(1);
});

it.each(['docs/runbook.md', 'docs/runbook.zh-CN.md'])('%s says of every alert what it means and what to do', (page) => {
  const text = readFileSync(page, 'utf8');
  const headings = [...text.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(rules.map(({ alert }) => alert));
  for (const { alert, annotations } of rules)
    expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
  for (const kind of PLATFORMS.flatMap(({ alarms }) => alarms)) expect(text).toContain(kind);
});

const promtool = spawnSync('promtool', ['--version']).error === undefined;
it.skipIf(!promtool)('promtool (only where it is installed) finds nothing wrong with them', () => {
  const { status, stderr } = spawnSync('promtool', ['check', 'rules', FILE], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
