// The golden sequences: exactly these screens in this order, in both languages, with scripts and without, at the root addresses and at the organisation's own,
// with mail that went through a mail server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, fill, press, shows, visitor } from '../harness/chromium.mjs';
import { PASSWORD, plain } from '../harness/parvis.mjs';
import { party } from '../harness/party.mjs';
import { postOffice } from '../harness/post_office.mjs';
import { answered, authorize, redeems, signsIn } from '../harness/story.mjs';

const MANNERS = ['fr', 'en'].flatMap((lang) => [true, false].map((scripts) => ({ lang, scripts, name: `${lang}, ${scripts ? 'scripts' : 'no scripts'}` })));

let chromium, office, house, application, client;

before(async () => {
  chromium = await browser();
  office = await postOffice();
  house = await plain({ mail: office.port });
  await house.setting('sign_up', 'open');
  application = await party('golden');
  client = await house.client({ name: 'Espace Client', redirectUri: application.redirectUri });
});
after(async () => {
  await chromium?.close();
  await house?.stop();
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
};

/** Walks through screens; one more or one less fails. */
async function walks(v, screens, who) {
  for (const screen of screens) {
    await shows(v.page, screen);
    await acts[screen](v, who);
  }
}

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

inEachManner('G-0A an account is made from the portal', async (v, address) => {
  await v.page.goto(`${house.url}/account`);
  await walks(v, ['S-SIGNIN-ID', 'S-SIGNUP-EMAIL', 'S-SIGNUP-CODE', 'S-SIGNUP-SECRET', 'S-SIGNUP-PROFILE'], { address });
  await shows(v.page, 'S-ME-HOME');
});

for (const [where, at] of [['root', {}], ['tenant', { own: true }]]) {
  inEachManner(`G-5-${where} a live session goes through without a screen`, async (v) => {
    const who = await house.person(`g5.${where}.${v.lang}.${v.scripts}`);
    await signsIn(v, house, client, who, { at });
    const asked = authorize(house, client, {}, at);
    await v.page.goto(asked.url);
    const { answer } = await answered(v);
    await redeems(house, client, { ...asked, answer }, at);
    assert.equal(answer.state, asked.state);
  });
}
