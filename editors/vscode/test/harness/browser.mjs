// A headless Chromium.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function browse({ width = 1280, height = 800, scale = 1, colorScheme = 'light' } = {}) {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (executablePath === undefined) {
    throw new Error('no Chromium: editors/tests/run vscode installs one; CHROMIUM names another');
  }
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN', ...quiet] });
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme });
  return { browser, page };
}
