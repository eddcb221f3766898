// Books of any size, invented and the same at every run: as a backup file for the app to restore, or as a table for it
// to import.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const HAN = [...'永澄晴川雲杉碧瀾鼎盛藍鯨青嶼紅梅白鷺晨曦海納金禾天祐明德匯豐年景瑞祥安泰恒通廣源嘉信立群東昇南星西嶺北辰'];
const TRADES = ['貿易', '紡織', '物流', '建材', '食品', '醫療', '科技', '印刷', '電子', '化工'];
const LATIN = ['Wing', 'Ching', 'Spruce', 'Harbour', 'Summit', 'Cedar', 'Jade', 'Orchid', 'Pearl', 'Granite', 'Willow', 'Comet'];
const SURNAMES = '陳黃張李林王吳劉楊何歐陽司徒上官'.match(/歐陽|司徒|上官|./gu);
const DAY_MS = 86_400_000;
/** What a note weighs in the queue without its words. */
export const NOTE_FRAME = 510;

/** Numbers that look random and are the same for the same seed (xorshift). */
export function chance(seed = 20261123) {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  return { next, below: n => Math.floor(next() * n), of: list => list[Math.floor(next() * list.length)] };
}

/** The n-th id of a kind: a UUIDv7 of a fixed time. */
function id(kind, n) {
  return `0189${kind}000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export const clientId = n => id('a', n);
export const buildingId = n => id('1', n);
export const runId = n => id('2', n);
const change = n => id('5', n);

export function company(random, n) {
  const zh = Array.from({ length: 3 }, () => random.of(HAN)).join('');
  const trade = random.of(TRADES);
  return { zh: `${zh}${trade}有限公司`, en: `${random.of(LATIN)} ${random.of(LATIN)} ${n} Limited`, trade, phone: `+852 3000 ${String(n % 10_000).padStart(4, '0')}` };
}

/** So many bytes of words, at least; the last word is whole. */
export function filler(random, bytes) {
  let text = '';
  for (let size = 0; size < bytes;) {
    const { zh, en } = company(random, random.below(10_000));
    const words = `${zh}的報價和交貨期，${en}；`;
    text += words;
    size += Buffer.byteLength(words);
  }
  return text;
}

/**
 * Writes a backup file of a generated book and answers where it lies. `notesOfFirst` go to one client; a note is of about
 * `bytesOfNote` as it waits in the queue. With `queued` everything waits to be sent, else nothing does.
 */
export function backupFile({ clients = 0, contacts = 0, notes = 0, visits = 0, notesOfFirst = 0, bytesOfNote = 0, queued = false, towers = [], now = Date.now(), seed } = {}) {
  const random = chance(seed);
  const lines = [];
  const device = id('f', 1);
  const moment = at_ms => ({ at_ms, zone: 'Asia/Hong_Kong', offset_min: 480 });
  const date = at_ms => new Date(at_ms + 8 * 3_600_000).toISOString().slice(0, 10);
  let number = 0;
  const record = (kind, id, at, body, links = [], due, scope = 'u:self') => {
    const created = { ...moment(at), device };
    lines.push(JSON.stringify({
      row: 'record',
      envelope: { id, scope, version: 0, created, changed_ms: at, deleted: false },
      kind, schema: 1, links, ...(due ? { due } : {}), body: JSON.stringify(body),
    }));
    if (!queued) return;
    number += 1;
    const mutation = { id: change(number), record: id, kind, scope, base_version: 0, schema: 1, action: { create: { body, created } }, at: moment(at) };
    const bytes = JSON.stringify(mutation);
    lines.push(JSON.stringify({
      row: 'queued', number, mutation: { id: mutation.id, record: id, kind, bytes, digest: createHash('sha256').update(bytes).digest('hex'), at_ms: at },
    }));
  };
  lines.push(JSON.stringify({ format: 'topfloor-backup', version: 1, created: moment(now), device, counts: {} }));
  for (let n = 0; n < clients; n += 1) {
    const firm = company(random, n);
    record('organisation', clientId(n), now - random.below(900) * DAY_MS, {
      name_zh: firm.zh, name_en: firm.en, stage: random.of(['prospect', 'client', 'dormant']), tier: random.of(['vip', 'a', 'b', 'c', 'd']),
      industry: firm.trade, phones: [{ id: id('b', n), kind: 'office', number: firm.phone }],
    });
  }
  for (let n = 0; n < contacts; n += 1) {
    const organisation = clientId(n % Math.max(clients, 1));
    record('person', id('c', n), now - random.below(900) * DAY_MS, {
      family_zh: random.of(SURNAMES), given_zh: random.of(HAN) + random.of(HAN), organisation,
    }, [organisation]);
  }
  for (let n = 0; n < notes + notesOfFirst; n += 1) {
    const organisation = clientId(n < notesOfFirst ? 0 : random.below(clients));
    const at = now - random.below(700) * DAY_MS - random.below(DAY_MS);
    record('note', id('d', n), at, { organisation, text: `第 ${n + 1} 條記錄：${random.of(TRADES)}的報價和交貨期${filler(random, bytesOfNote - NOTE_FRAME)}`, at: moment(at), role: 'original' }, [organisation]);
  }
  for (let n = 0; n < visits; n += 1) {
    const organisation = clientId(random.below(clients));
    const open = n % 40 === 0;
    const at = open ? now + (random.below(10) - 2) * DAY_MS : now - random.below(700) * DAY_MS;
    const when = { date: date(at), zone: 'Asia/Hong_Kong' };
    record('visit', id('e', n), at, { organisation, status: open ? 'planned' : 'done', when, goal: '例行拜訪', ...(open ? {} : { outcome: '已談妥', ended: moment(at) }) },
      [organisation], open ? when.date : undefined);
  }
  let event = 0;
  for (const [n, tower] of towers.entries()) {
    event = putTower({ n, ...tower }, { record, random, now, moment, date, event });
  }
  const text = `${lines.join('\n')}\n`;
  const end = JSON.stringify({ end: { rows: lines.length - 1, sha256: createHash('sha256').update(text).digest('hex') } });
  return temporary(`book-${clients}-${notes + notesOfFirst}.topfloor`, `${text}${end}\n`);
}

/** A tower with its floors from the top and, with `called`, one walk under way and so many doors called at on it. */
function putTower({ n, floors, doors, called }, { record, random, now, moment, date, event }) {
  const building = buildingId(n);
  const scope = `b:${building}`;
  const labels = Array.from({ length: doors }, (_, at) => String(at + 1).padStart(2, '0'));
  const storeys = Array.from({ length: floors }, (_, at) => String(floors - at));
  const layout = storeys.map(floor => ({ id: floor, doors: labels.map(door => ({ id: door })) }));
  record('building', building, now - 30 * DAY_MS, { name_zh: `量度大廈${n + 1}`, name_en: `Bench Tower ${n + 1}`, floors: layout }, [], undefined, scope);
  if (called === undefined) return event;
  const day = date(now);
  record('run', runId(n), now - 3_600_000, {
    building, day, order: 'top_down', partners: [{ id: id('4', n), name: '我', share: 'all' }], started: moment(now - 3_600_000),
  }, [building], day, scope);
  const outcomes = ['no_answer', 'met_reception', 'met_decision_maker', 'interested', 'appointment', 'not_interested', 'vacant'];
  for (let call = 0; call < called; call += 1) {
    const at = now - 3_000_000 + call * 500;
    event += 1;
    record('door_event', id('3', event), at, {
      building, run: runId(n), door: { floor: storeys[Math.floor(call / doors)], door: labels[call % doors] }, number: call + 1,
      at: moment(at), act: { outcome: random.of(outcomes) },
    }, [building], undefined, scope);
  }
  return event;
}

/** A table of clients as a person might have it. */
export function tableFile(rows, { seed, header = '公司名稱,公司英文名稱,電話,行業,地址' } = {}) {
  const random = chance(seed);
  const lines = [header];
  for (let n = 0; n < rows; n += 1) {
    const firm = company(random, n);
    lines.push(`${firm.zh.replace('有限公司', '')}${n}號有限公司,${firm.en},${firm.phone.slice(0, 9)}${String(n).padStart(5, '0')},${firm.trade},"香港示例道 ${n} 號, ${n % 40} 樓"`);
  }
  return temporary(`portfolio-${rows}.csv`, `\ufeff${lines.join('\r\n')}\r\n`);
}

/** A file in a folder of its own. */
export function temporary(name, content) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'topfloor-file-'));
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return file;
}
