// A relying application made for tests: it shows what it is given, keeps logout tokens, and knows PKCE.
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Listens under a name of its own below .localhost, because cookies do not see ports. `pages` adds files, path → { type, body }, and ways on, path → { to() }. */
export async function party(name, pages = {}) {
  const answers = [];
  const logoutTokens = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://party');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    if (url.pathname === '/backchannel') {
      logoutTokens.push(new URLSearchParams(body).get('logout_token'));
      response.writeHead(200, { 'cache-control': 'no-store' }).end();
      return;
    }
    const file = pages[url.pathname];
    if (file?.to) {
      response.writeHead(302, { location: file.to(), 'cache-control': 'no-store' }).end();
      return;
    }
    if (file) {
      response.writeHead(200, { 'content-type': file.type }).end(file.body);
      return;
    }
    if (url.pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const given = Object.fromEntries(new URLSearchParams(request.method === 'POST' ? body : url.search));
    if (url.pathname === '/back') answers.push({ method: request.method, ...given });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="en"><title>${name}</title><link rel="icon" href="data:,"><main data-screen="RP" data-path="${escaped(url.pathname)}"><h1>${name}</h1><pre>${escaped(JSON.stringify(given))}</pre></main></html>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const origin = `http://${name}.localhost:${port}`;
  return {
    name,
    origin,
    loopback: `http://127.0.0.1:${port}`,
    redirectUri: `${origin}/back`,
    afterLogout: `${origin}/bye`,
    backchannel: `http://127.0.0.1:${port}/backchannel`,
    answers,
    logoutTokens,
    close: () => server.close(),
  };
}

/** What one request keeps until its answer. */
export function ticket() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url'), state: randomBytes(12).toString('base64url'), nonce: randomBytes(12).toString('base64url') };
}

/** What a JWT says, unchecked. */
export function claims(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}
