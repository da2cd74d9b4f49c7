/** Notifications on this device, even while the page is closed (Push API). */
import { call } from './api.js';
import { choiceOf, keepChoice } from './browser-storage.js';
import { changed } from './model.js';

/** @typedef {'off' | 'on' | 'asked' | 'silent' | 'denied' | 'failed'} PushState `asked`: a test is under way; `silent`: none has arrived */

const TEST_WITHIN = 30_000;
const LOOK_EVERY = 1_000;

/** Key of the server; null if it sends none. @type {string | null} */
let key = null;
/** @type {PushState} */
let shown = 'off';
export const pushState = () => shown;

/** Returns true if server and browser support push. */
export const canPush = () => key !== null && 'serviceWorker' in navigator && 'PushManager' in window;

/** Loads the server's key, and whether this device receives notifications. */
export async function loadPush() {
  const arrived = await look();
  if (shown !== 'asked') shown = arrived === undefined ? 'off' : arrived === null ? 'silent' : 'on';
  changed();
}

/** Returns the time at which the test arrived on this device; null if none did, undefined if unknown. */
async function look() {
  /** @type {{ key: string | null, devices: { id: string, arrived: number | null }[] }} */
  const answer = await call('/push');
  key = answer.key;
  return answer.devices.find(({ id }) => id === choiceOf('push'))?.arrived;
}

/** Switches push on, with a test, or off. @param {boolean} isWanted */
export async function choosePush(isWanted) {
  set('asked');
  try {
    set(isWanted ? await switchOn() : await switchOff());
  } catch {
    set('failed');
  }
}

/** @returns {Promise<PushState>} */
async function switchOn() {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { id } = await call('/push', { json: subscription.toJSON() });
  keepChoice('push', id);
  for (const until = Date.now() + TEST_WITHIN; Date.now() < until; ) {
    if (await look()) return 'on';
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return 'silent';
}

/** @returns {Promise<PushState>} */
async function switchOff() {
  const { pushManager } = await navigator.serviceWorker.ready;
  const id = choiceOf('push');
  keepChoice('push', null);
  if (id) await call(`/push/${id}`, { method: 'DELETE' });
  await (await pushManager.getSubscription())?.unsubscribe();
  return 'off';
}

/** @param {PushState} next */
function set(next) {
  shown = next;
  changed();
}
