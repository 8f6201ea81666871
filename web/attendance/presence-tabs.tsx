// The parts of Presensi: only those this person may open.
import { mayExport, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Tabs } from '../ui/tabs.tsx';
import { presenceWords } from '../words/presence.ts';

export function PresenceTabs() {
  const w = useWords(presenceWords);
  const me = useMe();
  const own = [
    { to: '/presensi', label: w.today },
    { to: '/presensi/koreksi', label: w.corrections },
  ];
  const recap = { to: '/presensi/rekap', label: w.recap };
  const machine = [
    { to: '/presensi/tidak-sesuai', label: w.cases },
    { to: '/presensi/mesin', label: w.machine },
  ];
  const ofManagers = [
    ...machine,
    { to: '/presensi/konfirmasi', label: w.confirmations },
    recap,
    ...(mayExport(me) ? [{ to: '/presensi/ekspor', label: w.export }] : []),
  ];
  return <Tabs label={w.parts} parts={[...own, ...(me.managesOpds.length > 0 ? ofManagers : [recap])]} />;
}
