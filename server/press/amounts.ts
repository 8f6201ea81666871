// Lengths of time and of files as pages and papers of the press say them.
import type { Language } from '../platform/refusal.ts';

const LOCALE: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };

/** Seconds since it went on air as `07:42` or `1:07:42`. */
export function sinceStart(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

export function bytesText(bytes: number, language: Language): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: step === 0 ? 0 : 1 }).format(bytes / 1000 ** step);
  return `${value} ${units[step]}`;
}
