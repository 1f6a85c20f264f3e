// `parvis serve` itself: the release binary on a data folder and a port of its own, and its administration by the token that only this machine can read.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const binary = process.env.PARVIS ?? fileURLToPath(new URL('../../../target/release/parvis', import.meta.url));

/** Everybody's password. */
export const PASSWORD = 'une phrase assez longue';

/** A server on an empty folder; `mail` is the port of a mail server on this machine. */
export async function plain({ tls = false, mail } = {}) {
  const house = await started(new House({ tls, mail }));
  await prepared(house, (house) => house.administers('PATCH', '', {
    names: { fr: 'Cabinet Aubépine', en: 'Cabinet Aubépine' },
    support: { phone: '+33 1 99 00 12 34', mail: 'aide@aubepine.test', terms_url: 'https://aubepine.test/terms', privacy_url: 'https://aubepine.test/privacy' },
  }));
  return house;
}

/** The demonstration, as anybody starts it; `mail` is the port of a mail server on this machine. */
export async function demo({ mail } = {}) {
  const house = await started(new House({ demo: true, mail }));
  const page = await prepared(house, (house) => house.fetch('/').then((answer) => answer.text()));
  house.people = [...page.matchAll(/<dd><code>([^<]+)<\/code><\/dd>/g)].map(([, identifier]) => ({ identifier }));
  house.password = page.match(/data-testid="password">([^<]+)</)[1];
  house.applications = [...page.matchAll(/href="([^"]+)" data-testid="app"/g)].map(([, href]) => href);
  return house;
}

/** What cannot be prepared is stopped: nothing waits for a server that nobody will end. */
async function prepared(house, prepare) {
  try {
    // All the people of these tests sit at one machine: what that looks like from outside is for check.test.mjs.
    await house.setting('check_after_mails', 1_000_000);
    return await prepare(house);
  } catch (error) {
    await house.stop();
    throw error;
  }
}

async function started(house) {
  try {
    await house.starts();
    return house;
  } catch (error) {
    rmSync(house.folder, { recursive: true, force: true });
    throw error;
  }
}

class House {
  constructor({ tls = false, demo = false, mail }) {
    this.tls = tls;
    this.mail = mail;
    this.demo = demo;
    this.folder = mkdtempSync(join(tmpdir(), 'parvis-'));
    this.data = join(this.folder, 'store');
    this.port = 0;
    this.tenant = demo ? 'aubepine' : 'default';
    if (tls) this.certify();
  }

  /** A certificate for `localhost`, made for the occasion. */
  certify() {
    this.certificate = join(this.folder, 'tls.pem');
    this.key = join(this.folder, 'tls.key');
    const asked = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', [...asked, '-keyout', this.key, '-out', this.certificate], { stdio: 'pipe' });
    this.ca = readFileSync(this.certificate);
  }

  /** Starts it, or starts it again: on the same folder and the same port. */
  async starts() {
    const given = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--password-memory', '8192', '--password-passes', '1'];
    if (this.tls) given.push('--tls-certificate', this.certificate, '--tls-key', this.key);
    if (this.demo) given.push('--demo');
    if (this.mail) given.push('--mail-server', `127.0.0.1:${this.mail}`, '--mail-tls', 'none', '--mail-from', 'parvis@aubepine.test');
    this.process = spawn(binary, [...given, '--outgoing-loopback', 'backchannel_logout,captcha'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    const heard = new Promise((resolve, reject) => {
      const listen = (line) => {
        said.push(line);
        this.setUpLink ??= line.match(/(\S+\/setup\/\S+)/)?.[1];
        const url = line.match(/public URL (https?:\/\/\S+)/)?.[1];
        if (url) this.url = url.replace(/\/$/, '');
        if (url) setTimeout(resolve, 20);
      };
      createInterface({ input: this.process.stdout }).on('line', listen);
      createInterface({ input: this.process.stderr }).on('line', listen);
      this.process.once('exit', (code) => reject(new Error(`parvis ended with ${code}: ${said.join('\n')}`)));
    });
    await heard;
    this.issuer = this.url;
    this.port = Number(new URL(this.url).port);
  }

  /** kill -9, as a power cut would. */
  async killed() {
    this.process.removeAllListeners('exit');
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }

  async stop() {
    await this.killed();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** fetch, trusting this server's certificate; follows nothing. A method of its own so that it can be handed over. */
  fetch = (address, { method = 'GET', headers = {}, body } = {}) => {
    const url = new URL(address, this.url);
    const sent = body === undefined || body === null ? undefined : Buffer.from(body instanceof ArrayBuffer ? new Uint8Array(body) : String(body));
    const form = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).request(url, { method, headers: { ...form, ...Object.fromEntries(new Headers(headers)) }, ca: this.ca, agent: false }, async (reply) => {
        const chunks = [];
        for await (const chunk of reply) chunks.push(chunk);
        const empty = [101, 204, 205, 304].includes(reply.statusCode);
        const answer = new Response(empty ? null : Buffer.concat(chunks), { status: reply.statusCode, headers: Object.entries(reply.headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one])) });
        resolve(answer);
      });
      request.on('error', reject);
      request.end(sent);
    });
  };

  /** One request of the administration, about the default tenant. */
  async administers(method, path, body) {
    const token = readFileSync(join(this.data, 'local.token'), 'utf8').trim();
    const answer = await this.fetch(`/api/v1/tenants/${this.tenant}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** Moves the clock of the demonstration forward, by an ISO 8601 duration. */
  async waits(advance) {
    const answer = await this.fetch('/_demo/clock', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advance }) });
    if (answer.status >= 300) throw new Error(`the clock: ${answer.status} ${await answer.text()}`);
  }

  /** Registers an application. */
  async client({ name, redirectUri, kind = 'web', method, scopes = 'openid profile email', grants = ['authorization_code'], publisher, afterLogout, backchannel, jwks, terms, privacy, begins, home }) {
    const { client_id: id, client_secret: secret } = await this.administers('POST', '/clients', {
      client: {
        names: { fr: name, en: name },
        kind,
        auth_method: method ?? 'client_secret_post',
        redirect_uris: redirectUri ? [redirectUri] : [],
        post_logout_redirect_uris: afterLogout ? [afterLogout] : [],
        grant_types: grants,
        scopes: scopes.split(' '),
        publisher: publisher ?? { name: 'Éditions Aubépine', domain: 'aubepine.test' },
        ...(backchannel ? { backchannel_logout_uri: backchannel } : {}),
        ...(jwks ? { jwks } : {}),
        ...(begins ? { initiate_login_uri: begins } : {}),
        ...(home ? { home_url: home } : {}),
        ...(terms ? { terms_url: terms, privacy_url: privacy } : {}),
      },
    });
    return { id, secret, redirectUri, afterLogout, name };
  }

  /** Registers an API. */
  async api({ identifier, scopes }) {
    const named = scopes.map((name) => ({ name, title: { fr: name, en: name } }));
    await this.administers('POST', '/apis', { identifier, api: { names: { fr: identifier, en: identifier }, scopes: named } });
    return { identifier, scopes };
  }

  /** Publishes terms of use of one application. */
  async terms(id, client) {
    await this.administers('POST', '/terms', { id, client: client.id, names: { fr: 'Règles d’usage', en: 'Rules of use' } });
    const sent = async (text) => {
      const token = readFileSync(join(this.data, 'local.token'), 'utf8').trim();
      const path = `/api/v1/tenants/${this.tenant}/terms/${id}/texts`;
      const answer = await this.fetch(path, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' }, body: text });
      return (await answer.json()).hash;
    };
    const texts = { fr: await sent('# Règles\n\nOn se rend ce que l’on emprunte.'), en: await sent('# Rules\n\nWhat is borrowed is brought back.') };
    await this.administers('POST', `/terms/${id}/versions`, { texts, notify: false, summary: { fr: 'Première version.', en: 'First version.' } });
  }

  /** Invites somebody; the link is in the mail alone. */
  async invites(client, email, more = {}) {
    return this.administers('POST', '/invitations', { email, clients: [client.id], show_link: false, ...more });
  }

  /** Makes an account. */
  async person(name) {
    const identifier = `${name}@aubepine.test`;
    const made = await this.administers('POST', '/accounts', { account: { email: identifier, profile: { given_name: 'Camille', family_name: 'Éon' } }, password: PASSWORD });
    return { id: made.id, identifier, password: PASSWORD };
  }

  async lock(who) {
    await this.administers('POST', `/accounts/${who.id}/lock`);
  }

  async archive(who) {
    await this.administers('POST', `/accounts/${who.id}/archive`);
  }

  /** An operator vouches for the publisher of a client, or no longer does. */
  async vouches(client, verified) {
    await this.administers(verified ? 'PUT' : 'DELETE', `/clients/${client.id}/publisher/verified`);
  }

  /** The command line, about this server. */
  says(...words) {
    return execFileSync(binary, [...words, '--data', this.data, '--json'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  }

  /** The audit trail of the default tenant as it is taken out, one event after the other. */
  trail() {
    return this.says('audit', 'export').trim().split('\n').map((line) => JSON.parse(line));
  }

  async setting(name, value) {
    await this.administers('PATCH', '/settings', { [name]: value });
  }
}
