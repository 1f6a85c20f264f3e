// A provider's captcha in the place of the work of S-CHECK: its script runs on that page, and nowhere else is anything open to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, fill, press, shows, visitor } from '../harness/chromium.mjs';
import { inspect } from '../harness/inspect.mjs';
import { plain } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { postOffice } from '../harness/post_office.mjs';
import { authorize } from '../harness/story.mjs';

/** What a provider's script does: a box in the place of the widget, and a field with its answer. */
const WIDGET = `
for (const place of document.querySelectorAll('.h-captcha')) {
  const box = document.createElement('p');
  box.textContent = 'captcha: ' + place.dataset.sitekey;
  const answer = Object.assign(document.createElement('input'), { type: 'hidden', name: 'h-captcha-response', value: 'a token' });
  place.append(box, answer);
}`;

let chromium, office, house, application, provider, client;

before(async () => {
  chromium = await browser();
  office = await postOffice();
  house = await plain({ mail: office.port });
  application = await party('asking');
  provider = await party('captcha', {
    '/api.js': { type: 'text/javascript', body: WIDGET },
    '/siteverify': { type: 'application/json', body: '{"success":true}' },
  });
  client = await house.client({ name: 'Carnet prudent', redirectUri: application.redirectUri });
  await house.setting('sign_up', 'open');
  await house.setting('check_after_mails', 0);
  await house.setting('captcha', {
    verify_url: `${provider.loopback}/siteverify`,
    script_url: `${provider.loopback}/api.js`,
    widget: 'h-captcha',
    site_key: 'aubepine',
    secret: 'known to both',
  });
});
after(async () => {
  await chromium?.close();
  await house?.stop();
  await office?.close();
  application?.close();
  provider?.close();
});

for (const lang of ['fr', 'en']) {
  for (const scripts of [true, false]) {
    test(`the widget stands on its page, and a link by mail beside it: ${lang}, scripts ${scripts ? 'on' : 'off'}`, async () => {
      const address = `captcha.${lang}.${scripts}@courriel.test`;
      const v = await visitor(chromium, { lang, scripts });
      const { page } = v;
      await page.goto(authorize(house, client).url);
      await press(page, 'signup');
      await fill(page, 'email', address);
      await press(page, 'next');
      await shows(page, 'S-CHECK');
      assert.equal(await page.locator('[data-testid=mail]').isVisible(), true, 'the other way is there at once');
      if (scripts) await page.locator('.h-captcha p').waitFor();
      await inspect(v, 'S-CHECK', scripts ? 'S-CHECK-widget' : 'S-CHECK-widget-no-scripts');
      await press(page, 'next');
      if (scripts) {
        await shows(page, 'S-SIGNUP-CODE');
      } else {
        await page.locator('#error-summary [data-error=E-CHECK]').waitFor();
      }
      await v.leave();
    });
  }
}
