import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { OPERATIONS, openApiDocument } from '../../src/http/operations/operations.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openApiDocument(), 'openapi');

/** Operations of which an answer was compared so far. */
export const compared = new Set<string>();
const compiled = new Map<string, ValidateFunction>();

/** Compares an answer with the document; throws what does not fit. Answers that are no JSON of the API pass. */
export async function compareWithDocument(method: string, path: string, response: Response): Promise<void> {
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || !type.startsWith('application/json') || !path.startsWith('/api/v1/')) return;
  // A file that happens to be JSON is described as a file.
  if (response.headers.has('content-disposition')) return;
  const operation = operationOf(method, path.slice('/api/v1'.length).split('?')[0] ?? '');
  if (operation === null) return;
  const validate = compiled.get(operation) ?? validatorOf(operation, response.status);
  compiled.set(operation, validate);
  const answer: unknown = await response.clone().json();
  compared.add(operation);
  if (validate(answer)) return;
  const errors = (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
  throw new Error(`${operation} answers something else than the document says:\n${errors.slice(0, 10).join('\n')}`);
}

function validatorOf(operation: string, status: number): ValidateFunction {
  const [method = '', path = ''] = operation.split(' ');
  const pointer = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    'application/json',
    'schema',
  ];
  const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
  return ajv.compile({ $ref: `openapi#/${escaped.join('/')}` });
}

/** The operation of a request; null for what the document leaves out. */
function operationOf(method: string, path: string): string | null {
  const fits = Object.keys(OPERATIONS).filter((name) => {
    const [verb = '', pattern = ''] = name.split(' ');
    return verb === method && new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  });
  return fits.find((name) => !name.includes('{')) ?? fits[0] ?? null;
}
