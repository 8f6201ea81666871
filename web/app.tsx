// The office's map: which address opens which screen, who may stand behind the sign-in, and what features are handed of each other.
import { Suspense, type ReactNode } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { makeQueryClient } from './platform/api.ts';
import { begun } from './platform/begun.tsx';
import { LiveProvider } from './platform/live.tsx';
import { piece } from './platform/piece.ts';
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

const SignIn = piece(() => import('./people/sign-in-screen.tsx'));
const SecondStep = piece(() => import('./factors/second-step.tsx'));
const OtherWays = piece(() => import('./factors/other-ways.tsx'));
const OfficeAccount = piece(() => import('./factors/back-screen.tsx'));
const Security = piece(() => import('./factors/security-part.tsx'));
const FactorDue = piece(() => import('./factors/due-strip.tsx'));
const FreshFactor = piece(() => import('./factors/fresh-dialog.tsx'));
const FactorRules = piece(() => import('./factors/rules-screen.tsx'));
const Setup = piece(() => import('./people/setup-screen.tsx'));
const Verify = piece(() => import('./attendance/verify-screen.tsx'));
const Home = begun('/', () => import('./meetings/home-screen.tsx'));
const InvitedBanner = piece(() => import('./meetings/invited-banner.tsx'));
const LobbyStrip = piece(() => import('./lobby/lobby-strip.tsx'));
const Ringing = piece(() => import('./calls/ring/ringing.tsx'));
const Calls = piece(() => import('./calls/missed/calls-screen.tsx'));
const MissedSentence = piece(() => import('./calls/missed/missed-sentence.tsx'));
const Compose = piece(() => import('./calls/compose/compose-screen.tsx'));
const CallBoard = piece(() => import('./calls/board/board-screen.tsx'));
const CallHistory = piece(() => import('./calls/board/history-screen.tsx'));
const Groups = piece(() => import('./calls/settings/groups-screen.tsx'));
const Mandates = piece(() => import('./calls/settings/mandates-screen.tsx'));
const Ladders = piece(() => import('./calls/settings/ladders-screen.tsx'));
const Tasks = piece(() => import('./tasks/tasks-screen.tsx'));
const TaskStrip = piece(() => import('./tasks/task-strip.tsx'));
const TaskSentence = piece(() => import('./tasks/task-sentence.tsx'));
const PressReport = piece(() => import('./press/report/report-screen.tsx'));
const Meetings = piece(() => import('./meetings/meetings-screen.tsx'));
const Now = piece(() => import('./meetings/now-screen.tsx'));
const PlanMeeting = piece(() => import('./planning/plan-screen.tsx'));
const ChangeMeeting = piece(() => import('./planning/change-screen.tsx'));
const Holidays = piece(() => import('./planning/holidays-screen.tsx'));
const Meeting = piece(() => import('./meetings/meeting-screen.tsx'));
const Calendar = piece(() => import('./calendar/calendar-screen.tsx'));
const CalendarFeed = piece(() => import('./calendar/feed-part.tsx'));
const OwnAsks = piece(() => import('./invitations/own-asks.tsx'));
const AnswerScreen = piece(() => import('./answer/answer-screen.tsx'));
const Captioner = piece(() => import('./captions/captioner-screen.tsx'));
const TranscriptPage = piece(() => import('./captions/transcript-screen.tsx'));
const CaptionsSection = piece(() => import('./captions/captions-section.tsx'));
const Minutes = piece(() => import('./minutes/minutes-screen.tsx'));
const Presence = begun('/presensi', () => import('./attendance/presence-screen.tsx'));
const Corrections = piece(() => import('./attendance/corrections-screen.tsx'));
const Confirmations = piece(() => import('./attendance/confirmations-screen.tsx'));
const Duty = piece(() => import('./roster/duty-screen.tsx'));
const SetCodes = piece(() => import('./roster/set-codes.tsx'));
const Recap = piece(() => import('./attendance/recap-screen.tsx'));
const Machine = piece(() => import('./attendance/machine-screen.tsx'));
const MachineCases = piece(() => import('./attendance/cases-screen.tsx'));
const Sihadir = piece(() => import('./attendance/sihadir-screen.tsx'));
const Directory = piece(() => import('./people/directory-screen.tsx'));
const Import = piece(() => import('./people/import-screen.tsx'));
const Units = piece(() => import('./people/units-screen.tsx'));
const SystemPage = piece(() => import('./system/system-screen.tsx'));
const Outages = piece(() => import('./outages/outages-screen.tsx'));
const Letter = piece(() => import('./undangan/letter-screen.tsx'));
const NumberBook = piece(() => import('./undangan/register-screen.tsx'));
const LetterCodes = piece(() => import('./undangan/codes-screen.tsx'));
const LetterheadPage = piece(() => import('./undangan/letterhead-screen.tsx'));
const Facilities = piece(() => import('./facilities/facilities-screen.tsx'));
const FacilityWeek = piece(() => import('./facilities/week-screen.tsx'));
const FacilityThings = piece(() => import('./facilities/things-screen.tsx'));
const MailOut = piece(() => import('./mail/mail-screen.tsx'));
const Policies = piece(() => import('./policies/policies-screen.tsx'));
const Policy = piece(() => import('./policies/policy-screen.tsx'));
const PolicyForm = piece(() => import('./policies/policy-form.tsx'));
const DecidedRules = piece(() => import('./policies/decided-screen.tsx'));
const FunctionGroups = piece(() => import('./policies/groups-screen.tsx'));
const WorkHours = piece(() => import('./policies/hours-screen.tsx'));
const JadwalRecap = piece(() => import('./rota/recap-screen.tsx'));
const Assignments = piece(() => import('./rota/assignments-screen.tsx'));
const RotaPlan = begun(
  '/jadwal',
  () => import('./rota/plan-screen.tsx'),
  () => askForMonth(client),
);
const MyRota = begun('/jadwal-saya', () => import('./rota/my-screen.tsx'));
const RotaSwaps = piece(() => import('./rota/swaps-screen.tsx'));
const RotaAbsences = piece(() => import('./rota/absences-screen.tsx'));
const Ledger = piece(() => import('./ledger/ledger-screen.tsx'));
const ClosedRinging = piece(() => import('./calls/channels/closed-ringing.tsx'));
const KeepDevice = piece(() => import('./calls/channels/keep-device.tsx'));
const Gateways = piece(() => import('./calls/channels/gateways-screen.tsx'));
const Account = piece(() => import('./account/account-screen.tsx'));
const Notices = piece(() => import('./notifications/notices-screen.tsx'));
const NoticeChoice = piece(() => import('./notifications/choice-screen.tsx'));
const MyData = piece(() => import('./privacy/my-data-screen.tsx'));
const Retention = piece(() => import('./privacy/retention-screen.tsx'));
const Conferences = piece(() => import('./press/list/conferences-screen.tsx'));
const InviteMore = piece(() => import('./planning/invite-more.tsx'));
const FacilitySection = piece(() => import('./facilities/facility-section.tsx'));
const PlanConference = piece(() => import('./press/plan/plan-screen.tsx'));
const Conference = piece(() => import('./press/conference/conference-screen.tsx'));
const PressKit = piece(() => import('./press/kit/kit-screen.tsx'));
const PressRelease = piece(() => import('./press/kit/release-screen.tsx'));
const PressRegister = piece(() => import('./press/register/register-screen.tsx'));
const PressPass = piece(() => import('./press/register/open-screen.tsx'));
const Registrations = piece(() => import('./press/desk/desk-screen.tsx'));
const Journalists = piece(() => import('./press/journalists/journalists-screen.tsx'));
const Outlets = piece(() => import('./press/journalists/outlets-screen.tsx'));
const PressQuestions = piece(() => import('./press/questions/questions-screen.tsx'));
const OwedAnswers = piece(() => import('./press/questions/owed-screen.tsx'));
const OwedSentence = piece(() => import('./press/questions/owed-sentence.tsx'));
const More = piece(() => import('./account/more-screen.tsx'));

export function App() {
  return (
    <QueryClientProvider client={client}>
      <Catch>
        <Switch>
          <Route path="/masuk">
            <Public>
              <SignIn
                next={(steps) => <SecondStep {...steps} />}
                others={(to) => (
                  <Suspense>
                    <OtherWays {...to} />
                  </Suspense>
                )}
              />
            </Public>
          </Route>
          <Route path="/masuk/oidc">
            <Public>
              <OfficeAccount />
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
          <Route path="/takarir/:of/:id">
            {({ of, id }) => (
              <Public>
                <Captioner key={id} of={of === 'pers' ? 'pers' : 'rapat'} id={id} />
              </Public>
            )}
          </Route>
          <Route path="/transkrip/:of/:id">
            {({ of, id }) => (
              <Public>
                <TranscriptPage key={id} of={of === 'pers' ? 'pers' : 'rapat'} id={id} />
              </Public>
            )}
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
              <FactorDue />
              <FreshFactor />
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
          <Route path="/konferensi/:id">
            {({ id }) => (
              <Conference
                id={id}
                facilities={(of) => (
                  <>
                    <CaptionsSection of="pers" id={id} />
                    <FacilitySection {...of} />
                  </>
                )}
              />
            )}
          </Route>
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
          <Route path="/sistem" component={SystemPage} />
          <Route path="/surel" component={MailOut} />
          <Route path="/buku-bukti" component={Ledger} />
          <Route path="/akun">
            <Account
              security={
                <Suspense fallback={<Bones rows={3} />}>
                  <Security />
                </Suspense>
              }
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
          <Route path="/faktor" component={FactorRules} />
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
