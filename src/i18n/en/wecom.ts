/** What only WeCom needs to be said. */
export const wecom = {
  'wecom.refresh': 'Refresh',
  'wecom.choose': 'Choose',
  'wecom.which_row': 'Choose one',
  'wecom.nothing': 'Nothing here yet',
} as const;
