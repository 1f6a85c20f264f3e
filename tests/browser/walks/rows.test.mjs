// Rows of the mission table, each by a test that names it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { browser, fill, press, reaches, shows, visitor } from '../harness/chromium.mjs';
import { faultless } from '../harness/inspect.mjs';
import { plain } from '../harness/parvis.mjs';
import { claims, party } from '../harness/party.mjs';
import { answered, authorize, eventually, identifies, proves, redeems, signsIn, token } from '../harness/story.mjs';

let chromium, house, application, client, camille;

before(async () => {
  chromium = await browser();
  house = await plain();
  application = await party('rows');
  client = await house.client({ name: 'Carnet des lignes', redirectUri: application.redirectUri, scopes: 'openid profile email offline_access', grants: ['authorization_code', 'refresh_token'] });
  camille = await house.person('camille.lignes');
});
after(async () => {
  await chromium?.close();
  await house?.stop();
  application?.close();
});

/** One story in a browser of its own. */
const story = (name, options, tell) =>
  test(name, async () => {
    const v = await visitor(chromium, options);
    await tell(v, v.page);
    await v.leave();
  });

test('M-098 a scanner that opens a link, scripts and all, uses nothing up', async () => {
  const { invite_url: link } = await house.administers('POST', '/invitations', { email: 'wim@morvan.test', clients: [client.id] });
  for (const scripts of [true, true, false]) {
    const scanner = await visitor(chromium, { scripts });
    await scanner.page.goto(link, { waitUntil: 'networkidle' });
    await shows(scanner.page, 'S-INV');
    await scanner.leave();
  }
  const wim = await visitor(chromium);
  await wim.page.goto(link);
  await press(wim.page, 'accept');
  await shows(wim.page, 'S-SIGNUP-CODE');
  await wim.leave();
});

story('M-011 the way back to another account stands on every screen and keeps the request', {}, async (v, page) => {
  const other = await house.person('autre.lignes');
  const asked = authorize(house, client, { prompt: 'consent' });
  await page.goto(asked.url);
  await identifies(v, camille.identifier);
  await shows(page, 'S-SIGNIN-PW');
  assert.match(await page.locator('[data-testid=other_account]').innerText(), new RegExp(camille.identifier.replace('.', '\\.')));
  await press(page, 'other_account');
  await identifies(v, camille.identifier);
  await proves(v, camille.password);
  await shows(page, 'S-APP-CONSENT');
  await press(page, 'other_account');
  await identifies(v, other.identifier);
  await proves(v, other.password);
  await shows(page, 'S-APP-CONSENT');
  await press(page, 'accept');
  const { answer } = await answered(v);
  assert.equal(answer.state, asked.state);
  const got = await redeems(house, client, { ...asked, answer });
  const info = await house.fetch('/userinfo', { headers: { authorization: `Bearer ${got.access_token}` } }).then((reply) => reply.json());
  assert.equal(info.email, other.identifier);
});

story('M-026 a state that was not sent is not invented', {}, async (v) => {
  const { answer } = await signsIn(v, house, client, await house.person('sans.etat'), { extra: { state: null } });
  assert.ok(answer.code);
  assert.equal('state' in answer, false);
  assert.equal(answer.iss, house.issuer);
});

test('M-027 an unregistered redirect gets a page and no redirect', async () => {
  for (const redirectUri of ['https://elsewhere.test/back', `${client.redirectUri}/`, `${client.redirectUri}?a=1`, client.redirectUri.replace('/back', '/BACK'), '//elsewhere.test']) {
    const reply = await house.fetch(new URL(authorize(house, { ...client, redirectUri }).url).pathname + new URL(authorize(house, { ...client, redirectUri }).url).search, { redirect: 'manual' });
    assert.equal(reply.status, 400, redirectUri);
    assert.equal(reply.headers.get('location'), null);
    const html = await reply.text();
    assert.match(html, /data-screen="S-ERROR"/);
    assert.match(html, /data-error="E-OAUTH"/);
    assert.doesNotMatch(html, /href="https:\/\/elsewhere\.test/);
  }
});

story('M-041 the usual address signs in, in capitals and with spaces around it', {}, async (v) => {
  const who = await house.person('majuscule');
  await signsIn(v, house, client, { ...who, identifier: `  ${who.identifier.toUpperCase()} ` });
});

story('M-049 the password is shown on request and hidden until then', {}, async (v, page) => {
  await page.goto(authorize(house, client).url);
  await identifies(v, camille.identifier);
  const field = page.locator('[name=password]');
  const show = page.locator('[data-testid=show]');
  await fill(page, 'password', 'une phrase à relire');
  assert.equal(await field.getAttribute('type'), 'password');
  assert.equal(await show.getAttribute('aria-pressed'), 'false');
  await show.click();
  assert.equal(await field.getAttribute('type'), 'text');
  assert.equal(await show.getAttribute('aria-pressed'), 'true');
  await faultless(page, 'a password that is shown');
  await show.click();
  assert.equal(await field.getAttribute('type'), 'password');
});

story('M-082 the page of an application says who asks for what, and offers a way out', {}, async (v, page) => {
  await page.goto(authorize(house, client).url);
  await identifies(v, (await house.person('accord')).identifier);
  await proves(v, camille.password);
  await shows(page, 'S-APP-CONSENT');
  for (const id of ['publisher', 'scopes', 'details', 'report', 'cancel', 'accept', 'other_account']) await page.locator(`[data-testid=${id}]`).first().waitFor();
  assert.deepEqual(await page.locator('[data-testid=scopes] [data-scope]').evaluateAll((rows) => rows.map((row) => row.dataset.scope).sort()), ['email', 'openid', 'profile']);
  assert.match(await page.locator('main').innerText(), /Carnet des lignes/);
});

story('M-083 a publisher is marked verified only while somebody vouches for it', {}, async (v, page) => {
  const who = await house.person('editeur');
  const vouched = await house.client({ name: 'Carnet vérifié', redirectUri: application.redirectUri, publisher: { name: 'Éditions du Fournil', domain: 'fournil.test' } });
  for (const verified of [false, true, false]) {
    await house.vouches(vouched, verified);
    await page.goto(authorize(house, vouched).url);
    if (await page.locator('main[data-screen=S-SIGNIN-ID]').count()) {
      await identifies(v, who.identifier);
      await proves(v, who.password);
    }
    await shows(page, 'S-APP-CONSENT');
    const line = page.locator('[data-testid=publisher]');
    assert.equal(await line.getAttribute('data-verified'), String(verified));
    assert.match(await line.innerText(), verified ? /Éditeur vérifié/ : /Éditeur non vérifié/);
    if (!verified) assert.doesNotMatch(await line.innerText(), /Éditeur vérifié/);
  }
});

story('M-084 the details unfold without scripts', { scripts: false }, async (v, page) => {
  const who = await house.person('details');
  await page.goto(authorize(house, client).url);
  await identifies(v, who.identifier);
  await proves(v, who.password);
  await shows(page, 'S-APP-CONSENT');
  const code = page.locator('[data-testid=details] code');
  assert.equal(await code.isVisible(), false);
  await page.locator('[data-testid=details] summary').click();
  assert.equal(await code.isVisible(), true);
  assert.equal(await code.innerText(), client.id);
});

story('M-086 «Annuler» refuses the application and leaves nothing behind', {}, async (v, page) => {
  const who = await house.person('refus');
  const asked = authorize(house, client);
  await page.goto(asked.url);
  await identifies(v, who.identifier);
  await proves(v, who.password);
  await shows(page, 'S-APP-CONSENT');
  await press(page, 'cancel');
  const { answer } = await answered(v);
  assert.equal(answer.error, 'access_denied');
  assert.equal(answer.state, asked.state);
  assert.equal(answer.iss, house.issuer);
  assert.equal('code' in answer, false);
  await page.goto(authorize(house, client).url);
  if (await page.locator('main[data-screen=S-SIGNIN-ID]').count()) {
    await identifies(v, who.identifier);
    await proves(v, who.password);
  }
  await shows(page, 'S-APP-CONSENT');
  assert.equal(await page.locator('[data-testid=granted]').count(), 0, 'nothing was agreed');
});

story('M-087 what is taken back on the page of applications is dead within a second', {}, async (v, page) => {
  const who = await house.person('retrait');
  const brought = await signsIn(v, house, client, who, { extra: { scope: 'openid email offline_access' } });
  const first = await redeems(house, client, brought);
  const second = await token(house, client, { grant_type: 'refresh_token', refresh_token: first.refresh_token });
  assert.equal(second.status, 200, JSON.stringify(second));
  await page.goto(`${house.url}/account/apps`);
  await shows(page, 'S-ME-APPS');
  await withdraws(page);
  const begun = Date.now();
  const third = await eventually('the refresh token is dead', 1, async () => {
    const got = await token(house, client, { grant_type: 'refresh_token', refresh_token: second.refresh_token });
    return got.status === 400 && got;
  });
  assert.ok(Date.now() - begun < 1000);
  assert.equal(third.error, 'invalid_grant');
  const info = await house.fetch('/userinfo', { headers: { authorization: `Bearer ${second.access_token}` } });
  assert.equal(info.status, 401);
});

/** Presses «Tout retirer», and confirms. */
async function withdraws(page) {
  await page.locator('[data-testid=withdraw_all]').first().click();
  await page.locator('[data-testid=withdraw]').first().click();
  await page.waitForLoadState('load');
  await shows(page, 'S-ME-APPS');
}

story('M-091 a known account is chosen from a list, by keyboard alone', {}, async (v, page) => {
  const who = await house.person('choix');
  await signsIn(v, house, client, who);
  const asked = authorize(house, client, { prompt: 'select_account' });
  await page.goto(asked.url);
  await shows(page, 'S-PICKER');
  const row = page.locator('[data-testid=account]', { hasText: who.identifier });
  assert.equal(await row.getAttribute('data-state'), 'signed_in');
  await reaches(page, '[data-testid=account]');
  await page.keyboard.press('Enter');
  assert.equal((await answered(v)).answer.state, asked.state);
  await page.goto(authorize(house, client, { prompt: 'select_account' }).url);
  await reaches(page, '[data-testid=other]');
  await page.keyboard.press('Enter');
  await shows(page, 'S-SIGNIN-ID');
});

story('M-092 the help of the organisation stands on every screen', {}, async (v, page) => {
  const who = await house.person('aide');
  const helped = async () => {
    const help = page.locator('footer [data-testid=help]');
    assert.equal(await help.locator('a[href^="tel:"]').count(), 1, `a telephone on ${page.url()}`);
    assert.equal(await help.locator('a[href^="mailto:"]').count(), 1, `an address on ${page.url()}`);
  };
  await page.goto(authorize(house, client).url);
  await helped();
  await identifies(v, who.identifier);
  await shows(page, 'S-SIGNIN-PW');
  await helped();
  await proves(v, who.password);
  await shows(page, 'S-APP-CONSENT');
  await helped();
  await press(page, 'report');
  await shows(page, 'S-APP-REPORT');
  await helped();
  await press(page, 'back');
  await press(page, 'accept');
  await answered(v);
  for (const address of [authorize(house, client, { prompt: 'login' }).url, authorize(house, client, { prompt: 'select_account' }).url, `${house.url}/account/apps`, `${house.url}/logout`]) {
    await page.goto(address);
    await page.locator('main').waitFor();
    await helped();
  }
  await press(page, 'sign_out');
  await shows(page, 'S-SIGNED-OUT');
  await helped();
  await page.goto(authorize(house, { ...client, redirectUri: 'https://elsewhere.test/' }).url);
  await shows(page, 'S-ERROR');
  await helped();
});

story('M-137 signing in and agreeing need no scripts', { scripts: false }, async (v, page) => {
  const who = await house.person('sans.scripts');
  const brought = await signsIn(v, house, client, who, { extra: { scope: 'openid email' } });
  const got = await redeems(house, client, brought);
  assert.equal(claims(got.id_token).nonce, brought.nonce);
  const more = await signsIn(v, house, client, who, { extra: { scope: 'openid email profile' }, screens: ['S-APP-CONSENT'] });
  assert.equal((await redeems(house, client, more)).scope.split(' ').includes('profile'), true);
  await page.goto(`${house.url}/logout`);
  await press(page, 'sign_out');
  await shows(page, 'S-SIGNED-OUT');
});

story('M-138 signing in and agreeing need nothing but a keyboard', {}, async (v, page) => {
  const who = await house.person('clavier');
  await page.goto(authorize(house, client).url);
  await shows(page, 'S-SIGNIN-ID');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'identifier', 'the only field has the focus');
  await page.keyboard.press('Enter');
  await page.locator('#error-summary').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'error-summary', 'what is wrong gets the focus');
  await reaches(page, '[name=identifier]');
  await page.keyboard.type(who.identifier);
  await page.keyboard.press('Enter');
  await shows(page, 'S-SIGNIN-PW');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'password');
  await page.keyboard.type(who.password);
  await page.keyboard.press('Enter');
  await shows(page, 'S-APP-CONSENT');
  await reaches(page, '[data-testid=details] summary');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('[data-testid=details] code').isVisible(), true);
  await reaches(page, '[data-testid=accept]');
  await page.keyboard.press('Enter');
  await answered(v);
});

story('M-140 a killed server has forgotten nothing that it acknowledged', {}, async (v, page) => {
  const own = await plain();
  try {
    const kept = await own.client({ name: 'Carnet solide', redirectUri: application.redirectUri });
    const who = await own.person('solide');
    const asked = authorize(own, kept);
    await page.goto(asked.url);
    await identifies(v, who.identifier);
    await proves(v, who.password);
    await shows(page, 'S-APP-CONSENT');
    await own.killed();
    await own.starts();
    await page.reload();
    await shows(page, 'S-APP-CONSENT');
    await press(page, 'accept');
    const { answer } = await answered(v);
    await own.killed();
    await own.starts();
    await redeems(own, kept, { ...asked, answer });
    const again = authorize(own, kept, { prompt: 'none' });
    await page.goto(again.url);
    assert.ok((await answered(v)).answer.code, 'the session and the agreement are still there');
    const folder = readdirSync(own.data);
    assert.ok(folder.length > 0 && folder.length < 12, `one folder with little in it: ${folder}`);
  } finally {
    await own.stop();
  }
});

story('M-144 signing out tells every application of the session', {}, async (v, page) => {
  const parties = [await party('un'), await party('deux')];
  const who = await house.person('partout');
  const sids = [];
  const clients = [];
  for (const [index, rp] of parties.entries()) {
    const told = await house.client({ name: `Carnet ${index + 1}`, redirectUri: rp.redirectUri, backchannel: rp.backchannel, afterLogout: rp.afterLogout });
    const brought = await signsIn(v, house, told, who, { screens: index ? ['S-APP-CONSENT'] : undefined });
    const got = await redeems(house, told, brought);
    sids.push(claims(got.id_token).sid);
    clients.push({ ...told, got });
  }
  assert.ok(sids[0]);
  const [first] = clients;
  const leaving = new URL(`${house.url}/logout`);
  leaving.search = new URLSearchParams({ id_token_hint: first.got.id_token, post_logout_redirect_uri: parties[0].afterLogout, state: 'fin' });
  await page.goto(leaving.href);
  await page.waitForLoadState('load');
  if (await page.locator('main[data-screen=S-SIGNED-OUT]').count()) await page.locator('main a[href*="/bye"]').first().click();
  await shows(page, 'RP');
  assert.equal(new URL(page.url()).searchParams.get('state'), 'fin');
  for (const [index, rp] of parties.entries()) {
    await eventually(`a logout token at application ${index + 1}`, 20, async () => rp.logoutTokens.length > 0);
    const said = claims(rp.logoutTokens[0]);
    assert.equal(said.aud, clients[index].id);
    assert.equal(said.iss, house.issuer);
    assert.equal(said.sid, sids[index]);
    assert.ok('http://schemas.openid.net/event/backchannel-logout' in said.events);
    assert.equal('nonce' in said, false);
  }
  await page.goto(authorize(house, first, { prompt: 'none' }).url);
  assert.equal((await answered(v)).answer.error, 'login_required');
  for (const rp of parties) rp.close();
});
