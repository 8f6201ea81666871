// A PDF as offices send them, made by code: so many pages, each with its number and with bytes that nobody needs for another page.
export function pagedPdf(pages: number, bytesEach = 60_000): Buffer {
  const filler = `%${'.'.repeat(98)}\n`.repeat(Math.ceil(bytesEach / 100));
  const objects: string[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, n) => `${4 + pages + n} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  for (let n = 0; n < pages; n += 1) {
    const content = `${filler}BT /F1 48 Tf 60 300 Td (Halaman ${n + 1}) Tj ET`;
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  // The pages stand together after what is on them, as most programs write them.
  for (let n = 0; n < pages; n += 1)
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Resources << /Font << /F1 3 0 R >> >> /Contents ${4 + n} 0 R >>`);
  let body = '%PDF-1.7\n';
  const places = objects.map((object, n) => {
    const at = body.length;
    body += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}
