// Real browsers with a profile that outlives them: phone and tablet, three languages, killed like the system kills.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, firefox } from 'playwright-core';

export const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  tablet: { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 1, isMobile: false, hasTouch: true },
};

/** How long a step may take on a machine that is busy with other work. */
const PATIENCE_MS = 20_000;

export function freshProfile() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'topfloor-'));
}

/** Opens a browser on a profile folder. The context is Playwright's, with `kill()` for SIGKILL. */
export async function openBrowser(profile, { device = 'phone', locale = 'zh-HK', scheme = 'light', engine = 'chromium', args = [] } = {}) {
  const shared = { headless: true, locale, timezoneId: 'Asia/Hong_Kong', colorScheme: scheme, acceptDownloads: true };
  const { isMobile, hasTouch, ...screen } = devices[device];
  const context = engine === 'firefox'
    ? await firefox.launchPersistentContext(profile, {
      ...shared, ...screen, channel: 'moz-firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    })
    : await chromium.launchPersistentContext(profile, {
      ...shared,
      ...devices[device],
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', ...args],
    });
  context.setDefaultTimeout(PATIENCE_MS);
  context.kill = () => kill(context, profile, engine);
  return watch(context);
}

/** SIGKILL, found by the lock that a running browser leaves in its profile: Chromium's `HOST-PID`, Firefox's `IP:+PID`. */
async function kill(context, profile, engine) {
  const lock = path.join(profile, engine === 'firefox' ? 'lock' : 'SingletonLock');
  const pid = Number(fs.readlinkSync(lock).split(/[-+]/).pop());
  process.kill(pid, 'SIGKILL');
  await context.close().catch(() => {});
  await gone(pid);
  fs.rmSync(lock, { force: true });
}

async function gone(pid) {
  for (let turn = 0; turn < 100; turn += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Remembers what the page complained about and whom it asked: a test ends by looking at both. */
function watch(context) {
  context.complaints = [];
  context.asked = [];
  context.on('request', request => context.asked.push({ url: request.url(), byWorker: request.serviceWorker() !== null }));
  const listen = page => {
    page.on('pageerror', error => context.complaints.push(`uncaught: ${error.message}`));
    page.on('console', message => {
      if (message.type() === 'error' && !/net::ERR|Failed to load resource/.test(message.text())) {
        context.complaints.push(`console: ${message.text()}`);
      }
    });
  };
  context.pages().forEach(listen);
  context.on('page', listen);
  return context;
}
