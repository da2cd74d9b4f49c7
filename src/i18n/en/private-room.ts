/** An incident moves from an open channel to a private one. */
export const privateRoom = {
  'act.move_private': 'Move to a private channel',
  'act.move_private_sure':
    'A private channel is made for {id} and its participants are invited. Here only the id, the clocks and the lead stay.',
  'private.moved': 'Its content is in a private channel now',
  'private.moved_how': 'Whoever takes part was invited there. Ask the lead if you should be and are not.',
} as const;
