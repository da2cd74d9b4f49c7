/**
 * Service worker: keeps the frame of the page and its files, so that the page opens without a connection, and shows the
 * notifications of the server. Nothing of an incident is kept here.
 */

/** @typedef {Event & { request: Request, respondWith(answer: Promise<Response>): void, waitUntil(work: Promise<unknown>): void }} WorkerEvent */

/** @typedef {{ navigate(url: string): Promise<unknown>, focus(): Promise<unknown> }} OpenPage */
/** @type {{ registration: ServiceWorkerRegistration, clients: { matchAll(which: object): Promise<OpenPage[]>, openWindow(url: string): Promise<unknown> } }} */
const scope = /** @type {any} */ (self);

const SHELL = 'jishi';
/** Addresses that the page itself shows as views. */
const VIEWS = /^\/($|rooms\/|incidents($|\/)|access$)/;
const FILES = /\/assets\/[\w./-]+/g;

addEventListener('install', (event) => {
  /** @type {WorkerEvent} */ (event).waitUntil(keepFrame());
});
addEventListener('fetch', (plain) => {
  const event = /** @type {WorkerEvent} */ (plain);
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  if (mode === 'navigate' && VIEWS.test(pathname)) event.respondWith(frame(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(file(event.request));
});

addEventListener('push', (plain) => {
  const event = /** @type {WorkerEvent & { data: { json(): any } }} */ (/** @type {unknown} */ (plain));
  event.waitUntil(notify(event.data.json()));
});
addEventListener('notificationclick', (plain) => {
  const event = /** @type {WorkerEvent & { notification: Notification }} */ (/** @type {unknown} */ (plain));
  event.notification.close();
  event.waitUntil(openPage(event.notification.data));
});

/**
 * Shows a notification; the next one about the same incident replaces it and rings again. A test is answered, as only
 * a device on which it arrived counts.
 *
 * @param {{ title: string, body: string, url: string, test?: { id: string, word: string } }} sent
 */
async function notify({ title, body, url, test }) {
  const frame = (await (await caches.match('/'))?.text()) ?? '';
  const [icon = ''] = /\/assets\/\w+\/icon-192\.png/.exec(frame) ?? [];
  const options = { body, tag: title, renotify: true, requireInteraction: true, data: url, icon };
  await scope.registration.showNotification(title, options);
  if (!test) return;
  await fetch(`/api/v1/push/${test.id}/arrived`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': test.word },
    body: JSON.stringify({ word: test.word }),
  });
}

/** Opens the page in an existing window, or a new one. @param {string} url */
async function openPage(url) {
  const [open] = await scope.clients.matchAll({ type: 'window' });
  if (!open) return scope.clients.openWindow(url);
  await open.navigate(url);
  return open.focus();
}

/** Keeps the frame with its files and texts; drops those of earlier versions. */
async function keepFrame() {
  const shell = await caches.open(SHELL);
  const answer = await fetch('/');
  const html = await answer.clone().text();
  const [base = ''] = /\/assets\/\w+/.exec(html) ?? [];
  const files = new Set([...(html.match(FILES) ?? []), `${base}/words/en.json`, `${base}/words/zh-CN.json`]);
  await shell.addAll(files);
  await shell.put('/', answer);
  for (const request of await shell.keys()) {
    const { pathname } = new URL(request.url);
    if (/^\/assets\/(?!fonts\/)/.test(pathname) && !pathname.startsWith(`${base}/`)) await shell.delete(request);
  }
}

/** @param {Request} request */
async function frame(request) {
  try {
    const answer = await fetch(request);
    const kept = await (await caches.match('/'))?.text();
    if (answer.ok && kept !== (await answer.clone().text())) await keepFrame();
    return answer;
  } catch (error) {
    const kept = await caches.match('/');
    if (!kept) throw error;
    return kept;
  }
}

/** Returns a file; its name changes with its content, so it is cached for ever. @param {Request} request */
async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}
