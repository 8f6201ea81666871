// What was written and not yet saved by the portal, kept in this browser until it is. One entry per meeting and person.

const keyOf = (meetingId: string, personId: string): string => `notulen:${meetingId}:${personId}`;

/** Storage that is full or refused loses only this net: the page itself still holds the text. */
export function keep(meetingId: string, personId: string, bytes: Uint8Array): void {
  try {
    let text = '';
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    localStorage.setItem(keyOf(meetingId, personId), btoa(text));
  } catch {
    // As said above.
  }
}

export function keptFor(meetingId: string, personId: string): Uint8Array | null {
  try {
    const text = localStorage.getItem(keyOf(meetingId, personId));
    return text === null ? null : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

export function forget(meetingId: string, personId: string): void {
  try {
    localStorage.removeItem(keyOf(meetingId, personId));
  } catch {
    // Nothing was kept then.
  }
}
