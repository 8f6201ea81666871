// What is told about personal data, readable before the button that sends it.
import { useWords } from '../../platform/words.ts';
import { registerWords } from '../../words/press-register.ts';

export type NoticeToRead = { version: number; title: string; paragraphs: readonly string[] };

export function Notice({ notice: { title, paragraphs } }: { notice: NoticeToRead }) {
  const w = useWords(registerWords);
  return (
    <section className="notice-read" aria-label={title}>
      <h2>{title}</h2>
      {paragraphs.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p className="notice-said">{w.read}</p>
    </section>
  );
}
