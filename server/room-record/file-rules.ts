// Which files belong into a chat and which are materials: by type, ending and size. Nothing that runs, nothing that a browser draws as a page. Pure.
import type { UploadPurpose } from '../../shared/chat.ts';
import { savedName } from '../platform/file-name.ts';
import { refuse } from '../platform/refusal.ts';

const MIB = 1024 * 1024;
const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';
const pictures = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };
const TYPES: Record<UploadPurpose, { most: number; types: Record<string, string> }> = {
  obrolan: {
    most: 25 * MIB,
    types: {
      'application/pdf': 'pdf',
      ...pictures,
      [`${OOXML}.wordprocessingml.document`]: 'docx',
      [`${OOXML}.spreadsheetml.sheet`]: 'xlsx',
      [`${OOXML}.presentationml.presentation`]: 'pptx',
      [`${ODF}.text`]: 'odt',
      [`${ODF}.spreadsheet`]: 'ods',
      [`${ODF}.presentation`]: 'odp',
      'text/csv': 'csv',
      'text/plain': 'txt',
      'application/zip': 'zip',
    },
  },
  materi: { most: 50 * MIB, types: { 'application/pdf': 'pdf', ...pictures } },
};
/** All files of one meeting together. */
export const MOST: Record<UploadPurpose, { files: number; bytes: number }> = {
  obrolan: { files: 300, bytes: 1024 * MIB },
  materi: { files: 30, bytes: 500 * MIB },
};

export const isPicture = (type: string): boolean => type in pictures;
export const endingOf = (type: string): string => TYPES.obrolan.types[type] ?? 'jpg';

/** By the ending of its name: what a browser calls a type depends on what is installed beside it. What it is, is looked at when all of it is there. */
export function accepted(purpose: UploadPurpose, { name, size }: { name: string; size: number }): { name: string; type: string } {
  const { most, types } = TYPES[purpose];
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase().replace('jpeg', 'jpg') ?? '';
  const type = Object.keys(types).find((t) => types[t] === ending);
  if (type === undefined) refuse('kit.file_type', { kind: purpose, allowed: Object.values(types).join(', ') });
  if (size > most) refuse('kit.file_large', { limit: `${most / MIB} MiB` });
  return { name: savedName(name, ending), type };
}
