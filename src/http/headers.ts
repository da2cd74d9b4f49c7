import type { MiddlewareHandler } from 'hono';
import { hostname } from './access.ts';
import { problem } from './problems.ts';

/** Content security policy: no script, style, frame or connection but our own; nothing inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
};

/**
 * Middleware that sets the security headers on every answer; over https also HSTS. A request without a well-formed Host
 * is refused.
 */
export function securityHeaders(https: boolean): MiddlewareHandler {
  return async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    if (https) c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    // Contents of the record are never kept in a shared cache; assets override this themselves.
    c.header('Cache-Control', 'no-store');
    if (hostname(c.req.header('host')) === null) return problem(c, 400, 'invalid');
    // No id, room or search holds a NUL, and PostgreSQL keeps none in a text.
    if (c.req.url.includes('%00')) {
      const inPath = new URL(c.req.url).pathname.includes('%00');
      return inPath ? problem(c, 404, 'not_found') : problem(c, 422, 'invalid');
    }
    return next();
  };
}
