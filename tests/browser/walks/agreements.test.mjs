// What people agree to, in two languages, with scripts and without: the organisation, both at once, the terms of use, and the places of the portal where it is listed and taken back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MANNERS, browser, press, shows, visitor } from '../harness/chromium.mjs';
import { inspect, screensOf, wasInspected } from '../harness/inspect.mjs';
import { demo } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { answered, authorize, identifies, proves } from '../harness/story.mjs';

let chromium, shown, rp, client;

before(async () => {
  chromium = await browser();
  shown = await demo();
  rp = await party('accord');
  client = await shown.client({ name: 'Carnet des accords', redirectUri: rp.redirectUri });
  await shown.administers('PATCH', '', { support: { phone: '+33 1 99 00 12 34', mail: 'aide@aubepine.test', privacy_url: 'https://aubepine.test/privacy' } });
  await shown.administers('POST', '/terms', { id: 'usage', names: { fr: 'Règles d’usage', en: 'Rules of use' } });
});
after(async () => {
  await chromium?.close();
  await shown?.stop();
  rp?.close();
});

/** Publishes the next version of the rules. */
async function publishes(version) {
  const sent = async (text) => {
    const token = readFileSync(join(shown.data, 'local.token'), 'utf8').trim();
    const answer = await shown.fetch(`/api/v1/tenants/${shown.tenant}/terms/usage/texts`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' }, body: text });
    return (await answer.json()).hash;
  };
  const clauses = (words) => Array.from({ length: 30 }, (_, index) => `## ${words} ${index + 1}\n\n${words} ${index + 1}, version ${version}.`).join('\n\n');
  const texts = { fr: await sent(`# Règles\n\n${clauses('Clause')}\n\n- une\n- deux`), en: await sent(`# Rules\n\n${clauses('Clause no.')}\n\n- one\n- two`) };
  const grace = Math.floor(Date.now() / 1000) + 20 * 86400;
  await shown.administers('POST', '/terms/usage/versions', { texts, notify: false, grace_until: grace, summary: { fr: `Le délai passe à ${version} jours.`, en: `The delay becomes ${version} days.` } });
}

for (const [index, { lang, scripts, name }] of MANNERS.entries()) {
  test(`somebody from elsewhere agrees to the organisation and to its terms, and takes it back: ${name}`, async () => {
    const who = { identifier: 'camille@courriel.test', password: shown.password };
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    await shown.setting('org_consent', 'ask');
    await publishes(index + 1);

    await page.goto(authorize(shown, client, { ui_locales: lang }).url);
    await identifies(v, who.identifier);
    await proves(v, who.password);
    await inspect(v, 'S-ORG-CONSENT');
    await page.locator('[data-testid=more] summary').click();
    await inspect(v, 'S-ORG-CONSENT', 'S-ORG-CONSENT-details');
    await press(page, 'accept');
    await shows(page, 'S-APP-CONSENT');
    await press(page, 'accept');
    await inspect(v, 'S-TOU');
    await press(page, 'continue');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await inspect(v, 'S-TOU', 'S-TOU-unticked');
    await press(page, 'decline');
    await page.locator('#error-summary [data-error=E-TOU]').waitFor();
    await inspect(v, 'S-TOU', 'S-TOU-declined');
    await page.locator('[name=accept]').check();
    await press(page, 'continue');
    assert.ok((await answered(v)).answer.code);

    await page.goto(`${shown.url}/account/terms?lang=${lang}`);
    await inspect(v, 'S-ME-TERMS');
    const link = await page.locator('[data-testid=download]').first().getAttribute('href');
    const text = await shown.fetch(link).then((answer) => answer.text());
    assert.match(text, new RegExp(`version ${index + 1}\\.`), 'the exact text');
    await page.goto(`${shown.url}/account/organisations`);
    await inspect(v, 'S-ME-ORGS');
    await page.locator(`section:has-text("aubepine.test") [data-testid=withdraw_one]`).click();
    await page.locator(`section:has-text("aubepine.test") [data-testid=withdraw]`).click();
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-ME-ORGS', 'S-ME-ORGS-withdrawn');
    await page.goto(`${shown.url}/account/apps`);
    await page.locator('[data-testid=app]', { hasText: 'Carnet des accords' }).locator('[data-testid=withdraw_all]').click();
    await page.locator('[data-testid=app]', { hasText: 'Carnet des accords' }).locator('[data-testid=withdraw]').click();
    await page.locator('[role=status]').waitFor();

    await shown.setting('org_consent', 'with_app');
    await page.goto(authorize(shown, client, { ui_locales: lang }).url);
    await inspect(v, 'S-CONSENT-BOTH');
    await press(page, 'accept');
    assert.ok((await answered(v)).answer.code, 'one decision for both');
    await page.goto(`${shown.url}/account/organisations`);
    await page.locator(`section:has-text("aubepine.test") [data-testid=withdraw_one]`).click();
    await page.locator(`section:has-text("aubepine.test") [data-testid=withdraw]`).click();
    await page.locator('[role=status]').waitFor();
    await page.goto(`${shown.url}/account/apps`);
    await page.locator('[data-testid=app]', { hasText: 'Carnet des accords' }).locator('[data-testid=withdraw_all]').click();
    await page.locator('[data-testid=app]', { hasText: 'Carnet des accords' }).locator('[data-testid=withdraw]').click();
    await page.locator('[role=status]').waitFor();
    await v.leave();
  });
}

test('the pages of agreements were looked at in both languages, with scripts and without', () => {
  const missed = screensOf(import.meta.url).flatMap((id) => MANNERS.filter(({ lang, scripts }) => !wasInspected(id, lang, scripts)).map(({ name }) => `${id} (${name})`));
  assert.deepEqual(missed, []);
});
