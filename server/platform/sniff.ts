// Whether bytes are what their type says: by how the format begins, not by what anybody called it. Pure.

/** How much of the beginning and of the end is looked at. */
export const LOOKED_AT = 64 * 1024;

const begins = (bytes: Buffer, ...sign: number[]): boolean => sign.every((byte, n) => bytes[n] === byte);
const said = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);
const isZip = (head: Buffer): boolean => begins(head, 0x50, 0x4b, 0x03, 0x04);
/** Names in a zip stand in its directory, at the end. A workbook with macros is not one of data. */
const isOffice =
  (part: string) =>
  (head: Buffer, tail: Buffer): boolean =>
    isZip(head) && tail.includes(part) && tail.includes('[Content_Types].xml') && !/vbaProject|\.exe\b/i.test(tail.toString('latin1'));
/** An OpenDocument names its type in its first entry, which is not packed. */
const isOpenDocument =
  (kind: string) =>
  (head: Buffer, tail: Buffer): boolean =>
    isZip(head) && said(head, 30, 120).startsWith(`mimetypeapplication/vnd.oasis.opendocument.${kind}`) && !/Basic\/|Scripts\//.test(tail.toString('latin1'));

function isText(head: Buffer): boolean {
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\x00-\x08\x0e-\x1f\x7f]/.test(said(head, 0, head.length))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
const isMarkup = (head: Buffer): boolean => /^(\uFEFF|ï»¿)?\s*</.test(said(head, 0, 64));
/** A page hidden in the first bytes of something else: some programs look further than the sign. */
const hidesPage = (head: Buffer): boolean => /<(!doctype|html|script|svg|iframe|body)\b/i.test(said(head, 0, 1024));

const is: Record<string, (head: Buffer, tail: Buffer) => boolean> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': isOffice('xl/workbook'),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': isOffice('word/document'),
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': isOffice('ppt/presentation'),
  'application/vnd.oasis.opendocument.text': isOpenDocument('text'),
  'application/vnd.oasis.opendocument.spreadsheet': isOpenDocument('spreadsheet'),
  'application/vnd.oasis.opendocument.presentation': isOpenDocument('presentation'),
  'text/plain': (head) => isText(head) && !isMarkup(head),
  'text/csv': (head) => isText(head) && !isMarkup(head),
  'application/json': (head) => isText(head) && /^(ï»¿)?\s*[[{]/.test(said(head, 0, 64)),
  'application/pdf': (head) => said(head, 0, 5) === '%PDF-',
  'application/zip': (head) => isZip(head),
  'image/jpeg': (head) => begins(head, 0xff, 0xd8, 0xff),
  'image/png': (head) => begins(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/webp': (head) => said(head, 0, 4) === 'RIFF' && said(head, 8, 12) === 'WEBP',
  'video/mp4': (head) => said(head, 4, 8) === 'ftyp',
  'audio/mp4': (head) => said(head, 4, 8) === 'ftyp',
  'video/webm': (head) => begins(head, 0x1a, 0x45, 0xdf, 0xa3) && said(head, 0, 64).includes('webm'),
};

export const isWhatItSays = (type: string, head: Buffer, tail: Buffer): boolean =>
  (is[type]?.(head, tail) ?? false) && (type === 'text/csv' || type === 'text/plain' || !hidesPage(head));
