import type { Driver, Sent, Step } from './script.ts';
import { Transcript } from './transcript.ts';

/** Plays a script on a platform and writes down what the platform received after each step. */
export async function play(driver: Driver, steps: readonly Step[]): Promise<string> {
  const transcript = new Transcript();
  try {
    write(transcript, 'start', await driver.received());
    for (const step of steps) {
      if ('file' in step && !driver.file) continue;
      const isDone = await act(driver, step);
      const sent = await driver.received();
      const heading = `${JSON.stringify(step)}${isDone ? '' : ': there is no such button'}`;
      write(transcript, heading, 'pass' in step ? asLeft(sent) : sent);
    }
  } finally {
    await driver.stop();
  }
  return transcript.toString();
}

export async function act(driver: Driver, step: Step): Promise<boolean> {
  if ('pass' in step) await driver.pass(step.pass);
  else if ('file' in step) return (await driver.file?.(step.file, step.who ?? 'lead')) ?? false;
  else if ('say' in step) await driver.say(step.say, step.who ?? 'lead');
  else if ('tap' in step) return driver.tap(step.tap, step.who ?? 'lead');
  else return driver.tick(step.tick, step.who ?? 'lead');
  return true;
}

/** Of a message that was edited several times while time passed, the last edit. */
function asLeft(sent: readonly Sent[]): readonly Sent[] {
  const last = new Map(sent.map((one) => [one.of ?? one, one]));
  return sent.filter((one) => last.get(one.of ?? one) === one);
}

/** By conversation: between conversations nothing says which was sent first. */
function write(transcript: Transcript, heading: string, sent: readonly Sent[]): void {
  transcript.step(heading);
  const order = (one: Sent): string => one.where;
  for (const { where, what, body, of } of sent.toSorted((a, b) => order(a).localeCompare(order(b), 'en')))
    transcript.put(`${where} ${what}`, body, of ?? null);
}
