// What people do when the straight way is not theirs: another address, a code, a new password, an invitation, a company; and all that they find in the portal. In two languages, with scripts and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MANNERS, browser, fill, press, shows, visitor } from '../harness/chromium.mjs';
import { inspect, screensOf, wasInspected } from '../harness/inspect.mjs';
import { PASSWORD, demo } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { answered, authorize, eventually, identifies, proves } from '../harness/story.mjs';

const CHOSEN = 'correct cheval batterie agrafe';
let chromium, shown, rp, client;

before(async () => {
  chromium = await browser();
  shown = await demo();
  rp = await party('chemins');
  client = await shown.client({ name: 'Carnet des chemins', redirectUri: rp.redirectUri });
  await shown.administers('PATCH', '', { support: { phone: '+33 1 99 00 12 34', mail: 'aide@aubepine.test', privacy_url: 'https://aubepine.test/privacy' } });
  await shown.setting('org_consent', 'off');
  await shown.setting('sign_up', 'open');
  await shown.setting('unknown_address', 'tell');
});
after(async () => {
  await chromium?.close();
  await shown?.stop();
  rp?.close();
});

/** The newest mail to an address that `holds` something, once it is there. */
function mailed(address, holds) {
  return eventually(`a mail to ${address}`, 15, async () => {
    const mails = await shown.fetch('/_demo/outbox').then((answer) => answer.json());
    return mails.filter(({ to }) => to === address).map(({ text }) => text.match(holds)).find(Boolean);
  });
}
const code = async (address) => (await mailed(address, /^\s*(\d{3} \d{3})\s*$/m))[1];
const link = async (address, path) => (await mailed(address, new RegExp(`https?://[^\\s/]+(/${path}/\\S+)`)))[1];

/** A name of the walk's own for somebody. */
const named = (what, { lang, scripts }) => `${what}.${lang}.${scripts ? 'with' : 'without'}`;

/** A number of the French register of companies that nobody has: its last digit checks the others. */
function siren(which) {
  const digits = [7, 3, 2, 8, 2, 9, 4, which];
  const sum = digits.reduce((all, digit, at) => all + (at % 2 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0);
  return [...digits, (10 - (sum % 10)) % 10].join('');
}

/** Makes an account of one's own from the portal; gives its address. */
async function joins({ page }, what, manner) {
  const mail = `${named(what, manner)}@courriel.test`;
  await page.goto(`${shown.url}/account`);
  await press(page, 'signup');
  await fill(page, 'email', mail);
  await press(page, 'next');
  await shows(page, 'S-SIGNUP-CODE');
  await fill(page, 'code', await code(mail));
  await press(page, 'next');
  await shows(page, 'S-SIGNUP-SECRET');
  await fill(page, 'new_password', PASSWORD);
  await press(page, 'next');
  await shows(page, 'S-SIGNUP-PROFILE');
  await fill(page, 'given_name', 'Léa');
  await fill(page, 'family_name', 'Morvan');
  await press(page, 'create');
  await shows(page, 'S-ME-HOME');
  return mail;
}

for (const manner of MANNERS) {
  const { lang, scripts, name } = manner;

  test(`somebody mistypes, forgets, chooses anew, and takes it back: ${name}`, async () => {
    const who = await shown.person(named('oubli', manner));
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    await page.goto(authorize(shown, client, { ui_locales: lang }).url);
    await identifies(v, `${named('personne', manner)}@courriel.test`);
    await inspect(v, 'S-SIGNIN-UNKNOWN');
    await press(page, 'correct');
    await identifies(v, who.identifier);
    await press(page, 'forgot');
    await inspect(v, 'S-RESET');
    await fill(page, 'identifier', '');
    await press(page, 'send');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await fill(page, 'identifier', who.identifier);
    await press(page, 'send');
    await inspect(v, 'S-RESET-CODE');
    const mail = await code(who.identifier);
    await fill(page, 'code', mail.startsWith('0') ? '111111' : '000000');
    await press(page, 'next');
    await page.locator('#error-summary [data-error=E-CODE]').waitFor();
    await page.locator('main details summary').click();
    await inspect(v, 'S-RESET-CODE', 'S-RESET-CODE-refused');
    const back = page.url();
    await page.goto(`${shown.url}${await link(who.identifier, 'code')}`);
    await inspect(v, 'S-CODE');
    await page.goto(back);
    await fill(page, 'code', mail);
    await press(page, 'next');
    await inspect(v, 'S-RESET-NEW');
    await fill(page, 'new_password', 'password12345');
    await press(page, 'save');
    await page.locator('#error-summary [data-error=E-PW-KNOWN]').waitFor();
    await inspect(v, 'S-RESET-NEW', 'S-RESET-NEW-refused');
    await fill(page, 'new_password', CHOSEN);
    await press(page, 'save');
    await inspect(v, 'S-RESET-DONE');
    await press(page, 'continue');
    await shows(page, 'S-APP-CONSENT');
    await v.leave();

    const owner = await visitor(chromium, { lang, scripts });
    await owner.page.goto(`${shown.url}${await link(who.identifier, 'undo')}`);
    await inspect(owner, 'S-UNDO');
    await press(owner.page, 'undo');
    await owner.page.locator('[role=status]').waitFor();
    await inspect(owner, 'S-UNDO', 'S-UNDO-done');
    await owner.leave();
  });

  test(`somebody signs in by a mailed code, and somebody has to change their password: ${name}`, async () => {
    const who = await shown.person(named('code', manner));
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    await page.goto(authorize(shown, client, { ui_locales: lang }).url);
    await identifies(v, who.identifier);
    await shows(page, 'S-SIGNIN-PW');
    await press(page, 'code');
    await inspect(v, 'S-SIGNIN-OTP');
    await fill(page, 'code', await code(who.identifier));
    await press(page, 'next');
    await shows(page, 'S-APP-CONSENT');
    await v.leave();

    const identifier = `${named('unefois', manner)}@aubepine.test`;
    await shown.administers('POST', '/accounts', { account: { email: identifier, profile: { given_name: 'Basile', family_name: 'Roux' } }, password: PASSWORD, must_change: true });
    const other = await visitor(chromium, { lang, scripts });
    await other.page.goto(authorize(shown, client, { ui_locales: lang }).url);
    await identifies(other, identifier);
    await proves(other, PASSWORD);
    await inspect(other, 'S-PW-FORCED');
    await fill(other.page, 'new_password', 'court');
    await press(other.page, 'save');
    await other.page.locator('#error-summary [data-error=E-PW-SHORT]').waitFor();
    await fill(other.page, 'new_password', CHOSEN);
    await press(other.page, 'save');
    await shows(other.page, 'S-APP-CONSENT');
    await other.leave();
  });

  test(`somebody is invited: ${name}`, async () => {
    const who = await shown.person(named('invite', manner));
    const invites = async (email) => shown.administers('POST', '/invitations', { email, locale: lang, clients: [client.id], inviter: 'Pauline Roche', message: lang === 'fr' ? 'Bienvenue dans le dossier de votre société.' : 'Welcome to your company’s file.' });
    const path = (made) => new URL(made.invite_url).pathname;
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    const first = await invites(who.identifier);
    await page.goto(`${shown.url}${path(first)}`);
    await inspect(v, 'S-INV');
    await page.locator('[data-testid=other_address]').click();
    await page.locator('[data-testid=not_for_me]').click();
    await fill(page, 'email', 'camille@');
    await press(page, 'move');
    await page.locator('#error-summary [data-error=E-EMAIL]').waitFor();
    await inspect(v, 'S-INV', 'S-INV-refused');
    await shown.administers('POST', `/invitations/${first.id}/regenerate`);
    const renewed = await shown.administers('POST', `/invitations/${first.id}/link`);
    await page.goto(`${shown.url}${path(first)}`);
    await inspect(v, 'S-INV-EXPIRED');
    await page.goto(`${shown.url}${path(renewed)}`);
    await press(page, 'accept');
    await proves(v, who.password);
    await page.waitForURL((url) => !url.pathname.startsWith('/ui/') && !url.pathname.startsWith('/i/'));
    await page.goto(`${shown.url}${path(renewed)}`);
    await inspect(v, 'S-INV-USED');
    const other = await invites(`${named('autre', manner)}@courriel.test`);
    await page.goto(`${shown.url}${path(other)}`);
    await inspect(v, 'S-INV-WRONG');
    await v.leave();

    const lost = await visitor(chromium, { lang, scripts });
    await lost.page.goto(`${shown.url}/i/lost/${shown.tenant}`);
    await inspect(lost, 'S-INV-LOST');
    await fill(lost.page, 'email', `${named('autre', manner)}@courriel.test`);
    await press(lost.page, 'send');
    await lost.page.locator('[role=status]').waitFor();
    await inspect(lost, 'S-INV-LOST', 'S-INV-LOST-sent');
    await lost.leave();
  });

  test(`somebody from elsewhere is asked for their company: ${name}`, async () => {
    await shown.setting('company_step', true);
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    await page.goto(authorize(shown, client, { ui_locales: lang }).url);
    await identifies(v, 'camille@courriel.test');
    await proves(v, shown.password);
    await page.waitForURL(/consent|company/);
    if (/consent/.test(page.url())) await press(page, 'accept');
    await inspect(v, 'S-COMPANY');
    await press(page, 'create');
    // With scripts the page says all the time what is missing, beside the button, and sends nothing.
    await page.locator(scripts ? '[data-testid=left] a' : '#error-summary [data-error]').first().waitFor();
    await inspect(v, 'S-COMPANY', 'S-COMPANY-refused');
    await press(page, 'later');
    await answered(v);
    await v.leave();
    await shown.setting('company_step', false);
  });

  test(`M-110 the button of S-COMPANY turns when nothing is left to correct: ${name}`, async () => {
    await shown.setting('company_step', true);
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    await joins(v, 'societe', manner);
    await page.goto(authorize(shown, client, { ui_locales: lang }).url);
    await press(page, 'accept');
    await shows(page, 'S-TOU');
    await page.locator('[name=accept]').check();
    await press(page, 'continue');
    await shows(page, 'S-COMPANY');
    const button = page.locator('button[data-testid=create]');
    const dimmed = () => button.getAttribute('aria-disabled');
    const colour = () => button.evaluate((one) => getComputedStyle(one).backgroundColor);
    assert.equal(await page.locator('[name=country]').inputValue(), 'FR', 'the country of the organisation stands there');
    const typed = { legal_name: 'Menuiserie Morvan', reg_no: siren(MANNERS.indexOf(manner)), 'street-address': '4 rue du Tilleul', 'postal-code': '21000', 'address-level2': 'Dijon' };
    if (scripts) {
      const posted = [];
      page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()));
      assert.equal(await dimmed(), 'true');
      const grey = await colour();
      await press(page, 'create');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'left', 'who presses it all the same is told what is left');
      assert.deepEqual(posted, [], 'nothing is sent that cannot succeed');
      for (const [name, text] of Object.entries(typed)) {
        assert.equal(await dimmed(), 'true', `${name} is still to be filled`);
        assert.equal(await page.locator(`[data-testid=left] a[href="#${name}"]`).count(), 1, `${name} stands among what is left`);
        await fill(page, name, text);
      }
      assert.equal(await dimmed(), 'false');
      assert.notEqual(await colour(), grey, 'it can be seen');
      await fill(page, 'reg_no', '123 456 789');
      assert.equal(await dimmed(), 'true', 'a wrong number dims it again');
      await fill(page, 'reg_no', typed.reg_no);
      assert.equal(await dimmed(), 'false');
      await inspect(v, 'S-COMPANY', 'S-COMPANY-right');
    } else {
      assert.equal(await dimmed(), null, 'without scripts nothing says what is left before it is pressed');
      const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), press(page, 'create')]);
      assert.equal(answer.status(), 422);
      await page.locator('#error-summary').waitFor();
      const listed = await page.locator('#error-summary [data-error=E-REQ] a').evaluateAll((links) => links.map((link) => link.getAttribute('href').slice(1)));
      assert.deepEqual(listed, Object.keys(typed), 'all that is missing, in the order of the page');
      for (const name of listed) assert.equal(await page.locator(`[name="${name}"]`).getAttribute('aria-invalid'), 'true');
      for (const [name, text] of Object.entries(typed)) await fill(page, name, text);
    }
    await press(page, 'create');
    assert.ok((await answered(v)).answer.code);
    await v.leave();
    await shown.setting('company_step', false);
  });

  test(`somebody looks after how they get in, and where mail reaches them: ${name}`, async () => {
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    const own = await joins(v, 'entree', manner);
    await inspect(v, 'S-ME-HOME');
    await page.goto(`${shown.url}/account/security`);
    await inspect(v, 'S-ME-SECURITY');
    await page.locator('[data-testid=change_password]').click();
    await inspect(v, 'S-ME-PASSWORD');
    await fill(page, 'password', 'not the password at all');
    await fill(page, 'new_password', 'court');
    await press(page, 'save');
    await page.locator('#error-summary [data-error]').first().waitFor();
    await inspect(v, 'S-ME-PASSWORD', 'S-ME-PASSWORD-refused');
    await fill(page, 'password', PASSWORD);
    await fill(page, 'new_password', CHOSEN);
    await press(page, 'save');
    await page.locator('[role=status]').first().waitFor();
    await inspect(v, 'S-ME-SECURITY', 'S-ME-SECURITY-changed');

    await page.goto(`${shown.url}/account/contact`);
    await inspect(v, 'S-ME-CONTACT');
    await press(page, 'change');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    const newer = `${named('nouvelle', manner)}@courriel.test`;
    await fill(page, 'email', newer);
    await press(page, 'change');
    await inspect(v, 'S-ME-CONTACT-CODE');
    const mail = await code(newer);
    await fill(page, 'code', mail.startsWith('0') ? '111111' : '000000');
    await press(page, 'confirm');
    await page.locator('#error-summary [data-error=E-CODE]').waitFor();
    await inspect(v, 'S-ME-CONTACT-CODE', 'S-ME-CONTACT-CODE-refused');
    await fill(page, 'code', mail);
    await press(page, 'confirm');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-ME-CONTACT', 'S-ME-CONTACT-changed');
    await page.goto(`${shown.url}/account/activity`);
    await inspect(v, 'S-ME-ACTIVITY');
    await page.locator('[data-testid=not_me]').click();
    await inspect(v, 'S-ME-ACTIVITY', 'S-ME-ACTIVITY-asking');
    await v.leave();

    const owner = await visitor(chromium, { lang, scripts });
    await owner.page.goto(`${shown.url}${await link(own, 'account/contact/undo')}`);
    await inspect(owner, 'S-ME-UNDO');
    await press(owner.page, 'undo');
    await owner.page.locator('[role=status]').waitFor();
    await inspect(owner, 'S-ME-UNDO', 'S-ME-UNDO-done');
    await owner.leave();
  });

  test(`somebody takes what is kept about them, and leaves: ${name}`, async () => {
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    const mail = await joins(v, 'depart', manner);
    await page.goto(`${shown.url}/account/privacy`);
    await inspect(v, 'S-ME-PRIVACY');
    await press(page, 'export');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-ME-PRIVACY', 'S-ME-PRIVACY-export');
    await page.locator('a[data-testid=delete]').click();
    await inspect(v, 'S-ME-DELETE');
    await fill(page, 'confirm_email', 'autre@courriel.test');
    await press(page, 'delete');
    await page.locator('#error-summary [data-error]').first().waitFor();
    await inspect(v, 'S-ME-DELETE', 'S-ME-DELETE-refused');
    await fill(page, 'confirm_email', mail);
    await press(page, 'delete');
    await inspect(v, 'S-ME-UNDO', 'S-ME-UNDO-planned');
    await page.goto(`${shown.url}${await link(mail, 'account/delete/undo')}`);
    await inspect(v, 'S-ME-UNDO', 'S-ME-UNDO-deletion');
    await v.leave();
  });
}

test('the pages of these ways were looked at in both languages, with scripts and without', () => {
  const missed = screensOf(import.meta.url).flatMap((id) => MANNERS.filter(({ lang, scripts }) => !wasInspected(id, lang, scripts)).map(({ name }) => `${id} (${name})`));
  assert.deepEqual(missed, []);
});
