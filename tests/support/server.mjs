// The real server over the real dist/, behind a proxy that can refuse, play a captive portal, or answer 503.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The build that is tested. */
export const built = process.env.TOPFLOOR_DIST ?? path.join(root, 'dist');

/** Starts the server; `origin` is what the browser opens, `fault(mode)` breaks or mends the way to it. */
export async function serve(dist = built) {
  let upstream = await startServer(dist);
  const proxy = await startProxy(() => upstream.port);
  return {
    origin: `http://localhost:${proxy.port}`,
    fault: proxy.fault,
    /** Connections that reached the proxy since the last fault, refused ones included. */
    connections: proxy.connections,
    /** What was asked for on them, as far as it could be seen: `GET /sw.js`. */
    requests: proxy.requests,
    /** The same address answers with another build from now on. */
    async swap(other) {
      const before = upstream;
      upstream = await startServer(other);
      proxy.fault('pass');
      before.child.kill('SIGTERM');
    },
    async cspReports() {
      const answer = await fetch(`http://localhost:${upstream.port}/csp-report`);
      return (await answer.json()).count;
    },
    /** The server process is gone; the proxy stays and finds nobody behind it. */
    kill() {
      upstream.child.kill('SIGKILL');
    },
    async stop() {
      proxy.stop();
      upstream.child.kill('SIGTERM');
    },
  };
}

async function startServer(dist) {
  const program = process.env.TOPFLOOR_SERVER ?? path.join(root, 'target/debug/topfloor-server');
  if (!existsSync(program)) throw new Error(`${program} is missing: run the tests by "cargo xtask test e2e"`);
  const child = spawn(program, ['--dist', dist, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
      const found = output.match(/http:\/\/localhost:(\d+)/);
      if (found) resolve(Number(found[1]));
    });
    child.once('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, port };
}

const canned = {
  captive: 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: 19\r\n\r\n<html>Log in</html>',
  // A portal that imitates the kind of file it was asked for.
  mimic: 'HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\nconnection: close\r\ncontent-length: 8\r\n\r\nlogin();',
  portal: 'HTTP/1.1 302 Found\r\nlocation: http://localhost:9/login\r\nconnection: close\r\ncontent-length: 0\r\n\r\n',
  busy: 'HTTP/1.1 503 Busy\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n',
};

/** The modes: `pass`, `refuse`, those of `canned`, and `worker+MODE`, which lets only the service worker's script through. */
async function startProxy(upstreamPort) {
  let mode = 'pass';
  let seen = 0;
  let asked = [];
  const open = new Set();
  const server = net.createServer(socket => {
    seen += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    socket.on('data', chunk => {
      const line = chunk.subarray(0, 2048).toString('latin1').match(/^([A-Z]+ \S+) HTTP/);
      if (line) asked.push(line[1]);
    });
    socket.once('data', first => answer(socket, first));
  });
  const answer = (socket, first) => {
    const only = mode.startsWith('worker+');
    const fault = only ? mode.slice('worker+'.length) : mode;
    const isWorker = first.subarray(0, 64).toString('latin1').startsWith('GET /sw.js ');
    if (fault !== 'pass' && !(only && isWorker)) {
      if (fault === 'refuse') return socket.resetAndDestroy();
      return socket.end(canned[fault]);
    }
    const onward = net.connect(upstreamPort(), 'localhost');
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    // The next request on this connection would pass unseen.
    const head = only ? Buffer.from(first.toString('latin1').replace(/^connection: .*$/im, 'connection: close'), 'latin1') : first;
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  };
  await new Promise(resolve => server.listen(0, 'localhost', resolve));
  return {
    port: server.address().port,
    connections: () => seen,
    requests: () => [...asked],
    fault(next) {
      if (!/^(worker\+)?(pass|refuse|captive|mimic|portal|busy)$/.test(next)) throw new Error(`no fault ${next}`);
      mode = next;
      seen = 0;
      asked = [];
      // Kept-alive connections would go on working through a network that is gone.
      for (const socket of open) socket.destroy();
    },
    stop() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
