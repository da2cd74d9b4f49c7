import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from '../src/http/operations/operations.ts';

/** Types of the API for programs in TypeScript, made from its document. */
export async function apiTypes(): Promise<string> {
  // Through JSON: the document as a program gets it.
  const made = await openapiTS(JSON.stringify(openApiDocument()));
  return `// Made from /api/v1/openapi.json by npm run generate; do not edit.\n\n${astToString(made)}`;
}
