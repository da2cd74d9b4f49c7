/** Files of the server, fetched at once: a press on a format needs no second dialog. */

/** Address of the report of an incident as a file. @param {string} incident @param {Record<string, string | undefined>} which format, language, version, draft */
export function reportAddress(incident, which) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(which)) if (value !== undefined) query.set(name, value);
  return `/api/v1/incidents/${encodeURIComponent(incident)}/report?${query}`;
}

/** @param {string} address */
export function download(address) {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
