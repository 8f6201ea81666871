// What a file that somebody sends is called when it is kept. Pure.

/** As it is saved and named in addresses: no folder, no sign that turns or hides letters, the ending of what it is. */
export function savedName(name: string, ending: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
  // `thumb.webp` is an address of its own.
  return `${stem === '' || /^(thumb|con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `berkas-${stem}`.replace(/-$/, '') : stem}.${ending}`;
}
