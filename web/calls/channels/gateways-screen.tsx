// Gerbang: outside systems that pass an urgent call on; for administrators.
import { useState } from 'react';
import Plus from 'lucide-react/icons/plus';
import type { deleteGateway, Gateway, getGateways, postGatewayTrial } from '../../../shared/channels.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useZone } from '../../platform/session.tsx';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { Mark } from '../../ui/marks.tsx';
import { Bones, Empty, Loaded, Note } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { channelWords } from '../../words/channels.ts';
import { GatewayForm } from './gateway-form.tsx';
import { GatewaySecret } from './gateway-secret.tsx';
import { ResultLine } from './result-line.tsx';
import './channels.css';

const CHANGED = ['/api/gateways'];
type Open = { what: 'add' } | { what: 'edit' | 'secret' | 'drop'; gateway: Gateway };

export default function GatewaysScreen() {
  const w = useWords(channelWords);
  const gateways = useRead<typeof getGateways>('/api/gateways', {});
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const drop = useWrite<typeof deleteGateway>('DELETE', '/api/gateways/:id', CHANGED);
  async function dropNow({ id }: Gateway): Promise<void> {
    if (await drop.run({ params: { id } })) close();
  }
  const add = (
    <Button kind="main" icon={<Plus aria-hidden />} onClick={() => setOpen({ what: 'add' })}>
      {w.add}
    </Button>
  );
  return (
    <Page title={w.gateways} under={w.gatewaysUnder} actions={gateways.value && gateways.value.length > 0 ? add : undefined}>
      <Loaded from={gateways} skeleton={<Bones rows={3} tall />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={w.noGateway} action={add}>
              {w.noGatewayText}
            </Empty>
          ) : (
            <Rows rows={rows} onOpen={setOpen} />
          )
        }
      </Loaded>
      {open?.what === 'add' && <GatewayForm onClose={close} />}
      {open?.what === 'edit' && <GatewayForm gateway={open.gateway} onClose={close} />}
      {open?.what === 'secret' && <GatewaySecret gateway={open.gateway} onClose={close} />}
      {open?.what === 'drop' && (
        <Ask
          title={w.dropTitle(open.gateway.name)}
          text={w.dropText}
          yes={w.dropYes}
          busy={drop.busy}
          failure={drop.failure?.message}
          onYes={() => void dropNow(open.gateway)}
          onClose={close}
        />
      )}
    </Page>
  );
}

function Rows({ rows, onOpen }: { rows: Gateway[]; onOpen: (open: Open) => void }) {
  const w = useWords(channelWords);
  const f = useFormats();
  const zone = useZone();
  const trial = useWrite<typeof postGatewayTrial>('POST', '/api/gateways/:id/trial', CHANGED);
  const columns: Column<Gateway>[] = [
    {
      key: 'name',
      head: w.gatewayCols.name,
      phone: 'title',
      cell: (row) => (
        <span className="place">
          <span className="place-name">
            {row.name} <span className="badge">{w.channels[row.channel]}</span>
          </span>
          <span className="place-position gateway-url">{row.url}</span>
          <span className="place-more">{w.changed(f.shortDayOf(row.changedAt, zone), row.changedByName ?? '–')}</span>
        </span>
      ),
    },
    {
      key: 'use',
      head: w.gatewayCols.use,
      cell: (row) => (
        <span className="gateway-use">
          <Mark shape={row.enabled ? 'full' : 'ring'} tone={row.enabled ? 'good' : 'quiet'}>
            {row.enabled ? w.enabled : w.disabled}
          </Mark>
        </span>
      ),
    },
    {
      key: 'results',
      head: w.gatewayCols.results,
      phone: 'plain',
      cell: (row) =>
        row.results.length === 0 ? (
          <span className="quiet">{w.noResult}</span>
        ) : (
          <ul className="result-list">
            {row.results.slice(0, 3).map((result) => (
              <li key={result.at}>
                <ResultLine result={result} />
              </li>
            ))}
          </ul>
        ),
    },
    {
      key: 'do',
      head: w.actions,
      phone: 'plain',
      cell: (row) => (
        <div className="row row-end channel-actions">
          <Button aria-label={w.sendTrialOf(row.name)} busy={trial.busy} onClick={() => void trial.run({ params: { id: row.id } })}>
            {w.sendTrial}
          </Button>
          <Button kind="quiet" aria-label={w.editOf(row.name)} onClick={() => onOpen({ what: 'edit', gateway: row })}>
            {w.edit}
          </Button>
          <Button kind="quiet" aria-label={w.secretOf(row.name)} onClick={() => onOpen({ what: 'secret', gateway: row })}>
            {w.secret}
          </Button>
          <Button kind="quiet" aria-label={w.dropOf(row.name)} onClick={() => onOpen({ what: 'drop', gateway: row })}>
            {w.drop}
          </Button>
        </div>
      ),
    },
  ];
  return (
    <>
      {trial.failure && (
        <Note tone="alarm" alert>
          {trial.failure.message}
        </Note>
      )}
      <Table caption={w.gateways} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </>
  );
}
