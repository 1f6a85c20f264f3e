// A mail server of the tests' own: takes mail by SMTP, reads it, and hands it out in the order in which it came.
import { once } from 'node:events';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { eventually } from './story.mjs';

/** Opens on a port of its own. */
export async function postOffice() {
  const mails = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', async () => {
        const source = Buffer.concat(chunks);
        const read = await PostalMime.parse(source);
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), from: read.from, subject: read.subject, text: read.text ?? '', html: read.html ?? '', source: source.toString(), read: false });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: server.server.address().port,
    mails,
    /** The next mail to an address that nobody has read yet; `about` is a pattern for its subject. */
    async letter(address, about = /./) {
      const found = await eventually(`a mail to ${address} about ${about}`, 15, () => mails.find((mail) => !mail.read && mail.to.includes(address) && about.test(mail.subject)));
      found.read = true;
      return found;
    },
    /** The code in the next mail to an address. */
    async code(address) {
      const { text } = await this.letter(address, /\d/);
      return text.match(/^\s*(\d{3} \d{3})\s*$/m)[1];
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
