/** Legal hold and erasure. */
export const retention = {
  'act.hold': 'Legal hold…',
  'act.release_hold': 'Release the hold…',
  'act.erase': 'Erase…',
  'form.hold.title': 'Put the incident on hold',
  'form.hold.intro': 'Nothing of it is erased until an administrator releases the hold.',
  'form.release_hold.title': 'Release the hold',
  'form.erase.title': 'Erase {id} for good',
  'form.erase.intro':
    'All content, files and messages of the bot are dropped. The chain of hashes stays and still verifies; who erased it, when and why stays too. This cannot be undone: export the evidence bundle first if it may be needed.',
  'said.held': 'On hold: nothing is erased until the hold is released.',
  'said.hold_released': 'The hold is released.',
  'said.erased': 'Erased. The chain still verifies.',
  'event.held': 'Legal hold. Reason: {reason}',
  'event.hold_released': 'Hold released. Reason: {reason}',
  'event.erased': 'Erased: the content of all earlier entries is gone. Reason: {reason}',
  'event.expired': 'Erased: the time for which incidents are kept is over',
  'refuse.not_closed': 'Close the incident first; what is still owed would be lost.',
  'refuse.on_hold': 'The incident is on hold. An administrator has to release the hold first.',
  'refuse.erased': 'This incident was erased. Nothing can be added to it.',
} as const;
