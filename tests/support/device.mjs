// A device without a browser: it speaks the wire (src/wire.rs) as the app does, for load and for faults. It keeps its queue
// by the same rule: a row leaves it only with the server's result for that row.
import { createHash, randomBytes } from 'node:crypto';
import { NOTE_FRAME, chance, company, filler } from './books.mjs';

export const MEDIA_TYPE = 'application/vnd.topfloor.v1+json';
/** The limits the server tells in its hello, as they are before that. */
const LIMITS = { mutations: 200, batch: 512 * 1024, part: 256 * 1024, page: 500 };
/** What a batch weighs beside its mutations, and each of them beside its body. */
const FRAME = 256;

/** An answer that does not count: a portal's page, half a text, another batch's. The queue stays as it is. */
export class NotAnAnswer extends Error {}

/** The server's own refusal of a request as a whole. */
export class Refused extends Error {
  constructor(status, refusal, retryAfter) {
    super(`${status} ${refusal.code}: ${refusal.text}`);
    Object.assign(this, { status, code: refusal.code, order: refusal.order, after: refusal.after_s ?? retryAfter });
  }
}

export const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

/** A UUIDv7; later ones of the same millisecond need not be larger. */
export function uuid(ms = Date.now()) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

export class WireDevice {
  /**
   * `origin` may be changed later: the same device behind another way. Each request has a connection of its own, so that
   * none fails by the end of an earlier one; `keep` is for load.
   */
  constructor(origin, { name, password, id = uuid(), deviceName = 'simulated', seed = 1, timeout = 30_000, keep = false } = {}) {
    Object.assign(this, { origin, name, password, id, deviceName, timeout, keep });
    this.random = chance(seed);
    this.limits = LIMITS;
    this.generation = 0;
    this.number = 0;
    /** Rows that wait, in the order of their numbers. */
    this.queue = [];
    /** What became of the others: `{ id, record, outcome }`. */
    this.receipts = [];
    this.deadLetters = [];
    /** Records as the feeds told them, by id, and how far each feed was read. */
    this.records = new Map();
    this.cursors = new Map();
  }

  /** One request; its answer as JSON when it is the server's, or an error that says why it is not. */
  async ask(method, path, body) {
    const answer = await this.fetch(method, path, body);
    const text = await answer.text();
    if (answer.status === 204) return null;
    const read = answer.headers.get('content-type')?.split(';')[0] === MEDIA_TYPE ? parsed(text) : undefined;
    if (read === undefined) {
      const error = new NotAnAnswer(`${method} ${path}: ${answer.status} ${answer.headers.get('content-type')}`);
      throw Object.assign(error, { status: answer.status, after: Number(answer.headers.get('retry-after')) || undefined });
    }
    if (answer.status !== 200) throw new Refused(answer.status, read, Number(answer.headers.get('retry-after')) || undefined);
    return read;
  }

  fetch(method, path, body) {
    return fetch(this.origin + path, {
      method, body, redirect: 'manual', signal: AbortSignal.timeout(this.timeout),
      headers: {
        accept: MEDIA_TYPE,
        ...(this.keep ? {} : { connection: 'close' }),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : MEDIA_TYPE }),
      },
    });
  }

  async login() {
    const answer = await this.ask('POST', '/v1/login', JSON.stringify({ name: this.name, password: this.password, device: this.id, device_name: this.deviceName }));
    this.token = answer.token;
    this.user = answer.user;
    this.generation = answer.generation;
    return answer;
  }

  async logout() {
    await this.ask('POST', '/v1/logout');
    this.token = undefined;
  }

  /** Learns the generation and the limits; a device that lost its memory goes on after the highest number held of it. */
  async hello() {
    const answer = await this.ask('GET', '/v1/hello');
    this.generation = answer.generation;
    this.limits = answer.limits;
    for (const [, last] of answer.held) this.number = Math.max(this.number, last);
    return answer;
  }

  /** Puts one change into the queue: `action` as in src/domain/outbox.rs. */
  save(kind, action, { record = uuid(), scope = 'u:self', base = this.records.get(record)?.version ?? 0, at = Date.now(), schema = 1 } = {}) {
    const mutation = { id: uuid(), record, kind, scope, base_version: base, schema, action, at: moment(at) };
    const body = JSON.stringify(mutation);
    this.number += 1;
    const row = { number: this.number, id: mutation.id, record, digest: sha256(body), body };
    this.queue.push(row);
    return row;
  }

  create(kind, body, options = {}) {
    const at = options.at ?? Date.now();
    return this.save(kind, { create: { body, created: { ...moment(at), device: this.id } } }, { ...options, at });
  }

  /** So many notes, each of about so many bytes on the wire. */
  notes(count, { bytes = 1_000, scope } = {}) {
    return Array.from({ length: count }, () => {
      const text = `${this.number + 1}：${this.random.of(texts(Math.max(1, bytes - NOTE_FRAME)))}`;
      return this.create('note', { text, at: moment(Date.now()), role: 'original' }, { scope });
    });
  }

  organisations(count) {
    return Array.from({ length: count }, () => {
      const { zh, en, trade, phone } = company(this.random, this.number);
      return this.create('organisation', { name_zh: zh, name_en: en, stage: 'prospect', industry: trade, phones: [{ id: uuid(), kind: 'office', number: phone }] });
    });
  }

  /** The head of the queue as one request's body; a single row may be larger than a batch. */
  batch({ most = this.limits.mutations, bytes = this.limits.batch } = {}) {
    const rows = [];
    let size = FRAME;
    for (const row of this.queue.slice(0, most)) {
      size += Buffer.byteLength(row.body) + FRAME;
      if (rows.length && size > bytes) break;
      rows.push(row);
    }
    const id = uuid();
    // The bodies are put in as they were frozen: their digests are over these very bytes.
    const each = rows.map(row => `{"number":${row.number},"id":"${row.id}","digest":"${row.digest}","body":${row.body}}`);
    return { id, rows, text: `{"batch":"${id}","generation":${this.generation},"mutations":[${each.join(',')}]}` };
  }

  /** Sends a batch; the answer only if it is one for this batch. Sending the same one again, or twice at once, is allowed. */
  async send(batch) {
    const answer = await this.ask('POST', '/v1/push', batch.text);
    const whole = answer.batch === batch.id && answer.results?.length === batch.rows.length &&
      answer.results.every((result, at) => result.id === batch.rows[at].id);
    if (!whole) throw new NotAnAnswer(`push: not one result a mutation of batch ${batch.id}`);
    return answer;
  }

  /** Takes out of the queue what the answer settles; the counts of each outcome. */
  settle(batch, answer) {
    const counts = { applied: 0, duplicate: 0, rejected: 0, later: 0 };
    const done = new Set();
    for (const [at, { id, outcome }] of answer.results.entries()) {
      const [word] = Object.keys(outcome);
      counts[word] += 1;
      if (word === 'later') continue;
      done.add(id);
      (word === 'rejected' ? this.deadLetters : this.receipts).push({ id, record: batch.rows[at].record, outcome });
    }
    this.queue = this.queue.filter(row => !done.has(row.id));
    return counts;
  }

  async push(options) {
    const batch = this.batch(options);
    return this.settle(batch, await this.send(batch));
  }

  /** Everything that waits, batch by batch, until nothing moves any more; an error leaves the rest in the queue. */
  async pushAll(options) {
    const all = { applied: 0, duplicate: 0, rejected: 0, later: 0 };
    while (this.queue.length) {
      const counts = await this.push(options);
      for (const word of Object.keys(all)) all[word] += counts[word];
      if (!counts.applied && !counts.duplicate && !counts.rejected) break;
    }
    return all;
  }

  /** One page from the cursor on, which moves only with it. */
  async pullPage(scope = 'u:self', { limit = this.limits.page, since = this.cursors.get(scope) ?? 0 } = {}) {
    const page = await this.ask('GET', `/v1/pull?${new URLSearchParams({ scope, since, limit })}`);
    if (page.scope !== scope || !Array.isArray(page.records)) throw new NotAnAnswer('pull: not a page of this feed');
    if (page.reset) {
      this.cursors.set(scope, 0);
      return page;
    }
    for (const record of page.records) this.records.set(record.id, record);
    this.cursors.set(scope, page.next);
    return page;
  }

  /** All pages up to now; how many records came. */
  async pull(scope = 'u:self', options) {
    let count = 0;
    for (;;) {
      const page = await this.pullPage(scope, options);
      count += page.records.length;
      if (!page.more && !page.reset) return count;
    }
  }

  /** What the server has of a picture: `{ complete, offset }`. */
  async blobState(hash) {
    const answer = await this.fetch('HEAD', `/v1/blobs/${hash}`);
    if (answer.status === 200) return { complete: true, offset: Number(answer.headers.get('content-length')) };
    if (answer.status === 404) return { complete: false, offset: Number(answer.headers.get('upload-offset') ?? 0) };
    throw new NotAnAnswer(`HEAD of a picture: ${answer.status}`);
  }

  /** One part of a picture: `{ offset, complete }`. */
  putPart(hash, bytes, { offset, size = bytes.length, part = this.limits.part }) {
    return this.ask('PUT', `/v1/blobs/${hash}?${new URLSearchParams({ offset, size })}`, bytes.subarray(offset, offset + part));
  }

  /** Sends what the server does not have yet, from where it stopped; the number of parts sent. */
  async putBlob(bytes, { hash = sha256(bytes), part } = {}) {
    let { complete, offset } = await this.blobState(hash);
    let parts = 0;
    while (!complete) {
      const before = offset;
      ({ offset, complete } = await this.putPart(hash, bytes, { offset, part }));
      parts += 1;
      if (!complete && offset <= before) throw new NotAnAnswer(`a part at ${before} did not count`);
    }
    return parts;
  }

  async getBlob(hash) {
    const answer = await this.fetch('GET', `/v1/blobs/${hash}`);
    if (answer.status !== 200) throw new NotAnAnswer(`picture: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }
}

const pools = new Map();

/** Some texts of that many bytes: a load generator that invents each anew measures itself. */
function texts(bytes) {
  if (!pools.has(bytes)) {
    const random = chance();
    pools.set(bytes, Array.from({ length: 64 }, () => filler(random, bytes)));
  }
  return pools.get(bytes);
}

const moment = at_ms => ({ at_ms, zone: 'Asia/Hong_Kong', offset_min: 480 });

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
