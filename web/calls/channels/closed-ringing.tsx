// On Akun: whether this device rings while the portal is closed, the own devices that do, and what no browser can.
import { useEffect, useEffectEvent, useState } from 'react';
import BellOff from 'lucide-react/icons/bell-off';
import BellRing from 'lucide-react/icons/bell-ring';
import type { deleteDevice, Device, getDevices, OwnDevices, postDeviceTrial } from '../../../shared/channels.ts';
import { useRead, useWrite } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useZone } from '../../platform/session.tsx';
import { useLanguage, useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { Bones, Loaded, Note } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { channelWords } from '../../words/channels.ts';
import { ability, markOf, subscription, turnOff, turnOn } from './own-device.ts';
import { ResultLine } from './result-line.tsx';
import './channels.css';

const CHANGED = ['/api/push'];

export default function ClosedRinging() {
  const w = useWords(channelWords);
  const devices = useRead<typeof getDevices>('/api/push', {});
  const mark = useOwnMark(devices.value);
  const days = devices.value?.days ?? 30;
  return (
    <Section title={w.closed}>
      <div className="stack closed-ringing">
        <p>{w.closedText}</p>
        <Loaded from={devices} skeleton={<Bones rows={2} />}>
          {(value) => (
            <>
              <ThisDevice own={value} mark={mark} again={devices.again} />
              {value.devices.length > 0 && <Own devices={value.devices} mark={mark} again={devices.again} />}
            </>
          )}
        </Loaded>
        <div className="limits">
          <h3>{w.limits}</h3>
          <ul>
            {[w.limit.desktop, w.limit.apple, w.limit.quiet, w.limit.days(days)].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}

/** Which of the list this browser is; null while it is none. */
function useOwnMark(own: OwnDevices | undefined): string | null {
  const [mark, setMark] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      const known = await subscription();
      const found = known ? await markOf(known) : null;
      if (!gone) setMark(found);
    };
    look().catch(() => {});
    return () => void (gone = true);
  }, [own]);
  return mark;
}

function ThisDevice({ own, mark, again }: { own: OwnDevices; mark: string | null; again: () => void }) {
  const w = useWords(channelWords);
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<'denied' | 'failed' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { publicKey } = own;
  const mine = own.devices.find((device) => device.mark === mark);
  const able = ability();

  async function run(work: () => Promise<'on' | 'denied' | void>): Promise<void> {
    setBusy(true);
    setProblem(null);
    setFailure(null);
    try {
      if ((await work()) === 'denied') setProblem('denied');
    } catch (error) {
      // A push service that is out of reach names itself only in the browser's own language.
      const refused = error instanceof Error && error.name === 'Refused';
      setProblem('failed');
      setFailure(refused ? error.message : w.unreachable);
    }
    setBusy(false);
    again();
  }

  if (mine) {
    return (
      <div className="row this-device">
        <Mark shape="full" tone="good">
          {w.on}
        </Mark>
        <Button icon={<BellOff aria-hidden />} busy={busy} onClick={() => void run(async () => turnOff(mine.id))}>
          {w.turnOff}
        </Button>
      </div>
    );
  }
  if (publicKey === null) return <Note>{w.notOffered}</Note>;
  if (able === 'insecure') return <Note tone="wait">{w.insecure}</Note>;
  if (able === 'unable') return <Note tone="wait">{w.unable}</Note>;
  if (able === 'install') return <Way what={w.install} way={w.installWay} />;
  if (problem === 'denied' || Notification.permission === 'denied') return <Way what={w.denied} way={w.deniedWay} />;
  return (
    <>
      <div className="row this-device">
        <Mark shape="ring" tone="wait">
          {w.off}
        </Mark>
        <Button kind="main" icon={<BellRing aria-hidden />} busy={busy} onClick={() => void run(async () => turnOn(publicKey, language))}>
          {w.turnOn}
        </Button>
      </div>
      {problem === 'failed' && (
        <Note tone="alarm" alert>
          {failure}
        </Note>
      )}
    </>
  );
}

const Way = ({ what, way }: { what: string; way: string }) => (
  <Note tone="wait">
    <strong>{what}</strong> {way}
  </Note>
);

function Own({ devices, mark, again }: { devices: Device[]; mark: string | null; again: () => void }) {
  const w = useWords(channelWords);
  const f = useFormats();
  const zone = useZone();
  const trial = useWrite<typeof postDeviceTrial>('POST', '/api/push/devices/:id/trial', CHANGED);
  const remove = useWrite<typeof deleteDevice>('DELETE', '/api/push/devices/:id', CHANGED);
  const failure = trial.failure ?? remove.failure;
  useAskingAgain(
    devices.some(({ last }) => last?.trial === true && (last.state === 'dikirim' || last.state === 'diterima')),
    again,
  );
  const columns: Column<Device>[] = [
    {
      key: 'device',
      head: w.cols.device,
      phone: 'title',
      cell: (row) => (
        <span className="place">
          <span className="place-name">
            {row.name}{' '}
            {row.mark === mark && (
              <Mark shape="full" tone="good">
                {w.thisDevice}
              </Mark>
            )}
          </span>
          <span className="place-position">{w.seen(`${f.shortDayOf(row.seenAt, zone)}, ${f.time(row.seenAt, zone)}`)}</span>
        </span>
      ),
    },
    { key: 'last', head: w.cols.last, cell: (row) => (row.last ? <ResultLine result={row.last} /> : w.never) },
    {
      key: 'do',
      head: w.actions,
      phone: 'plain',
      cell: (row) => (
        <div className="row row-end channel-actions">
          <Button aria-label={w.trialOf(row.name)} busy={trial.busy} onClick={() => void trial.run({ params: { id: row.id } })}>
            {w.trial}
          </Button>
          {row.mark !== mark && (
            <Button kind="quiet" aria-label={w.removeOf(row.name)} busy={remove.busy} onClick={() => void remove.run({ params: { id: row.id } })}>
              {w.remove}
            </Button>
          )}
        </div>
      ),
    },
  ];
  return (
    <>
      <Table caption={w.own} columns={columns} rows={devices} rowKey={(row) => row.id} />
      {failure && (
        <Note tone="alarm" alert>
          {failure.message}
        </Note>
      )}
    </>
  );
}

/** A trial was sent: whether it rings is known a moment later. */
function useAskingAgain(waiting: boolean, again: () => void): void {
  const ask = useEffectEvent(again);
  useEffect(() => {
    if (!waiting) return;
    let left = 15;
    const timer = setInterval(() => {
      left -= 1;
      if (left < 0) return clearInterval(timer);
      ask();
    }, 1_000);
    return () => clearInterval(timer);
  }, [waiting]);
}
