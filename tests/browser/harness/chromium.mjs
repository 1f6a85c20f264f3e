// A real browser, and a visitor in it: one person with cookies of their own, whose console must stay silent.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The ways in which every story is told: in each language, with scripts and without. */
export const MANNERS = ['fr', 'en'].flatMap((lang) => [true, false].map((scripts) => ({ lang, scripts, name: `${lang}, ${scripts ? 'with' : 'without'} scripts` })));

/** Starts the browser; the flags keep it from calling home. */
export async function browser() {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--headless=new',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/**
 * Somebody with a browser of their own: a language, scripts on or off, a colour scheme, a width.
 * `leave()` closes it and fails on anything the console had to say.
 */
export async function visitor(chromium, { lang = 'fr', scripts = true, scheme = 'light', width = 1280 } = {}) {
  const context = await chromium.newContext({
    locale: lang === 'fr' ? 'fr-FR' : 'en-GB',
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: { width, height: 900 },
    ignoreHTTPSErrors: true,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const text = message.text();
    // A refused answer is a page with its status; the browser notes the status of every such page.
    if (/^Failed to load resource: the server responded with a status of (400|403|404|409|410|422|429|503)/.test(text) && message.location().url === page.url()) return;
    complaints.push(`console: ${text} (${message.location().url})`);
  });
  const looking = [];
  return {
    context,
    page,
    lang,
    scripts,
    complaints,
    /** The same page where scripts run, but none of the page's own: what looks at it (axe-core) waits by timers, which stand still without scripts. */
    async twin() {
      const other = await chromium.newContext({ reducedMotion: 'reduce', ignoreHTTPSErrors: true });
      looking.push(other);
      const same = await other.newPage();
      const body = await page.content();
      await same.route('**/*', (route) => {
        if (route.request().isNavigationRequest()) return route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
        return route.request().resourceType() === 'script' ? route.abort() : route.continue();
      });
      await same.goto(page.url());
      return same;
    },
    async leave() {
      for (const other of looking) await other.close();
      await context.close();
      assert.deepEqual(complaints, [], 'the console stays silent');
    },
  };
}

/** Waits for a screen by its id, and fails with what stands there instead. */
export async function shows(page, id) {
  await page.waitForLoadState('load');
  const main = page.locator('main');
  await main.first().waitFor();
  const found = await main.first().getAttribute('data-screen');
  if (found !== id) {
    const text = (await main.first().innerText()).replace(/\s+/g, ' ').slice(0, 300);
    assert.fail(`expected ${id}, found ${found} at ${page.url()}: ${text}`);
  }
}

/** Presses the button with a test id; also one that is dimmed, which people press to learn what is missing. */
export async function press(page, id, nth = 0) {
  const button = page.locator(`button[data-testid="${id}"]`).nth(nth);
  await button.waitFor();
  await button.click({ force: true });
}

/** Fills the field with a name. */
export async function fill(page, name, value) {
  await page.locator(`[name="${name}"]`).first().fill(value);
}

/** Presses Tab until something with this selector has the focus; what has it is always visible. */
export async function reaches(page, selector) {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate((wanted) => {
      const focused = document.activeElement;
      const { width, height, top } = focused.getBoundingClientRect();
      const seen = width > 0 && height > 0 && top >= 0 && top < innerHeight;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
      const ringed = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      return { here: focused.matches(wanted), seen, ringed, what: focused.outerHTML.slice(0, 120), page: focused === document.body };
    }, selector);
    if (!found.page) {
      assert.ok(found.seen, `what has the focus is on the page: ${found.what}`);
      assert.ok(found.ringed, `what has the focus has a ring: ${found.what}`);
    }
    if (found.here) return;
  }
  assert.fail(`${selector} cannot be reached by keyboard`);
}
