// What every letter about a press conference looks like: greeting, short paragraphs, where to press, who writes.
import type { Mail, Letter } from '../platform/mail.ts';

export type LetterParts = {
  to: { name: string; address: string };
  subject: string;
  paragraphs: readonly string[];
  /** Below one another, each after its words. */
  links?: readonly { text: string; url: string }[];
  /** The OPD that holds the conference; null = the office of the sender alone. */
  opdName: string | null;
  ics?: string;
};

export function pressLetter(mail: Pick<Mail, 'from'>, { to, subject, paragraphs, links = [], opdName, ics }: LetterParts): Letter {
  const office = [opdName, mail.from?.name].filter((name): name is string => name !== null && name !== undefined && name !== '');
  const text = [
    `Yth. ${plain(to.name)}`,
    ...paragraphs.map((paragraph) => paragraph.trim()),
    ...(links.length > 0 ? [links.map(({ text, url }) => `${text}:\n${url}`).join('\n\n')] : []),
    ['Salam,', ...office].join('\n'),
    'Surel ini dikirim oleh portal; balasannya tidak dibaca.',
  ].join('\n\n');
  return { to, subject, text, ...(ics !== undefined && { ics: { method: 'PUBLISH', content: ics } }) };
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
