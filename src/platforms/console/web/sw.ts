/**
 * Service worker: keeps the frame of the page and its files, so that the page opens without a connection, and shows the
 * notifications of the server. Nothing of an incident is kept here.
 */

type Pushed = { title: string; body: string; url: string; test?: { id: string; word: string } };
declare const self: ServiceWorkerGlobalScope;
const isPushed = (sent: unknown): sent is Pushed => typeof sent === 'object' && sent !== null;

const SHELL = 'jishi';
/** Addresses that the page itself shows as views. */
const VIEWS = /^\/($|rooms\/|incidents($|\/)|access$)/;
const FILES = /\/assets\/[\w./-]+/g;

self.addEventListener('install', (event) => event.waitUntil(keepFrame()));
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  if (mode === 'navigate' && VIEWS.test(pathname)) event.respondWith(frame(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(file(event.request));
});
self.addEventListener('push', (event) => {
  const pushed: unknown = event.data?.json();
  if (isPushed(pushed)) event.waitUntil(notify(pushed));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage(String(event.notification.data)));
});

/**
 * Shows a notification; the next one about the same incident replaces it and rings again. A test is answered, as only
 * a device on which it arrived counts.
 */
async function notify({ title, body, url, test }: Pushed) {
  const frame = (await (await caches.match('/'))?.text()) ?? '';
  const [icon = ''] = /\/assets\/\w+\/icon-192\.png/.exec(frame) ?? [];
  const options = { body, tag: title, renotify: true, requireInteraction: true, data: url, icon };
  await self.registration.showNotification(title, options);
  if (!test) return;
  await fetch(`/api/v1/push/${test.id}/arrived`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': test.word },
    body: JSON.stringify({ word: test.word }),
  });
}

async function openPage(url: string) {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (!open) return self.clients.openWindow(url);
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

async function frame(request: Request) {
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

/** Returns a file; its name changes with its content, so it is cached for ever. */
async function file(request: Request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}
