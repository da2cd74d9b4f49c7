/** An incident moves from an open channel to a private one. */
export const privateRoom = {
  'act.move_private': 'Move to a private channel',
  'act.move_private_sure':
    'A private channel is made for {id} and its participants are invited. Here only the id, the clocks and the lead stay.',
  'refuse.kept_private':
    'The content of {id} is in a private channel. Ask the lead, {lead}, to let you in; here only the id, the clocks and the lead are shown.',
  'refuse.outside':
    'This is shown only to people of this organisation. Whatever you add is recorded; ask the lead, {lead}.',
  'private.moved': 'Its content is in a private channel now',
  'private.moved_how': 'Whoever takes part was invited there. Ask the lead if you should be and are not.',
} as const;
