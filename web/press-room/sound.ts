// Whether this browser plays sound now without another press: somebody pressed on this page before, or it trusts the site.
const SETTLE_MS = 120;

export async function mayPlaySound(): Promise<boolean> {
  if (navigator.userActivation?.hasBeenActive) return true;
  const context = new AudioContext();
  // A context that is allowed to sound starts by itself, a moment later.
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  const allowed = context.state === 'running';
  void context.close();
  return allowed;
}
