/**
 * The kiosk, and the page of a visitor's pass, open while the server is away: their own files stand in the browser's
 * cache, all of one build. What people enter or are told never passes here; the outbox and the page keep it.
 */
declare const self: ServiceWorkerGlobalScope;
/** Where the app stands, the files of this build and a mark of their contents; written in by vite.config.ts. */
declare const SCREEN: { page: string; mark: string; files: string[] };

interface ServiceWorkerGlobalScope extends EventTarget {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const { page, mark, files } = SCREEN;
const prefix = `xiaomen${page.replaceAll('/', '-')}`;
const cacheName = prefix + mark;

self.addEventListener('install', (event) => {
  const stock = async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll([page, ...files.map((file) => page + file)]);
    await self.skipWaiting();
  };
  (event as WaitingEvent).waitUntil(stock());
});

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  (event as WaitingEvent).waitUntil(tidy());
});

self.addEventListener('fetch', (event) => {
  const { request, respondWith } = event as FetchEvent;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || !pathname.startsWith(page)) return;
  respondWith.call(event, request.mode === 'navigate' ? pageOf(request) : kept(request));
});

/** A new build is seen at once where the server answers. */
async function pageOf(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok) return answer;
  } catch {
    // The server is away.
  }
  return (await caches.match(page)) ?? Response.error();
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

export {};
