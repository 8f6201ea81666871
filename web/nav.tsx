// Where one may go in the office, by what it is about: the rail on a desk, Lainnya on a phone.
import Archive from 'lucide-react/icons/archive';
import Armchair from 'lucide-react/icons/armchair';
import Bell from 'lucide-react/icons/bell';
import BookCheck from 'lucide-react/icons/book-check';
import Building from 'lucide-react/icons/building-2';
import CalendarCheck from 'lucide-react/icons/calendar-check';
import CalendarDays from 'lucide-react/icons/calendar-days';
import CalendarOff from 'lucide-react/icons/calendar-off';
import CalendarRange from 'lucide-react/icons/calendar-range';
import CircleUser from 'lucide-react/icons/circle-user';
import ClipboardCheck from 'lucide-react/icons/clipboard-check';
import FileText from 'lucide-react/icons/file-text';
import FileUser from 'lucide-react/icons/file-user';
import Headset from 'lucide-react/icons/headset';
import House from 'lucide-react/icons/house';
import KeyRound from 'lucide-react/icons/key-round';
import ListOrdered from 'lucide-react/icons/list-ordered';
import ListTodo from 'lucide-react/icons/list-todo';
import Mail from 'lucide-react/icons/mail';
import Megaphone from 'lucide-react/icons/megaphone';
import Menu from 'lucide-react/icons/menu';
import MessageReply from 'lucide-react/icons/message-square-reply';
import PhoneIncoming from 'lucide-react/icons/phone-incoming';
import Scale from 'lucide-react/icons/scale';
import ServerCog from 'lucide-react/icons/server-cog';
import ServerOff from 'lucide-react/icons/server-off';
import ShieldCheck from 'lucide-react/icons/shield-check';
import Siren from 'lucide-react/icons/siren';
import Upload from 'lucide-react/icons/upload';
import Users from 'lucide-react/icons/users';
import Video from 'lucide-react/icons/video';
import Webhook from 'lucide-react/icons/webhook';
import type { getCallDesk, getMyCalls } from '../shared/calls.ts';
import type { getUnread } from '../shared/notifications.ts';
import type { getConferences } from '../shared/press.ts';
import type { getOwed } from '../shared/press-floor.ts';
import type { getTaskReminders } from '../shared/tasks.ts';
import { useRead } from './platform/api.ts';
import { holds, mayCallMeeting, mayKeepStaff, mayReadOutages, useMe } from './platform/session.tsx';
import { useWords } from './platform/words.ts';
import type { NavGroup, NavItem } from './ui/shell.tsx';
import { shellWords } from './words/shell.ts';

/** `bar`: under the thumb on a phone. `rail` and `others`: by what they are about; what has a place of its own there is left out. */
export function useNav(): { bar: readonly NavItem[]; rail: readonly NavGroup[]; others: readonly NavGroup[]; bell: NavItem } {
  const w = useWords(shellWords);
  const me = useMe();
  const mayRing = useMayRing();
  const mayMeet = mayCallMeeting(me);
  const calls = useCallsItem();
  const tasks = useTasksItem();
  const notices = useNoticesItem();
  const press = [...usePressItem(), ...useOwedItem()];
  const home: NavItem = { to: '/', label: w.home, icon: <House aria-hidden /> };
  const meetings: NavItem = { to: '/rapat', label: w.meetings, icon: <CalendarDays aria-hidden /> };
  const calendar: NavItem = { to: '/kalender', label: w.calendar, icon: <CalendarRange aria-hidden /> };
  const presence: NavItem = { to: '/presensi', label: w.presence, icon: <ClipboardCheck aria-hidden /> };
  const meetNow: NavItem = { to: '/rapat/sekarang', label: w.now, icon: <Video aria-hidden /> };
  // The largest thing in the hand: the urgent call for those who may place one, a meeting now for those who may only call one.
  const now = only<NavItem>(
    [mayRing, { to: '/panggil', label: w.urgent, icon: <Siren aria-hidden />, urgent: 'alarm' }],
    [!mayRing && mayMeet, { ...meetNow, urgent: 'accent' }],
  );
  const groups: NavGroup[] = [
    { title: w.groups.meetings, items: [meetings, calendar, ...only([mayRing && mayMeet, meetNow]), calls, tasks, ...press] },
    {
      title: w.groups.letters,
      items: only<NavItem>(
        [holds(me, 'kepala_opd', 'admin_opd', 'bkd'), { to: '/surat/register', label: w.letters, icon: <FileText aria-hidden /> }],
        [mayMeet, { to: '/fasilitas', label: w.facilities, icon: <Armchair aria-hidden /> }],
      ),
    },
    {
      title: w.groups.staff,
      items: [
        presence,
        { to: holds(me, 'admin_opd', 'kepala_opd', 'bkd') ? '/jadwal' : '/jadwal-saya', label: w.rota, icon: <CalendarCheck aria-hidden /> },
        { to: '/piket', label: w.duty, icon: <Headset aria-hidden /> },
        { to: '/kebijakan', label: w.policies, icon: <Scale aria-hidden /> },
        { to: '/pegawai', label: w.staff, icon: <Users aria-hidden /> },
        ...only<NavItem>(
          [mayKeepStaff(me), { to: '/unit', label: w.units, icon: <Building aria-hidden /> }],
          [mayKeepStaff(me), { to: IMPORT, label: w.import, icon: <Upload aria-hidden /> }],
          [holds(me, 'bkd'), { to: '/hari-libur', label: w.holidays, icon: <CalendarOff aria-hidden /> }],
        ),
      ],
    },
    {
      title: w.groups.portal,
      items: only<NavItem>(
        [holds(me, 'bkd'), { to: '/retensi', label: w.retention, icon: <Archive aria-hidden /> }],
        [holds(me, 'bkd'), { to: '/buku-bukti', label: w.ledger, icon: <BookCheck aria-hidden /> }],
        [mayReadOutages(me), { to: '/gangguan', label: w.outages, icon: <ServerOff aria-hidden /> }],
        [holds(me), { to: '/sistem', label: w.system, icon: <ServerCog aria-hidden /> }],
        [holds(me), { to: '/tangga', label: w.ladders, icon: <ListOrdered aria-hidden /> }],
        [holds(me), { to: '/faktor', label: w.factors, icon: <KeyRound aria-hidden /> }],
        [holds(me), { to: '/gerbang', label: w.gateways, icon: <Webhook aria-hidden /> }],
        [holds(me), { to: '/surel', label: w.mail, icon: <Mail aria-hidden /> }],
      ),
    },
    {
      title: w.groups.own,
      items: [
        { to: '/data-saya', label: w.myData, icon: <FileUser aria-hidden /> },
        { to: ACCOUNT, label: w.account, icon: <CircleUser aria-hidden /> },
        { to: VERIFY, label: w.verify, icon: <ShieldCheck aria-hidden /> },
      ],
    },
  ];
  const more: NavItem = { to: '/lainnya', label: w.more, icon: <Menu aria-hidden />, badge: calls.badge ?? tasks.badge };
  // Where nothing urgent stands in the middle there is room for the calendar.
  const bar = [home, meetings, ...(now.length > 0 ? now : [calendar]), presence, more];
  return {
    bar,
    rail: [{ title: w.groups.today, items: [...now, home, notices] }, ...without(groups, [IMPORT, ACCOUNT, VERIFY])],
    others: without(
      groups,
      bar.map(({ to }) => to),
    ),
    bell: notices,
  };
}

/** The page of staff leads to it. */
const IMPORT = '/pegawai/impor';
/** At the foot of the rail. */
const ACCOUNT = '/akun';
const VERIFY = '/v';

const only = <T,>(...choices: readonly (readonly [boolean, T])[]): T[] => choices.filter(([may]) => may).map(([, one]) => one);

const without = (groups: readonly NavGroup[], left: readonly string[]): NavGroup[] =>
  groups.map(({ title, items }) => ({ title, items: items.filter(({ to }) => !left.includes(to)) })).filter(({ items }) => items.length > 0);

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
