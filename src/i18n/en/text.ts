/** Answers to lines of text that are no command, or need one more word. */
export const text = {
  'text.unknown': 'I did not understand that. “help” shows what I can do; “note …” keeps it on the record.',
  'text.unknown_near':
    'I did not understand that. Did you mean “{suggestion}”? “help” shows everything; “note …” keeps it on the record.',
  'text.no_incident': 'Which incident? There is none open here. “new …” opens one, “list” shows those you can see.',
  'text.which_incident': 'Which incident do you mean? Put its id in front, e.g. “{id} …”.',
  'text.which_field': 'Which field of item {n}? Write e.g. “{n} {field}: …”. Fields: {fields}',
  'text.which_item': 'Which item? Write its number in front, e.g. “2 …”. Items go from 1 to {n}.',
  'text.which_person': 'Nobody called {name} is in this incident. “people” shows who is, “invite” adds somebody.',
  'text.no_question': 'No question is open at the moment.',
  'text.no_option': 'The question has {n} options. Reply with a number from 1 to {n}.',
  'text.confirm_what':
    'No figure decides the level yet; it could still be {ceiling}, and the clock runs. What do you want to confirm?',
  'text.confirm_clock': 'Confirm the clock…',
  'text.level_proposed': '{level} is proposed and waits for a second person. Do you agree?',
  'text.form': 'This needs a few entries:',
  'text.no_candidate':
    'There is no time to confirm yet. Tell me when it first reached anyone here, e.g. “09:20 alert”.',
  'text.not_here': 'That works in chat platforms only. Here: “help” shows what you can do.',
  'text.download': 'The draft as a file:',
} as const;
