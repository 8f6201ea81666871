// What stands in the terminal when the portal is ready.
import type { DemoAccount } from './demo-record.ts';

export type Opening = {
  url: string;
  seconds: string;
  accounts: readonly DemoAccount[];
  setupLink: string | null;
  data: string;
  database: string;
  media: string;
};

export function banner({ url, seconds, accounts, setupLink, data, database, media }: Opening): string {
  const rows: [string, string][] = [['Alamat', url]];
  accounts.forEach(({ role, login, password }, i) => rows.push([i === 0 ? 'Akun peragaan' : '', `${role}: ${login} · ${password}`]));
  if (setupLink !== null) rows.push(['Administrator pertama', `${setupLink} (sekali pakai, 24 jam)`]);
  rows.push(['Data', data], ['Basis data', database], ['Media', media]);
  const width = Math.max(...rows.map(([title]) => title.length));
  return ['', `Portal siap sesudah ${seconds}. Ctrl-C menghentikan.`, ...rows.map(([title, text]) => `  ${title.padEnd(width)}  ${text}`), ''].join('\n');
}
