/** Evidence bundle, ready-to-paste texts, templates, guide, Art. 11 pack. */
export const documents = {
  'bundle.version': 'Entry',
  'bundle.at': 'Time (Beijing)',
  'bundle.who': 'Who',
  'bundle.what': 'What',
} as const;
