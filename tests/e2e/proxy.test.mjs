// The proxy's own test: a proxy that does not break what it says makes every fault test pass.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import test from 'node:test';
import { startProxy } from '../support/proxy.mjs';
import { until } from '../support/until.mjs';

const BODY = 'x'.repeat(40_000);
const ANSWER = JSON.stringify({ text: 'y'.repeat(20_000) });

/** A server that keeps what arrived: whole requests, and how many bytes came on each connection. */
async function toy() {
  const arrived = [];
  const sockets = new Set();
  const bytes = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    try {
      for await (const chunk of request) body += chunk;
    } catch {
      return;
    }
    arrived.push({ line: `${request.method} ${request.url}`, body, host: request.headers.host });
    response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': 'application/json', 'x-Toy': 'Yes' });
    response.end(request.method === 'HEAD' ? undefined : ANSWER);
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => bytes.push(socket.bytesRead));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    arrived, bytes, port: server.address().port,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** `proxied(name, body)`: a test with a toy server behind a proxy. */
function proxied(name, body) {
  test(name, { timeout: 10_000 }, async () => {
    const server = await toy();
    const proxy = await startProxy(() => server.port);
    try {
      await body({ server, proxy, origin: `http://localhost:${proxy.port}`, ask: asker(proxy.port) });
    } finally {
      await proxy.stop();
      server.stop();
    }
  });
}

/** What a client sees of one request: `{ status, headers, text }`, or `{ error, text }` with what came before it. */
function asker(port) {
  return (path, { method = 'POST', body = method === 'POST' ? BODY : undefined, agent = false, patience = 5_000 } = {}) => new Promise(resolve => {
    let text = '';
    let answer;
    const request = http.request({ host: 'localhost', port, path, method, agent, timeout: patience, headers: body ? { 'content-length': body.length } : {} });
    const failed = error => resolve({ error: error.code ?? error.message, status: answer?.statusCode, text });
    request.on('error', failed);
    request.on('timeout', () => {
      request.destroy(Object.assign(new Error(), { code: 'SILENCE' }));
    });
    request.on('response', got => {
      answer = got;
      got.on('data', chunk => { text += chunk; });
      got.on('error', failed);
      got.on('end', () => resolve({ status: got.statusCode, headers: got.headers, raw: got.rawHeaders, text }));
    });
    request.end(body);
  });
}

proxied('pass: everything arrives as it was sent, and the answer as it was given', async ({ server, proxy, ask }) => {
  const answer = await ask('/v1/push?x=1');
  assert.equal(answer.status, 200);
  assert.equal(answer.text, ANSWER);
  assert.ok(answer.raw.includes('x-Toy'), 'names of headers keep their case');
  assert.deepEqual(server.arrived, [{ line: 'POST /v1/push?x=1', body: BODY, host: `localhost:${proxy.port}` }]);
  assert.equal((await ask('/missing', { method: 'HEAD' })).status, 404);
  assert.deepEqual(proxy.outcomes(), { '/v1/push': { 200: 1 }, '/missing': { 404: 1 } });
});

proxied('a body of unknown length passes', async ({ server, origin }) => {
  const parts = async function* () {
    yield Buffer.from('first,');
    yield Buffer.from('second');
  };
  const answer = await fetch(`${origin}/stream`, { method: 'PUT', body: parts(), duplex: 'half' });
  assert.equal((await answer.json()).text.length, 20_000);
  assert.deepEqual(server.arrived.map(({ line, body }) => [line, body]), [['PUT /stream', 'first,second']]);
});

proxied('connections are kept while nothing is broken', async ({ proxy, ask }) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  await ask('/a', { agent });
  await ask('/b', { agent, method: 'GET' });
  agent.destroy();
  assert.equal(proxy.connections(), 1);
  assert.deepEqual(proxy.requests(), ['POST /a', 'GET /b']);
});

proxied('refuse: a reset, nothing arrives, and what was asked for is told', async ({ server, proxy, ask }) => {
  proxy.fault('refuse');
  assert.equal((await ask('/a', { method: 'GET' })).error, 'ECONNRESET');
  assert.deepEqual(server.arrived, []);
  assert.deepEqual(proxy.requests(), ['GET /a']);
  assert.equal(proxy.connections(), 1);
});

proxied('portals and refusals of every kind: the server never hears of it', async ({ server, proxy, ask }) => {
  const seen = {};
  for (const mode of ['captive', 'mimic', 'portal', 'portal302', 'busy', 'e500', 'e503', 'e429']) {
    proxy.fault(mode, { after: 7 });
    const { status, headers, text } = await ask('/v1/push');
    seen[mode] = [status, headers['content-type'] ?? headers.location, headers['retry-after'], text];
  }
  const refused = status => [status, 'text/plain', '7', ''];
  const portal = [302, 'http://localhost:9/login', undefined, ''];
  assert.deepEqual(seen, {
    captive: [200, 'text/html', undefined, '<html>Log in</html>'],
    mimic: [200, 'text/javascript', undefined, 'login();'],
    portal, portal302: portal, busy: refused(503), e500: refused(500), e503: refused(503), e429: refused(429),
  });
  assert.deepEqual(server.arrived, []);
});

proxied('blackhole: silence until the next fault, and then no late answer', async ({ server, proxy, ask }) => {
  proxy.fault('blackhole');
  assert.equal((await ask('/v1/push', { patience: 300 })).error, 'SILENCE');
  const waiting = ask('/v1/push');
  await until('the second request', () => proxy.requests().length === 2);
  proxy.fault('pass');
  assert.equal((await waiting).error, 'ECONNRESET');
  assert.deepEqual(server.arrived, []);
  assert.equal((await ask('/v1/push')).status, 200);
});

proxied('slow: both ways take their time', async ({ server, proxy, ask }) => {
  proxy.fault('slow 100000');
  const begun = performance.now();
  const answer = await ask('/v1/push');
  const spent = performance.now() - begun;
  assert.equal(answer.text, ANSWER);
  assert.equal(server.arrived[0].body, BODY);
  assert.ok(spent > 550 && spent < 3_000, `60,000 bytes at 100,000/s took ${spent} ms`);
});

proxied('reset-up: so many bytes arrive and then a reset', async ({ server, proxy, ask }) => {
  proxy.fault('reset-up 10000');
  const answer = await ask('/v1/push');
  assert.equal(answer.error, 'ECONNRESET');
  assert.equal(answer.text, '');
  await until('the end of the connection', () => server.bytes.length);
  assert.deepEqual(server.bytes, [10_000]);
  assert.deepEqual(server.arrived, []);
  // In the middle of the head.
  proxy.fault('reset-up 20');
  assert.equal((await ask('/v1/push')).error, 'ECONNRESET');
  await until('the end of the connection', () => server.bytes.length === 2);
  assert.equal(server.bytes[1], 20);
  assert.equal((await ask('/short', { method: 'GET' })).error, 'ECONNRESET');
  proxy.fault('reset-up 10000');
  assert.equal((await ask('/short', { body: 'short' })).status, 200, 'a shorter request passes');
});

proxied('reset-down: the server did it, and part of its answer comes', async ({ server, proxy, ask }) => {
  proxy.fault('reset-down 5000');
  const answer = await ask('/v1/push');
  assert.equal(answer.error, 'ECONNRESET');
  assert.equal(answer.status, 200);
  assert.ok(answer.text.length > 4_500 && answer.text.length < 5_000 && ANSWER.startsWith(answer.text));
  assert.equal(server.arrived[0].body, BODY);
  proxy.fault('reset-down 50000');
  assert.equal((await ask('/v1/push')).text, ANSWER, 'a shorter answer passes');
});

proxied('lost-answer: the server did it and nobody hears', async ({ server, proxy, ask }) => {
  proxy.fault('lost-answer', { path: '/v1/push', times: 1 });
  const answer = await ask('/v1/push');
  assert.deepEqual([answer.error, answer.status, answer.text], ['ECONNRESET', undefined, '']);
  assert.equal(server.arrived[0].body, BODY);
  assert.equal((await ask('/v1/push')).status, 200);
  assert.deepEqual(proxy.outcomes(), { '/v1/push': { 'lost-answer': 1, 200: 1 } });
});

proxied('truncate: half an answer that looks like a whole one', async ({ server, proxy, ask }) => {
  proxy.fault('truncate');
  const answer = await ask('/v1/pull', { method: 'GET' });
  assert.equal(answer.status, 200);
  assert.equal(answer.text, ANSWER.slice(0, ANSWER.length >> 1));
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.equal(server.arrived.length, 1);
});

proxied('a fault of one path and of so many requests leaves the others alone', async ({ server, proxy, ask }) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  proxy.fault('e503', { path: '/v1/push', times: 2 });
  const seen = [];
  for (const path of ['/v1/hello', '/v1/push', '/v1/pull', '/v1/push?again', '/v1/push']) seen.push((await ask(path, { agent })).status);
  agent.destroy();
  assert.deepEqual(seen, [200, 503, 200, 503, 200]);
  assert.deepEqual(server.arrived.map(({ line }) => line), ['POST /v1/hello', 'POST /v1/pull', 'POST /v1/push']);
  assert.deepEqual(proxy.outcomes()['/v1/push'], { e503: 2, 200: 1 });
});

proxied('while a fault is armed every request has a connection of its own', async ({ proxy, ask }) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  proxy.fault('lost-answer', { path: '/v1/push', times: 1 });
  await ask('/v1/hello', { agent });
  await ask('/v1/push', { agent });
  assert.equal(proxy.connections(), 2);
  agent.destroy();
});

proxied('worker+MODE lets only the script of the worker through', async ({ server, proxy, ask }) => {
  proxy.fault('worker+captive');
  assert.equal((await ask('/sw.js', { method: 'GET' })).text, ANSWER);
  assert.equal((await ask('/index.html', { method: 'GET' })).text, '<html>Log in</html>');
  assert.deepEqual(server.arrived.map(({ line }) => line), ['GET /sw.js']);
});

proxied('a fault ends what was open, and forgets what was counted', async ({ proxy, ask }) => {
  await ask('/a');
  proxy.fault('pass');
  assert.deepEqual([proxy.connections(), proxy.requests()], [0, []]);
  for (const wrong of ['nonsense', 'slow', 'reset-up', 'e200', 'pass 5']) assert.throws(() => proxy.fault(wrong), wrong);
});

test('nobody behind the proxy: the client is left, and the count says so', async () => {
  const nobody = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => nobody.once('listening', resolve));
  const { port } = nobody.address();
  await new Promise(resolve => nobody.close(resolve));
  const proxy = await startProxy(() => port);
  const answer = await asker(proxy.port)('/v1/hello', { method: 'GET' });
  assert.equal(answer.error, 'ECONNRESET');
  assert.deepEqual(proxy.outcomes(), { '/v1/hello': { broken: 1 } });
  await proxy.stop();
});
