// Rows of the mission table that are shown with the demonstration: its application knows nothing of this test.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, press, shows, visitor } from '../harness/chromium.mjs';
import { demo } from '../harness/parvis.mjs';
import { identifies, proves } from '../harness/story.mjs';

let chromium, shown;

before(async () => {
  chromium = await browser();
  shown = await demo();
});
after(async () => {
  await chromium?.close();
  await shown?.stop();
});

/** One story in a browser of its own. */
const story = (name, options, tell) =>
  test(name, async () => {
    const v = await visitor(chromium, options);
    await tell(v, v.page);
    await v.leave();
  });

story('M-029 signing in cannot be skipped', {}, async (v, page) => {
  await page.goto(new URL('/private', shown.applications[0]).href);
  await shows(page, 'S-SIGNIN-ID');
  for (const path of ['consent', 'signin/password', 'stay', 'consent/report']) {
    await page.goto(page.url().replace(/(\/ui\/[^/]+)\/.*/, `$1/${path}`));
    await shows(page, 'S-SIGNIN-ID');
  }
  await page.goto(`${shown.url}/account/apps`);
  await shows(page, 'S-SIGNIN-ID');
});

story('M-081 the relying application of the demonstration sends a person here and gets them back', {}, async (v, page) => {
  const seen = [];
  page.on('request', (request) => request.isNavigationRequest() && seen.push(request.url()));
  await page.goto(shown.applications[0]);
  await page.locator('[data-testid=sign_in]').click();
  await identifies(v, shown.people[0].identifier);
  await proves(v, shown.password);
  for (const screen of ['S-ORG-CONSENT', 'S-APP-CONSENT']) {
    await page.waitForLoadState('load');
    if ((await page.locator('main').first().getAttribute('data-screen')) === screen) await press(page, 'accept');
  }
  await page.waitForURL(`${new URL(shown.applications[0]).origin}/**`);
  const asked = new URL(seen.find((url) => url.startsWith(`${shown.url}/authorize`)));
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256');
  assert.match(await page.locator('main').innerText(), new RegExp(shown.people[0].identifier.replace('.', '\\.')));
});
