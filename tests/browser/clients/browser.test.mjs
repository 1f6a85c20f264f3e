// An unmodified client that runs in the browser, oidc-client-ts, from an origin of its own: it signs in and refreshes across origins.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { browser, press, shows, visitor } from '../harness/chromium.mjs';
import { plain } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { identifies, proves } from '../harness/story.mjs';

const library = readFileSync(createRequire(import.meta.url).resolve('oidc-client-ts').replace(/dist\/.*/, 'dist/browser/oidc-client-ts.min.js'));
const page = `<!doctype html><html lang="en"><title>spa</title><link rel="icon" href="data:,"><main data-screen="SPA"><h1>spa</h1></main><script src="/oidc-client-ts.js"></script></html>`;

let chromium, house, application, stranger, who, registered;

before(async () => {
  const pages = { '/': { type: 'text/html', body: page }, '/back': { type: 'text/html', body: page }, '/oidc-client-ts.js': { type: 'text/javascript', body: library } };
  chromium = await browser();
  house = await plain({ tls: true });
  application = await party('spa', pages);
  stranger = await party('stranger', pages);
  who = await house.person('camille');
  registered = await house.client({
    name: 'Carnet du navigateur',
    kind: 'browser',
    method: 'none',
    redirectUri: application.redirectUri,
    grants: ['authorization_code', 'refresh_token'],
    scopes: 'openid profile email offline_access',
  });
});
after(async () => {
  await chromium?.close();
  await house?.stop();
  application?.close();
  stranger?.close();
});

test('oidc-client-ts signs in, reads who it is, refreshes and revokes, in Chromium', async () => {
  const v = await visitor(chromium);
  const settings = { authority: house.issuer, client_id: registered.id, redirect_uri: application.redirectUri, scope: 'openid profile email offline_access', response_type: 'code', loadUserInfo: true };
  await v.page.goto(`${application.origin}/`);
  await Promise.all([v.page.waitForURL(`${house.url}/**`), v.page.evaluate((settings) => new oidc.UserManager(settings).signinRedirect(), settings)]);
  await identifies(v, who.identifier);
  await proves(v, who.password);
  await shows(v.page, 'S-APP-CONSENT');
  await press(v.page, 'accept');
  await shows(v.page, 'SPA');
  const user = await v.page.evaluate(async (settings) => {
    const { access_token, refresh_token, profile } = await new oidc.UserManager(settings).signinCallback();
    return { access_token, refresh_token, profile };
  }, settings);
  assert.equal(user.profile.email, who.identifier);
  const renewed = await v.page.evaluate(async (settings) => {
    const { access_token, refresh_token } = await new oidc.UserManager(settings).signinSilent();
    return { access_token, refresh_token };
  }, settings);
  assert.notEqual(renewed.access_token, user.access_token);
  assert.notEqual(renewed.refresh_token, user.refresh_token);
  await v.page.evaluate((settings) => new oidc.UserManager(settings).revokeTokens(), settings);
  await v.leave();
});

test('CORS opens the token endpoint to the registered origin alone, on errors too, and never with credentials', async () => {
  const posts = (origin) => house.fetch('/token', { method: 'POST', headers: { origin }, body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'nothing', client_id: registered.id }) });
  const ours = await posts(application.origin);
  assert.equal(ours.status, 400);
  assert.equal(ours.headers.get('access-control-allow-origin'), application.origin);
  assert.equal(ours.headers.get('access-control-allow-credentials'), null);
  assert.equal((await posts(stranger.origin)).headers.get('access-control-allow-origin'), null);
  for (const path of ['/.well-known/openid-configuration', '/jwks']) {
    const open = await house.fetch(path, { headers: { origin: stranger.origin } });
    assert.equal(open.headers.get('access-control-allow-origin'), '*');
    assert.equal(open.headers.get('access-control-allow-credentials'), null);
  }
  const authorize = await house.fetch('/authorize', { headers: { origin: application.origin } });
  assert.equal(authorize.headers.get('access-control-allow-origin'), null);
});
