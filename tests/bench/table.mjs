// What was measured, each figure beside its goal: the table that is printed and target/bench.json.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../support/server.mjs';

const rows = [];
/** What could not be measured, and why. */
export const missed = [];
/** How something was measured, where the name of the row does not say it. */
const remarks = [];

export function remark(text) {
  remarks.push(text);
}

/** One figure. Of many values some want to know the slow end: `tails` are shares such as 0.95. */
export function row(name, goal, unit, values, { tails = [] } = {}) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  const slow = Object.fromEntries(tails.map(share => [`p${share * 100}`, at(share)]));
  rows.push({ name, goal, unit, median: at(0.5), least: round(sorted[0]), most: round(sorted.at(-1)), ...slow, runs: sorted.length });
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.5)];
}

function round(value) {
  return value === undefined ? null : Math.round(value * 10) / 10;
}

export function report() {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const machine = `${os.cpus().length} × ${os.cpus()[0].model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GB, load ${os.loadavg()[0].toFixed(1)}`;
  const result = { commit: git('rev-parse', '--short', 'HEAD'), machine, at: new Date().toISOString(), rows, remarks, missed };
  fs.mkdirSync(path.join(root, 'target'), { recursive: true });
  fs.writeFileSync(path.join(root, 'target/bench.json'), `${JSON.stringify(result, null, 1)}\n`);
  console.log(`commit ${result.commit} · ${machine}\n`);
  console.log('| what | goal | median | spread | runs |\n| --- | --- | --- | --- | --- |');
  for (const { name, goal, unit, median, least, most, runs, ...slow } of rows) {
    const tails = Object.entries(slow).map(([share, value]) => `, ${share} ${value}`).join('');
    console.log(`| ${name} | ${goal ? `${goal} ${unit}`.trim() : ''} | ${median} ${unit} | ${least}–${most}${tails} | ${runs} |`);
  }
  for (const text of remarks) console.log(`remark: ${text}`);
  for (const what of missed) console.log(`not measured: ${what}`);
}
