// The steps that stories share: ask for a sign-in, walk through its screens, redeem what comes back.
import assert from 'node:assert/strict';
import { fill, press, shows } from './chromium.mjs';
import { ticket } from './party.mjs';

/** An endpoint's address: at the root, or, with `own`, among the organisation's own addresses. */
export function endpoint(house, name, { own = false } = {}) {
  return new URL(own ? `${house.url}/${house.tenant}/oauth2/v2.0/${name}` : `${house.url}/${name}`);
}

/** The address that a client sends somebody to, and what it keeps for the answer. `extra` adds parameters, or drops one with null. */
export function authorize(house, client, extra = {}, at = {}) {
  const kept = ticket();
  const url = endpoint(house, 'authorize', at);
  const parameters = {
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: kept.challenge,
    code_challenge_method: 'S256',
    ...extra,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return { ...kept, url: url.href };
}

/** Answers S-SIGNIN-ID. */
export async function identifies(visitor, identifier) {
  await shows(visitor.page, 'S-SIGNIN-ID');
  await fill(visitor.page, 'identifier', identifier);
  await press(visitor.page, 'next');
}

/** Answers S-SIGNIN-PW or S-REAUTH. */
export async function proves(visitor, password) {
  await fill(visitor.page, 'password', password);
  await press(visitor.page, 'next');
}

/** From a client's request to its answer, agreeing on the way; the screens must be these. Gives what the client got. */
export async function signsIn(visitor, house, client, who, { extra = {}, at = {}, screens = ['S-SIGNIN-ID', 'S-SIGNIN-PW', 'S-APP-CONSENT'] } = {}) {
  const asked = authorize(house, client, extra, at);
  await visitor.page.goto(asked.url);
  for (const screen of screens) {
    await shows(visitor.page, screen);
    if (screen === 'S-SIGNIN-ID') await identifies(visitor, who.identifier);
    else if (screen === 'S-SIGNIN-PW' || screen === 'S-REAUTH') await proves(visitor, who.password);
    else if (screen === 'S-ORG-CONSENT' || screen === 'S-CONSENT-BOTH' || screen === 'S-APP-CONSENT') await press(visitor.page, 'accept');
    else if (screen === 'S-STAY') await press(visitor.page, 'no');
    else if (screen === 'S-PICKER') await visitor.page.locator('[data-testid=account]', { hasText: who.identifier }).click();
  }
  return { ...asked, ...(await answered(visitor)) };
}

/** What the client's page was given. */
export async function answered(visitor) {
  await shows(visitor.page, 'RP');
  return { answer: JSON.parse(await visitor.page.locator('pre').innerText()) };
}

/** Posts to the token endpoint as a client that sends its secret in the body, or has none. */
export async function token(house, client, parameters, at = {}) {
  const body = new URLSearchParams({ client_id: client.id, ...(client.secret ? { client_secret: client.secret } : {}), ...parameters });
  const answer = await house.fetch(endpoint(house, 'token', at), { method: 'POST', body });
  return { status: answer.status, ...(await answer.json()) };
}

/** Redeems what `signsIn` brought. */
export async function redeems(house, client, { answer, state, verifier }, at = {}) {
  assert.equal(answer.state, state, 'the state comes back');
  const got = await token(house, client, { grant_type: 'authorization_code', code: answer.code, redirect_uri: client.redirectUri, code_verifier: verifier }, at);
  assert.equal(got.status, 200, JSON.stringify(got));
  return got;
}

/** Does something until it holds, for at most some seconds; for what happens without a request. */
export async function eventually(what, seconds, holds) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > end) assert.fail(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
