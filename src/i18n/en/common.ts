/** ICU message syntax (`{name}`, `{n, plural, …}`). Every text shown to a person carries the law's Chinese term. */
export const common = {
  'common.unknown': "Don't know",
  'common.yes': 'Yes',
  'common.no': 'No',
} as const;
