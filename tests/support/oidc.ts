// An identity provider on this machine, as offices run one: the real oidc-provider, with accounts, and a browser that says yes to everything.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';
import type { OidcSettings } from '../../server/platform/oidc-settings.ts';

export type Account = { sub: string; email?: string; email_verified?: boolean; nip?: string; amr?: string[] };
const CLIENT = { id: 'portal', secret: 'rahasia-klien-uji-0123456789abcdef' };

export type IdentityProvider = Awaited<ReturnType<typeof openIdentityProvider>>;

/** `portal`: the origin that people come back to. */
export async function openIdentityProvider({ portal }: { portal: string }) {
  const accounts = new Map<string, Account>();
  let here: Account | null = null;
  const server: Server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${portal}/masuk/oidc`],
        post_logout_redirect_uris: [`${portal}/masuk`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['nip'] },
    cookies: { keys: ['kunci-uji'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/setuju/${uid}` },
    findAccount: (_ctx, sub) => {
      const account = accounts.get(sub);
      return account && { accountId: sub, claims: () => ({ ...account }) };
    },
    // Nobody is asked for consent: the office's own portal.
    loadExistingGrant: async (ctx) => {
      const { oidc } = ctx;
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.on('server_error', (_ctx, error) => console.error(error));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/setuju/') || here === null) return void answer(request, response);
    const { sub, amr } = here;
    void provider.interactionFinished(request, response, { login: { accountId: sub, ...(amr && { amr }) } });
  });

  /** Whoever comes next in a real browser is this account. */
  function isSignedIn(as: Account): void {
    accounts.set(as.sub, as);
    here = as;
  }

  /** Somebody at the provider's page, signed in there as this account: answers the query with which their browser comes back. */
  async function comesBack(url: string, as: Account): Promise<string> {
    isSignedIn(as);
    const cookies = new Map<string, string>();
    for (let next = url, hops = 0; hops < 10; hops += 1) {
      const answered = await fetch(next, { redirect: 'manual', headers: { cookie: [...cookies].map(([n, v]) => `${n}=${v}`).join('; ') } });
      for (const one of answered.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        cookies.set(name, value);
      }
      const to = answered.headers.get('location');
      if (to === null) throw new Error(`the provider answered ${answered.status}: ${await answered.text()}`);
      const where = new URL(to, next);
      if (where.origin === portal) return where.search;
      next = where.href;
    }
    throw new Error('the provider sends round in circles');
  }

  return {
    issuer,
    isSignedIn,
    comesBack,
    settings: (over: Partial<OidcSettings> = {}): OidcSettings => ({
      issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      name: 'SSO Kota Uji',
      match: 'email',
      trustMfa: false,
      ...over,
    }),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
