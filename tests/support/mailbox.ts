// The mail server of the office: takes letters as a real one does (SMTP), reads them as a mail program does, and says no when told to.
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { MailSettings } from '../../server/platform/mail-settings.ts';
import { eventually } from './eventually.ts';

export type Arrived = ParsedMail & { envelope: { from: string; to: string[] }; raw: string };
/** What it answers to a letter: an SMTP status, and where in the conversation. */
export type No = { status: number; to: 'reader' | 'letter' };

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

/** `port`: again where it was before. */
export async function openMailbox({ port = 0 }: { port?: number } = {}) {
  const arrived: Arrived[] = [];
  const noes: No[] = [];
  let asked = 0;

  const saysNo = (to: No['to']): Error | null => {
    if (noes[0]?.to !== to) return null;
    const { status } = noes.shift()!;
    return Object.assign(new Error('pembaca rahasia@uji.example tidak diterima'), { responseCode: status });
  };
  async function take(stream: Readable, { envelope }: SMTPServerSession, done: (error?: Error | null) => void): Promise<void> {
    // Whoever hands it in died in the middle of it.
    const raw = await buffer(stream).catch(() => null);
    if (raw === null) return done(new Error('cut off'));
    const no = saysNo('letter');
    if (!no) {
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      const to = envelope.rcptTo.map(({ address }) => address);
      arrived.push({ ...(await simpleParser(raw)), envelope: { from, to }, raw: raw.toString() });
    }
    done(no);
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      asked += 1;
      done(saysNo('reader'));
    },
    onData: (stream, session, done) => void take(stream, session, done),
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const { port: at } = server.server.address() as AddressInfo;

  return {
    arrived,
    /** How often somebody was named as a reader. */
    asked: () => asked,
    settings: mailSettings(at),
    port: at,
    /** For the next letters, in order. */
    answers: (...next: No[]) => void noes.push(...next),
    /** To this address, in order of arrival. */
    of: (address: string) => arrived.filter(({ envelope }) => envelope.to.includes(address)),
    waitFor: async (count: number) => eventually(`${count} letters`, () => arrived.length >= count),
    close: async () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export const mailSettings = (port: number): MailSettings => ({
  host: '127.0.0.1',
  port,
  secure: false,
  requireTls: false,
  login: null,
  from: { name: 'Pers Kota Uji', address: 'pers@uji.example' },
});
