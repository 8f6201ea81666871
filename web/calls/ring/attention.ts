// What a browser can do besides sound so that somebody looks: the title of the tab changes, the screen stays lit.
const TURN_MS = 1000;

/** Until the returned function is called. The page may change its own title meanwhile: the last one comes back. */
export function callAttention(text: string): () => void {
  const flash = `● ${text}`;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  let own = document.title;
  function turn(): void {
    if (document.title !== flash) {
      own = document.title;
      document.title = flash;
    } else if (!calm) document.title = own;
  }
  turn();
  const timer = window.setInterval(turn, TURN_MS);
  let lock: WakeLockSentinel | null = null;
  let over = false;
  async function light(): Promise<void> {
    if (document.visibilityState === 'hidden' || !('wakeLock' in navigator)) return;
    const held = await navigator.wakeLock.request('screen').catch(() => null);
    if (over) void held?.release();
    else lock = held;
  }
  void light();
  return () => {
    over = true;
    window.clearInterval(timer);
    if (document.title === flash) document.title = own;
    void lock?.release();
  };
}
