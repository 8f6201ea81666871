// Which parts of a text are addresses. Pure; joined, the pieces are the text.
export type Piece = { text: string; link: boolean };

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;
/** A sentence ends after the address, not inside it; a bracket that was not opened in it closes the text around it. */
function cut(found: string): string {
  let kept = found;
  for (;;) {
    const last = kept.at(-1) ?? '';
    const unopened = last === ')' && kept.split('(').length < kept.split(')').length;
    if (!/[.,;:!?]/.test(last) && !unopened) return kept;
    kept = kept.slice(0, -1);
  }
}

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = cut(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), link: false });
    pieces.push({ text: address, link: true });
    at = match.index + address.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), link: false });
  return pieces;
}
