// The words on the screen, read from where the app keeps them, so that a program that walks every screen in three
// languages names each button as a person reads it. Tests of a single language spell their words out instead.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './server.mjs';

export const languages = ['zh-Hant', 'zh-Hans', 'en'];

/** The browser language that leads to each of the app's languages. */
export const locales = { 'zh-Hant': 'zh-HK', 'zh-Hans': 'zh-CN', en: 'en-GB' };

const text = '"((?:[^"\\\\]|\\\\.)*)"';
const entry = new RegExp(`^\\s+(\\w+):\\s*${text},\\s*${text},\\s*${text};`, 'gm');
const catalogues = new Map();

/** `words('en').visits.save_note`: every fixed text of a part of the app, in one language. */
export function words(language) {
  const place = languages.indexOf(language);
  if (place < 0) throw new Error(`unknown language ${language}`);
  return new Proxy({}, { get: (_, part) => strict(part, place) });
}

function strict(part, place) {
  return new Proxy({}, {
    get(_, key) {
      const found = catalogue(part).get(key);
      if (!found) throw new Error(`src/i18n/${part}.rs has no fixed text "${key}"`);
      return found[place];
    },
  });
}

/** All fixed texts of a part, as `key → [zh-Hant, zh-Hans, en]`. */
export function catalogue(part) {
  if (!catalogues.has(part)) {
    const source = fs.readFileSync(path.join(root, 'src/i18n', `${part}.rs`), 'utf8');
    const plain = raw => raw.replace(/\\(.)/g, '$1');
    const found = [...source.matchAll(entry)].map(([, key, ...three]) => [key, three.map(plain)]);
    catalogues.set(part, new Map(found));
  }
  return catalogues.get(part);
}
