// Another version of the built app: one file differs, and the service worker's list says so, as a new build would.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { built } from './server.mjs';

/** A copy of dist/ with a changed boot.js, its digest in the precache list, and another version. */
export function nextVersion(from = built) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'topfloor-dist-'));
  fs.cpSync(from, folder, { recursive: true });
  const boot = path.join(folder, 'boot.js');
  write(boot, `${fs.readFileSync(boot, 'utf8')}\n`);
  const worker = path.join(folder, 'sw.js');
  const source = fs.readFileSync(worker, 'utf8');
  const digest = createHash('sha256').update(fs.readFileSync(boot)).digest('hex');
  const listed = source.replace(/(\['\/boot\.js', ')[0-9a-f]{64}/, `$1${digest}`);
  const stamped = listed.replace(/const VERSION = '[0-9a-f]+';/, "const VERSION = 'ffffffffffffffff';");
  if (listed === source || stamped === listed) throw new Error('dist/sw.js is not stamped as expected');
  write(worker, stamped);
  return { folder, version: 'ffffffffffffffff', remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

function write(file, text) {
  fs.writeFileSync(file, text);
  // The server prefers the compressed form that lies beside a file.
  if (fs.existsSync(`${file}.br`)) fs.writeFileSync(`${file}.br`, brotliCompressSync(text));
}
