// The mail server of the office as the environment names it.
export type MailSettings = {
  host: string;
  port: number;
  /** TLS from the first byte (smtps). */
  secure: boolean;
  /** STARTTLS or nothing. */
  requireTls: boolean;
  login: { user: string; pass: string } | null;
  from: MailAddress;
};
export type MailAddress = { name: string; address: string };

const ADDRESS = /^[^\s@<>,;:"'\\()[\]]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
export const isAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);

/** `Portal Pers <pers@kota.go.id>` or the address alone; null = neither. */
export function parseFrom(text: string): MailAddress | null {
  const [, name = '', inner] = /^([^<>\r\n]*)<([^<>]+)>$/.exec(text.trim()) ?? [];
  const address = (inner ?? text).trim();
  return isAddress(address) ? { name: name.trim().replaceAll(/^"|"$/g, ''), address } : null;
}

/** What is wrong with an SMTP address, or null. */
export function smtpProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'bukan alamat yang dapat dipakai (smtps://nama:sandi@surel.kota.go.id)';
  const { protocol, hostname, pathname, username, password, search } = new URL(text);
  if (!/^smtps?:$/.test(protocol)) return 'harus smtp:// atau smtps://';
  if (hostname === '') return 'tanpa nama mesin';
  if (pathname !== '' && pathname !== '/') return 'hanya skema, nama, sandi, mesin dan port, tanpa jalur';
  if ((username === '') !== (password === '')) return 'nama dan sandi diisi bersama (tanda khusus dalam sandi ditulis %40, %3A, …)';
  if (!decodes(username) || !decodes(password)) return 'nama atau sandi memuat tanda % yang tidak lengkap (tulis %25)';
  if (search !== '' && search !== '?tls=tanpa') return 'hanya mengenal ?tls=tanpa';
  if (search !== '' && (protocol === 'smtps:' || username !== '')) return '?tls=tanpa hanya untuk smtp:// tanpa nama dan sandi';
  return null;
}

export function parseSmtp(text: string, from: MailAddress): MailSettings {
  const { protocol, hostname, port, username, password, search } = new URL(text);
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  return {
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTls: !secure && search === '' && !isThisMachine(host),
    login: username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    from,
  };
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
