// The service worker: keeps one complete version of the app and starts it without the network.
// VERSION and PRECACHE are written by `cargo xtask stamp` from the content of the built files.
const VERSION = '';
const PRECACHE = []; // [path, SHA-256 of the content in hex]

const OURS = 'topfloor-app-';
const CACHE = OURS + VERSION;
const SHARES = 'topfloor-share';
const FILES = new Map(PRECACHE);
const INDEX = '/index.html';

self.addEventListener('install', event => event.waitUntil(install(event)));
self.addEventListener('activate', event => event.waitUntil(activate()));
self.addEventListener('fetch', answer);
self.addEventListener('message', event => event.waitUntil(reply(event)));

async function install(event) {
  // Some browsers ask the server for the page while the worker wakes up, to have whichever comes first. A cold start here
  // asks nobody: said once as a static route (Service Workers, §3.3.3), every request of the app waits for the worker.
  await event.addRoutes?.({ condition: { urlPattern: new URLPattern({ pathname: '/*' }) }, source: 'fetch-event' });
  // Before the first complete version nothing can be in use, so what a failed attempt left of another one may go.
  if (!self.registration.active) await deleteOthers();
  await fill();
}

// Only the very first version takes over the pages that are open: an update waits until the page asks for it.
async function activate() {
  const first = (await deleteOthers()) === 0;
  if (first) await self.clients.claim();
}

async function deleteOthers() {
  const others = (await caches.keys()).filter(name => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(others.map(name => caches.delete(name)));
  return others.length;
}

// Brings every file that is not yet held. One that cannot be had rightly rejects the whole, and the old version stays;
// what was verified is kept, so that the next attempt on a bad network goes on from there.
async function fill() {
  const cache = await caches.open(CACHE);
  const held = await paths(cache);
  const older = (await caches.keys()).filter(name => name.startsWith(OURS) && name !== CACHE);
  for (const [path, digest] of PRECACHE) {
    if (held.has(path)) continue;
    const response = (await reuse(older, path, digest)) ?? (await download(path, digest));
    await cache.put(path, response);
  }
}

async function paths(cache) {
  return new Set((await cache.keys()).map(request => new URL(request.url).pathname));
}

async function reuse(older, path, digest) {
  for (const name of older) {
    const response = await (await caches.open(name)).match(path);
    if (response && (await sha256(response)) === digest) return response;
  }
  return null;
}

// A file with a hash in its name was most likely just loaded by the page: it comes from the HTTP cache. If that holds
// something else under the name, it is asked for once more from the server.
async function download(path, digest) {
  const modes = /-[0-9a-f]{12,16}(_bg)?\.[a-z]+$/.test(path) ? ['default', 'reload'] : ['no-cache'];
  let reason = '';
  for (const cache of modes) {
    const response = await fetch(path, { cache, credentials: 'same-origin', redirect: 'error' });
    reason = await refusal(response, path, digest);
    if (!reason) return response;
  }
  throw new Error(`${path}: ${reason}`);
}

// Why an answer must not be kept; a captive portal answers 200 with a page of its own.
async function refusal(response, path, digest) {
  if (response.status !== 200) return `status ${response.status}`;
  if (response.redirected || response.type !== 'basic') return 'not from the app\'s own server';
  const isPage = (response.headers.get('content-type') ?? '').includes('text/html');
  if (isPage !== path.endsWith('.html')) return 'content type';
  if ((await sha256(response)) !== digest) return 'content';
  return '';
}

async function sha256(response) {
  const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}

function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.pathname === '/share') event.respondWith(keepShare(request));
  if (request.method !== 'GET') return;
  if (FILES.has(url.pathname)) event.respondWith(held(url.pathname, request));
  else if (request.mode === 'navigate' && isScreen(url.pathname)) event.respondWith(held(INDEX, request));
}

// The addresses the server itself answers are not screens of the app, nor is anything that looks like a file.
function isScreen(path) {
  return !path.split('/').pop().includes('.') && !/^\/(v1\/|healthz$|csp-report$)/.test(path);
}

async function held(path, request) {
  const cache = await caches.open(CACHE);
  // The browser may have dropped a single entry; the network is then better than a broken page.
  return (await cache.match(path)) ?? fetch(request);
}

// A share from another app, kept until the page deletes it. The files come first and the entry that names them last, so
// an entry is always whole.
async function keepShare(request) {
  try {
    const form = await request.formData();
    const cache = await caches.open(SHARES);
    const entry = `/share/${Date.now()}-${crypto.randomUUID().slice(0, 8)}`;
    const files = form.getAll('files').filter(file => file instanceof File && (file.size > 0 || file.name));
    const named = [];
    for (const [index, file] of files.entries()) {
      const path = `${entry}/${index}`;
      const type = file.type || 'application/octet-stream';
      await cache.put(path, new Response(file, { headers: { 'content-type': type } }));
      named.push({ path, name: file.name, type, size: file.size });
    }
    const text = key => String(form.get(key) ?? '');
    const body = { title: text('title'), text: text('text'), url: text('url'), at: Date.now(), files: named };
    await cache.put(entry, Response.json(body));
    return Response.redirect('/share', 303);
  } catch {
    // A full disk: the page says that this share was not kept, so that it can be sent again.
    return Response.redirect('/share?failed=1', 303);
  }
}

async function reply(event) {
  const type = event.data?.type;
  const send = message => (event.ports[0] ?? event.source)?.postMessage(message);
  if (type === 'activate') await self.skipWaiting();
  if (type === 'version') send({ type, version: VERSION });
  if (type === 'status') send({ type, ...(await status()) });
  if (type === 'repair') {
    const failed = await fill().then(() => null, error => String(error));
    send({ type, failed, ...(await status()) });
  }
}

async function status() {
  const have = await paths(await caches.open(CACHE));
  const missing = PRECACHE.filter(([path]) => !have.has(path)).length;
  return { version: VERSION, total: PRECACHE.length, missing, ready: PRECACHE.length > 0 && missing === 0 };
}
