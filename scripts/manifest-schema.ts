import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

/**
 * Checks the Slack manifests against Slack's own schema (`manifest.schema.2.0.0.json` of slackapi/manifest-schema):
 * `node scripts/manifest-schema.ts SCHEMA`. Exit 1 and every mistake.
 */
const FILES = ['manifests/slack.socket.json', 'manifests/slack.http.json'];

const [schemaFile] = process.argv.slice(2);
if (!schemaFile) {
  console.error('usage: node scripts/manifest-schema.ts SCHEMA');
  process.exit(2);
}
// Slack's schema has a keyword of its own (`regex`), which strict mode refuses.
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
if (typeof schema !== 'object' || schema === null) throw new Error(`${schemaFile} is no schema`);
const validate = ajv.compile(schema);
for (const file of FILES) {
  if (validate(JSON.parse(readFileSync(file, 'utf8')))) {
    console.log(`ok ${file}`);
    continue;
  }
  process.exitCode = 1;
  for (const error of validate.errors ?? []) console.error(`${file} ${error.instancePath}: ${error.message ?? ''}`);
}
