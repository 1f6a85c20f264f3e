// The consoles, in two languages, with scripts and without: every page reached the way administrators reach it, and looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, fill, press, shows, visitor } from '../harness/chromium.mjs';
import { inspect, wasInspected } from '../harness/inspect.mjs';
import { demo } from '../harness/parvis.mjs';
import { identifies, proves } from '../harness/story.mjs';

const MANNERS = ['fr', 'en'].flatMap((lang) => [true, false].map((scripts) => ({ lang, scripts, name: `${lang}, ${scripts ? 'with' : 'without'} scripts` })));
const SCREENS = [
  'S-AD-HOME', 'S-AD-USERS', 'S-AD-USER', 'S-AD-USER-NEW', 'S-CONFIRM', 'S-AD-INVITES', 'S-AD-INVITE', 'S-AD-INVITE-NEW', 'S-AD-AUDIT', 'S-AD-TOU', 'S-AD-COMPANY',
  'S-HD-SEARCH', 'S-HD-USER',
];
/** Who administers an organisation of the demonstration. */
const chief = 'nadia.ferrand@morvan.test';
let chromium, shown;

before(async () => {
  chromium = await browser();
  shown = await demo();
});
after(async () => {
  await chromium?.close();
  await shown?.stop();
});

for (const { lang, scripts, name } of MANNERS) {
  const mark = `${lang}${scripts ? 'w' : 'n'}`;

  test(`an administrator goes through the console: ${name}`, async () => {
    const v = await visitor(chromium, { lang, scripts });
    const { page } = v;
    await page.goto(`${shown.url}/admin/morvan`);
    await identifies(v, chief);
    await proves(v, shown.password);
    await inspect(v, 'S-AD-HOME');
    const home = new URL(page.url()).pathname;
    const place = (path) => page.locator(`nav a[href="${home}/${path}"]`).click();

    await place('accounts');
    await inspect(v, 'S-AD-USERS');
    await page.locator('[data-testid=new]').click();
    await inspect(v, 'S-AD-USER-NEW');
    await press(page, 'create');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await inspect(v, 'S-AD-USER-NEW', 'S-AD-USER-NEW-refused');
    await fill(page, 'given_name', 'Sonia');
    await fill(page, 'family_name', 'Belmonté-Vauquelin');
    await fill(page, 'email', `sonia.${mark}@etude.test`);
    await press(page, 'create');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-AD-USER');
    await page.locator('a[href$="/archive"]').click();
    await inspect(v, 'S-CONFIRM');
    await page.locator('a[data-testid=cancel]').click();
    await shows(page, 'S-AD-USER');

    await place('invitations');
    await inspect(v, 'S-AD-INVITES', 'S-AD-INVITES-before');
    await page.locator('[data-testid=new]').click();
    await inspect(v, 'S-AD-INVITE-NEW');
    await press(page, 'send');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await inspect(v, 'S-AD-INVITE-NEW', 'S-AD-INVITE-NEW-refused');
    await fill(page, 'email', `wim.${mark}@morvan.test`);
    await fill(page, 'given_name', 'Wim');
    await press(page, 'preview');
    await page.locator('[data-testid=mail_preview]').first().waitFor();
    await inspect(v, 'S-AD-INVITE-NEW', 'S-AD-INVITE-NEW-preview');
    await press(page, 'send');
    await inspect(v, 'S-AD-INVITE');
    await place('invitations');
    await inspect(v, 'S-AD-INVITES');

    await place('support');
    await inspect(v, 'S-HD-SEARCH');
    await fill(page, 'q', `wim.${mark}@morvan.test`);
    await press(page, 'find');
    await inspect(v, 'S-HD-USER', 'S-HD-USER-invited');
    await press(page, 'regenerate');
    await page.locator('[data-testid=done]').waitFor();
    await fill(page, 'q', chief);
    await press(page, 'find');
    await page.locator('[data-testid=card]').waitFor();
    await inspect(v, 'S-HD-USER');

    await place('companies');
    await inspect(v, 'S-AD-COMPANY');
    await fill(page, 'q', 'morvan');
    await press(page, 'search');
    await shows(page, 'S-AD-COMPANY');
    await inspect(v, 'S-AD-COMPANY', 'S-AD-COMPANY-searched');

    await place('terms');
    await inspect(v, 'S-AD-TOU', 'S-AD-TOU-before');
    await fill(page, 'name_fr', 'Conditions du réseau');
    await fill(page, 'name_en', 'Terms of the network');
    await fill(page, 'document', `network-${mark}`);
    await press(page, 'create');
    await page.locator('[data-testid=prepare]').waitFor();
    await inspect(v, 'S-AD-TOU', 'S-AD-TOU-document');
    await press(page, 'prepare');
    await page.locator('#error-summary [data-error=E-REQ]').waitFor();
    await inspect(v, 'S-AD-TOU', 'S-AD-TOU-document-refused');
    await fill(page, 'text_fr', 'Soyez aimables.');
    await fill(page, 'text_en', 'Be kind.');
    await fill(page, 'summary_fr', 'La politesse est demandée.');
    await page.locator('[name=grace]').selectOption('30');
    // Nobody who signs in after this test is asked for it.
    await page.locator('[name=audience][value=new]').check();
    await press(page, 'prepare');
    await inspect(v, 'S-CONFIRM', 'S-CONFIRM-terms');
    await press(page, 'publish');
    await page.locator('[data-testid=version]').waitFor();
    await fill(page, 'acceptances', `sonia.${mark}@etude.test,1,2026-02-01\nnobody@etude.test`);
    await press(page, 'import');
    await page.locator('[data-testid=report]').waitFor();
    await inspect(v, 'S-AD-TOU');

    await place('audit');
    await inspect(v, 'S-AD-AUDIT');
    await page.locator('[data-testid=detail]').first().click();
    await inspect(v, 'S-AD-AUDIT', 'S-AD-AUDIT-detail');
    await v.leave();
    for (const screen of SCREENS) assert.ok(wasInspected(screen, lang, scripts), `${screen} was not looked at`);
  });
}
