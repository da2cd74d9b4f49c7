/** Notifications on this device, even while the page is closed (Push API). */
import { call } from './api.ts';
import { keptIn } from './browser-storage.ts';
import { changed } from './model.ts';

/** `asked`: a test is under way; `silent`: none has arrived */
export type PushState = 'off' | 'on' | 'asked' | 'silent' | 'denied' | 'failed';

const TEST_WITHIN = 30_000;
const LOOK_EVERY = 1_000;

/** Id of this device on the server. */
const device = keptIn('push', localStorage);
let key: string | null = null;
let shown: PushState = 'off';
export const pushState = () => shown;

export const canPush = () => key !== null && 'serviceWorker' in navigator && 'PushManager' in window;

/** Loads the server's key, and whether this device receives notifications. */
export async function loadPush() {
  const arrived = await look();
  if (shown !== 'asked') shown = arrived === undefined ? 'off' : arrived === null ? 'silent' : 'on';
  changed();
}

/** Returns the time at which the test arrived on this device; null if none did, undefined if unknown. */
async function look() {
  const answer = await call('devices', '/push');
  key = answer.key;
  return answer.devices.find(({ id }) => id === device.get())?.arrived;
}

export async function choosePush(isWanted: boolean) {
  set('asked');
  set(await (isWanted ? switchOn() : switchOff()).catch(() => 'failed' as const));
}

async function switchOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { id } = await call('device', '/push', { json: subscription.toJSON() });
  device.set(id);
  for (const until = Date.now() + TEST_WITHIN; Date.now() < until; ) {
    if (await look()) return 'on';
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return 'silent';
}

/** Stops notifying this device, e.g. because its person signs out. */
export async function switchOff(): Promise<PushState> {
  const id = device.get();
  if (!id) return 'off';
  // `ready` waits for ever where the browser has dropped the service worker. Nothing arrives if the server is not reached.
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
  device.delete();
  await call('nothing', `/push/${id}`, { method: 'DELETE' });
  return 'off';
}

function set(next: PushState) {
  shown = next;
  changed();
}
