// What every screen owes: no serious fault that axe-core can see, no sideways scroll at 320 pixels, the parts of the frame, and a picture to look at.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { shows } from './chromium.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = fileURLToPath(new URL('../../../target/screens/', import.meta.url));
mkdirSync(folder, { recursive: true });

/** Widths of a telephone, a tablet and a desk. */
const WIDTHS = [360, 768, 1280];
const inspected = new Set();

/** Looks at the screen that stands there, in both colour schemes and at all widths. `name` distinguishes two states of one screen. */
export async function inspect(visitor, id, name = id) {
  const { page, lang, scripts } = visitor;
  await shows(page, id);
  await frame(page, lang);
  const looked = scripts ? page : await visitor.twin();
  for (const scheme of ['light', 'dark']) {
    for (const one of new Set([page, looked])) await one.emulateMedia({ colorScheme: scheme });
    for (const width of WIDTHS) {
      for (const one of new Set([page, looked])) await one.setViewportSize({ width, height: 900 });
      if (width !== 768) await faultless(looked, `${name} ${lang} ${scheme} ${width}`);
      const kind = scripts ? '' : '-noscript';
      await page.screenshot({ path: `${folder}${name}-${lang}-${width}-${scheme}${kind}.png`, fullPage: true, timeout: 30_000 });
    }
  }
  if (looked !== page) await looked.close();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(overflow, 0, `${name} ${lang}: scrolls sideways by ${overflow} px at 320 px`);
  await page.setViewportSize({ width: 1280, height: 900 });
  inspected.add(`${id} ${lang} ${scripts ? 'scripts' : 'plain'}`);
}

/** Which screens were looked at, for the test that wants all of them. */
export function wasInspected(id, lang, scripts) {
  return inspected.has(`${id} ${lang} ${scripts ? 'scripts' : 'plain'}`);
}

/** axe-core finds nothing serious and nothing critical. */
export async function faultless(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 3).join(' | ')} ${nodes[0]?.failureSummary ?? ''}`);
  assert.deepEqual(grave, [], `axe-core on ${where}`);
}

/** One h1, a language, a title, a way to the other language, an error summary that points at its fields. */
async function frame(page, lang) {
  const found = await page.evaluate(() => {
    const summary = document.querySelector('#error-summary');
    const wrong = [...document.querySelectorAll('[aria-invalid=true]')];
    return {
      lang: document.documentElement.lang,
      h1: document.querySelectorAll('h1').length,
      main: document.querySelectorAll('main').length,
      title: document.title,
      other: document.querySelector('[data-testid=language]')?.getAttribute('lang'),
      inline: [...document.querySelectorAll('script:not([src]), style, [style]:not([style=""]), [onclick], [onload], [onsubmit]')].map((one) => one.outerHTML.slice(0, 120)),
      unlabelled: [...document.querySelectorAll('input:not([type=hidden]):not([hidden]), textarea, select')].filter((field) => field.labels.length === 0).length,
      summary: summary && { role: summary.getAttribute('role'), tabindex: summary.getAttribute('tabindex'), errors: summary.querySelectorAll('[data-error]').length + Number(summary.matches('[data-error]')) },
      dangling: [...document.querySelectorAll('#error-summary a[href^="#"]')].filter((link) => !document.querySelector(link.getAttribute('href'))).length,
      undescribed: wrong.filter((field) => {
        const described = field.closest('[aria-describedby]')?.getAttribute('aria-describedby');
        return !described || !described.split(' ').every((id) => document.getElementById(id));
      }).length,
    };
  });
  assert.equal(found.lang, lang, 'the page says its language');
  assert.equal(found.h1, 1, 'one h1');
  assert.equal(found.main, 1, 'one main');
  assert.equal(found.other, lang === 'fr' ? 'en' : 'fr', 'a link to the other language');
  assert.deepEqual(found.inline, [], 'nothing inline: the policy would refuse it');
  assert.equal(found.unlabelled, 0, 'every field has a label');
  assert.equal(found.dangling, 0, 'every link of the error summary leads to a field');
  assert.equal(found.undescribed, 0, 'every refused field says why');
  if (found.summary) {
    assert.equal(found.summary.role, 'alert');
    assert.equal(found.summary.tabindex, '-1');
    assert.ok(found.summary.errors > 0, 'the summary names its errors');
    assert.match(found.title, lang === 'fr' ? /^Erreur\s?:/ : /^Error:/, 'the title says that something is wrong');
  }
}

/** Every screen that the server can show, by its own sources: a new one is among them by itself. */
export function screensOfTheServer() {
  const folder = fileURLToPath(new URL('../../../src/', import.meta.url));
  const sources = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.rs')).map((path) => readFileSync(`${folder}${path}`, 'utf8'));
  return [...new Set(sources.flatMap((text) => [...text.matchAll(/"(S-[A-Z][A-Z0-9-]+)"/g)].map(([, id]) => id)))].sort();
}

/** Every screen that a walk looks at, by its own source; `file` is its `import.meta.url`. */
export function screensOf(file) {
  return [...new Set([...readFileSync(fileURLToPath(file), 'utf8').matchAll(/inspect\(\w+, '(S-[A-Z0-9-]+)'/g)].map(([, id]) => id))].sort();
}

/** Every screen that any walk looks at. Each walk holds itself to its own. */
export function screensOfTheWalks() {
  const walks = readdirSync(fileURLToPath(new URL('../walks/', import.meta.url))).filter((name) => name.endsWith('.test.mjs'));
  return new Set(walks.flatMap((name) => screensOf(new URL(`../walks/${name}`, import.meta.url))));
}
