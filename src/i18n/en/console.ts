export const consoleMessages = {
  'http.sign_in': 'Sign in first.',
  'http.forbidden': 'You may not do this.',
  'http.foreign_origin': 'This request comes from another site and was not carried out.',
  'http.unknown_incident': 'There is no such incident, or you may not see it.',
  'http.not_found': 'There is nothing at this address.',
  'http.invalid': 'Something in the request is missing or not understood.',
  'http.invalid_json': 'The body is not valid JSON.',
  'http.wrong_type': 'Send the body as application/json.',
  'http.too_large': 'This is too large. A file may have up to 20 MB, anything else 256 kB.',
  'http.not_local':
    'Choosing a name works only in a browser on the machine itself. Ask for a sign-in link (npx jishi login NAME).',
  'http.link_used': 'This link was used already or has run out. Ask for a new one (npx jishi login NAME).',
  'http.signed_in': 'You are signed in.',
  'http.internal': 'Something failed here. It has been noted; try again.',
  'http.unavailable': 'This could not be stored, so nothing was done. Try again in a moment.',
} as const;
