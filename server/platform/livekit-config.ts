// LiveKit's configuration for one node that the portal supervises. JSON is YAML, so nothing needs to be escaped by hand.
/** `nodeIp` null = this machine only; a port null = the usual one, or a free one when that is taken. */
export type MediaPorts = { nodeIp: string | null; udp: number | null; tcp: number | null; turn: number | null };
export type Ports = { http: number; tcp: number; udp: number; turn: number; relayStart: number; metrics: number };
export const usualPorts: Ports = { http: 7880, tcp: 7881, udp: 7882, turn: 3478, relayStart: 7890, metrics: 7889 };
/** Ports the built-in TURN relay may use. */
export const RELAYS = 20;

export function livekitConfig({
  ports,
  nodeIp,
  keyFile,
  webhookKey,
  webhookUrl,
  metricsPassword,
}: {
  ports: Ports;
  nodeIp: MediaPorts['nodeIp'];
  keyFile: string;
  webhookKey: string;
  webhookUrl: string;
  metricsPassword: string;
}): string {
  const address = nodeIp ?? '127.0.0.1';
  const only = `${address}/${address.includes(':') ? 128 : 32}`;
  const config = {
    port: ports.http,
    // Browsers reach signalling through the portal only. Media ports open on the node's addresses all the same.
    bind_addresses: ['127.0.0.1'],
    key_file: keyFile,
    rtc: {
      tcp_port: ports.tcp,
      udp_port: ports.udp,
      // true asks a STUN server on the internet, and without an answer the process ends.
      use_external_ip: false,
      node_ip: address,
      ips: { includes: [only] },
      ...(nodeIp === null && { enable_loopback_candidate: true }),
    },
    // Also replaces the public STUN servers that browsers would be told, which learn everybody's address.
    turn: {
      enabled: true,
      udp_port: ports.turn,
      relay_range_start: ports.relayStart,
      relay_range_end: ports.relayStart + RELAYS - 1,
      // Without it a private or loopback address is refused as relay peer.
      allow_restricted_peer_cidrs: [only],
    },
    room: {
      // The portal makes each room before its first ticket: deleting a room then ends all its tokens.
      auto_create: false,
      empty_timeout: 600,
      departure_timeout: 300,
      max_participants: 0,
      enable_remote_unmute: false,
      enabled_codecs: ['audio/opus', 'audio/red', 'video/vp8', 'video/h264'].map((mime) => ({ mime })),
    },
    limit: {
      max_metadata_size: 8192,
      max_attributes_size: 4096,
      max_participant_name_length: 128,
      max_room_name_length: 64,
      max_participant_identity_length: 64,
    },
    webhook: {
      api_key: webhookKey,
      urls: [webhookUrl],
      // The defaults (30 s, 200 events) lose who left when a large room ends or the portal is away for a minute.
      resource_url_notifier: { max_age: '24h', max_depth: 100_000 },
    },
    prometheus: { port: ports.metrics, username: 'portal', password: metricsPassword },
    logging: { level: 'warn', json: true },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
