import { z } from 'zod';
import { secretVariable, variable, web } from '../../config/settings.ts';
import { describePlatform } from '../description.ts';

const NUMBER = '{number}';
const template = z.string().refine((text) => text.includes(NUMBER), `must hold ${NUMBER}`);
const header = /^[\w-]+: \S.*$/;

const variables = z.object({
  CALL_URL: secretVariable(
    web('https://gateway.example.com/call').optional(),
    'Gateway that calls people while nobody answers: it gets CALL_BODY by POST (docs/telephone.md).',
  ),
  CALL_BODY: secretVariable(
    template.optional(),
    'Body of that request, JSON or a form, with {number} {text} {incident} {id} {answer}, e.g.',
    '{"to":"{number}","say":"{text}","callback":"{answer}"}',
  ),
  SMS_URL: secretVariable(web('https://gateway.example.com/sms').optional(), 'The same for text messages.'),
  SMS_BODY: secretVariable(template.optional(), 'Body of that request, e.g. to={number}&text={text}'),
  GATEWAY_HEADER: secretVariable(
    z.string().regex(header, 'must be Name: value').optional(),
    'Header of both requests, e.g. Authorization: Bearer …',
  ),
  GATEWAY_ACCEPTED: variable(
    z.string().optional(),
    'Text in every answer that accepts a request, e.g. "code":0, for a gateway that refuses with HTTP 200.',
  ),
});

const requestOf = (url: string | undefined, body: string | undefined) =>
  url === undefined || body === undefined ? null : { url, body };

function read({ CALL_URL, CALL_BODY, SMS_URL, SMS_BODY, ...values }: z.output<typeof variables>) {
  const [call, text] = [requestOf(CALL_URL, CALL_BODY), requestOf(SMS_URL, SMS_BODY)];
  const { GATEWAY_HEADER: header = null, GATEWAY_ACCEPTED: accepted = null } = values;
  return call || text ? { call, text, header, accepted } : null;
}
export type GatewaySettings = NonNullable<ReturnType<typeof read>>;

/** Any HTTP gateway for telephone calls and text messages. */
export const httpGateway = describePlatform({
  name: 'http-gateway',
  title: { en: 'telephone gateway', zh: '电话短信网关' },
  settings: {
    title: 'Telephone calls and text messages by a gateway over HTTP',
    variables,
    needs: [
      ['CALL_URL', 'SMS_URL'],
      ['CALL_BODY', 'SMS_BODY'],
    ],
  },
  read,
  make: async (settings, needs) => (await import('./gateway.ts')).createHttpGateway(settings, needs),
  ring: async (settings, needs) => (await import('./gateway.ts')).gatewayOf(settings, needs),
});
