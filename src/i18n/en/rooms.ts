/** Rooms of an incident: adding and leaving them, rooms abroad and what is released to them, linked accounts. */
export const rooms = {
  'act.leave_chat': 'Our chat may be compromised',
  'act.leave_chat_confirm':
    'Take the incident out of every chat room and go on in the console? Nobody gets chat messages about it any more; the lead or an approver can bring it back.',
  'act.return_to_chat': 'Back to chat…',
  'act.release_abroad': 'Release to a room abroad…',
  'act.withdraw_release': 'Withdraw a release…',
  'said.chat_left':
    'The incident has left chat. It goes on here and in: {rooms}. Who is not here gets nothing: call them.',
  'said.chat_left_nowhere':
    'The incident has left chat. It goes on in the console. Who is not here gets nothing: call them.',
  'said.chat_returned': 'The incident is back in its chat rooms.',
  'said.released': 'Released to {room}: {parts}.',
  'said.release_withdrawn': 'Everything released to {room} is withdrawn. What was shown there before cannot be unseen.',
  'event.chat_left': 'Left chat, which may be compromised: {reason}',
  'event.chat_left_plain': 'Left chat, which may be compromised',
  'event.chat_returned': 'Back to chat: {reason}',
  'event.released': 'Released abroad to {room}: {parts}. Reason: {reason}. Ground: {basis}',
  'event.release_withdrawn': 'Release to {room} withdrawn: {parts}. Reason: {reason}',
  'report.line.chat_left': 'Left chat, which may be compromised: {reason}',
  'report.line.released': 'Released to {room} abroad: {part} ({reason}; ground: {basis})',
  'refuse.no_refuge':
    'There is nowhere else to go: no console room and no refuge room in the profile. Open the console, or name a room with “refuge: true”, then try again.',
  'refuse.chat_left':
    'This incident has left chat, because chat may be compromised. Go on in the console. The lead or an approver can bring it back from there.',
  'refuse.chat_not_left': 'The incident is in chat; there is nothing to return to.',
  'refuse.not_abroad': 'That room is not abroad: it shows everything without a release.',
  'refuse.nothing_released': 'Nothing is released to that room.',
  'refuse.release_draft_whole': 'A draft contains the rest as well. Name these too: {parts}.',
  'refuse.release_overview_first':
    'Critical information infrastructure or important data is involved: the room shows only that there is an incident. Release the overview first, or with it.',
  'refuse.not_released':
    'This is not released to rooms abroad. Ask the lead {lead}; an administrator can release it ([Release to a room abroad…] under [More]).',
  'part.overview': 'overview (status, clocks, level, owners)',
  'part.title': 'title',
  'part.answers': 'answers and reasons of the level',
  'part.texts': 'what people wrote',
  'part.files': 'files and their names',
  'part.personal': 'personal data and contacts',
  'part.tracing': 'leads for tracing (item 5)',
  'part.drafts': 'drafts of the report',
  'abroad.withheld': '[not released]',
  'abroad.exists': 'There is an incident. Nothing more is shown in rooms abroad before it is released.',
  'abroad.ask': 'Whom to ask: {people}',
  'abroad.note':
    'Room abroad: free text, files, personal data, leads for tracing and drafts are shown after a release only.',
  'rooms.moved': 'This case goes on elsewhere.',
  'rooms.moved_how':
    'Nothing more is said about it here. If you take part, go to the place your team agreed on; do not discuss it in chat.',
  'rooms.named': '{platform, select, console {console room “{name}”} other {{place} group “{name}”}}',
  'rooms.unnamed': '{platform, select, console {console room {address}} other {{place} group {address}}}',
  'rooms.bound_already': 'The incident is shown in this room already.',
  'rooms.bind_where': 'That works in a group: mention the bot there and write “bind {id}”.',
  'rooms.off': 'No longer shown here',
  'rooms.off_how': 'Whoever takes part finds it in the list, or in the rooms it is shown in. Ask the lead if in doubt.',
  'form.rooms.only':
    'It is shown in this room only. Taken off, nobody sees it in a room any more: its clock runs on, and people are reminded directly.',
  'form.rooms.change': 'What to do',
  'form.rooms.add': 'Show it in {room}',
  'form.rooms.take_off': 'Stop showing it in {room}',
  'form.return_chat.title': 'Back to chat',
  'form.release.title': 'Release to a room abroad',
  'form.release.intro':
    'By default a room abroad gets id, level, clocks, owners and checklist. What you release leaves China; it is recorded with your name, reason and ground.',
  'form.release.law': '{quote} ({article})',
  'form.release.room': 'Room',
  'form.release.what': 'What may be shown there',
  'form.release.basis': 'Ground on which the data may leave',
  'form.release.basis_example':
    'e.g. standard contract filed on 12 May 2026, no. …; contains no personal or important data',
  'form.withdraw.title': 'Withdraw a release',
  'form.withdraw.intro':
    'Everything released to the room is withheld from now on. What was shown there cannot be unseen.',
  'link.code':
    'Code: {code}. Within {minutes}, write “link account {code}” to the bot from your other account. It works once; give it to nobody.',
  'link.done': 'Linked: you are {name} from now on. What is on record already stays as it is.',
  'link.private': 'A code is for your eyes only: write “link account” to the bot directly or in the console.',
  'link.unknown':
    'The profile does not know this account. Write “link account” where it knows you (console or the other chat); you get a code to enter here.',
  'link.wrong': 'That code is not valid (any more). Get a new one with “link account” where the bot knows you.',
  'link.taken': 'This account belongs to somebody already.',
} as const;
