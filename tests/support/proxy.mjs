// The way to the server, which can be broken on purpose: between the browser (or a simulated device) and the gateway
// stands this proxy. It reads HTTP, so that a fault can be for one path and for the next few requests only.
//
// | mode | what the client sees | what reaches the server |
// | --- | --- | --- |
// | `pass` | the answer | everything |
// | `refuse` | a reset | nothing |
// | `captive`, `mimic` | 200 and a portal's page or script | nothing |
// | `portal302` (also `portal`) | 302 to somewhere else | nothing |
// | `e500`, `e503`, `e429`, … | that status, `retry-after: AFTER` | nothing |
// | `blackhole` | nothing at all, until the next fault | nothing |
// | `slow RATE` | the answer, at RATE bytes/s each way | everything, slowly |
// | `reset-up N` | a reset | N bytes of the request, its head counted, then a reset |
// | `reset-down N` | N bytes of the answer, its head counted, then a reset | everything |
// | `lost-answer` | a reset | everything |
// | `truncate` | half of the answer's body as if it were all of it | everything |
//
// A request or answer that is not longer than N passes whole. `worker+MODE` lets only the service worker's script through.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'proxy-connection']);
const SHAPES = /^(worker\+)?(pass|refuse|captive|mimic|portal|portal302|busy|blackhole|lost-answer|truncate|e[45]\d\d|(?:slow|reset-up|reset-down)(?: \d+)?)$/;
/** How long written bytes get to arrive before the reset, which would overtake them. */
const FLUSH_MS = 20;

/** A proxy on a free port before whatever `upstreamPort()` says at the time of each request. */
export async function startProxy(upstreamPort) {
  let fault = { mode: 'pass' };
  let seen = 0;
  let asked = [];
  const outcomes = {};
  const open = new Set();

  const server = http.createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const now = take(request);
    const armed = fault.mode !== 'pass' || now.mode !== 'pass';
    // A browser resends by itself, POST too, what was reset on a connection that had carried a request before.
    if (armed) response.shouldKeepAlive = false;
    request.on('error', () => {});
    response.on('error', () => {});
    const handler = handlers[now.mode] ?? plainly;
    handler({ request, response, ...now, port: upstreamPort() })
      .catch(() => {
        request.socket.destroy();
        return 'broken';
      })
      .then(outcome => count(request, outcome));
  });
  server.on('connection', socket => {
    seen += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  server.on('clientError', (_, socket) => socket.destroy());

  /** The fault for this request; uses up one of its times. */
  const take = request => {
    const { mode, path, times, worker } = fault;
    const spared = mode === 'pass' || (worker && request.url === '/sw.js') || (path && !request.url.startsWith(path));
    if (spared) return { mode: 'pass' };
    const now = fault;
    if (times !== undefined) fault = times > 1 ? { ...fault, times: times - 1 } : { mode: 'pass' };
    return now;
  };
  const count = (request, outcome) => {
    const of = (outcomes[request.url.split('?')[0]] ??= {});
    of[outcome] = (of[outcome] ?? 0) + 1;
  };

  await new Promise(resolve => server.listen(0, 'localhost', resolve));
  return {
    port: server.address().port,
    /** Connections that reached the proxy since the last fault, refused ones included. */
    connections: () => seen,
    /** What was asked for since the last fault: `GET /sw.js`. */
    requests: () => [...asked],
    /** Since the start, for each path how often each thing happened: `{ '/v1/push': { 200: 3, 'lost-answer': 1 } }`. */
    outcomes: () => structuredClone(outcomes),
    /**
     * Breaks or mends the way from the next request on, and ends every open connection: kept-alive ones would go on
     * working through a network that is gone. `path`: only for requests that begin with it. `times`: only for so many,
     * then everything passes. `after`: seconds of Retry-After. To be awaited by a client that does not resend by itself what
     * it sent on a connection that was just ended.
     */
    fault(next, { path, times, after = 1 } = {}) {
      const shape = next.match(SHAPES);
      if (!shape) throw new Error(`no fault ${next}`);
      const [mode, amount] = shape[2].split(' ');
      if (amount === undefined && /^(slow|reset-)/.test(mode)) throw new Error(`${mode} needs a number`);
      fault = { ...named(mode), amount: Number(amount), worker: Boolean(shape[1]), path, times, after };
      seen = 0;
      asked = [];
      const ends = [...open].map(socket => new Promise(resolve => socket.once('close', resolve)));
      for (const socket of open) socket.destroy();
      return Promise.all(ends).then(() => sleep(FLUSH_MS));
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** `e503` and the like are one mode with a status; older names stay. */
function named(mode) {
  const whole = { portal: 'portal302', busy: 'e503' }[mode] ?? mode;
  return /^e\d/.test(whole) ? { mode: 'status', name: whole, status: Number(whole.slice(1)) } : { mode: whole, name: whole };
}

/** Each answers what happened, for the count. */
const handlers = {
  pass: plainly,
  async refuse({ request }) {
    request.socket.resetAndDestroy();
    return 'refuse';
  },
  captive: exchange => instead(exchange, 200, { 'content-type': 'text/html' }, '<html>Log in</html>'),
  // A portal that imitates the kind of file it was asked for.
  mimic: exchange => instead(exchange, 200, { 'content-type': 'text/javascript' }, 'login();'),
  portal302: exchange => instead(exchange, 302, { location: 'http://localhost:9/login' }, ''),
  status: exchange => instead(exchange, exchange.status, { 'retry-after': exchange.after, 'content-type': 'text/plain' }, ''),
  async blackhole({ request }) {
    request.resume();
    return 'blackhole';
  },
  async slow({ request, response, amount, port }) {
    const answer = await ask(request, throttled(request, amount), port);
    response.writeHead(answer.statusCode, answer.statusMessage, endToEnd(answer));
    await pour(throttled(answer, amount), response);
    return 'slow';
  },
  async 'reset-up'(exchange) {
    const { request, amount, port } = exchange;
    const body = [];
    let rest = amount - head(requestLine(request), request.rawHeaders).length;
    if (rest >= 0) {
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        body.push(chunk);
        rest -= chunk.length;
        if (rest < 0) break;
      }
    }
    if (rest >= 0) return plainly(exchange, body);
    const onward = net.connect(port, '127.0.0.1');
    onward.on('error', () => {});
    const bytes = Buffer.concat([head(requestLine(request), request.rawHeaders), ...body]).subarray(0, amount);
    await new Promise(resolve => onward.write(bytes, resolve));
    await sleep(FLUSH_MS);
    onward.resetAndDestroy();
    request.socket.resetAndDestroy();
    return 'reset-up';
  },
  async 'reset-down'({ request, response, amount, port }) {
    const answer = await ask(request, request, port);
    const body = await whole(answer);
    const headers = endToEnd(answer);
    const first = head(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, headers);
    if (first.length + body.length <= amount) {
      response.writeHead(answer.statusCode, answer.statusMessage, headers).end(body);
      return answer.statusCode;
    }
    const { socket } = request;
    await new Promise(resolve => socket.write(Buffer.concat([first, body]).subarray(0, amount), resolve));
    await sleep(FLUSH_MS);
    socket.resetAndDestroy();
    return 'reset-down';
  },
  async 'lost-answer'({ request, port }) {
    await whole(await ask(request, request, port));
    request.socket.resetAndDestroy();
    return 'lost-answer';
  },
  async truncate({ request, response, port }) {
    // Half of a compressed body would be an error of the transport, not a shortened text.
    const answer = await ask(request, request, port, name => name !== 'accept-encoding');
    const body = await whole(answer);
    const headers = endToEnd(answer, name => name !== 'content-length');
    response.writeHead(answer.statusCode, answer.statusMessage, [...headers, 'content-length', String(body.length >> 1)]);
    response.end(body.subarray(0, body.length >> 1));
    return 'truncate';
  },
};

async function plainly({ request, response, port }, body = request) {
  const left = new Promise((_, reject) => { response.once('close', () => reject(new Error('the client left'))); });
  left.catch(() => {});
  const answer = await Promise.race([ask(request, body, port), left]);
  response.writeHead(answer.statusCode, answer.statusMessage, endToEnd(answer));
  await pour(answer, response);
  return answer.statusCode;
}

/** An answer the server never knew of. The request is read first: a reset would overtake the answer otherwise. */
async function instead({ request, response, name }, status, headers, body) {
  await whole(request);
  response.writeHead(status, { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) });
  response.end(body);
  return name;
}

/** Sends the request on, with the body from `body`, and answers the server's answer. */
async function ask(request, body, port, keep = () => true) {
  const headers = endToEnd(request, name => keep(name));
  // The framing was dropped with the other hop-by-hop headers.
  if (request.headers['transfer-encoding']) headers.push('transfer-encoding', 'chunked');
  // A connection of its own for each: a kept one would break when the server is started anew.
  const onward = http.request({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: [...headers, 'connection', 'close'], agent: false });
  const answer = new Promise((resolve, reject) => {
    onward.on('response', resolve);
    onward.on('error', reject);
  });
  const leave = () => onward.destroy();
  request.socket.once('close', leave);
  onward.once('close', () => request.socket.off('close', leave));
  // A server may answer and leave before it has read everything: its answer counts.
  pour(body, onward).catch(() => request.resume());
  return answer;
}

/** Writes everything at the other's pace. */
async function pour(from, to) {
  const left = new Promise((_, reject) => { to.once('close', () => reject(new Error('the other end left'))); });
  left.catch(() => {});
  for await (const chunk of from.iterator?.({ destroyOnReturn: false }) ?? from) {
    if (!to.write(chunk)) await Promise.race([once(to, 'drain'), left]);
  }
  to.end();
}

async function* throttled(stream, rate) {
  const portion = Math.max(1, Math.round(rate / 20));
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; at += portion) {
      const part = chunk.subarray(at, at + portion);
      await sleep((part.length / rate) * 1000);
      yield part;
    }
  }
}

async function whole(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const requestLine = request => `${request.method} ${request.url} HTTP/1.1`;

function head(line, headers) {
  let text = `${line}\r\n`;
  for (let at = 0; at < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}

/** The headers as they came, name and value in turn, without those that are about one connection. */
function endToEnd({ rawHeaders }, keep = () => true) {
  const kept = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at].toLowerCase();
    if (!HOP.has(name) && keep(name)) kept.push(rawHeaders[at], rawHeaders[at + 1]);
  }
  return kept;
}
