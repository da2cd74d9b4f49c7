import type { Finding } from '../use-cases/ports.ts';
import { wrong } from './findings.ts';

/** Causes of connections that fail, by the code in their text, each with one remedy. */
const CAUSES: readonly {
  readonly codes: RegExp;
  readonly what: string;
  readonly remedy: string;
}[] = [
  {
    codes: /\bCERT_HAS_EXPIRED\b/,
    what: 'certificate',
    remedy:
      'the certificate of the server, or of a proxy that opens TLS, is no longer valid; or the clock of this machine is wrong',
  },
  {
    codes:
      /\b(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE)\b/,
    what: 'certificate',
    remedy:
      'the certificate is of an authority this machine does not know, often that of a proxy that opens TLS; give it by NODE_EXTRA_CA_CERTS in the real environment',
  },
  {
    codes: /\bERR_TLS_CERT_ALTNAME_INVALID\b/,
    what: 'certificate',
    remedy: 'the certificate is for another name than the address in the settings',
  },
  {
    codes: /\b(?:ENOTFOUND|EAI_AGAIN)\b/,
    what: 'name server',
    remedy: 'the name of a host is not found; see the address in the settings and the name server of this machine',
  },
];

/** One remedy for each cause of connections that failed, whichever platform, provider or server they were to. */
export function connectionFindings(found: readonly Finding[]): readonly Finding[] {
  const said = found.flatMap(({ state, say }) => (state === 'wrong' ? [say] : []));
  return CAUSES.flatMap(({ codes, what, remedy }) => {
    return said.some((say) => codes.test(say)) ? [wrong(what, remedy)] : [];
  });
}
