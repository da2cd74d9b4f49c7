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
    'This page had expired: nothing was recorded. What you entered is still below; check it and send it again.',
  'wecom_app.form.expired_card': 'This page had expired: nothing was recorded. Open it again and tap once more.',
  'wecom_app.form.restored':
    'The page had expired: nothing was recorded yet. What you entered is below; check it and send it.',
  'wecom_app.form.kept':
    'The page had expired: nothing was recorded yet. What you entered is kept for 24 hours: open the form again, check it and send it.',
  'wecom_app.form.kept_link':
    'The link has expired: nothing was recorded yet. What you entered is kept for 24 hours: ask the bot for this form again, and it is there.',
  'wecom_app.form.copy':
    'The page had expired: nothing was recorded. Copy what you entered below, open the form again and paste it.',
  'wecom_app.form.yes': 'Yes: {label}',
  'wecom_app.form.enter': 'Open the form',
  'wecom_app.form.enter_about': 'This link opens one form, once, and only for you. Do not pass it on.',
  'wecom_app.form.link_used': 'This link has been used or has expired. Ask the bot for a new one.',
  'wecom_app.form.outsider': 'WeCom says that you are not a member of this company, so nothing can be shown here.',
  'wecom_app.form.no_identity': 'WeCom did not say who you are. Go back to WeCom and open the form again from there.',
  'wecom_app.form.from_wecom': 'Open this form from WeCom: the bot sends you a link in a direct message.',
  'wecom_app.open': 'Open',
  'wecom_app.no_forms': 'There is no form here: type “fill in 2 …” with the number of the item, or use the console.',
  'wecom_app.no_media': 'Only text, pictures, voice messages and videos can be taken here. Add files in the console.',
  'wecom_app.which_incident': 'Which incident does it belong to? Type “list”, then “switch INC-…”, and send it again.',
  'wecom_app.given': '“{name}” is kept as evidence of {id}.',
  'wecom_app.given_too_large': 'This is larger than 20 MB. Keep it elsewhere and note where: “note … is kept at …”.',
  'wecom_app.given_gone': 'This could not be kept. Please send it once more, or add it in the console.',
  'wecom_app.menu.declare': 'New',
  'wecom_app.menu.new': 'New incident',
  'wecom_app.menu.drill': 'Drill',
  'wecom_app.menu.incidents': 'Incidents',
  'wecom_app.menu.status': 'Status',
  'wecom_app.menu.list': 'Open incidents',
  'wecom_app.menu.help': 'Help',
  'wecom_app.suspension.warned':
    'WeCom warns: the incident app is rarely used and will be stopped. Please run a drill today and have people open the app; otherwise reminders stop arriving there.',
  'wecom_app.suspension.stopped':
    'WeCom has stopped the incident app because it was rarely used: reminders no longer arrive there. Please start it again in the admin page, then run a drill.',
} as const;
