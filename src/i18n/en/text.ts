/** Answers to lines of text that are no command, or need one more word. */
export const text = {
  'text.unknown': 'I did not understand that. “help” shows what I can do; “note …” keeps it on the record.',
  'text.unknown_near':
    'I did not understand that. Did you mean “{suggestion}”? “help” shows everything; “note …” keeps it on the record.',
  'text.chat_id': 'This room in the profile: platform: {platform}, tenant: {tenant}, address: {address}',
  'text.chat_id_where': 'Ask in the group itself: “@me chat id”.',
  'text.no_incident': 'Which incident? There is none open here. “new …” opens one, “list” shows those you can see.',
  'text.which_incident': 'Which incident do you mean?',
  'text.this_one': 'This one',
  'text.unknown_note':
    'I did not understand that as a command. Put it on the record as it is? “help” shows what I can do.',
  'text.unknown_near_note':
    'I did not understand that. Did you mean “{suggestion}”? Or put it on the record as it is? “help” shows everything.',
  'text.add_note': 'Add as a note',
  'text.which_field': 'Which field of item {n}? Tap it and what you wrote goes there.',
  'text.which_of': 'Which of these do you mean? Tap it and what you wrote goes there.',
  'text.which_answer': 'Which answer do you want to correct?',
  'text.lacks.id': 'Put the id behind it, e.g. “{word} INC-2026-0001”.',
  'text.lacks.person': 'Put a name behind it, e.g. “{word} Li Wei”.',
  'text.lacks.item_person': 'Put the number of the item and a name behind it, e.g. “{word} 3 Li Wei”.',
  'text.lacks.text': 'Put what happened behind it, e.g. “{word} 09:50 two servers isolated”.',
  'text.lacks.item': 'Put the number of the item and the field behind it, e.g. “delete 2 measures”.',
  'text.lacks.language': 'Put the language behind it: “language en” or “language zh”.',
  'text.word.invite': 'invite',
  'text.which_item': 'Which item? Write its number in front, e.g. “2 …”. Items go from 1 to {n}.',
  'text.which_person': 'Nobody called {name} takes part. “invite {name}” adds them, “people” shows who does.',
  'text.not_in_profile': 'The organisation profile has nobody called {name}. Who writes here takes part by themselves.',
  'text.no_profile':
    'Without an organisation profile nobody can be added by name. Who writes here takes part by themselves.',
  'text.takes_part': '{name} takes part already.',
  'text.no_question': 'No question is open at the moment.',
  'text.no_option_named': 'Reply with a number or the words: {options}.',
  'text.numbered': '{n} {label}',
  'text.no_option': 'The question has {n} options. Reply with a number from 1 to {n}.',
  'text.confirm_what':
    'No figure decides the level yet; it could still be {ceiling}, and the clock runs. What do you want to confirm?',
  'text.confirm_clock': 'Confirm the clock…',
  'text.form': 'This needs a few entries:',
  'text.no_candidate':
    'There is no time to confirm yet. Tell me when it first reached anyone here, e.g. “09:20 alert”.',
  'text.move_where':
    'There is nothing to move here: only its members read this. Write it in the open channel the incident stands in.',
  'text.upload': 'Add the file on the page of the incident, or send it to me in chat.',
  'text.download.submission': 'The Chinese report (报送稿) as a file',
  'text.download.internal': 'The internal version as a file',
  'text.download.english': 'The English twin as a file',
} as const;
