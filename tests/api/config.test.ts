import { describe, expect, test } from 'vitest';
import { ConfigProblem, readConfig, weakness } from '../../server/config.ts';

const STRONG = 'k3Jd82nsLqW0zPv7RtYxBc5MfGh1aEuT';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblem) return error.lines;
    throw error;
  }
}

describe('configuration', () => {
  test('an empty environment is a portal of its own on this machine', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 8080, host: '127.0.0.1', origin: null, secure: false, trustProxy: false, databaseUrl: null, livekit: null });
  });

  test('every problem is named at once, one line each', () => {
    const lines = problemsOf({ PORT: 'delapan', DATABASE_URL: 'mysql://x/y', LOG_LEVEL: 'keras', MEDIA_NODE_IP: 'kantor' });
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'MEDIA_NODE_IP', 'LOG_LEVEL']);
    for (const line of lines) expect(line).not.toContain('\n');
  });

  test('an https origin makes cookies secure and trusts a proxy next door only', () => {
    const config = readConfig({ PORTAL_ORIGIN: 'https://rapat.contoh.go.id' });
    expect(config).toMatchObject({ origin: 'https://rapat.contoh.go.id', secure: true, trustProxy: 'loopback,linklocal,uniquelocal' });
    expect(readConfig({ PORTAL_ORIGIN: 'https://rapat.contoh.go.id', TRUST_PROXY: '10.1.0.4, 10.1.0.5' }).trustProxy).toBe('10.1.0.4,10.1.0.5');
  });

  test('the media server may reach the receiver through something in between, by http', () => {
    expect(readConfig({ MEDIA_WEBHOOK_URL: 'http://127.0.0.1:9000/x' }).webhookUrl).toBe('http://127.0.0.1:9000/x');
    expect(readConfig({}).webhookUrl).toBeNull();
    expect(problemsOf({ MEDIA_WEBHOOK_URL: 'ftp://127.0.0.1/x' })).toEqual([expect.stringContaining('MEDIA_WEBHOOK_URL')]);
  });

  test('figures and traces are off until they are asked for; a weak token for figures is refused', () => {
    expect(readConfig({})).toMatchObject({ metricsToken: null, traces: false });
    expect(readConfig({ METRICS_TOKEN: STRONG, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toMatchObject({ metricsToken: STRONG, traces: true });
    for (const METRICS_TOKEN of ['pendek', 'changeme-changeme-changeme-changeme', 'a'.repeat(40)])
      expect(problemsOf({ METRICS_TOKEN })).toEqual([expect.stringMatching(/^METRICS_TOKEN /)]);
    expect(problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'pengumpul:4318' })).toHaveLength(1);
  });

  test('Web Push is off until somebody is named whom a push service can write to; other services than those of the browsers are named', () => {
    expect(readConfig({}).push).toBeNull();
    expect(readConfig({ WEB_PUSH_CONTACT: 'mailto:admin@contoh.go.id' }).push?.hosts).toContain('fcm.googleapis.com');
    expect(readConfig({ WEB_PUSH_CONTACT: 'mailto:admin@contoh.go.id', WEB_PUSH_HOSTS: 'push.contoh.net, *.contoh.org' }).push?.hosts).toEqual([
      'push.contoh.net',
      '*.contoh.org',
    ]);
    expect(problemsOf({ WEB_PUSH_CONTACT: 'admin' })).toEqual([expect.stringContaining('WEB_PUSH_CONTACT')]);
    expect(problemsOf({ WEB_PUSH_HOSTS: 'push.contoh.net' })).toEqual([expect.stringContaining('WEB_PUSH_CONTACT')]);
  });

  test('mail is off until a server and a sender are named; the password may hold any sign', () => {
    const origin = { PORTAL_ORIGIN: 'https://rapat.contoh.go.id' };
    expect(readConfig({}).mail).toBeNull();
    expect(readConfig({ ...origin, SMTP_URL: 'smtp://pers:s%40ndi%3A1@surel.contoh.go.id', MAIL_FROM: 'Pers Kota Contoh <pers@contoh.go.id>' }).mail).toEqual({
      host: 'surel.contoh.go.id',
      port: 587,
      secure: false,
      requireTls: true,
      login: { user: 'pers', pass: 's@ndi:1' },
      from: { name: 'Pers Kota Contoh', address: 'pers@contoh.go.id' },
    });
    const mailOf = (url: string) => readConfig({ ...origin, SMTP_URL: url, MAIL_FROM: 'pers@contoh.go.id' }).mail;
    expect(mailOf('smtps://surel.contoh.go.id')).toMatchObject({ port: 465, secure: true, login: null });
    expect(mailOf('smtp://127.0.0.1:25')).toMatchObject({ port: 25, requireTls: false });
    expect(mailOf('smtp://relai.lokal:25?tls=tanpa')).toMatchObject({ requireTls: false });
  });

  test('what is wrong with mail is said without the password', () => {
    const problems = (url: string, from = 'pers@contoh.go.id') => problemsOf({ PORTAL_ORIGIN: 'https://rapat.contoh.go.id', SMTP_URL: url, MAIL_FROM: from });
    for (const url of [
      'http://surel.go.id',
      'surel.go.id',
      'smtp://a@surel.go.id',
      'smtp://a:rahasia%@surel.go.id',
      'smtp://a:rahasia@surel.go.id?tls=tanpa',
    ]) {
      expect(problems(url)).toEqual([expect.stringMatching(/^SMTP_URL /)]);
      expect(problems(url).join(' ')).not.toContain('rahasia');
    }
    expect(problems('smtp://surel.go.id', 'Pers\r\nBcc: x')).toEqual([expect.stringContaining('MAIL_FROM')]);
    expect(problemsOf({ SMTP_URL: 'smtp://surel.go.id', MAIL_FROM: 'pers@contoh.go.id' })).toEqual([expect.stringContaining('PORTAL_ORIGIN')]);
    expect(problemsOf({ PORTAL_ORIGIN: 'https://a.go.id', SMTP_URL: 'smtp://surel.go.id' })).toEqual([expect.stringContaining('MAIL_FROM')]);
  });

  test('an origin with a path is refused', () => {
    expect(problemsOf({ PORTAL_ORIGIN: 'https://contoh.go.id/rapat' })).toEqual([expect.stringContaining('PORTAL_ORIGIN')]);
  });

  test('a blank line of .env means: not set', () => {
    expect(readConfig({ PORT: '', LIVEKIT_URL: ' ', PORTAL_SECRET: '' })).toEqual(readConfig({}));
  });

  test('half of a LiveKit is refused with the names that lack', () => {
    expect(problemsOf({ LIVEKIT_URL: 'wss://media.contoh.go.id' })).toEqual([expect.stringContaining('LIVEKIT_API_KEY dan LIVEKIT_API_SECRET')]);
  });

  test('a websocket address of LiveKit is taken as its http one, and one key serves both uses', () => {
    const { livekit } = readConfig({ LIVEKIT_URL: 'wss://media.contoh.go.id/', LIVEKIT_API_KEY: 'APIkotacirebon', LIVEKIT_API_SECRET: STRONG });
    expect(livekit).toEqual({
      urls: ['https://media.contoh.go.id'],
      tokenKey: { key: 'APIkotacirebon', secret: STRONG },
      webhookKey: { key: 'APIkotacirebon', secret: STRONG },
    });
  });

  test('the nodes of a cluster are named with commas, and a webhook key that goes is named beside the new one', () => {
    const livekitOf = (more: object) => readConfig({ LIVEKIT_API_KEY: 'APIkotacirebon', LIVEKIT_API_SECRET: STRONG, ...more }).livekit;
    const nodes = { LIVEKIT_URL: 'ws://10.0.0.5:7880, http://10.0.0.6:7880/' };
    expect(livekitOf(nodes)?.urls).toEqual(['http://10.0.0.5:7880', 'http://10.0.0.6:7880']);
    const former = { LIVEKIT_WEBHOOK_KEY_OLD: 'APIlama', LIVEKIT_WEBHOOK_SECRET_OLD: `${STRONG}x` };
    expect(livekitOf({ ...nodes, ...former })?.formerWebhookKey).toEqual({ key: 'APIlama', secret: `${STRONG}x` });
    expect(problemsOf({ LIVEKIT_URL: 'http://a:1,nirkabel', LIVEKIT_API_KEY: 'APIx-kota', LIVEKIT_API_SECRET: STRONG })).toEqual([
      expect.stringContaining('LIVEKIT_URL'),
    ]);
  });

  test.each([
    ['LIVEKIT_API_KEY', { LIVEKIT_URL: 'http://localhost:7880', LIVEKIT_API_KEY: 'devkey', LIVEKIT_API_SECRET: STRONG }],
    ['LIVEKIT_API_SECRET', { LIVEKIT_URL: 'http://localhost:7880', LIVEKIT_API_KEY: 'APIx', LIVEKIT_API_SECRET: 'secret' }],
    ['PORTAL_SECRET', { PORTAL_SECRET: 'change-me' }],
    ['PORTAL_SECRET', { PORTAL_SECRET: 'change-me-change-me-change-me-change-me' }],
    ['PORTAL_SECRET', { PORTAL_SECRET: 'pendek' }],
    ['PORTAL_SECRET_OLD', { PORTAL_SECRET: STRONG, PORTAL_SECRET_OLD: 'change-me' }],
    ['PORTAL_SECRET_OLD', { PORTAL_SECRET_OLD: STRONG }],
    ['PORTAL_SECRET', { PORTAL_SECRET: 'a'.repeat(64) }],
  ])('a weak or well-known %s is refused by name', (name, environment) => {
    const lines = problemsOf(environment);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(name);
    // The refused value is never repeated.
    expect(lines[0]).not.toMatch(/pendek$|aaaa/);
  });

  test('a random secret of 32 characters passes', () => {
    expect(weakness(STRONG)).toBeNull();
  });
});
