// A server of the CouchDB protocol, for the bench to compare with, in a process of its own as the gateway is:
//
//   node tests/bench/couch.mjs FOLDER     says its address on the first line
//
// `/bench` is an empty page with PouchDB in it; everything else is the protocol, its data in LevelDB in FOLDER.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const [folder] = process.argv.slice(2);
// Its log and its configuration go into the folder it is run in.
process.chdir(folder);
const PouchDB = require('pouchdb').defaults({ prefix: `${path.resolve(folder)}/` });
const couch = require('express-pouchdb')(PouchDB, {
  mode: 'minimumForPouchDB', configPath: path.join(folder, 'config.json'), logPath: path.join(folder, 'log.txt'),
});
const dist = path.dirname(require.resolve('pouchdb/package.json'));
const library = ['pouchdb.min.js', 'pouchdb.indexeddb.min.js'].map(name => fs.readFileSync(path.join(dist, 'dist', name), 'utf8')).join('\n');

const server = http.createServer((request, response) => {
  if (request.url === '/bench') {
    response.writeHead(200, { 'content-type': 'text/html' });
    return response.end('<!doctype html><meta charset=utf-8><title>bench</title><script src=/bench.js></script>');
  }
  if (request.url === '/bench.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    return response.end(library);
  }
  return couch(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.once('SIGTERM', () => process.exit(0));
