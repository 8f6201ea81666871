// Addresses in what somebody wrote can be followed, by whoever wants to; the portal fetches none of them, and the page behind learns nothing of this one.
import { Fragment } from 'react';
import { piecesOf } from './pieces.ts';

export function Linked({ text }: { text: string }) {
  return piecesOf(text).map((piece, n) =>
    piece.link ? (
      <a key={n} href={piece.text} target="_blank" rel="noopener noreferrer nofollow ugc">
        {piece.text}
      </a>
    ) : (
      <Fragment key={n}>{piece.text}</Fragment>
    ),
  );
}
