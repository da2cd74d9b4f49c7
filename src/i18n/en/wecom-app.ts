/** What only WeCom's self-built app, its web form and its group robots need to be said. */
export const wecomApp = {
  'wecom_app.form.optional': 'optional',
  'wecom_app.form.example': 'For example: {text}',
  'wecom_app.form.choose': 'Please choose',
  'wecom_app.form.too_large': 'This is too long to send in one go. Shorten it and send it again.',
  'wecom_app.form.check': 'Please check what is marked below. Nothing has been recorded yet.',
  'wecom_app.form.done': 'Recorded.',
  'wecom_app.form.close': 'You can close this page and go back to WeCom.',
  'wecom_app.form.again': 'Open the form again',
  'wecom_app.form.expired':
    'This page has expired. Open the form again from WeCom; what you wrote is still in the fields.',
  'wecom_app.form.enter': 'Open the form',
  'wecom_app.form.enter_about': 'This link opens one form, once, and only for you. Do not pass it on.',
  'wecom_app.form.link_used': 'This link has been used or has expired. Ask the bot for a new one.',
  'wecom_app.form.outsider': 'WeCom says that you are not a member of this company, so nothing can be shown here.',
  'wecom_app.form.no_identity': 'WeCom did not say who you are. Go back to WeCom and open the form again from there.',
  'wecom_app.form.from_wecom': 'Open this form from WeCom: the bot sends you a link in a direct message.',
} as const;
