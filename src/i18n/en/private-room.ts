/** An incident moves from an open channel to a private one. */
export const privateRoom = {
  'act.move_private': 'Move to a private channel',
  'act.move_private_sure':
    'A private channel is made for {id} and its participants are invited. Here only the id, the clocks and the lead stay.',
  'act.take_part': 'Take part',
  'act.let_in': 'Let in',
  'said.join_asked': 'The lead, {lead}, was asked to let you in. You hear of it.',
  'join.asked': '{name} asks to take part in {id}. Let in, they see everything of it.',
  'join.let_in': 'You now take part in {id} · {title}.',
  'event.join_asked': '{name} asked to take part',
  'refuse.takes_part':
    'You take part already: you find the incident in the list, or in the private channel you were invited to.',
  'refuse.asked_already': 'The lead was asked already. You hear of it once you are let in.',
  'refuse.kept_private':
    'The content of {id} is in a private channel; here only the id, the clocks and the lead are shown. Ask the lead, {lead}, to take part.',
  'refuse.ask_directly': 'The content of {id} is not shown in this group. Please ask me in a direct message.',
  'said.kept': 'Recorded for {id}. Its content is not shown in this group: please ask me in a direct message.',
  'visibility.withheld': '[not shown here]',
  'refuse.outside':
    'This is shown only to people of this organisation. Whatever you add is recorded; ask the lead, {lead}.',
  'private.moved': 'Its content is in a private channel now',
  'private.moved_how': 'Whoever takes part was invited there. Ask the lead if you should be and are not.',
} as const;
