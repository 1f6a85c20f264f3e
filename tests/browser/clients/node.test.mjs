// An unmodified client of another language: openid-client, against `serve` over TLS.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { browser, press, shows, visitor } from '../harness/chromium.mjs';
import { plain } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { identifies, proves } from '../harness/story.mjs';

let chromium, house, application, who;

before(async () => {
  chromium = await browser();
  house = await plain({ tls: true });
  application = await party('node');
  who = await house.person('camille');
});
after(async () => {
  await chromium?.close();
  await house?.stop();
  application?.close();
});

for (const [method, authentication] of [
  ['client_secret_basic', (registered) => client.ClientSecretBasic(registered.secret)],
  ['client_secret_post', (registered) => client.ClientSecretPost(registered.secret)],
  ['client_secret_jwt', (registered) => client.ClientSecretJwt(registered.secret)],
  ['none', () => client.None()],
]) {
  test(`openid-client signs a person in, refreshes, reads who it is, and signs out: ${method}`, async () => {
    const registered = await house.client({
      name: `Carnet ${method}`,
      redirectUri: application.redirectUri,
      afterLogout: application.afterLogout,
      method,
      kind: method === 'none' ? 'native' : 'web',
      grants: ['authorization_code', 'refresh_token'],
      scopes: 'openid profile email offline_access',
    });
    const config = await client.discovery(new URL(house.issuer), registered.id, undefined, authentication(registered), { [client.customFetch]: house.fetch });
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: application.redirectUri,
      scope: 'openid email offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const v = await visitor(chromium);
    await v.page.goto(address.href);
    await identifies(v, who.identifier);
    await proves(v, who.password);
    await shows(v.page, 'S-APP-CONSENT');
    await press(v.page, 'accept');
    await shows(v.page, 'RP');
    const tokens = await client.authorizationCodeGrant(config, new URL(v.page.url()), { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
    const { sub } = tokens.claims();
    const info = await client.fetchUserInfo(config, tokens.access_token, sub);
    assert.equal(info.email, who.identifier);
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
    assert.notEqual(renewed.refresh_token, tokens.refresh_token);
    assert.equal((await client.fetchUserInfo(config, renewed.access_token, sub)).sub, sub);
    if (method !== 'none') {
      assert.equal((await client.tokenIntrospection(config, renewed.access_token)).active, true);
    }
    await client.tokenRevocation(config, renewed.refresh_token);
    await assert.rejects(client.refreshTokenGrant(config, renewed.refresh_token), { error: 'invalid_grant' });
    const leaving = client.buildEndSessionUrl(config, { post_logout_redirect_uri: application.afterLogout, id_token_hint: tokens.id_token, state: 'fin' });
    await v.page.goto(leaving.href);
    await v.page.waitForLoadState('load');
    if (await v.page.locator('main[data-screen=S-SIGNED-OUT]').count()) await v.page.locator('main a[href*="/bye"]').first().click();
    await shows(v.page, 'RP');
    await v.leave();
  });
}

test('openid-client gets a token of its own by private_key_jwt', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwks = { keys: [{ kty, crv, x, y, use: 'sig', alg: 'ES256', kid: 'carnet' }] };
  const api = await house.api({ identifier: 'https://actes.test/api', scopes: ['actes.lire'] });
  const registered = await house.client({ name: 'Service des actes', kind: 'service', method: 'private_key_jwt', jwks, grants: ['client_credentials'], scopes: api.scopes.join(' ') });
  const config = await client.discovery(new URL(house.issuer), registered.id, undefined, client.PrivateKeyJwt({ key: pair.privateKey, kid: 'carnet' }), { [client.customFetch]: house.fetch });
  const tokens = await client.clientCredentialsGrant(config, { scope: api.scopes[0] });
  const said = JSON.parse(Buffer.from(tokens.access_token.split('.')[1], 'base64url').toString());
  assert.equal(said.aud, api.identifier);
  assert.equal(said.client_id, registered.id);
});
