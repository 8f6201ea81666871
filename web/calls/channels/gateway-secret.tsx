// What webhooks of a gateway are signed with: shown when asked for, renewed when it may have leaked.
import type { Gateway, postGatewaySecret } from '../../../shared/channels.ts';
import { useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Copy } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/notice.tsx';
import { channelWords } from '../../words/channels.ts';

export function GatewaySecret({ gateway, onClose }: { gateway: Gateway; onClose: () => void }) {
  const w = useWords(channelWords);
  const ask = useWrite<typeof postGatewaySecret>('POST', '/api/gateways/:id/secret', ['/api/gateways']);
  const run = (renew: boolean) => void ask.run({ params: { id: gateway.id }, body: { renew } });
  const reports = `${window.location.origin}/api/gateways/${gateway.id}/reports`;
  return (
    <Dialog title={w.secretOf(gateway.name)} onClose={onClose}>
      <div className="stack">
        <p>{w.secretText}</p>
        {ask.reply ? (
          <>
            <code className="secret-text">{ask.reply.secret}</code>
            <div className="row">
              <Copy text={ask.reply.secret} of={w.secret} />
              <span className="quiet">{w.version(ask.reply.version)}</span>
            </div>
          </>
        ) : (
          <div className="row">
            <Button kind="main" busy={ask.busy} onClick={() => run(false)}>
              {w.show}
            </Button>
          </div>
        )}
        <p>
          {w.reports}: <code className="gateway-url">{reports}</code> <Copy kind="quiet" text={reports} of={w.reports} />
        </p>
        <p className="quiet">
          {w.renewText} {w.noted}
        </p>
        {ask.failure && (
          <Note tone="alarm" alert>
            {ask.failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button kind="alarm" busy={ask.busy} onClick={() => run(true)}>
            {w.renew}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
