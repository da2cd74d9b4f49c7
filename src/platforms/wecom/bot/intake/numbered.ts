import { entryOf } from '../../../../law/lookup.ts';
import { isAnswer, picked } from '../../cards/bound.ts';
import { delivery, type Intake, line, type Spot } from './context.ts';
import { concluded } from './submitted.ts';

/** A bare number is one of the options of the card that was asked last about this incident, in this conversation. */
export async function numbered(
  intake: Intake,
  spot: Spot,
  incident: string,
  numbers: readonly number[],
  msgid: string,
): Promise<boolean> {
  const asked = await intake.chats.asked(spot.chat.id, incident);
  const task = asked && (await intake.tasks.get(asked.task));
  if (!task) return false;
  const { pick, answers, does } = task.bound;
  const places = numbers.map((n) => n - 1);
  const [place = -1] = places.length === 1 ? places : [];
  const found = pick ? picked(pick, places.map(String)) : entryOf(does, answers[place] ?? '');
  if (!found) return false;
  if ('say' in found) {
    await line(intake, spot, found.say, { option: { raw: found.option } }, task.incident);
    return true;
  }
  if (found.does.kind !== 'intent' || !isAnswer(found) || found.confirm !== undefined) return false;
  const outcome = await intake.talk.press({
    caller: spot.caller,
    place: spot.place,
    incident: task.incident,
    revision: task.revision,
    does: found.does,
    delivery: delivery(`message:${msgid}`, [spot.caller.account.id, asked.task, numbers]),
  });
  await concluded(intake, spot, outcome);
  return true;
}
