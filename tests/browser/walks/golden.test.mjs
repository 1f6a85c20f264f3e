// The golden sequences: exactly these screens in this order, in both languages, with scripts and without, at the root addresses and at the organisation's own,
// with mail that went through a mail server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MANNERS, browser, fill, press, shows, visitor } from '../harness/chromium.mjs';
import { PASSWORD, demo, plain } from '../harness/parvis.mjs';
import { claims, party } from '../harness/party.mjs';
import { postOffice } from '../harness/post_office.mjs';
import { answered, authorize, redeems, signsIn } from '../harness/story.mjs';

const PLACES = [['root', {}], ['tenant', { own: true }]];

let chromium, office, house, late, application, client;
/** The applications of the invited, by the organisation that they belong to and the addresses that they use; each begins its sign-ins by itself. */
const invitedTo = {};
/** What an application asked last. */
let asked;

before(async () => {
  chromium = await browser();
  office = await postOffice();
  house = await plain({ mail: office.port });
  await house.setting('sign_up', 'open');
  late = await demo({ mail: office.port });
  await late.administers('PATCH', '', { support: { phone: '+33 1 99 00 12 34', mail: 'aide@aubepine.test', privacy_url: 'https://aubepine.test/privacy' } });
  const begins = {};
  application = await party('golden', begins);
  client = await house.client({ name: 'Espace Client', redirectUri: application.redirectUri });
  for (const [name, of] of Object.entries({ house, late })) {
    for (const [where, at] of PLACES) {
      for (const kind of ['bound', 'free']) {
        const path = `/${name}/${where}/${kind}`;
        const made = await of.client({ name: 'Espace Client', redirectUri: application.redirectUri, begins: application.origin + path });
        begins[path] = { to: () => (asked = authorize(of, made, {}, at)).url };
        // The terms of use are those of one application: whoever was a customer before is invited to the other. The demonstration has some of its own.
        if (kind === 'bound' && of === house) await of.terms(`usage-${where}`, made);
        invitedTo[path] = { of, client: made, at };
      }
    }
  }
});
after(async () => {
  await chromium?.close();
  await house?.stop();
  await late?.stop();
  application?.close();
  await office?.close();
});

/** What somebody does on a screen to get to the next one. */
const acts = {
  'S-SIGNIN-ID': ({ page }) => press(page, 'signup'),
  'S-SIGNUP-EMAIL': async ({ page }, { address }) => {
    await fill(page, 'email', address);
    await press(page, 'next');
  },
  'S-SIGNUP-CODE': async ({ page }, { address }) => {
    await fill(page, 'code', await office.code(address));
    await press(page, 'next');
  },
  'S-SIGNUP-SECRET': async ({ page }) => {
    await fill(page, 'new_password', PASSWORD);
    await press(page, 'next');
  },
  'S-SIGNUP-PROFILE': async ({ page }) => {
    await fill(page, 'given_name', 'Léa');
    await fill(page, 'family_name', 'Morvan');
    await press(page, 'create');
  },
  'S-APP-CONSENT': ({ page }) => press(page, 'accept'),
  'S-ORG-CONSENT': ({ page }) => press(page, 'accept'),
  'S-CONSENT-BOTH': ({ page }) => press(page, 'accept'),
  'S-INV': ({ page }) => press(page, 'accept'),
  'S-INV-EXPIRED': async ({ page }, { address }) => {
    await press(page, 'renew');
    await page.goto(await linkTo(address));
  },
  'S-TOU': async ({ page }) => {
    await page.locator('[name=accept]').check();
    await press(page, 'continue');
  },
  'S-COMPANY': async ({ page, lang, scripts }, { names, company }) => {
    const known = { legal_name: company.legal_name, country: company.country, reg_no: company.reg_no, contact_given: names.given_name, contact_family: names.family_name };
    for (const [field, value] of Object.entries(known)) assert.equal(await page.locator(`[name="${field}"]`).inputValue(), value, field);
    assert.equal(await page.locator('.hint', { hasText: `${lang === 'fr' ? 'Renseigné par' : 'Filled by'} Cabinet Aubépine` }).count(), 3, 'whose words they are');
    // M-110: what is missing keeps the button grey, and what is there colours it; without scripts it is always active.
    const create = page.locator('[data-testid=create]');
    assert.equal(await create.getAttribute('aria-disabled'), scripts ? 'true' : null);
    for (const [field, value] of Object.entries({ 'street-address': '3 rue des Cuves', 'postal-code': '58000', 'address-level2': 'Nevers' })) await fill(page, field, value);
    assert.equal(await create.getAttribute('aria-disabled'), scripts ? 'false' : null);
    await press(page, 'create');
  },
};

/** The link in the next mail to somebody. */
async function linkTo(address) {
  const { text } = await office.letter(address);
  return text.match(/http\S+\/i\/\S+/)[0];
}

/** Walks through screens; one more or one less fails. */
async function walks(v, screens, who) {
  for (const screen of screens) {
    await shows(v.page, screen);
    await acts[screen](v, who);
  }
}

/** Names of events that happen without a request, at any time. */
const BY_ITSELF = ['invitation.sent', 'key.rotated', 'audit.exported'];

/** What the trail says of a walk, in its order, as the command line takes it out; and its chain holds. Begin before the walk, ask after it. [M-145] */
function trail(of) {
  const before = of.trail().length;
  return (...listed) => {
    const told = of.trail().slice(before).map((line) => line.event.event);
    assert.deepEqual(told.filter((name) => !BY_ITSELF.includes(name)), listed);
    assert.deepEqual(JSON.parse(of.says('audit', 'verify')).broken, [], 'the chain holds');
    return told;
  };
}

const SIGNED_UP = ['email.verified', 'account.created', 'password.set'];
const SESSION = ['signin.succeeded', 'session.created'];

/** The same story in each manner, by a person with an address of their own. */
function inEachManner(name, tell) {
  for (const { lang, scripts, name: manner } of MANNERS) {
    test(`${name} (${manner})`, async () => {
      const v = await visitor(chromium, { lang, scripts });
      const address = `${name.split(' ')[0]}.${lang}.${scripts ? 'with' : 'without'}@courriel.test`.toLowerCase();
      await tell(v, address);
      await v.leave();
    });
  }
}

inEachManner('G-0A an account is made from the portal in five screens', async (v, address) => {
  const screens = ['S-SIGNIN-ID', 'S-SIGNUP-EMAIL', 'S-SIGNUP-CODE', 'S-SIGNUP-SECRET', 'S-SIGNUP-PROFILE'];
  const tells = trail(house);
  await v.page.goto(`${house.url}/account`);
  await walks(v, screens, { address });
  assert.ok(screens.length <= 5, 'screens before the portal');
  await shows(v.page, 'S-ME-HOME');
  tells('signin.started', 'email.verification_sent', ...SIGNED_UP, ...SESSION);
});

for (const [where, at] of PLACES) {
  inEachManner(`G-5-${where} a live session goes through without a screen`, async (v) => {
    const who = await house.person(`g5.${where}.${v.lang}.${v.scripts}`);
    await signsIn(v, house, client, who, { at });
    const asked = authorize(house, client, {}, at);
    const tells = trail(house);
    await v.page.goto(asked.url);
    const { answer } = await answered(v);
    await redeems(house, client, { ...asked, answer }, at);
    assert.equal(answer.state, asked.state);
    tells('token.issued');
  });
}

/** What screens of the sign-in after an invitation leave in the trail; all at once, at its end, in this order. */
const AGREED = [
  ['S-APP-CONSENT S-CONSENT-BOTH', 'consent.user_granted'],
  ['S-ORG-CONSENT S-CONSENT-BOTH', 'consent.org_granted'],
  ['S-TOU', 'tou.accepted'],
];
const NAMES = { given_name: 'Wim', family_name: 'Janssens' };
let companies = 0;
/** A company that nobody has made yet: eight digits and their check digit. */
function company() {
  const digits = String(73282900 + ++companies);
  const sum = [...digits].reverse().reduce((sum, digit, place) => sum + (place % 2 ? +digit : (2 * digit) % 10 + Math.floor((2 * digit) / 10)), 0);
  return { legal_name: 'Ateliers Morvan SAS', country: 'FR', reg_no: `${digits}${(10 - (sum % 10)) % 10}` };
}
const NEW = ['S-INV', 'S-SIGNUP-CODE', 'S-SIGNUP-SECRET'];
/** id → what it is, its screens before the application, the organisation's settings, and what the invitation says. */
const INVITED = {
  'G-1C': { tells: 'a late link is renewed', of: 'late', to: 'bound', screens: ['S-INV-EXPIRED', ...NEW, 'S-SIGNUP-PROFILE', 'S-ORG-CONSENT', 'S-APP-CONSENT', 'S-TOU'], settings: { org_consent: 'ask' } },
  'G-2A': { tells: 'somebody is invited without names', to: 'bound', screens: [...NEW, 'S-SIGNUP-PROFILE', 'S-ORG-CONSENT', 'S-APP-CONSENT', 'S-TOU'], settings: { org_consent: 'ask' } },
  'G-2D': { tells: 'a customer of before is invited', to: 'free', screens: [...NEW, 'S-SIGNUP-PROFILE', 'S-ORG-CONSENT', 'S-APP-CONSENT'], settings: { org_consent: 'ask' } },
  'G-2F': { tells: 'somebody is invited by name and comes in five screens', to: 'bound', screens: [...NEW, 'S-CONSENT-BOTH', 'S-TOU'], settings: { org_consent: 'with_app' }, says: NAMES, most: 5 },
  'G-3C': { tells: 'somebody is invited for a company', to: 'free', screens: [...NEW, 'S-APP-CONSENT', 'S-COMPANY'], settings: { org_consent: 'off', company_step: true }, says: NAMES, forCompany: true },
};

for (const [id, { tells, of: whose = 'house', to, screens, settings, says, forCompany, most }] of Object.entries(INVITED)) {
  for (const [where, at] of PLACES) {
    inEachManner(`${id}-${where} ${tells}`, async (v, address) => {
      const { of, client } = invitedTo[`/${whose}/${where}/${to}`];
      await of.administers('PATCH', '/settings', { org_consent: 'ask', company_step: false, ...settings });
      const told = trail(of);
      const known = forCompany ? company() : undefined;
      await of.invites(client, address, { ...says, ...(known ? { company: known } : {}) });
      const link = await linkTo(address);
      if (screens[0] === 'S-INV-EXPIRED') await of.waits('P31D');
      await v.page.goto(link);
      await walks(v, screens, { address, names: NAMES, company: known });
      const got = await redeems(of, client, { ...asked, ...(await answered(v)) }, at);
      assert.equal(claims(got.id_token).nonce, asked.nonce);
      assert.ok(screens.length <= (most ?? screens.length), 'screens before the application');
      const all = told(
        'invitation.created',
        ...(screens[0] === 'S-INV-EXPIRED' ? ['invitation.expired', 'invitation.regenerated'] : []),
        ...['email.verification_sent', 'invitation.opened', ...SIGNED_UP, 'invitation.redeemed', ...SESSION],
        'signin.started',
        ...(forCompany ? ['company.created', 'role.assigned'] : []),
        ...AGREED.filter(([asked]) => asked.split(' ').some((screen) => screens.includes(screen))).map(([, name]) => name),
        'token.issued',
      );
      assert.equal(all.filter((name) => name === 'invitation.sent').length, screens[0] === 'S-INV-EXPIRED' ? 2 : 1, 'each link once');
    });
  }
}
