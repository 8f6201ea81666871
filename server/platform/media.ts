// What the portal knows of its media server, whether it is a child of this process or somebody else's LiveKit.
export type MediaServer = {
  /** Base of LiveKit's HTTP and signalling, reachable from the portal (`http://127.0.0.1:7880`). */
  url: string;
  /** Of a cluster: every node's, those that answer first. */
  urls?: () => readonly string[];
  /** Signs join tokens and API calls. */
  tokenKey: { key: string; secret: string };
  /** Signs webhooks. With an outside LiveKit this may be the same key. */
  webhookKey: { key: string; secret: string };
  /** Signed them before; still counts while keys are changed. */
  formerWebhookKey?: { key: string; secret: string };
  state(): 'ready' | 'unavailable';
  onReady(callback: () => void): void;
  /** Its process ended at this time. `unwatched`: a killed portal had left it; until when anybody was inside nobody knows. */
  onExit(callback: (at: Date, unwatched?: boolean) => void): void;
  /** `onExit` tells of every end: what was known of its rooms holds until then. An outside server may restart unnoticed. */
  tellsEveryExit: boolean;
  stop(): Promise<void>;
};
