// Every screen, in two languages, with scripts and without: reached the way people reach it, and looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MANNERS, browser, fill, press, shows, visitor } from '../harness/chromium.mjs';
import { inspect, screensOf, screensOfTheServer, screensOfTheWalks, wasInspected } from '../harness/inspect.mjs';
import { demo, plain } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { answered, authorize, identifies, proves } from '../harness/story.mjs';

let chromium, house, application, client;

before(async () => {
  chromium = await browser();
  house = await plain();
  application = await party('pages');
  client = await house.client({ name: 'Carnet des pages', redirectUri: application.redirectUri, terms: 'https://pages.test/terms', privacy: 'https://pages.test/privacy' });
});
after(async () => {
  await chromium?.close();
  await house?.stop();
  application?.close();
});

for (const { lang, scripts, name } of MANNERS) {
  test(`a person signs in, reports, agrees, and takes it back: ${name}`, async () => {
    const who = await house.person(`page.${lang}.${scripts ? 'with' : 'without'}`);
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;

    await page.goto(authorize(house, client).url);
    await inspect(v, 'S-SIGNIN-ID');
    await press(page, 'next');
    await shows(page, 'S-SIGNIN-ID');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await fill(page, 'identifier', 'camille@');
    await press(page, 'next');
    await page.locator('#error-summary [data-error=E-EMAIL]').waitFor();
    await inspect(v, 'S-SIGNIN-ID', 'S-SIGNIN-ID-refused');
    await identifies(v, who.identifier);

    await inspect(v, 'S-SIGNIN-PW');
    await proves(v, 'not the password at all');
    await page.locator('#error-summary [data-error=E-BADCRED]').waitFor();
    await inspect(v, 'S-SIGNIN-PW', 'S-SIGNIN-PW-refused');
    assert.equal(await page.locator('[name=password]').inputValue(), '', 'a password is never shown again');
    await proves(v, who.password);

    await inspect(v, 'S-APP-CONSENT');
    await page.locator('[data-testid=details] summary').click();
    await inspect(v, 'S-APP-CONSENT', 'S-APP-CONSENT-details');
    await press(page, 'report');
    await inspect(v, 'S-APP-REPORT');
    await press(page, 'send');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await inspect(v, 'S-APP-REPORT', 'S-APP-REPORT-refused');
    await page.locator('input[name=reason]').nth(2).check();
    await fill(page, 'text', 'Je ne connais pas cette application.');
    await page.locator('[name=contact]').check();
    await press(page, 'send');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-APP-REPORT', 'S-APP-REPORT-thanks');
    await press(page, 'back');
    await shows(page, 'S-APP-CONSENT');
    await press(page, 'accept');
    assert.ok((await answered(v)).answer.code);

    await page.goto(authorize(house, client, { prompt: 'login' }).url);
    await inspect(v, 'S-SIGNIN-PW', 'S-SIGNIN-PW-again');
    await proves(v, who.password);
    await answered(v);

    await page.goto(authorize(house, client, { prompt: 'select_account' }).url);
    await inspect(v, 'S-PICKER');
    await page.locator('.forget summary').first().click();
    await inspect(v, 'S-PICKER', 'S-PICKER-forget');
    await page.locator('[data-testid=account]').first().click();
    await answered(v);

    // With scripts the way back by form_post presses itself: it is looked at while the script is empty, and then let go.
    const script = '**/assets/*.js';
    await v.context.route(script, (route) => route.fulfill({ body: '', contentType: 'text/javascript' }));
    await page.goto(authorize(house, client, { response_mode: 'form_post' }).url);
    await inspect(v, 'S-CONTINUE');
    await v.context.unroute(script);
    if (scripts) await page.goto(authorize(house, client, { response_mode: 'form_post' }).url);
    else await press(page, 'continue');
    await page.waitForURL(application.redirectUri);
    assert.equal(application.answers.at(-1).method, 'POST');

    await page.goto(`${house.url}/account/apps`);
    await inspect(v, 'S-ME-APPS');
    await page.locator('a[data-testid=report]').first().click();
    await inspect(v, 'S-APP-REPORT', 'S-APP-REPORT-portal');
    assert.match(new URL(page.url()).pathname, /^\/account\/apps\/[^/]+\/report$/);
    await fill(page, 'text', 'Je ne connais toujours pas cette application.');
    await press(page, 'send');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await inspect(v, 'S-APP-REPORT', 'S-APP-REPORT-portal-refused');
    assert.equal(await page.locator('[name=text]').inputValue(), 'Je ne connais toujours pas cette application.', 'what was typed stays');
    await page.locator('input[name=reason]').nth(1).check();
    await press(page, 'send');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-ME-APPS', 'S-ME-APPS-reported');
    assert.match(await page.locator('[role=status]').innerText(), /\b[2-9A-Z]{4}-[2-9A-Z]{4}\b/, 'a reference to quote');
    await page.locator('a[data-testid=report]').first().click();
    await shows(page, 'S-APP-REPORT');
    await press(page, 'back');
    await shows(page, 'S-ME-APPS');
    await page.goto(`${house.url}/logout`);
    await inspect(v, 'S-SIGNOUT');
    await press(page, 'sign_out');
    await inspect(v, 'S-SIGNED-OUT');
    await v.leave();
  });

  test(`a person looks after their account: ${name}`, async () => {
    const who = await house.person(`compte.${lang}.${scripts ? 'with' : 'without'}`);
    const elsewhere = await visitor(chromium, { lang });
    await elsewhere.page.goto(authorize(house, client).url);
    await identifies(elsewhere, who.identifier);
    await proves(elsewhere, who.password);
    await press(elsewhere.page, 'accept');
    await answered(elsewhere);
    const third = await visitor(chromium, { lang });
    await third.page.goto(`${house.url}/account`);
    await identifies(third, who.identifier);
    await proves(third, who.password);
    await shows(third.page, 'S-ME-HOME');

    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    await page.goto(`${house.url}/account`);
    await identifies(v, who.identifier);
    await proves(v, who.password);
    await inspect(v, 'S-ME-HOME');
    const place = (path) => page.locator(`nav a[href="${path}"]`).click();

    await place('/account/profile');
    await inspect(v, 'S-ME-PROFILE');
    assert.equal(await page.locator('nav [aria-current=page]').getAttribute('href'), '/account/profile');
    await fill(page, 'given_name', '');
    await page.locator('[name=country]').selectOption('FR');
    await press(page, 'save');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await inspect(v, 'S-ME-PROFILE', 'S-ME-PROFILE-refused');
    assert.equal(await page.locator('[name=country]').inputValue(), 'FR', 'what was typed stays');
    await fill(page, 'given_name', 'Camille Claude');
    await page.locator('[name=zoneinfo]').selectOption('Indian/Reunion');
    await house.administers('PATCH', `/accounts/${who.id}`, { profile: { family_name: 'Éon-Lacaze' } });
    await press(page, 'save');
    await page.locator('#error-summary [data-error=E-CONFLICT]').waitFor();
    await inspect(v, 'S-ME-PROFILE', 'S-ME-PROFILE-conflict');
    await press(page, 'save');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-ME-PROFILE', 'S-ME-PROFILE-saved');
    assert.match(await page.locator('.me').innerText(), /Camille Claude/);

    await place('/account/sessions');
    await inspect(v, 'S-ME-SESSIONS');
    assert.equal(await page.locator('[data-testid=session]').count(), 3);
    await page.locator('[data-testid=end_one]').first().click();
    await inspect(v, 'S-ME-SESSIONS', 'S-ME-SESSIONS-asking');
    await press(page, 'forget');
    await page.locator('[role=status]').waitFor();
    assert.equal(await page.locator('[data-testid=session]').count(), 2);
    await page.locator('[data-testid=end_all]').click();
    await press(page, 'end_others');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-ME-SESSIONS', 'S-ME-SESSIONS-alone');
    const shown = [];
    for (const other of [elsewhere, third]) {
      await other.page.goto(`${house.url}/account/sessions`);
      shown.push(await other.page.locator('main').getAttribute('data-screen'));
      await other.leave();
    }
    assert.deepEqual(shown.sort(), ['S-PICKER', 'S-SIGNIN-ID'], 'the forgotten browser offers nobody');
    await place('/account/apps');
    await shows(page, 'S-ME-APPS');
    await place('/account');
    await inspect(v, 'S-ME-HOME', 'S-ME-HOME-after');
    await v.leave();
  });

  test(`a request that cannot go back is explained here: ${name}`, async () => {
    const v = await visitor(chromium, { lang, scripts });
    await v.page.goto(authorize(house, { ...client, redirectUri: 'https://elsewhere.test/back' }).url);
    await inspect(v, 'S-ERROR');
    await v.page.goto(`${house.url}/ui/nothing/signin`);
    await inspect(v, 'S-ERROR', 'S-ERROR-over');
    await v.leave();
  });

  test(`a locked and an archived account are told so, after the right password: ${name}`, async () => {
    for (const state of ['lock', 'archive']) {
      const who = await house.person(`${state}.${lang}.${scripts ? 'with' : 'without'}`);
      await house[state](who);
      const v = await visitor(chromium, { lang, scripts });
      await v.page.goto(authorize(house, client).url);
      await identifies(v, who.identifier);
      await proves(v, 'not the password at all');
      await v.page.locator('#error-summary [data-error=E-BADCRED]').waitFor();
      await proves(v, who.password);
      await inspect(v, 'S-BLOCKED', `S-BLOCKED-${state}`);
      await v.leave();
    }
  });

  test(`too many tries have to wait: ${name}`, async () => {
    const v = await visitor(chromium, { lang, scripts });
    await v.page.goto(authorize(house, client).url);
    await identifies(v, `nobody.${lang}.${scripts}@aubepine.test`);
    for (let tried = 0; tried < 5; tried += 1) {
      await shows(v.page, 'S-SIGNIN-PW');
      await proves(v, `guess number ${tried}`);
      await v.page.waitForLoadState('load');
    }
    if ((await v.page.locator('main').getAttribute('data-screen')) === 'S-SIGNIN-PW') await proves(v, 'guess number 6');
    await inspect(v, 'S-THROTTLED');
    await v.leave();
  });
}

test('A-02 the title says that something is wrong, the same whether the script finds it or the server', async () => {
  for (const lang of ['fr', 'en']) {
    const told = [];
    for (const scripts of [true, false]) {
      const who = await house.person(`titre.${lang}.${scripts ? 'with' : 'without'}`);
      const v = await visitor(chromium, { lang, scripts });
      const { page } = v;
      const posted = [];
      page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()));
      const titles = [];
      const refused = async (button) => {
        const before = posted.length;
        const right = await page.title();
        await press(page, button);
        await page.locator('#error-summary [data-error=E-REQ]').waitFor();
        const title = await page.title();
        assert.equal(title, `${lang === 'fr' ? 'Erreur\u00a0:' : 'Error:'} ${right}`);
        assert.equal(posted.length - before, scripts ? 0 : 1, 'with scripts nothing is sent that cannot succeed');
        if (scripts) assert.equal(await page.evaluate(() => document.activeElement.id), 'error-summary', 'what is wrong gets the focus');
        titles.push(title);
      };
      await page.goto(authorize(house, client).url);
      await shows(page, 'S-SIGNIN-ID');
      await refused('next');
      await identifies(v, who.identifier);
      await shows(page, 'S-SIGNIN-PW');
      await refused('next');
      await proves(v, who.password);
      await shows(page, 'S-APP-CONSENT');
      await press(page, 'report');
      await shows(page, 'S-APP-REPORT');
      await refused('send');
      await press(page, 'back');
      await press(page, 'accept');
      await answered(v);
      await page.goto(`${house.url}/account/apps`);
      await page.locator('a[data-testid=report]').first().click();
      await shows(page, 'S-APP-REPORT');
      await refused('send');
      told.push(titles);
      await v.leave();
    }
    assert.deepEqual(told[0], told[1]);
  }
  const empty = await plain();
  try {
    for (const lang of ['fr', 'en']) {
      const v = await visitor(chromium, { lang });
      await v.page.goto(empty.setUpLink);
      await shows(v.page, 'S-SETUP');
      await press(v.page, 'create');
      await v.page.locator('#error-summary [data-error=E-REQ]').first().waitFor();
      assert.match(await v.page.title(), lang === 'fr' ? /^Erreur\u00a0:/ : /^Error:/);
      await v.leave();
    }
  } finally {
    await empty.stop();
  }
});

test('taking something away asks for the password again, ten minutes after it was last given', async () => {
  const shown = await demo();
  const rp = await party('reauth');
  try {
    const agreed = await shown.client({ name: 'Carnet du retrait', redirectUri: rp.redirectUri });
    for (const { lang, scripts } of MANNERS) {
      const who = await shown.person(`encore.${lang}.${scripts ? 'with' : 'without'}`);
      const v = await visitor(chromium, { lang, scripts });
      const { page } = v;
      await page.goto(authorize(shown, agreed).url);
      await identifies(v, who.identifier);
      await proves(v, who.password);
      await shows(page, 'S-APP-CONSENT');
      await press(page, 'accept');
      await page.waitForLoadState('load');
      // The terms of the demonstration are for who comes after them: whose account was made in the same second does not.
      if ((await page.locator('main').first().getAttribute('data-screen')) === 'S-TOU') {
        await page.locator('[name=accept]').check();
        await press(page, 'continue');
      }
      await answered(v);
      await shown.waits('PT11M');
      await page.goto(`${shown.url}/account/apps`);
      await shows(page, 'S-ME-APPS');
      await page.locator('[data-testid=withdraw_all]').first().click();
      await press(page, 'withdraw');
      await inspect(v, 'S-REAUTH');
      await proves(v, 'not the password at all');
      await page.locator('#error-summary [data-error=E-BADCRED]').waitFor();
      await proves(v, who.password);
      await shows(page, 'S-ME-APPS');
      await page.locator('[data-testid=withdraw_all]').first().click();
      await press(page, 'withdraw');
      await page.locator('[role=status]').waitFor();
      await inspect(v, 'S-ME-APPS', 'S-ME-APPS-withdrawn');
      await v.leave();
    }
  } finally {
    await shown.stop();
    rp.close();
  }
});

test('the first operator is set up by the link on the terminal, once', async () => {
  for (const { lang, scripts, name } of MANNERS) {
    const empty = await plain();
    try {
      const v = await visitor(chromium, { lang, scripts });
      const { page } = v;
      await page.goto(empty.setUpLink);
      await inspect(v, 'S-SETUP');
      await fill(page, 'identifier', 'ines@aubepine.test');
      await fill(page, 'given_name', 'Ines');
      await fill(page, 'family_name', 'Martin');
      await fill(page, 'tenant_name', 'Cabinet Aubépine');
      await fill(page, 'new_password', 'court');
      await press(page, 'create');
      await page.locator('#error-summary [data-error=E-PW-SHORT]').waitFor();
      await inspect(v, 'S-SETUP', 'S-SETUP-refused');
      await fill(page, 'new_password', 'une phrase assez longue');
      await press(page, 'create');
      await inspect(v, 'S-SETUP', 'S-SETUP-done');
      const again = await page.goto(empty.setUpLink);
      assert.ok([404, 410].includes(again.status()), `${name}: the link works once`);
      await shows(page, 'S-ERROR');

      empty.tenant = 'cabinet-aubepine';
      await empty.setting('stay', true);
      const who = await empty.person('pauline');
      const rp = await party('stay');
      const stayed = await empty.client({ name: 'Carnet', redirectUri: rp.redirectUri });
      await page.goto(authorize(empty, stayed).url);
      await identifies(v, who.identifier);
      await proves(v, who.password);
      await inspect(v, 'S-STAY');
      await press(page, 'yes');
      await shows(page, 'S-APP-CONSENT');
      await press(page, 'accept');
      await answered(v);
      rp.close();
      await v.leave();
    } finally {
      await empty.stop();
    }
  }
});

test('somebody makes an account from the portal, and whoever has one is told so after the mailbox', async () => {
  const shown = await demo();
  const codeFor = async (address) => {
    for (let tried = 0; tried < 100; tried += 1) {
      const mails = await shown.fetch('/_demo/outbox').then((answer) => answer.json());
      const mail = mails.find(({ to }) => to === address);
      if (mail) return mail.text.match(/^\s*(\d{3} \d{3})\s*$/m)[1];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no mail for ${address}`);
  };
  try {
    for (const { lang, scripts } of MANNERS) {
      const address = `lea.${lang}.${scripts ? 'with' : 'without'}@courriel.test`;
      const v = await visitor(chromium, { lang, scripts });
      const { page } = v;
      await page.goto(`${shown.url}/account/apps`);
      await inspect(v, 'S-SIGNIN-ID', 'S-SIGNIN-ID-open');
      await press(page, 'signup');
      await inspect(v, 'S-SIGNUP-EMAIL');
      await fill(page, 'email', address.replace('courriel.test', 'gmial.com'));
      await press(page, 'next');
      await page.locator('#error-summary [data-error=E-EMAIL-TYPO]').waitFor();
      await inspect(v, 'S-SIGNUP-EMAIL', 'S-SIGNUP-EMAIL-typo');
      await fill(page, 'email', address);
      await press(page, 'next');
      await inspect(v, 'S-SIGNUP-CODE');
      const code = await codeFor(address);
      await fill(page, 'code', code.startsWith('0') ? '111111' : '000000');
      await press(page, 'next');
      await page.locator('#error-summary [data-error=E-CODE]').waitFor();
      await page.locator('main details summary').click();
      await inspect(v, 'S-SIGNUP-CODE', 'S-SIGNUP-CODE-refused');
      await press(page, 'resend');
      await page.locator('#error-summary [data-error=E-RESEND]').waitFor();
      await fill(page, 'code', ` ${code} `);
      await press(page, 'next');
      await inspect(v, 'S-SIGNUP-SECRET');
      await fill(page, 'new_password', 'password12345');
      await press(page, 'next');
      await page.locator('#error-summary [data-error=E-PW-KNOWN]').waitFor();
      await inspect(v, 'S-SIGNUP-SECRET', 'S-SIGNUP-SECRET-refused');
      await fill(page, 'new_password', 'correct cheval batterie agrafe');
      await press(page, 'next');
      await inspect(v, 'S-SIGNUP-PROFILE');
      await fill(page, 'given_name', 'Léa');
      await fill(page, 'family_name', 'Morvan');
      await press(page, 'create');
      await shows(page, 'S-ME-APPS');
      await v.leave();

      await shown.waits('PT61S');
      const again = await visitor(chromium, { lang, scripts });
      await again.page.goto(`${shown.url}/account/apps`);
      await press(again.page, 'signup');
      await fill(again.page, 'email', address);
      await press(again.page, 'next');
      await shows(again.page, 'S-SIGNUP-CODE');
      let newer = code;
      while (newer === code) newer = await codeFor(address);
      await fill(again.page, 'code', newer);
      await press(again.page, 'next');
      await inspect(again, 'S-SIGNUP-EXISTS');
      await press(again.page, 'signin');
      await proves(again, 'correct cheval batterie agrafe');
      await shows(again.page, 'S-ME-APPS');
      await again.leave();
    }
  } finally {
    await shown.stop();
  }
});

test('M-138 every screen was looked at in both languages, with scripts and without', () => {
  const missed = screensOf(import.meta.url).flatMap((id) => MANNERS.filter(({ lang, scripts }) => !wasInspected(id, lang, scripts)).map(({ name }) => `${id} (${name})`));
  assert.deepEqual(missed, []);
});

test('M-138 every screen that the server has is looked at in some walk, and each walk holds itself to its own', () => {
  const looked = screensOfTheWalks();
  assert.deepEqual(screensOfTheServer().filter((id) => !looked.has(id)), []);
});
