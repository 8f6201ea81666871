// Navigation and banners of the signed-in office. Features' banners are handed in by app.tsx.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import Archive from 'lucide-react/icons/archive';
import Bell from 'lucide-react/icons/bell';
import Building from 'lucide-react/icons/building-2';
import Armchair from 'lucide-react/icons/armchair';
import CalendarOff from 'lucide-react/icons/calendar-off';
import CalendarDays from 'lucide-react/icons/calendar-days';
import CalendarRange from 'lucide-react/icons/calendar-range';
import CircleUser from 'lucide-react/icons/circle-user';
import ClipboardCheck from 'lucide-react/icons/clipboard-check';
import FileText from 'lucide-react/icons/file-text';
import FileUser from 'lucide-react/icons/file-user';
import House from 'lucide-react/icons/house';
import BookCheck from 'lucide-react/icons/book-check';
import Mail from 'lucide-react/icons/mail';
import Megaphone from 'lucide-react/icons/megaphone';
import Menu from 'lucide-react/icons/menu';
import MessageReply from 'lucide-react/icons/message-square-reply';
import PhoneIncoming from 'lucide-react/icons/phone-incoming';
import ListOrdered from 'lucide-react/icons/list-ordered';
import ListTodo from 'lucide-react/icons/list-todo';
import Scale from 'lucide-react/icons/scale';
import ServerOff from 'lucide-react/icons/server-off';
import ShieldCheck from 'lucide-react/icons/shield-check';
import Siren from 'lucide-react/icons/siren';
import Upload from 'lucide-react/icons/upload';
import Users from 'lucide-react/icons/users';
import Video from 'lucide-react/icons/video';
import Webhook from 'lucide-react/icons/webhook';
import WifiOff from 'lucide-react/icons/wifi-off';
import type { getCallDesk, getMyCalls } from '../shared/calls.ts';
import type { getUnread } from '../shared/notifications.ts';
import type { getConferences } from '../shared/press.ts';
import type { getOwed } from '../shared/press-floor.ts';
import type { getTaskReminders } from '../shared/tasks.ts';
import { useRead } from './platform/api.ts';
import { useLiveState } from './platform/live.tsx';
import { holds, mayCallMeeting, mayKeepStaff, mayReadOutages, useMe } from './platform/session.tsx';
import { useWords } from './platform/words.ts';
import { PlaceCard } from './ui/marks.tsx';
import { Shell, type NavItem } from './ui/shell.tsx';
import { shellWords } from './words/shell.ts';

/** What stands behind Lainnya on a phone. */
export function useOtherItems(): NavItem[] {
  const w = useWords(shellWords);
  const me = useMe();
  const calls = useCallsItem();
  const tasks = useTasksItem();
  const press = [...usePressItem(), ...useOwedItem()];
  const items: NavItem[] = [
    { to: '/kalender', label: w.calendar, icon: <CalendarRange aria-hidden /> },
    calls,
    tasks,
    ...press,
    { to: '/kebijakan', label: w.policies, icon: <Scale aria-hidden /> },
    { to: '/pegawai', label: w.staff, icon: <Users aria-hidden /> },
  ];
  if (mayKeepStaff(me))
    items.push({ to: '/unit', label: w.units, icon: <Building aria-hidden /> }, { to: '/pegawai/impor', label: w.import, icon: <Upload aria-hidden /> });
  if (holds(me, 'bkd')) items.push({ to: '/retensi', label: w.retention, icon: <Archive aria-hidden /> });
  items.push(...useLetterItems());
  if (holds(me, 'bkd')) items.push({ to: '/hari-libur', label: w.holidays, icon: <CalendarOff aria-hidden /> });
  if (holds(me, 'bkd')) items.push({ to: '/buku-bukti', label: w.ledger, icon: <BookCheck aria-hidden /> });
  if (mayReadOutages(me)) items.push({ to: '/gangguan', label: w.outages, icon: <ServerOff aria-hidden /> });
  if (holds(me)) items.push({ to: '/tangga', label: w.ladders, icon: <ListOrdered aria-hidden /> });
  if (holds(me)) items.push({ to: '/gerbang', label: w.gateways, icon: <Webhook aria-hidden /> });
  if (holds(me)) items.push({ to: '/surel', label: w.mail, icon: <Mail aria-hidden /> });
  items.push({ to: '/data-saya', label: w.myData, icon: <FileUser aria-hidden /> });
  items.push({ to: '/akun', label: w.account, icon: <CircleUser aria-hidden /> }, { to: '/v', label: w.verify, icon: <ShieldCheck aria-hidden /> });
  return items;
}

/** Facilities for whoever may ask or give them; the book of numbers for who manages an OPD. */
function useLetterItems(): NavItem[] {
  const w = useWords(shellWords);
  const me = useMe();
  const facilities: NavItem[] = mayCallMeeting(me) ? [{ to: '/fasilitas', label: w.facilities, icon: <Armchair aria-hidden /> }] : [];
  const letters: NavItem[] = holds(me, 'kepala_opd', 'admin_opd', 'bkd') ? [{ to: '/surat/register', label: w.letters, icon: <FileText aria-hidden /> }] : [];
  return [...facilities, ...letters];
}

/** Calls to this person; how many were missed and not looked at. */
function useCallsItem(): NavItem {
  const w = useWords(shellWords);
  const { value: mine } = useRead<typeof getMyCalls>('/api/me/calls', {});
  const n = mine?.unseen ?? 0;
  return { to: '/panggilan', label: w.calls, icon: <PhoneIncoming aria-hidden />, badge: n > 0 ? { n, text: w.callsUnseen(n) } : undefined };
}

/** Own tasks; how many reminders were not looked at. */
function useTasksItem(): NavItem {
  const w = useWords(shellWords);
  const { value } = useRead<typeof getTaskReminders>('/api/me/tasks/reminders', {});
  const n = value?.reminders.length ?? 0;
  return { to: '/tugas', label: w.tasks, icon: <ListTodo aria-hidden />, badge: n > 0 ? { n, text: w.tasksDue(n) } : undefined };
}

/** Whatever the portal told; how many were not read. */
function useNoticesItem(): NavItem {
  const w = useWords(shellWords);
  const { value } = useRead<typeof getUnread>('/api/me/notices/unread', {});
  const n = value?.unread ?? 0;
  return { to: '/pemberitahuan', label: w.notices, icon: <Bell aria-hidden />, badge: n > 0 ? { n, text: w.noticesUnread(n) } : undefined };
}

/** For operators, and for whoever takes part in a conference. */
function usePressItem(): NavItem[] {
  const w = useWords(shellWords);
  const operates = holds(useMe(), 'operator_dkis');
  const { value: mine } = useRead<typeof getConferences>('/api/conferences', {}, { enabled: !operates });
  return operates || (mine?.length ?? 0) > 0 ? [{ to: '/konferensi', label: w.press, icon: <Megaphone aria-hidden /> }] : [];
}

/** For operators, and for whoever owes the press an answer. What operators see is everybody's, and its reading is logged: they get no badge. */
function useOwedItem(): NavItem[] {
  const w = useWords(shellWords);
  const operates = holds(useMe(), 'operator_dkis');
  const { value: mine } = useRead<typeof getOwed>('/api/press-answers/owed', {}, { enabled: !operates });
  const n = operates ? 0 : (mine?.length ?? 0);
  const item: NavItem = { to: '/jawaban', label: w.owed, icon: <MessageReply aria-hidden />, badge: n > 0 ? { n, text: w.owedNow(n) } : undefined };
  return operates || n > 0 ? [item] : [];
}

/** Known from the post before the portal has said it, so that the bar does not change under the thumb. */
function useMayRing(): boolean {
  const me = useMe();
  const desk = useRead<typeof getCallDesk>('/api/calls/desk', {});
  return desk.value ? desk.value.as.length > 0 : me.roles.includes('kepala_opd');
}

export function Office({ banner, children }: { banner: ReactNode; children: ReactNode }) {
  const w = useWords(shellWords);
  const me = useMe();
  const mayRing = useMayRing();
  const meetNow: NavItem = { to: '/rapat/sekarang', label: w.now, icon: <Video aria-hidden /> };
  // The largest thing in the hand: the urgent call for those who may place one, a meeting now for those who may only call one.
  const now: NavItem[] = mayRing
    ? [{ to: '/panggil', label: w.urgent, icon: <Siren aria-hidden />, urgent: 'alarm' }]
    : mayCallMeeting(me)
      ? [{ ...meetNow, urgent: 'accent' }]
      : [];
  const second: NavItem[] = mayRing && mayCallMeeting(me) ? [meetNow] : [];
  const home: NavItem = { to: '/', label: w.home, icon: <House aria-hidden /> };
  const meetings: NavItem = { to: '/rapat', label: w.meetings, icon: <CalendarDays aria-hidden /> };
  const calendar: NavItem = { to: '/kalender', label: w.calendar, icon: <CalendarRange aria-hidden /> };
  const presence: NavItem = { to: '/presensi', label: w.presence, icon: <ClipboardCheck aria-hidden /> };
  const policies: NavItem = { to: '/kebijakan', label: w.policies, icon: <Scale aria-hidden /> };
  const staff: NavItem = { to: '/pegawai', label: w.staff, icon: <Users aria-hidden /> };
  const units: NavItem[] = mayKeepStaff(me) ? [{ to: '/unit', label: w.units, icon: <Building aria-hidden /> }] : [];
  const retention: NavItem[] = holds(me, 'bkd') ? [{ to: '/retensi', label: w.retention, icon: <Archive aria-hidden /> }] : [];
  const holidays: NavItem[] = holds(me, 'bkd') ? [{ to: '/hari-libur', label: w.holidays, icon: <CalendarOff aria-hidden /> }] : [];
  const ledger: NavItem[] = holds(me, 'bkd') ? [{ to: '/buku-bukti', label: w.ledger, icon: <BookCheck aria-hidden /> }] : [];
  const myData: NavItem = { to: '/data-saya', label: w.myData, icon: <FileUser aria-hidden /> };
  const outages: NavItem[] = mayReadOutages(me) ? [{ to: '/gangguan', label: w.outages, icon: <ServerOff aria-hidden /> }] : [];
  const gateways: NavItem[] = holds(me) ? [{ to: '/gerbang', label: w.gateways, icon: <Webhook aria-hidden /> }] : [];
  const mail: NavItem[] = holds(me) ? [{ to: '/surel', label: w.mail, icon: <Mail aria-hidden /> }] : [];
  const calls = useCallsItem();
  const tasks = useTasksItem();
  const notices = useNoticesItem();
  const press = [...usePressItem(), ...useOwedItem()];
  const letters = useLetterItems();
  const more: NavItem = { to: '/lainnya', label: w.more, icon: <Menu aria-hidden />, badge: calls.badge ?? tasks.badge };
  return (
    <Shell
      rail={[
        ...now,
        home,
        notices,
        meetings,
        calendar,
        ...second,
        calls,
        tasks,
        ...press,
        ...letters,
        presence,
        policies,
        staff,
        ...units,
        ...retention,
        ...holidays,
        ...ledger,
        ...outages,
        ...gateways,
        ...mail,
        myData,
      ]}
      bar={[home, meetings, ...now, presence, more]}
      bell={notices}
      who={
        <Link href="/akun">
          <PlaceCard name={me.name} position={me.positions[0]?.label ?? w.account} />
        </Link>
      }
      strips={
        <>
          <Connection />
          {banner}
        </>
      }
    >
      {children}
    </Shell>
  );
}

function Connection() {
  const w = useWords(shellWords);
  const state = useLiveState();
  return (
    <div role="status">
      {state === 'lost' && (
        <p className="strip">
          <WifiOff aria-hidden />
          <span>{w.lost}</span>
        </p>
      )}
    </div>
  );
}
