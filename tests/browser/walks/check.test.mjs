// S-CHECK: a machine works for a moment before a code is mailed, and who has no scripts gets a link instead. No puzzle, no loop.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, fill, press, shows, visitor } from '../harness/chromium.mjs';
import { inspect } from '../harness/inspect.mjs';
import { plain } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { postOffice } from '../harness/post_office.mjs';
import { authorize } from '../harness/story.mjs';

const LINK = { fr: /Confirmez/, en: /Confirm that/ };
let chromium, office, house, application, client;

before(async () => {
  chromium = await browser();
  office = await postOffice();
  house = await plain({ mail: office.port });
  application = await party('check');
  client = await house.client({ name: 'Carnet prudent', redirectUri: application.redirectUri });
  await house.setting('sign_up', 'open');
  await house.setting('mail_code_sign_in', true);
  await house.setting('check_after_mails', 0);
});
after(async () => {
  await chromium?.close();
  await house?.stop();
  await office?.close();
  application?.close();
});

/** Up to the address of a new account, which is typed but not sent. */
async function types(page, address) {
  await page.goto(authorize(house, client).url);
  await press(page, 'signup');
  await shows(page, 'S-SIGNUP-EMAIL');
  await fill(page, 'email', address);
}

/** Waits until another screen stands there. */
async function reaches(page, id) {
  await page.locator(`main[data-screen="${id}"]`).waitFor();
  await shows(page, id);
}

for (const lang of ['fr', 'en']) {
  test(`M-013 with scripts nobody has to do anything, and the keyboard is enough: ${lang}`, async () => {
    const address = `clavier.${lang}@courriel.test`;
    const v = await visitor(chromium, { lang });
    await types(v.page, address);
    const begun = Date.now();
    await v.page.keyboard.press('Enter');
    await reaches(v.page, 'S-SIGNUP-CODE');
    assert.ok(Date.now() - begun < 10_000, 'some seconds at most');
    await v.page.locator('[name=code]').focus();
    await v.page.keyboard.type(await office.code(address));
    await v.page.keyboard.press('Enter');
    await reaches(v.page, 'S-SIGNUP-SECRET');
    await v.leave();
  });

  test(`M-054 a machine that does not come to an end leaves the other ways open after ten seconds: ${lang}`, async () => {
    const address = `lente.${lang}@courriel.test`;
    const v = await visitor(chromium, { lang });
    // A machine so slow that it never answers.
    await v.page.addInitScript(() => {
      window.Worker = class {
        postMessage() {}
        terminate() {}
      };
    });
    await v.page.clock.install();
    await types(v.page, address);
    await press(v.page, 'next');
    await reaches(v.page, 'S-CHECK');
    assert.equal(await v.page.locator('main img, main canvas, main audio').count(), 0, 'no puzzle');
    const next = v.page.locator('[data-testid=next]');
    assert.equal(await next.getAttribute('aria-disabled'), 'true');
    assert.equal(await v.page.locator('[data-testid=mail]').isVisible(), false);
    await inspect(v, 'S-CHECK');
    await v.page.clock.fastForward(10_000);
    await v.page.locator('[data-testid=mail]').waitFor();
    const support = await v.page.locator('[data-testid=support]').getAttribute('href');
    assert.match(support, /^mailto:aide@aubepine\.test\?subject=.+/, 'support is told which case it is');
    await inspect(v, 'S-CHECK', 'S-CHECK-otherwise');
    await v.page.locator('[data-testid=mail]').focus();
    await v.page.keyboard.press('Enter');
    await v.page.locator('#otherwise .notice').waitFor();
    await inspect(v, 'S-CHECK', 'S-CHECK-mailed');
    await v.leave();
  });

  test(`M-013 without scripts a mailed link does instead: ${lang}`, async () => {
    const address = `sans.script.${lang}@courriel.test`;
    const v = await visitor(chromium, { lang, scripts: false });
    const { page } = v;
    await types(page, address);
    await press(page, 'next');
    await inspect(v, 'S-CHECK');
    await press(page, 'next');
    await page.locator('#error-summary [data-error=E-CHECK]').waitFor();
    await inspect(v, 'S-CHECK', 'S-CHECK-refused');
    await press(page, 'mail');
    await page.locator('#otherwise .notice').waitFor();
    await inspect(v, 'S-CHECK', 'S-CHECK-mailed');

    const letter = await office.letter(address, LINK[lang]);
    const link = letter.text.match(/https?:\/\/\S+\/ui\/check\/\S+/)[0];
    const elsewhere = await visitor(chromium, { lang, scripts: false });
    await elsewhere.page.goto(link);
    await inspect(elsewhere, 'S-CHECK-LINK');
    await press(page, 'next');
    await page.locator('#error-summary [data-error=E-CHECK]').waitFor();
    await press(elsewhere.page, 'confirm');
    await elsewhere.page.locator('[role=status]').waitFor();
    await inspect(elsewhere, 'S-CHECK-LINK', 'S-CHECK-LINK-pressed');
    await elsewhere.leave();

    await page.goto(page.url());
    await inspect(v, 'S-CHECK', 'S-CHECK-passed');
    await press(page, 'next');
    await shows(page, 'S-SIGNUP-CODE');
    await fill(page, 'code', await office.code(address));
    await press(page, 'next');
    await shows(page, 'S-SIGNUP-SECRET');
    await v.leave();
  });
}

test('a code for a new password, and one in the place of it, are checked as well', async () => {
  const who = await house.person('prudente');
  const v = await visitor(chromium);
  const { page } = v;
  await page.goto(authorize(house, client).url);
  await fill(page, 'identifier', who.identifier);
  await press(page, 'next');
  await press(page, 'code');
  await reaches(page, 'S-SIGNIN-OTP');
  await press(page, 'another');
  await press(page, 'forgot');
  await shows(page, 'S-RESET');
  await v.leave();
});
