/** Text of `restore` and `restored` about the next start. */
export const NEXT_START =
  'At the next start every open incident hears this once, with the time left, instead of old reminders.';
