type SpanWords = { days: (n: number) => string; hours: (n: number) => string; minutes: (n: number) => string; seconds: (n: number) => string };

/** `2 hari 3 jam`, `12 menit 5 detik`: the two largest units; null once it has passed. */
export function spanUntil(ms: number, words: SpanWords): string | null {
  if (ms <= 0) return null;
  const seconds = Math.ceil(ms / 1000);
  const units: [number, (n: number) => string][] = [
    [86_400, words.days],
    [3600, words.hours],
    [60, words.minutes],
    [1, words.seconds],
  ];
  const first = units.findIndex(([size]) => seconds >= size);
  const [[size, word], next] = [units[first]!, units[first + 1]];
  const rest = next ? Math.floor((seconds % size) / next[0]) : 0;
  return [word(Math.floor(seconds / size)), ...(next && rest > 0 ? [next[1](rest)] : [])].join(' ');
}
