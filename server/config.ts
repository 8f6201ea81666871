// The environment, parsed once. Every problem is named, one line each, before anything is started.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { MediaPorts } from './platform/livekit-config.ts';
import type { OidcSettings } from './platform/oidc-settings.ts';
import { parseFrom, parseSmtp, smtpProblem, type MailSettings } from './platform/mail-settings.ts';
import type { OutsideLiveKit } from './platform/outside-media.ts';
import { parseScanner, type ScannerSettings } from './platform/scanner.ts';
import { VENDOR_HOSTS, type PushSettings } from './platform/push.ts';

export type Config = {
  /** 0 = any free one. */
  port: number;
  host: string;
  /** The one origin pages come from; null = the origin of the request's own Host. */
  origin: string | null;
  /** Cookies only over HTTPS, HSTS. */
  secure: boolean;
  /** Addresses of proxies whose word on the caller's address counts. */
  trustProxy: boolean | string;
  databaseUrl: string | null;
  dataFolder: string;
  cacheFolder: string;
  /** Shared by several portal processes; null = made on the first start and kept in the data folder. */
  portalSecret: string | null;
  /** The one before: what it signed and sealed still counts. */
  formerSecret: string | null;
  livekit: OutsideLiveKit | null;
  livekitBin: string | null;
  media: MediaPorts;
  /** Where the embedded media server reaches the portal's receiver; null = at the portal's own address. */
  webhookUrl: string | null;
  /** null = Web Push is off. */
  push: PushSettings | null;
  /** null = the portal sends no letters. */
  mail: MailSettings | null;
  /** null = no sign-in by an identity provider. */
  oidc: OidcSettings | null;
  /** null = files are not scanned. */
  scanner: ScannerSettings | null;
  /** Opens /metrics; null = it is not there. */
  metricsToken: string | null;
  /** Traces go out over OTLP, to where the standard variables say. */
  traces: boolean;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
};

export class ConfigProblem extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

const SECRET_LENGTH = 32;
const KNOWN = /^(devkey|secret|password|change-?me|changeme|default|example|test|admin|livekit|portal)(\W?(secret|key|me|please|\d))*$/i;

const port = (least: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'harus bilangan')
    .transform(Number)
    .refine((n) => n >= least && n <= 65_535, `harus ${least} sampai 65535`);
const secret = z.string().superRefine((value, context) => {
  const problem = weakness(value);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** Why a secret is refused, or null. The secret itself is never repeated in a message. */
export function weakness(value: string): string | null {
  if (KNOWN.test(value) || /change-?me/i.test(value)) return 'adalah rahasia bawaan yang diketahui umum; buat yang acak (openssl rand -base64 48)';
  if (value.length < SECRET_LENGTH) return `terlalu pendek: paling sedikit ${SECRET_LENGTH} karakter (openssl rand -base64 48)`;
  if (new Set(value).size < 8) return 'terlalu mudah ditebak; buat yang acak (openssl rand -base64 48)';
  return null;
}

const apiKey = z
  .string()
  .regex(/^[\w.-]{3,100}$/, 'harus 3 sampai 100 huruf, angka, titik, garis')
  .refine((key) => !KNOWN.test(key), 'adalah kunci bawaan yang diketahui umum');
const webUrl = (protocols: RegExp) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol), 'bukan alamat yang dapat dipakai');

const Environment = z.object({
  PORT: port(0).optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'bukan alamat yang dapat dipakai')
    .default('127.0.0.1'),
  PORTAL_ORIGIN: webUrl(/^https?:$/)
    .refine(
      (text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`,
      'hanya skema, nama dan port, tanpa jalur (https://rapat.contoh.go.id)',
    )
    .optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(true|false|[\w.:/, ]+[\w])$/i, 'harus true, false, atau alamat (10.0.0.0/8,loopback)')
    .optional(),
  DATABASE_URL: webUrl(/^postgres(ql)?:$/).optional(),
  PORTAL_DATA: z.string().default('.data'),
  PORTAL_CACHE: z.string().optional(),
  PORTAL_SECRET: secret.optional(),
  PORTAL_SECRET_OLD: secret.optional(),
  LIVEKIT_URL: z
    .string()
    .refine(
      (text) => text.split(',').every((part) => URL.canParse(part.trim()) && /^(https?|wss?):$/.test(new URL(part.trim()).protocol)),
      'bukan alamat yang dapat dipakai (beberapa simpul: dipisah koma)',
    )
    .optional(),
  LIVEKIT_API_KEY: apiKey.optional(),
  LIVEKIT_API_SECRET: secret.optional(),
  LIVEKIT_WEBHOOK_KEY: apiKey.optional(),
  LIVEKIT_WEBHOOK_SECRET: secret.optional(),
  LIVEKIT_WEBHOOK_KEY_OLD: apiKey.optional(),
  LIVEKIT_WEBHOOK_SECRET_OLD: secret.optional(),
  LIVEKIT_BIN: z.string().optional(),
  MEDIA_NODE_IP: z.union([z.ipv4(), z.ipv6()], 'harus alamat IP').optional(),
  MEDIA_UDP_PORT: port(1).optional(),
  MEDIA_TCP_PORT: port(1).optional(),
  MEDIA_TURN_PORT: port(1).optional(),
  MEDIA_WEBHOOK_URL: webUrl(/^https?:$/).optional(),
  WEB_PUSH_CONTACT: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'harus mailto:nama@contoh.go.id atau alamat https')
    .optional(),
  WEB_PUSH_HOSTS: z
    .string()
    .regex(/^(\*\.)?[\w.-]+(\s*,\s*(\*\.)?[\w.-]+)*$/, 'harus nama mesin dipisah koma (push.contoh.net,*.contoh.net)')
    .optional(),
  SMTP_URL: z
    .string()
    .superRefine((text, context) => {
      const problem = smtpProblem(text);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => parseFrom(text) !== null, 'harus nama dan alamat: Pers Kota Contoh <pers@contoh.go.id>')
    .optional(),
  CLAMAV_URL: z
    .string()
    .refine((text) => parseScanner(text) !== null, 'harus unix:/run/clamav/clamd.ctl atau tcp://127.0.0.1:3310')
    .optional(),
  METRICS_TOKEN: secret.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl(/^https?:$/).optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webUrl(/^https?:$/).optional(),
  OIDC_ISSUER: webUrl(/^https?:$/)
    .refine(
      (text) => !URL.canParse(text) || new URL(text).protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(text).hostname),
      'harus https',
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().max(200).optional(),
  OIDC_CLIENT_SECRET: z.string().max(500).optional(),
  OIDC_NAME: z.string().max(40, 'paling banyak 40 huruf').default('akun dinas'),
  OIDC_MATCH: z
    .string()
    .regex(/^[\w.:/-]{1,100}$/, 'harus email, atau nama klaim yang memuat NIP')
    .default('email'),
  OIDC_MFA: z.enum(['trust', 'ignore'], 'harus trust atau ignore').default('ignore'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'harus fatal, error, warn, info, debug, trace atau silent').default('warn'),
});
type Environment = z.output<typeof Environment>;

const together: readonly (readonly (keyof Environment)[])[] = [
  ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'],
  ['LIVEKIT_WEBHOOK_KEY', 'LIVEKIT_WEBHOOK_SECRET'],
  ['LIVEKIT_WEBHOOK_KEY_OLD', 'LIVEKIT_WEBHOOK_SECRET_OLD'],
  ['SMTP_URL', 'MAIL_FROM'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
];

export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // `PORT=` in a file means: not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Environment.safeParse(given);
  const lines = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  for (const group of together) {
    const missing = group.filter((name) => given[name] === undefined);
    if (missing.length > 0 && missing.length < group.length) lines.push(`${missing.join(' dan ')} tidak ada; ${group.join(', ')} diisi bersama`);
  }
  for (const name of ['LIVEKIT_WEBHOOK_KEY', 'LIVEKIT_WEBHOOK_KEY_OLD'])
    if (given[name] !== undefined && given['LIVEKIT_URL'] === undefined) lines.push(`${name} hanya berlaku bersama LIVEKIT_URL`);
  if (given['PORTAL_SECRET_OLD'] !== undefined && given['PORTAL_SECRET'] === undefined)
    lines.push('PORTAL_SECRET_OLD hanya berlaku bersama PORTAL_SECRET yang baru');
  if (given['WEB_PUSH_HOSTS'] !== undefined && given['WEB_PUSH_CONTACT'] === undefined) lines.push('WEB_PUSH_HOSTS hanya berlaku bersama WEB_PUSH_CONTACT');
  if (given['SMTP_URL'] !== undefined && given['PORTAL_ORIGIN'] === undefined) lines.push('SMTP_URL memerlukan PORTAL_ORIGIN: surel memuat tautan ke sana');
  if (given['OIDC_ISSUER'] !== undefined && given['PORTAL_ORIGIN'] === undefined)
    lines.push('OIDC_ISSUER memerlukan PORTAL_ORIGIN: ke sanalah orang kembali sesudah masuk');
  if (!parsed.success || lines.length > 0) throw new ConfigProblem(lines);
  return fromEnvironment(parsed.data);
}

function fromEnvironment(env: Environment): Config {
  const origin = env.PORTAL_ORIGIN === undefined ? null : new URL(env.PORTAL_ORIGIN).origin;
  const secure = origin?.startsWith('https:') ?? false;
  return {
    port: env.PORT ?? 8080,
    host: env.HOST,
    origin,
    secure,
    trustProxy: trustOf(env.TRUST_PROXY, secure),
    databaseUrl: env.DATABASE_URL ?? null,
    dataFolder: resolve(env.PORTAL_DATA),
    cacheFolder: resolve(env.PORTAL_CACHE ?? join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'portal-rapat')),
    portalSecret: env.PORTAL_SECRET ?? null,
    formerSecret: env.PORTAL_SECRET_OLD ?? null,
    livekit: livekitOf(env),
    livekitBin: env.LIVEKIT_BIN ?? null,
    media: { nodeIp: env.MEDIA_NODE_IP ?? null, udp: env.MEDIA_UDP_PORT ?? null, tcp: env.MEDIA_TCP_PORT ?? null, turn: env.MEDIA_TURN_PORT ?? null },
    webhookUrl: env.MEDIA_WEBHOOK_URL ?? null,
    push: pushOf(env),
    mail: mailOf(env),
    oidc: oidcOf(env),
    scanner: env.CLAMAV_URL === undefined ? null : parseScanner(env.CLAMAV_URL),
    metricsToken: env.METRICS_TOKEN ?? null,
    traces: (env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT) !== undefined,
    logLevel: env.LOG_LEVEL,
  };
}

/** Behind HTTPS there is a proxy; unless told otherwise it stands on this machine or in the same private network. */
function trustOf(text: string | undefined, secure: boolean): Config['trustProxy'] {
  if (text === undefined) return secure ? 'loopback,linklocal,uniquelocal' : false;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text.replaceAll(/\s/g, '');
}

const pushOf = ({ WEB_PUSH_CONTACT: contact, WEB_PUSH_HOSTS: hosts }: Environment): PushSettings | null =>
  contact === undefined ? null : { contact, hosts: hosts?.split(',').map((host) => host.trim()) ?? VENDOR_HOSTS };

function mailOf({ SMTP_URL: url, MAIL_FROM: from }: Environment): MailSettings | null {
  const sender = from === undefined ? null : parseFrom(from);
  return url === undefined || sender === null ? null : parseSmtp(url, sender);
}

function oidcOf(env: Environment): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { issuer, clientId, clientSecret, name: env.OIDC_NAME, match: env.OIDC_MATCH, trustMfa: env.OIDC_MFA === 'trust' };
}

function livekitOf(env: Environment): Config['livekit'] {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: value } = env;
  if (url === undefined || key === undefined || value === undefined) return null;
  const tokenKey = { key, secret: value };
  const { LIVEKIT_WEBHOOK_KEY: hookKey, LIVEKIT_WEBHOOK_SECRET: hookSecret } = env;
  const webhookKey = hookKey !== undefined && hookSecret !== undefined ? { key: hookKey, secret: hookSecret } : tokenKey;
  const { LIVEKIT_WEBHOOK_KEY_OLD: oldKey, LIVEKIT_WEBHOOK_SECRET_OLD: oldSecret } = env;
  return {
    urls: url.split(',').map((each) =>
      each
        .trim()
        .replace(/^ws/, 'http')
        .replace(/(?<!\/)\/+$/, ''),
    ),
    tokenKey,
    webhookKey,
    ...(oldKey !== undefined && oldSecret !== undefined && { formerWebhookKey: { key: oldKey, secret: oldSecret } }),
  };
}
