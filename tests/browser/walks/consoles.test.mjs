// The consoles, in two languages, with scripts and without: every page reached the way administrators reach it, and looked at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MANNERS, browser, fill, press, reaches, shows, visitor } from '../harness/chromium.mjs';
import { inspect, screensOf, wasInspected } from '../harness/inspect.mjs';
import { PASSWORD, demo } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { answered, authorize, eventually, identifies, proves } from '../harness/story.mjs';

/** Who administers an organisation of the demonstration, who works there without a role, and who helps people in another one. */
const [chief, colleague, helper] = ['nadia.ferrand@morvan.test', 'basile.roux@morvan.test', 'theo@aubepine.test'];
/** What everybody here is called, so that a search finds them. */
const NAMES = { given_name: 'Sonia', family_name: 'Belmonté-Vauquelin' };
let chromium, shown, rp, client;

before(async () => {
  chromium = await browser();
  shown = await demo();
  rp = await party('bureaux');
  shown.tenant = 'morvan';
  await shown.setting('check_after_mails', 1_000_000);
  client = await shown.client({ name: 'Carnet des bureaux', redirectUri: rp.redirectUri });
  await founds();
});
after(async () => {
  await chromium?.close();
  await shown?.stop();
  rp?.close();
});

/** Somebody from elsewhere is invited and makes a company, for the consoles to show. */
async function founds() {
  for (const [name, value] of Object.entries({ company_step: true, org_consent: 'off', user_consent: 'everybody' })) await shown.setting(name, value);
  const { invite_url } = await shown.administers('POST', '/invitations', { email: 'camille@courriel.test', clients: [client.id] });
  const v = await visitor(chromium);
  await v.page.goto(`${shown.url}${new URL(invite_url).pathname}`);
  await press(v.page, 'accept');
  await proves(v, shown.password);
  await shows(v.page, 'S-ME-HOME');
  await v.page.goto(authorize(shown, client, {}, { own: true }).url);
  if (/consent/.test(v.page.url())) await press(v.page, 'accept');
  await shows(v.page, 'S-COMPANY');
  const typed = { legal_name: 'Menuiserie Éon', reg_no: '732 829 320 00074', 'street-address': '4 rue du Tilleul', 'postal-code': '21000', 'address-level2': 'Dijon' };
  await v.page.locator('[name=country]').selectOption('FR');
  for (const [name, text] of Object.entries(typed)) await fill(v.page, name, text);
  await press(v.page, 'create');
  await answered(v);
  await v.leave();
  await shown.setting('company_step', false);
}

/** Somebody comes to a page of a console, proves who they are, and reads it in their language. */
async function enters(path, who, { lang, scripts }) {
  const v = await visitor(chromium, { lang, scripts });
  await v.page.goto(`${shown.url}${path}`);
  await identifies(v, who);
  await proves(v, shown.password);
  await v.page.waitForURL((url) => url.pathname.startsWith('/admin'));
  if ((await v.page.locator('html').getAttribute('lang')) !== lang) await v.page.locator('[data-testid=language]').click();
  await v.page.locator(`html[lang=${lang}]`).waitFor();
  await v.page.waitForLoadState('load');
  return v;
}

/** Goes to a place of the console by its navigation, which says afterwards where one is. */
async function goes({ page }, place, screen) {
  const link = page.locator(`nav a[href$="/${place}"]`);
  const href = await link.getAttribute('href');
  await link.click();
  await shows(page, screen);
  assert.equal(await page.locator('nav [aria-current=page]').getAttribute('href'), href, 'the navigation says where one is');
}

/** What stands at the top about a refusal. */
const refused = (page, error) => page.locator(`#error-summary [data-error=${error}]`).waitFor();

/**
 * A table is a table for whoever hears it, and readable for whoever has a telephone: a caption, a head for each column and each row, and on a narrow screen each
 * cell under its row with the name of its column, nothing cut off, every link big enough for a finger. Gives how many rows there are.
 */
async function readable({ page }, id) {
  const look = () =>
    page.locator(`table[data-testid=${id}]`).evaluate((table) => {
      const seen = (one) => {
        const { width, height, left, right } = one.getBoundingClientRect();
        return width > 0 && height > 0 && left >= 0 && right <= document.documentElement.clientWidth;
      };
      const heads = [...table.querySelectorAll('thead th[scope=col]')].map((head) => head.textContent);
      const rows = [...table.querySelectorAll('tbody tr')];
      return {
        caption: table.caption?.textContent.trim(),
        heads: heads.length,
        rows: rows.map((row) => ({
          cells: row.cells.length,
          head: row.cells[0].matches('th[scope=row]') && row.cells[0].textContent.trim(),
          hidden: [...row.cells].filter((cell) => !seen(cell)).length,
          beside: row.cells.length > 1 && row.cells[0].getBoundingClientRect().bottom > row.cells[1].getBoundingClientRect().top,
          unnamed: [...row.cells].slice(1).filter((cell, at) => getComputedStyle(cell, '::before').content !== JSON.stringify(heads[at + 1])).length,
          small: [...row.querySelectorAll('a')].filter((link) => link.getBoundingClientRect().height < 24).length,
        })),
      };
    });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const table = await look();
    assert.ok(table.caption, `${id} has a caption`);
    for (const row of table.rows) {
      assert.equal(row.cells, table.heads, `each cell of ${id} has its column`);
      assert.ok(row.head, `each row of ${id} has a head`);
      assert.equal(row.hidden, 0, `no cell of ${id} is hidden or cut off at ${width} px`);
      assert.equal(row.small, 0, `links in ${id} are big enough at ${width} px`);
      assert.equal(row.beside, width === 1280, `${id} is a table at a desk and cards on a telephone`);
      if (width === 360) assert.equal(row.unnamed, 0, `each cell of ${id} says its column on a telephone`);
    }
    if (width === 360) {
      await page.setViewportSize({ width: 1280, height: 900 });
      return table.rows.length;
    }
  }
}

/** The newest mail to an address that is `about` something, once it is there. */
function mailed(address, about) {
  return eventually(`a mail to ${address}`, 15, async () => {
    const mails = await shown.fetch('/_demo/outbox').then((answer) => answer.json());
    return mails.find(({ to, subject }) => to === address && about.test(subject));
  });
}

for (const manner of MANNERS) {
  const { lang, scripts, name } = manner;
  const mark = `${lang}.${scripts ? 'with' : 'without'}`;

  test(`an administrator looks after accounts: ${name}`, async () => {
    // The pages that ask for the password again speak the language of the account.
    await shown.administers('PATCH', `/accounts/${chief}`, { locale: lang });
    const v = await enters('/admin/morvan', chief, manner);
    const { page } = v;
    await inspect(v, 'S-AD-HOME');
    await page.goto(`${shown.url}/admin`);
    await shows(page, 'S-AD-HOME');
    assert.equal(new URL(page.url()).pathname, '/admin/morvan', 'the only organisation in which they have a role');
    assert.equal(await page.locator('nav a[data-testid=place]').count(), 7);

    await goes(v, 'accounts', 'S-AD-USERS');
    await inspect(v, 'S-AD-USERS');
    assert.ok((await readable(v, 'accounts')) >= 3);
    await fill(page, 'q', 'FERRAND');
    await press(page, 'search');
    await shows(page, 'S-AD-USERS');
    assert.equal(await page.locator('[data-testid=account]').count(), 1, 'capitals do not count');
    assert.equal(await page.locator('[name=q]').inputValue(), 'FERRAND', 'what was searched stays');
    await fill(page, 'q', 'nobody of this name');
    await press(page, 'search');
    await page.locator('[data-testid=nobody][role=status]').waitFor();
    await inspect(v, 'S-AD-USERS', 'S-AD-USERS-nobody');

    await page.locator('[data-testid=new]').click();
    await inspect(v, 'S-AD-USER-NEW');
    await press(page, 'create');
    await refused(page, 'E-REQ');
    await inspect(v, 'S-AD-USER-NEW', 'S-AD-USER-NEW-refused');
    const address = `sonia.${mark}@etude.test`;
    for (const [field, text] of Object.entries({ ...NAMES, email: chief, new_password: PASSWORD })) await fill(page, field, text);
    await press(page, 'create');
    await refused(page, 'E-EMAIL-DUP');
    assert.equal(await page.locator('[name=given_name]').inputValue(), NAMES.given_name, 'what was typed stays');
    assert.equal(await page.locator('[name=new_password]').inputValue(), '', 'but no password');
    await fill(page, 'email', address);
    await fill(page, 'new_password', PASSWORD);
    await press(page, 'create');
    await page.locator('[role=status]').waitFor();
    await inspect(v, 'S-AD-USER');
    const card = new URL(page.url()).pathname;
    const id = card.split('/').at(-1);

    await fill(page, 'family_name', 'Vauquelin');
    await shown.administers('PATCH', `/accounts/${id}`, { profile: { family_name: 'Belmonté' } });
    await press(page, 'save');
    await refused(page, 'E-CONFLICT');
    await inspect(v, 'S-AD-USER', 'S-AD-USER-conflict');
    assert.match(await page.locator('[data-testid=present]').innerText(), /Belmonté/, 'what stands there now is said');
    await press(page, 'save');
    await page.locator('[role=status]').waitFor();
    await page.locator('[name=role][value=inviter]').check();
    await press(page, 'roles');
    await page.locator('[role=status]').waitFor();
    assert.equal(await page.locator('[name=role][value=inviter]').isChecked(), true);

    // Ten minutes later what shuts somebody out wants the password again, and goes on where it was.
    await shown.waits('PT11M');
    for (const [act, next] of [['lock', 'unlock'], ['unlock', 'lock'], ['archive', 'restore'], ['restore', 'archive']]) {
      await page.locator(`a[data-testid=${act}]`).click();
      await shows(page, 'S-CONFIRM');
      if (act === 'lock') {
        await page.locator('a[data-testid=cancel]').click();
        await shows(page, 'S-AD-USER');
        await page.locator(`a[data-testid=${act}]`).click();
        await inspect(v, 'S-CONFIRM');
        await press(page, act);
        await inspect(v, 'S-REAUTH', 'S-REAUTH-console');
        await proves(v, shown.password);
        await shows(page, 'S-CONFIRM');
      }
      if (act === 'archive') await inspect(v, 'S-CONFIRM', 'S-CONFIRM-archive');
      await press(page, act);
      await page.locator('[role=status]').waitFor();
      assert.equal(await page.locator(`a[data-testid=${next}]`).count(), 1, `after ${act} there is ${next}`);
      if (act === 'archive') await inspect(v, 'S-AD-USER', 'S-AD-USER-archived');
    }

    await goes(v, 'accounts', 'S-AD-USERS');
    await page.locator('[data-testid=account] a', { hasText: 'Nadia' }).click();
    await shows(page, 'S-AD-USER');
    for (const act of ['lock', 'archive']) assert.equal(await page.locator(`a[data-testid=${act}]`).count(), 0, 'nobody shuts themselves out');
    await page.locator('[name=role][value=global_administrator]').uncheck();
    await press(page, 'roles');
    await page.locator('#error-summary').waitFor();
    await inspect(v, 'S-AD-USER', 'S-AD-USER-oneself');
    await v.leave();
  });

  test(`an administrator invites: ${name}`, async () => {
    const v = await enters('/admin/morvan', chief, manner);
    const { page } = v;
    await goes(v, 'invitations', 'S-AD-INVITES');
    await page.locator('[data-testid=new]').click();
    await inspect(v, 'S-AD-INVITE-NEW');
    await press(page, 'send');
    await refused(page, 'E-REQ');
    await inspect(v, 'S-AD-INVITE-NEW', 'S-AD-INVITE-NEW-refused');
    const address = `wim.${mark}@morvan.test`;
    await fill(page, 'email', 'wim@');
    await press(page, 'send');
    await refused(page, 'E-EMAIL');
    await fill(page, 'email', address);
    await fill(page, 'given_name', 'Wim');
    await fill(page, 'message', lang === 'fr' ? 'Bienvenue dans l’atelier.' : 'Welcome to the workshop.');
    await page.locator('[data-testid=company]').click();
    await fill(page, 'company_legal_name', 'Wim Bois');
    await page.locator('[name=company_country]').selectOption('FR');
    await fill(page, 'company_reg_no', '123 456 789');
    await press(page, 'preview');
    await refused(page, 'E-COMPANY-ID');
    await inspect(v, 'S-AD-INVITE-NEW', 'S-AD-INVITE-NEW-company');
    await fill(page, 'company_reg_no', '732 829 320');
    await press(page, 'preview');
    await page.locator('[data-testid=mail_preview]').first().waitFor();
    await inspect(v, 'S-AD-INVITE-NEW', 'S-AD-INVITE-NEW-preview');
    assert.deepEqual(await page.locator('[data-testid=mail_preview]').evaluateAll((all) => all.map(({ lang }) => lang).sort()), ['en', 'fr']);
    await press(page, 'send');
    await page.locator('[data-testid=done]').waitFor();
    await inspect(v, 'S-AD-INVITE');
    const sheet = page.url();

    // The mail server of the address says later that it does not exist.
    const { id } = await mailed(address, /./);
    const token = readFileSync(join(shown.data, 'local.token'), 'utf8').trim();
    const body = JSON.stringify({ mail: id, recipient: address, reason: '550 5.1.1 mailbox unavailable' });
    const told = await shown.fetch('/api/v1/mail/bounces', { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body });
    assert.ok(told.status < 300, `${told.status} ${await told.text()}`);
    await page.goto(sheet);
    await page.locator('[data-testid=bounce]').waitFor();
    await inspect(v, 'S-AD-INVITE', 'S-AD-INVITE-bounced');
    assert.equal(await page.locator('[data-testid=state]').getAttribute('data-state'), 'bounced');
    await press(page, 'address');
    await refused(page, 'E-REQ');
    await fill(page, 'email', `wim.bois.${mark}@morvan.test`);
    await press(page, 'address');
    await page.locator('[data-testid=done]').waitFor();
    await press(page, 'link');
    await page.locator('[data-testid=link] code').waitFor();
    await inspect(v, 'S-AD-INVITE', 'S-AD-INVITE-link');
    assert.match(await page.locator('[data-testid=link] code').innerText(), /\/i\//);
    await page.locator('[data-testid=revoke_it]').click();
    await press(page, 'revoke');
    await page.locator('[data-testid=done]').waitFor();
    assert.equal(await page.locator('button[data-testid=resend]').count(), 0, 'what was taken back is not sent again');

    await goes(v, 'invitations', 'S-AD-INVITES');
    await page.locator('[data-testid=new]').click();
    await press(page, 'csv');
    await refused(page, 'E-REQ');
    await fill(page, 'csv', `email,given_name,locale\nines.${mark}@morvan.test,Ines,${lang}\nines.${mark}@morvan.test,Ines,${lang}\nnot an address,Otto,${lang}\notto.${mark}@morvan.test,Otto,xx`);
    await press(page, 'csv');
    await page.locator('[data-testid=report]').waitFor();
    await inspect(v, 'S-AD-INVITE-NEW', 'S-AD-INVITE-NEW-csv');
    assert.equal(await readable(v, 'lines'), 3);
    assert.deepEqual(
      await page.locator('[data-testid=line]').evaluateAll((lines) => lines.map((line) => `${line.cells[0].textContent.match(/\d+/)[0]} ${line.dataset.outcome}`)),
      ['3 already_invited', '4 wrong', '5 wrong'],
      'each line by its number in the file',
    );
    await goes(v, 'invitations', 'S-AD-INVITES');
    await inspect(v, 'S-AD-INVITES');
    assert.ok((await readable(v, 'invitations')) >= 2);
    await v.leave();
  });

  test(`an administrator publishes terms of use: ${name}`, async () => {
    const v = await enters('/admin/morvan', chief, manner);
    const { page } = v;
    await goes(v, 'terms', 'S-AD-TOU');
    await press(page, 'create');
    await refused(page, 'E-REQ');
    await fill(page, 'name_fr', 'Conditions du réseau');
    await fill(page, 'name_en', 'Terms of the network');
    await fill(page, 'document', `network-${mark.replace('.', '-')}`);
    await press(page, 'create');
    await page.locator('[data-testid=prepare]').waitFor();
    await inspect(v, 'S-AD-TOU', 'S-AD-TOU-document');
    await press(page, 'prepare');
    await refused(page, 'E-REQ');
    await inspect(v, 'S-AD-TOU', 'S-AD-TOU-document-refused');
    await fill(page, 'text_fr', '# Conditions\n\nSoyez aimables.');
    await fill(page, 'text_en', '# Terms\n\nBe kind.');
    await fill(page, 'summary_fr', 'La politesse est demandée.');
    await fill(page, 'summary_en', 'Politeness is asked for.');
    await page.locator('[name=grace]').selectOption('30');
    // Nobody who signs in after this test is asked for it.
    await page.locator('[name=audience][value=new]').check();
    await press(page, 'prepare');
    await inspect(v, 'S-CONFIRM', 'S-CONFIRM-terms');
    await press(page, 'publish');
    await page.locator('[data-testid=version]').waitFor();
    await fill(page, 'acceptances', `${colleague},1,2026-02-01\nnobody@etude.test`);
    await press(page, 'import');
    await page.locator('[data-testid=report]').waitFor();
    await inspect(v, 'S-AD-TOU', 'S-AD-TOU-imported');
    assert.equal(await page.locator('[data-testid=report] [data-testid=line]').count(), 1, 'the line that is not taken is told');
    assert.equal(await readable(v, 'versions'), 1);
    await page.locator('[data-testid=retire_it]').click();
    await press(page, 'retire');
    await page.locator('[data-testid=retired]').waitFor();
    await goes(v, 'terms', 'S-AD-TOU');
    await inspect(v, 'S-AD-TOU');
    assert.ok((await readable(v, 'documents')) >= 1);
    await v.leave();
  });

  test(`an administrator finds a company and reads the journal: ${name}`, async () => {
    const v = await enters('/admin/morvan', chief, manner);
    const { page } = v;
    await goes(v, 'companies', 'S-AD-COMPANY');
    await inspect(v, 'S-AD-COMPANY');
    assert.ok((await readable(v, 'companies')) >= 1);
    await fill(page, 'q', 'nothing of this name');
    await press(page, 'search');
    await page.locator('[data-testid=none]').waitFor();
    await inspect(v, 'S-AD-COMPANY', 'S-AD-COMPANY-none');
    await fill(page, 'q', '73282932000074');
    await press(page, 'search');
    await page.locator('[data-testid=company] a').click();
    await page.locator('button[data-testid=admit]').waitFor();
    await inspect(v, 'S-AD-COMPANY', 'S-AD-COMPANY-sheet');
    await press(page, 'admit');
    await refused(page, 'E-REQ');
    await fill(page, 'email', 'nobody@morvan.test');
    await press(page, 'admit');
    await refused(page, 'E-NO-ACCOUNT');
    await inspect(v, 'S-AD-COMPANY', 'S-AD-COMPANY-refused');

    await goes(v, 'audit', 'S-AD-AUDIT');
    await page.locator('[data-testid=detail]').first().click();
    await inspect(v, 'S-AD-AUDIT');
    assert.ok((await readable(v, 'events')) >= 3);
    const told = await page.locator('[data-testid=event]').evaluateAll((all) => all.flatMap(({ cells }) => [cells[1].firstElementChild.firstChild.textContent, cells[2].textContent]).map((text) => text.trim()));
    assert.deepEqual(told.filter((text) => /^(|system|local|person|[a-z]+\.[a-z_]+)$/.test(text)), [], 'what happened, and by whom, is said in words');
    await fill(page, 'person', colleague);
    await press(page, 'search');
    await shows(page, 'S-AD-AUDIT');
    assert.deepEqual(await page.locator('[data-testid=event]').evaluateAll((all) => [...new Set(all.map((one) => one.textContent.includes('basile.roux')))]), [true], 'of this person alone');
    await fill(page, 'person', '');
    await page.locator('select[name=event]').selectOption('signin.failed');
    await page.locator('select[name=outcome]').selectOption('success');
    await press(page, 'search');
    await page.locator('[data-testid=nothing]').waitFor();
    await inspect(v, 'S-AD-AUDIT', 'S-AD-AUDIT-nothing');
    await page.goto(`${shown.url}/admin/morvan/audit?event=no.such.event`);
    await refused(page, 'E-FORM');
    await inspect(v, 'S-AD-AUDIT', 'S-AD-AUDIT-refused');
    await page.goto(`${shown.url}/admin/morvan/audit?event=company.created`);
    for (const [button, ending, lines] of [['export_csv', 'csv', 2], ['export_ndjson', 'ndjson', 1]]) {
      await page.reload();
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)]);
      assert.equal(download.suggestedFilename(), `audit-morvan.${ending}`);
      const text = readFileSync(await download.path(), 'utf8');
      assert.equal(text.trim().split('\n').length, lines, 'what the search finds, and the names of the columns where there are any');
      assert.match(text, /company\.created/);
    }
    await page.reload();
    await press(page, 'verify');
    await page.locator('[data-testid=chain][data-whole=true]').waitFor();
    await inspect(v, 'S-AD-AUDIT', 'S-AD-AUDIT-whole');
    await v.leave();
  });

  test(`somebody helps, somebody has no role, and somebody has two: ${name}`, async () => {
    shown.tenant = 'aubepine';
    const invited = `ilse.${mark}@aubepine.test`;
    await shown.administers('POST', '/invitations', { email: invited, show_link: false });
    shown.tenant = 'morvan';
    const v = await enters('/support', helper, manner);
    const { page } = v;
    await inspect(v, 'S-HD-SEARCH');
    assert.equal(new URL(page.url()).pathname, '/admin/aubepine/support');
    await press(page, 'find');
    await refused(page, 'E-REQ');
    await fill(page, 'q', 'nobody@aubepine.test');
    await press(page, 'find');
    await refused(page, 'E-NO-ACCOUNT');
    await inspect(v, 'S-HD-SEARCH', 'S-HD-SEARCH-nobody');
    await fill(page, 'q', invited);
    await press(page, 'find');
    await inspect(v, 'S-HD-USER', 'S-HD-USER-invited');
    await press(page, 'regenerate');
    await page.locator('[data-testid=done]').waitFor();
    assert.ok(await mailed(invited, /./));
    await fill(page, 'q', helper);
    await press(page, 'find');
    await page.locator('[data-testid=card]').waitFor();
    await inspect(v, 'S-HD-USER');
    assert.ok(!page.url().includes('@'), 'whom somebody looks for stands in no address');
    await page.goto(`${shown.url}/admin/aubepine/audit`);
    await page.locator('[data-error=E-NO-ROLE]').waitFor();

    // A second account in the same browser has a role elsewhere: then there is something to choose.
    await page.goto(authorize(shown, client, { prompt: 'login', login_hint: chief }, { own: true }).url);
    await identifies(v, chief);
    await proves(v, shown.password);
    if (/consent/.test(page.url())) await press(page, 'accept');
    await answered(v);
    await page.goto(`${shown.url}/admin`);
    await inspect(v, 'S-AD-CONSOLES');
    assert.equal(await page.locator('[data-testid=console]').count(), 2);
    await page.locator('[data-testid=console][href$="/morvan"]').click();
    await shows(page, 'S-AD-HOME');
    await v.leave();

    const other = await enters('/admin/morvan', colleague, manner);
    await inspect(other, 'S-ERROR', 'S-ERROR-no-role');
    await other.page.locator('[data-error=E-NO-ROLE]').waitFor();
    await other.leave();
  });

  test(`M-138 an invitation needs nothing but a keyboard: ${name}`, async () => {
    const v = await enters('/admin/morvan', chief, manner);
    const { page } = v;
    const address = `clavier.${mark}@morvan.test`;
    const follows = async (selector, screen) => {
      await reaches(page, selector);
      await page.keyboard.press('Enter');
      await page.locator(`main[data-screen=${screen}]`).waitFor();
    };
    await follows('nav a[href$="/invitations"]', 'S-AD-INVITES');
    await follows('[data-testid=new]', 'S-AD-INVITE-NEW');
    await reaches(page, 'button[data-testid=send]');
    await page.keyboard.press('Enter');
    await refused(page, 'E-REQ');
    if (scripts) assert.equal(await page.evaluate(() => document.activeElement.id), 'error-summary', 'what is wrong gets the focus');
    await follows('#error-summary a', 'S-AD-INVITE-NEW');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'email', 'the way to the field leads into it');
    await page.keyboard.type(address);
    await reaches(page, '[name=given_name]');
    await page.keyboard.type('Anouk');
    await reaches(page, '[name=family_name]');
    await page.keyboard.type('Le Bihan');
    await reaches(page, '[name=locale]');
    await page.keyboard.press(lang === 'fr' ? 'ArrowDown' : 'ArrowUp');
    await reaches(page, '[name=client]');
    await page.keyboard.type('Carnet');
    await reaches(page, 'button[data-testid=send]');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=done]').waitFor();
    await shows(page, 'S-AD-INVITE');
    assert.match(await page.locator('main').innerText(), /Anouk Le Bihan/);
    assert.match(await page.locator('main').innerText(), /Carnet des bureaux/);
    const mail = await mailed(address, /Nadia Ferrand/);
    assert.match(mail.subject, lang === 'fr' ? /invites you/ : /vous invite/, 'in the language that was chosen for the person');
    await follows('a[data-testid=list]', 'S-AD-INVITES');
    await follows(`table a[href*="/invitations/"]`, 'S-AD-INVITE');
    await v.leave();
  });
}

test('M-138 the pages of the consoles were looked at in both languages, with scripts and without', () => {
  const missed = screensOf(import.meta.url).flatMap((id) => MANNERS.filter(({ lang, scripts }) => !wasInspected(id, lang, scripts)).map(({ name }) => `${id} (${name})`));
  assert.deepEqual(missed, []);
});
