// The office's map: which address opens which screen, who may stand behind the sign-in, and what features are handed of each other.
import { lazy, Suspense, type ReactNode } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { makeQueryClient } from './platform/api.ts';
import { begun } from './platform/begun.tsx';
import { LiveProvider } from './platform/live.tsx';
import { SignedIn, useWhoIsHere } from './platform/session.tsx';
import { useWords } from './platform/words.ts';
import { Catch, NotFound } from './ui/lost.tsx';
import { Bones, Loaded } from './ui/notice.tsx';
import { PublicShell } from './ui/shell.tsx';
import { askForMonth } from './rota/ask-for-month.ts';
import { shellWords } from './words/shell.ts';
import { MeetingParts } from './meeting-parts.tsx';
import { useNav } from './nav.tsx';
import { Office } from './office.tsx';

const client = makeQueryClient();

const SignIn = lazy(() => import('./people/sign-in-screen.tsx'));
const Setup = lazy(() => import('./people/setup-screen.tsx'));
const Verify = lazy(() => import('./attendance/verify-screen.tsx'));
const Home = begun('/', () => import('./meetings/home-screen.tsx'));
const InvitedBanner = lazy(() => import('./meetings/invited-banner.tsx'));
const LobbyStrip = lazy(() => import('./lobby/lobby-strip.tsx'));
const Ringing = lazy(() => import('./calls/ring/ringing.tsx'));
const Calls = lazy(() => import('./calls/missed/calls-screen.tsx'));
const MissedSentence = lazy(() => import('./calls/missed/missed-sentence.tsx'));
const Compose = lazy(() => import('./calls/compose/compose-screen.tsx'));
const CallBoard = lazy(() => import('./calls/board/board-screen.tsx'));
const CallHistory = lazy(() => import('./calls/board/history-screen.tsx'));
const Groups = lazy(() => import('./calls/settings/groups-screen.tsx'));
const Mandates = lazy(() => import('./calls/settings/mandates-screen.tsx'));
const Ladders = lazy(() => import('./calls/settings/ladders-screen.tsx'));
const Tasks = lazy(() => import('./tasks/tasks-screen.tsx'));
const TaskStrip = lazy(() => import('./tasks/task-strip.tsx'));
const TaskSentence = lazy(() => import('./tasks/task-sentence.tsx'));
const PressReport = lazy(() => import('./press/report/report-screen.tsx'));
const Meetings = lazy(() => import('./meetings/meetings-screen.tsx'));
const Now = lazy(() => import('./meetings/now-screen.tsx'));
const PlanMeeting = lazy(() => import('./planning/plan-screen.tsx'));
const ChangeMeeting = lazy(() => import('./planning/change-screen.tsx'));
const Holidays = lazy(() => import('./planning/holidays-screen.tsx'));
const Meeting = lazy(() => import('./meetings/meeting-screen.tsx'));
const Calendar = lazy(() => import('./calendar/calendar-screen.tsx'));
const CalendarFeed = lazy(() => import('./calendar/feed-part.tsx'));
const OwnAsks = lazy(() => import('./invitations/own-asks.tsx'));
const AnswerScreen = lazy(() => import('./answer/answer-screen.tsx'));
const Minutes = lazy(() => import('./minutes/minutes-screen.tsx'));
const Presence = begun('/presensi', () => import('./attendance/presence-screen.tsx'));
const Corrections = lazy(() => import('./attendance/corrections-screen.tsx'));
const Confirmations = lazy(() => import('./attendance/confirmations-screen.tsx'));
const Duty = lazy(() => import('./roster/duty-screen.tsx'));
const SetCodes = lazy(() => import('./roster/set-codes.tsx'));
const Recap = lazy(() => import('./attendance/recap-screen.tsx'));
const Machine = lazy(() => import('./attendance/machine-screen.tsx'));
const MachineCases = lazy(() => import('./attendance/cases-screen.tsx'));
const Sihadir = lazy(() => import('./attendance/sihadir-screen.tsx'));
const Directory = lazy(() => import('./people/directory-screen.tsx'));
const Import = lazy(() => import('./people/import-screen.tsx'));
const Units = lazy(() => import('./people/units-screen.tsx'));
const Outages = lazy(() => import('./outages/outages-screen.tsx'));
const Letter = lazy(() => import('./undangan/letter-screen.tsx'));
const NumberBook = lazy(() => import('./undangan/register-screen.tsx'));
const LetterCodes = lazy(() => import('./undangan/codes-screen.tsx'));
const LetterheadPage = lazy(() => import('./undangan/letterhead-screen.tsx'));
const Facilities = lazy(() => import('./facilities/facilities-screen.tsx'));
const FacilityWeek = lazy(() => import('./facilities/week-screen.tsx'));
const FacilityThings = lazy(() => import('./facilities/things-screen.tsx'));
const MailOut = lazy(() => import('./mail/mail-screen.tsx'));
const Policies = lazy(() => import('./policies/policies-screen.tsx'));
const Policy = lazy(() => import('./policies/policy-screen.tsx'));
const PolicyForm = lazy(() => import('./policies/policy-form.tsx'));
const DecidedRules = lazy(() => import('./policies/decided-screen.tsx'));
const FunctionGroups = lazy(() => import('./policies/groups-screen.tsx'));
const WorkHours = lazy(() => import('./policies/hours-screen.tsx'));
const JadwalRecap = lazy(() => import('./rota/recap-screen.tsx'));
const Assignments = lazy(() => import('./rota/assignments-screen.tsx'));
const RotaPlan = begun(
  '/jadwal',
  () => import('./rota/plan-screen.tsx'),
  () => askForMonth(client),
);
const MyRota = begun('/jadwal-saya', () => import('./rota/my-screen.tsx'));
const RotaSwaps = lazy(() => import('./rota/swaps-screen.tsx'));
const RotaAbsences = lazy(() => import('./rota/absences-screen.tsx'));
const Ledger = lazy(() => import('./ledger/ledger-screen.tsx'));
const ClosedRinging = lazy(() => import('./calls/channels/closed-ringing.tsx'));
const KeepDevice = lazy(() => import('./calls/channels/keep-device.tsx'));
const Gateways = lazy(() => import('./calls/channels/gateways-screen.tsx'));
const Account = lazy(() => import('./account/account-screen.tsx'));
const Notices = lazy(() => import('./notifications/notices-screen.tsx'));
const NoticeChoice = lazy(() => import('./notifications/choice-screen.tsx'));
const MyData = lazy(() => import('./privacy/my-data-screen.tsx'));
const Retention = lazy(() => import('./privacy/retention-screen.tsx'));
const Conferences = lazy(() => import('./press/list/conferences-screen.tsx'));
const InviteMore = lazy(() => import('./planning/invite-more.tsx'));
const FacilitySection = lazy(() => import('./facilities/facility-section.tsx'));
const PlanConference = lazy(() => import('./press/plan/plan-screen.tsx'));
const Conference = lazy(() => import('./press/conference/conference-screen.tsx'));
const PressKit = lazy(() => import('./press/kit/kit-screen.tsx'));
const PressRelease = lazy(() => import('./press/kit/release-screen.tsx'));
const PressRegister = lazy(() => import('./press/register/register-screen.tsx'));
const PressPass = lazy(() => import('./press/register/open-screen.tsx'));
const Registrations = lazy(() => import('./press/desk/desk-screen.tsx'));
const Journalists = lazy(() => import('./press/journalists/journalists-screen.tsx'));
const Outlets = lazy(() => import('./press/journalists/outlets-screen.tsx'));
const PressQuestions = lazy(() => import('./press/questions/questions-screen.tsx'));
const OwedAnswers = lazy(() => import('./press/questions/owed-screen.tsx'));
const OwedSentence = lazy(() => import('./press/questions/owed-sentence.tsx'));
const More = lazy(() => import('./account/more-screen.tsx'));

export function App() {
  return (
    <QueryClientProvider client={client}>
      <Catch>
        <Switch>
          <Route path="/masuk">
            <Public>
              <SignIn />
            </Public>
          </Route>
          <Route path="/siapkan">
            <Public>
              <Setup />
            </Public>
          </Route>
          <Route path="/v/:code?">
            {({ code }) => (
              <Public>
                <Verify code={code} />
              </Public>
            )}
          </Route>
          <Route path="/u">
            <Public>
              <AnswerScreen />
            </Public>
          </Route>
          <Route path="/pers/masuk">
            <Public>
              <PressPass />
            </Public>
          </Route>
          <Route path="/pers/:slug/daftar">
            {({ slug }) => (
              <Public>
                <PressRegister slug={slug} />
              </Public>
            )}
          </Route>
          <Route>
            <Gate />
          </Route>
        </Switch>
      </Catch>
    </QueryClientProvider>
  );
}

const Public = ({ children }: { children: ReactNode }) => (
  <PublicShell>
    <Suspense fallback={<Bones rows={4} tall />}>{children}</Suspense>
  </PublicShell>
);

function Gate() {
  const w = useWords(shellWords);
  const here = useWhoIsHere();
  const [location] = useLocation();
  if (here.failure?.code === 'session.required') {
    const back = location + window.location.search;
    return <Redirect to={back === '/' ? '/masuk' : `/masuk?ke=${encodeURIComponent(back)}`} replace />;
  }
  if (!here.value) {
    return (
      <PublicShell>
        <Loaded from={here} skeleton={<Bones rows={4} tall />}>
          {() => null}
        </Loaded>
        <span className="sr-only">{w.about}</span>
      </PublicShell>
    );
  }
  return (
    <SignedIn me={here.value}>
      <LiveProvider on key={here.value.id}>
        <Office
          banner={
            <Suspense>
              <InvitedBanner />
              <LobbyStrip />
              <OwnAsks />
              <TaskStrip />
              <Ringing />
              <KeepDevice />
            </Suspense>
          }
        >
          <Screens />
        </Office>
      </LiveProvider>
    </SignedIn>
  );
}

function Screens() {
  const { others } = useNav();
  const [location] = useLocation();
  return (
    <Catch key={location}>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/">
            <Home
              calls={
                <Suspense>
                  <MissedSentence />
                </Suspense>
              }
              owed={
                <Suspense>
                  <TaskSentence />
                  <OwedSentence />
                </Suspense>
              }
            />
          </Route>
          <Route path="/panggilan" component={Calls} />
          <Route path="/panggil" component={Compose} />
          <Route path="/panggil/riwayat" component={CallHistory} />
          <Route path="/panggil/grup" component={Groups} />
          <Route path="/panggil/mandat" component={Mandates} />
          <Route path="/panggil/:id">{({ id }) => <CallBoard key={id} id={id} />}</Route>
          <Route path="/tangga" component={Ladders} />
          <Route path="/piket" component={Duty} />
          <Route path="/kalender" component={Calendar} />
          <Route path="/rapat" component={Meetings} />
          <Route path="/rapat/sekarang" component={Now} />
          <Route path="/rapat/baru" component={PlanMeeting} />
          <Route path="/rapat/:id/ubah">{({ id }) => <ChangeMeeting key={id} id={id} />}</Route>
          <Route path="/hari-libur" component={Holidays} />
          <Route path="/rapat/:id">
            {({ id }) => (
              <Meeting
                id={id}
                parts={(meeting, onAdd) => <MeetingParts meeting={meeting} onAdd={onAdd} />}
                inviteMore={(onClose) => <InviteMore meetingId={id} onClose={onClose} />}
              />
            )}
          </Route>
          <Route path="/rapat/:id/undangan">{({ id }) => <Letter key={id} id={id} />}</Route>
          <Route path="/surat/register" component={NumberBook} />
          <Route path="/surat/kop" component={LetterheadPage} />
          <Route path="/surat/kode" component={LetterCodes} />
          <Route path="/fasilitas" component={Facilities} />
          <Route path="/fasilitas/pekan" component={FacilityWeek} />
          <Route path="/fasilitas/sarana" component={FacilityThings} />
          <Route path="/rapat/:id/notulen">{({ id }) => <Minutes id={id} />}</Route>
          <Route path="/konferensi" component={Conferences} />
          <Route path="/konferensi/baru">
            <PlanConference />
          </Route>
          <Route path="/konferensi/:id/laporan">{({ id }) => <PressReport key={id} id={id} />}</Route>
          <Route path="/konferensi/:id/materi">{({ id }) => <PressKit key={id} id={id} />}</Route>
          <Route path="/konferensi/:id/materi/siaran/:item">{({ id, item }) => <PressRelease key={`${id} ${item}`} id={id} item={item} />}</Route>
          <Route path="/konferensi/:id/ubah">{({ id }) => <PlanConference id={id} />}</Route>
          <Route path="/konferensi/:id/pertanyaan">{({ id }) => <PressQuestions key={id} id={id} />}</Route>
          <Route path="/jawaban" component={OwedAnswers} />
          <Route path="/konferensi/:id">{({ id }) => <Conference id={id} facilities={(of) => <FacilitySection {...of} />} />}</Route>
          <Route path="/konferensi/:id/pendaftaran">{({ id }) => <Registrations id={id} />}</Route>
          <Route path="/jurnalis" component={Journalists} />
          <Route path="/jurnalis/media" component={Outlets} />
          <Route path="/tugas" component={Tasks} />
          <Route path="/presensi">
            <Presence
              setCodes={(props) => (
                <Suspense>
                  <SetCodes {...props} />
                </Suspense>
              )}
            />
          </Route>
          <Route path="/presensi/koreksi" component={Corrections} />
          <Route path="/presensi/konfirmasi" component={Confirmations} />
          <Route path="/presensi/rekap" component={Recap} />
          <Route path="/presensi/ekspor" component={Sihadir} />
          <Route path="/presensi/mesin" component={Machine} />
          <Route path="/presensi/tidak-sesuai" component={MachineCases} />
          <Route path="/jadwal/rekap" component={JadwalRecap} />
          <Route path="/jadwal/surat-tugas" component={Assignments} />
          <Route path="/jadwal" component={RotaPlan} />
          <Route path="/jadwal/tukar" component={RotaSwaps} />
          <Route path="/jadwal/cuti" component={RotaAbsences} />
          <Route path="/jadwal-saya" component={MyRota} />
          <Route path="/kebijakan" component={Policies} />
          <Route path="/kebijakan/baru">
            <PolicyForm />
          </Route>
          <Route path="/kebijakan/berlaku" component={DecidedRules} />
          <Route path="/kebijakan/kelompok" component={FunctionGroups} />
          <Route path="/kebijakan/:id/ubah">{({ id }) => <PolicyForm key={id} id={id} />}</Route>
          <Route path="/kebijakan/:id">{({ id }) => <Policy key={id} id={id} />}</Route>
          <Route path="/jam-kerja" component={WorkHours} />
          <Route path="/pegawai" component={Directory} />
          <Route path="/pegawai/impor" component={Import} />
          <Route path="/unit" component={Units} />
          <Route path="/gangguan" component={Outages} />
          <Route path="/surel" component={MailOut} />
          <Route path="/buku-bukti" component={Ledger} />
          <Route path="/akun">
            <Account
              ringing={
                <Suspense fallback={<Bones rows={3} />}>
                  <ClosedRinging />
                </Suspense>
              }
              calendar={
                <Suspense fallback={<Bones rows={2} />}>
                  <CalendarFeed />
                </Suspense>
              }
            />
          </Route>
          <Route path="/pemberitahuan" component={Notices} />
          <Route path="/pemberitahuan/atur" component={NoticeChoice} />
          <Route path="/gerbang" component={Gateways} />
          <Route path="/data-saya" component={MyData} />
          <Route path="/retensi" component={Retention} />
          <Route path="/lainnya">
            <More groups={others} />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </Catch>
  );
}

/** The shape of a page while its code is on the way. */
const Waiting = () => (
  <div className="page" aria-busy="true">
    <div className="page-head">
      <Bones rows={1} />
    </div>
    <Bones rows={6} tall />
  </div>
);
