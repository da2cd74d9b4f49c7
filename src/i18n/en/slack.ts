/** What only Slack needs to be said. */
export const slack = {
  'slack.yes': 'Yes',
  'slack.cancel': 'Cancel',
  'slack.upload':
    'Attach the file to a message in the thread that mentions @{bot}, or mark a message that has it with 📌.',
  'slack.close': 'Close',
  'slack.due_line': 'Your time: {yours} · UTC: {utc}',
  'slack.late': 'This reminder comes {late} late.',
  'slack.repeated': 'Possibly a repetition: it is not known whether this message arrived before.',
  'slack.more': '{n, plural, one {# more part does} other {# more parts do}} not fit into one message.',
  'slack.more_linked': '{n, plural, one {# more part does} other {# more parts do}} not fit into one message: {url}',
  'slack.field_too_long':
    '{label}: the present text is too long to edit in Slack. It stays as it is; edit it in the console.',
  'slack.field_limit': 'At most {max} characters here; longer texts in the console.',

  'slack.recorded': '{id} is recorded and its clock runs.',
  'slack.invite':
    'The bot is not in this channel yet. {id} is recorded and its clock runs; type `/invite @{bot}` and the thread appears.',
  'slack.shared_channel':
    'This channel is shared with another organisation, so nothing is shown here. {id} is recorded and its clock runs; you find it in the Home tab of the app.',
  'slack.no_room':
    '{id} is recorded and its clock runs. You find it in the Home tab of the app; `{command} bind {id}` in a channel shows it there.',
  'slack.not_taken':
    'This could not be recorded just now. Please try again; if it fails again, phone the incident lead and tell your operator.',
  'slack.end':
    'Slack no longer takes the app ({reason}). Install it again in the workspace, enter the new tokens with `npx jishi connect slack` and start again. Everything recorded is kept.',
  'slack.failed': 'Something went wrong while handling this. It was kept for the operator; please try once more.',
  'slack.old_button': 'This button is out of date. The current one is on the card in the thread.',
  'slack.choose_alone': '“{option}” cannot be combined with other answers. Please choose again.',
  'slack.choose_first': 'Tick at least one answer first.',
  'slack.which_incident': 'Which incident does it belong to?',
  'slack.not_known_yet':
    'Slack has not said yet who you are, so incidents of open channels are not shown. Ask again in a moment.',
  'slack.no_incident': 'No open incident you can see.',
  'slack.which_file': 'Not kept yet: {names}. Which incident does it belong to?',
  'slack.no_incident_file': 'Not kept: {names}. You see no open incident it could belong to.',
  'slack.files': 'File: {names}',
  'slack.nothing_readable': 'There is nothing to read in that message. Please say in your own words what it shows.',
  'slack.how':
    'In a channel or thread begin with @{bot}, or use {command}: the bot takes nothing else. In a direct message the words alone will do.',
  'slack.declare': 'New incident',
  'slack.drill': 'Try a drill',
  'slack.add': 'Add to the record',
  'slack.quiet_offer': 'Put what you just wrote on the record? Item {n} is yours and still open.',
  'slack.quiet_add': 'Add as a note',
  'slack.quiet_fill': 'Fill in item {n}',
  'slack.from_message': '{author} in Slack',
  'slack.pinned': 'On the record of {id}.',
  'slack.edited': 'Source message edited by its author. It now reads: {text}',
  'slack.deleted': 'Source message deleted in Slack. The recorded text stays.',
  'slack.file_kept': 'Kept as evidence: {name}',
  'slack.file_refused': 'Not kept as evidence: {name}. {reason}',
  'slack.file_scope': 'The app lacks the permission files:read.',
  'slack.file_size': 'It is larger than {max} MB.',
  'slack.file_source': 'Only files that lie in Slack itself are fetched.',
  'slack.file_gone': 'Slack did not hand it out.',
  'slack.home_title': 'Your incidents',
  'slack.home_yours': 'Yours in {id}: {items}',
  'slack.home_item': 'item {n}',
  'slack.home_updated': 'As of {at} (Beijing). Open this tab again to renew.',
  'slack.backup':
    'Backup reminder, sent by Slack itself because the bot did not confirm its own: {summary}. Check the incident now.',
  'slack.private_topic': '{id}: private channel of the incident',
  'slack.private_bookmark': '{id} in the console',
  'slack.move_failed':
    'Slack did not let the bot make a private channel for {id} ({reason}). Nothing is lost: you find it in the Home tab of the app. The operator can ask `npx jishi doctor`.',
  'slack.moved': 'The content of {id} is now in a private channel. Its participants were invited.',

  'slack.command_description': 'Report a network-security incident in China, with its clock',
  'slack.command_hint': 'new [title] | list | status [id] | drill [title] | help',
  'slack.hello':
    'Jishi is connected. Type {command} new in any channel to declare an incident, or {command} drill to try it.',

  'slack.app_description': 'Network-security incidents in China: graded, on the clock, reported in time',
  'slack.app_about':
    'Jishi helps a team report a network-security incident in China correctly and on time. Type the command in any channel: it asks what the grading guide needs, shows which authority must hear of it by when, keeps the countdown, collects the report with the people who know, and drafts it. A person decides and files; Jishi never does. Run by your own organisation, on its own machine.',
  'slack.shortcut_new': 'New incident',
  'slack.shortcut_new_about': 'Declare a network-security incident; its clock starts at once',
  'slack.shortcut_new_from': 'New incident from this',
  'slack.shortcut_new_from_about': 'Declare an incident; author, time and link of the message are kept with it',
  'slack.shortcut_add': 'Add to incident',
  'slack.shortcut_add_about': 'Put this message on the record of an incident',
} as const;
