// The map: one factory per module in dependency order, then their routes. Nothing else knows everything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify, { LogController, type FastifyInstance, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import { getDocs, getOpenApi } from '../shared/health.ts';
import { createHome } from './attendance/home/index.ts';
import { createAssignments } from './assignments/index.ts';
import { createAttendance } from './attendance/index.ts';
import { createCalendar } from './calendar/index.ts';
import { createCaptions } from './captions/index.ts';
import { createChannels } from './calls/channels/index.ts';
import { createDesk } from './calls/desk/index.ts';
import { createCalls } from './calls/index.ts';
import { createInvitations } from './invitations/index.ts';
import { createLetters, createRegister } from './letters/index.ts';
import { createLobby } from './lobby/index.ts';
import { createMeetings } from './meetings/index.ts';
import { createMinutes } from './minutes/index.ts';
import { createModeration } from './moderation/index.ts';
import { createMailDesk, createNotices, createPeople, factorNotice } from './people/index.ts';
import { seal, unseal } from './people/sealed.ts';
import { createNotifications } from './notifications/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Sql } from './platform/database.ts';
import { createFiles } from './platform/files.ts';
import { createGate, type Limits } from './platform/gate.ts';
import { createJobs } from './platform/jobs.ts';
import { createLedger } from './platform/ledger-keeper.ts';
import { createLive } from './platform/live.ts';
import { createMail } from './platform/mail.ts';
import type { MailSettings } from './platform/mail-settings.ts';
import { createMarks } from './platform/marks.ts';
import type { MediaServer } from './platform/media.ts';
import { createMeter } from './platform/metrics.ts';
import { createOnce } from './platform/once.ts';
import { createScanner, type ScannerSettings } from './platform/scanner.ts';
import { docsPage, openApi } from './platform/openapi.ts';
import type { OidcSettings } from './platform/oidc-settings.ts';
import { createOutages } from './platform/outages.ts';
import { createHours } from './hours/index.ts';
import { createPlanning } from './planning/index.ts';
import { createPolicies } from './policies/index.ts';
import { keepPace } from './platform/pace.ts';
import type { PushSettings } from './platform/push.ts';
import { answerUnreadable, serve, serveAll, type Route } from './platform/serve.ts';
import { createSweeps } from './platform/sweeps.ts';
import { heedRequestId, newRequestId } from './platform/request-id.ts';
import { traceTransactions, type Tracing } from './platform/traced.ts';
import { createPressDesk } from './press/desk/index.ts';
import { createPress } from './press/index.ts';
import { createFloor } from './press/floor/index.ts';
import { createKit } from './press/kit/index.ts';
import { cleanPhoto } from './platform/photo.ts';
import { createPressRoom } from './press/room/index.ts';
import { createPrivacy, createSchedule } from './privacy/index.ts';
import { createProceedings } from './proceedings/index.ts';
import { createReadiness } from './readiness/index.ts';
import { createRoomRecord } from './room-record/index.ts';
import { createRooms } from './rooms/index.ts';
import { createPressReport } from './press/report/index.ts';
import { createPressPages } from './press/pages/index.ts';
import type { LiveKit } from './rooms/livekit.ts';
import { createRoster } from './roster/index.ts';
import { createGenerator } from './rota/generator/index.ts';
import { createRota } from './rota/index.ts';
import { createFacilities } from './facilities/index.ts';
import { createSystem } from './system/index.ts';
import { createTasks } from './tasks/index.ts';
import { createUndangan } from './undangan/index.ts';

export const version = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  }
).version;

export type World = {
  sql: Sql;
  clock: Clock;
  logger: FastifyServerOptions['logger'];
  media: MediaServer | null;
  /** Signs what the portal hands out itself (personal links). The same at every portal process. */
  secret: string;
  /** The one before, while it is changed: what it signed and sealed counts, and links are its own until it is taken out. */
  formerSecret?: string | null;
  /** The origin people use, when it is known; else each request's own. */
  origin: string | null;
  /** Where this process listens: printed in papers when no origin is known. */
  listenUrl: string;
  secure: boolean;
  trustProxy: boolean | string;
  /** Where the roots of the ledger are written down outside the database. */
  dataFolder?: string | null;
  /** Web Push; null = off. */
  push?: PushSettings | null;
  /** The mail server; null = letters are kept and not sent. */
  mail?: MailSettings | null;
  /** Opens /metrics; without it that is not there. */
  metricsToken?: string | null;
  /** Spans of requests, transactions, jobs and calls of the media server; null = none. */
  tracing?: Tracing | null;
  /** How much is taken in at once and from whom. */
  limits?: Limits;
  /** The office's own identity provider; null = sign-in by password and passkey. */
  oidc?: OidcSettings | null;
  /** The virus scanner; null = files are kept as they are. */
  scanner?: ScannerSettings | null;
  /** Tests put a stand-in here; it is held to the real server by a contract test. */
  livekit?: LiveKit;
};

/** Pages and files are one: their addresses are many, and not ours to count. */
const routeOf = ({ routeOptions: { url = '' } }: FastifyRequest): string => (/^\/(api|rtc|healthz|readyz|metrics)(\/|$)/.test(url) ? url : 'pages');

export type App = Awaited<ReturnType<typeof buildApp>>;

/** How often meetings that nobody ended are looked for. */
const ENDING_MS = 60_000;
const ENDING_LOCK = 732_009;
/** The ladder of calls, by the second. */
const LADDER_MS = 1_000;
const LADDER_LOCK = 732_010;
/** How often due tasks are looked for. */
const REMINDING_MS = 60_000;
const REMINDING_LOCK = 732_011;
/** Who has the floor and went out of the room, or is over the time. */
const FLOOR_MS = 1_000;
const FLOOR_LOCK = 732_012;
/** Answers owed to the press. */
const OWED_LOCK = 732_013;
/** How often uploads that nobody goes on with are looked for. */
const UPLOADS_MS = 3_600_000;
const UPLOADS_LOCK = 732_020;
/** Rooms that open by the schedule. */
const OPENING_MS = 1_000;
const OPENING_LOCK = 732_021;
/** Turns to speak that are over. */
const TURNS_MS = 1_000;
const TURNS_LOCK = 732_022;
/** How often acts are forgotten that nobody will repeat. */
const ONCE_MS = 3_600_000;
const ONCE_LOCK = 732_032;
/** What the replies are sealed for. */
const ONCE = 'jawaban yang diingat';
/** How often letters are looked for that nobody woke. */
const MAIL_MS = 60_000;
const MAIL_LOCK = 732_014;
/** Reminders of what is to come. */
const REMINDERS_MS = 10_000;
const REMINDERS_LOCK = 732_023;
/** How often it is looked whether a policy ends. */
const WARNING_MS = 3_600_000;
const WARNING_LOCK = 732_031;
/** Notices that nobody woke. */
const NOTICES_LOCK = 732_026;

export async function buildApp({
  sql,
  clock,
  logger,
  media,
  secret,
  formerSecret = null,
  origin,
  listenUrl,
  secure,
  trustProxy,
  dataFolder = null,
  push = null,
  mail: mailSettings = null,
  metricsToken = null,
  tracing = null,
  limits,
  oidc = null,
  scanner: scannerSettings = null,
  livekit,
}: World) {
  const fastify: FastifyInstance = Fastify({
    logger: logger ?? false,
    // A request's own line is written below: a URL may hold a token.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    // Headers within ten seconds, a request within a minute; nothing at all in either direction for two is no connection.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16 * 1024 },
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnreadable,
    return503OnClosing: true,
    requestIdHeader: false,
    genReqId: newRequestId,
  });
  keepPace(fastify.server);
  const { log } = fastify;
  heedRequestId(fastify);
  tracing?.requestsOf(fastify);
  traceTransactions(tracing, sql);
  const once = createOnce({
    sql,
    clock,
    log,
    seal: (owner, text) => seal(secret, ONCE, owner, text),
    unseal: (owner, text) => unseal(secret, ONCE, owner, text) ?? (formerSecret === null ? null : unseal(formerSecret, ONCE, owner, text)),
  });
  let standing: 'starting' | 'serving' | 'closing' = 'starting';
  const meter = createMeter({ version });
  fastify.addHook('onResponse', async (request, reply) => {
    meter.answered(request.method, routeOf(request), reply.statusCode, reply.elapsedTime);
    request.log.debug(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });

  const ledger = createLedger({ sql, clock, dataFolder, log });
  // The database keeps hashes of links: they can be shown again only from the secret they were made with.
  const linkSecret = formerSecret ?? secret;
  const marks = createMarks({ secret, formerSecret, secure });
  const gate = createGate({ clock, limits });
  const people = createPeople({ sql, clock, log, secure, secret, formerSecret, origin, oidc, gate });
  const schedule = createSchedule({ sql, clock });
  const notices = createNotices({ sql, clock, keptMonths: (tx) => schedule.keptMonths(tx, 'fakta_hadir') });
  const live = createLive({ sql, log, whoIs: people.whoIs, stillIn: people.stillIn, origin, meter, version });
  const sweeps = createSweeps({ sql, log, meter });
  const jobs = createJobs({ sql, clock, log, meter, tracing });
  const mail = createMail({ sql, clock, log, jobs, settings: mailSettings, origin: origin ?? listenUrl });
  const mailDesk = createMailDesk({ sql, clock, mail, people });
  const notifications = createNotifications({ sql, clock, log, jobs, mail, people });
  const channels = createChannels({
    sql,
    clock,
    jobs,
    live,
    people,
    secret,
    formerSecret,
    push,
    origin: origin ?? listenUrl,
    noticeReported: notifications.reported,
  });
  for (const channel of ['push', 'sms', 'whatsapp'] as const) notifications.setSender(channel, channels.noticeSenders[channel]);
  const outages = createOutages({ sql, clock, log, media });
  const roster = createRoster({ sql, clock, people });
  const rooms = createRooms({
    sql,
    clock,
    log,
    media,
    origin,
    spoolFolder: dataFolder === null ? null : join(dataFolder, 'spool'),
    meter,
    tracing,
    ...(livekit && { livekit }),
  });
  people.onDisabled((tx, id) => rooms.expel(tx, rooms.personMember(id)));
  const meetings = createMeetings({ sql, clock, people, rooms, notices, live, outages, secret: linkSecret, origin });
  const moderation = createModeration({ sql, clock, log, people, rooms, meetings, notulisOf: (tx, id) => proceedings.notulisOf(tx, id) });
  const files = createFiles({ sql, clock });
  const scanner = createScanner({ settings: scannerSettings, log, meter });
  const roomRecord = createRoomRecord({
    sql,
    clock,
    files,
    scanner,
    people,
    rooms,
    meetings,
    secret,
    formerSecret,
    cleanPicture: (bytes) => cleanPhoto(bytes, { caption: '', credit: '', licence: '' }),
    officers: {
      notulisOf: (tx, id) => proceedings.notulisOf(tx, id),
      mayModerate: moderation.mayModerate,
      chatRule: moderation.chatRule,
      deputies: async (tx, id) =>
        new Map(
          [...(await invitations.standings(tx, id)).values()].flatMap(({ member, goesFor: [of] }): [string, string][] => (of ? [[member, of.member]] : [])),
        ),
    },
  });
  const lobby = createLobby({ sql, clock, live, people, rooms, meetings, notifications, secret: linkSecret });
  const readiness = createReadiness({ sql, clock, rooms, meetings, people, hosts: lobby.hosts, origin });
  const desk = createDesk({ sql, clock, people, roster, meetings, channels });
  const calls = createCalls({ sql, clock, log, live, people, rooms, meetings, desk, channels, origin: origin ?? listenUrl, meter });
  const proceedings = createProceedings({ sql, clock, log, people, rooms, meetings, calls, record: roomRecord });
  const letters = createLetters({ log, origin: origin ?? listenUrl, register: createRegister({ sql, clock, people, scanner }) });
  const undangan = createUndangan({ sql, clock, files, people, meetings, letters, notifications });
  const press = createPress({ sql, clock, log, live, people, rooms, secret: linkSecret, origin });
  const facilities = createFacilities({ sql, clock, people, meetings, notifications, conferences: press });
  const planning = createPlanning({ sql, clock, people, meetings, roster, conferencesOf: press.held.crewSpans });
  const hours = createHours({ sql, clock, people, holidays: planning.holidaysAsOf });
  const policies = createPolicies({ sql, clock, files, scanner, people, notifications });
  const rota = createRota({ sql, clock, people, roster, notifications, letters, sources: { ...policies, daysOf: hours.daysOf } });
  const assignments = createAssignments({ sql, clock, files, people, letters, notifications, rota });
  rota.heedLetters(assignments.lettersAt);
  const generator = createGenerator({ sql, clock, log, plans: { planFor: rota.planFor, sheetFor: rota.forGenerator, putGenerated: rota.putGenerated } });
  const invitations = createInvitations({ sql, clock, people, rooms, meetings, mail, letters, notifications, planning, undangan });
  planning.heedAnswers(invitations.declined);
  const attendance = createAttendance({
    sql,
    clock,
    live,
    people,
    roster,
    rooms,
    meetings,
    alsoHeld: press.held,
    letters,
    ledger,
    scanner,
    outages,
    hours,
    calls,
    invitations,
    proceedings,
    notifications,
  });
  const home = createHome({ sql, clock, people, roster, hours, rota, attendance });
  const minutes = createMinutes({
    sql,
    clock,
    log,
    origin,
    whoIs: people.whoIs,
    people,
    meetings,
    attendance,
    proceedings,
    letters,
    ledger,
    jobs,
    notifications,
  });
  const calendar = createCalendar({
    sql,
    clock,
    people,
    roster,
    meetings,
    conferences: press.calendarConferences,
    holidays: planning.holidays,
    requests: facilities.calendarEntries,
    series: planning.series,
    write: invitations.feedText,
    secret: linkSecret,
    origin: origin ?? listenUrl,
  });
  const tasks = createTasks({ sql, clock, people, meetings, proceedings, notifications });
  const pressDesk = createPressDesk({ sql, clock, log, people, press, mail, notices, secret: linkSecret });
  const pressRoom = createPressRoom({ sql, clock, press, desk: pressDesk, rooms, notices, origin });
  const floor = createFloor({ sql, clock, log, people, press, desk: pressDesk, room: pressRoom, rooms, mail, notifications });
  const kit = createKit({ sql, clock, log, people, press, desk: pressDesk, files, scanner, letters, secret });
  const report = createPressReport({
    sql,
    clock,
    people,
    press,
    desk: pressDesk,
    room: pressRoom,
    floor,
    kit,
    letters,
    outages,
    visitsIn: attendance.visitsIn,
  });
  const pages = createPressPages({ sql, clock, people, press, desk: pressDesk, mail, kit, floor, origin: origin ?? listenUrl, version });
  const captions = createCaptions({
    sql,
    clock,
    people,
    meetings,
    press,
    rooms,
    notulisOf: proceedings.notulisOf,
    journalists: async (tx, id) => (await pressDesk.accredited(tx, id)).map(({ member, name, outlet }) => ({ member, name, label: outlet })),
  });
  people.onFactorsChanged((tx, told) => notifications.notify(tx, factorNotice(told)));
  for (const source of [meetings.reminding, press.reminding]) notifications.remindOf(source);
  const privacy = createPrivacy({ sql, clock, people, notices, meetings, press, attendance, calls, letters, schedule, roster });

  const system = createSystem({
    sql,
    clock,
    log,
    meter,
    version,
    rooms,
    media: () => (media === null && !livekit ? 'absent' : rooms.mediaState() === 'ready' ? 'ok' : 'down'),
    live,
    jobs,
    mail,
    notifications,
    scanner,
    dataFolder,
    origin,
    metricsToken,
    standing: () => standing,
  });

  // Half a second of work each, and anybody may ask.
  let described: ReturnType<typeof openApi> | undefined;
  let documented: string | undefined;
  const routes: Route[] = [
    serve(getOpenApi, async () => (described ??= openApi(routes, version))),
    serve(getDocs, async () => ({ content: (documented ??= docsPage(routes)) })),
    ...[
      people,
      mailDesk,
      notifications,
      channels,
      roster,
      rooms,
      meetings,
      moderation,
      lobby,
      readiness,
      desk,
      calls,
      roomRecord,
      proceedings,
      letters,
      invitations,
      undangan,
      facilities,
      attendance,
      home,
      minutes,
      tasks,
      calendar,
      planning,
      hours,
      policies,
      rota,
      assignments,
      generator,
      press,
      pressDesk,
      pressRoom,
      floor,
      kit,
      report,
      pages,
      captions,
      privacy,
      ledger,
      system,
    ].flatMap((module) => module.routes),
  ];
  await live.mount(fastify);
  await serveAll(fastify, routes, { log, whoIs: people.whoIs, origin, secure, gate, marks, requireFresh: people.requireFresh, once });
  await rooms.mount(fastify);
  await minutes.mount(fastify);

  /** Sweeps begin; the database and the schema must be there. */
  async function start(): Promise<void> {
    meter.start();
    system.start();
    ledger.start();
    await people.resealFormer();
    await rooms.start();
    jobs.start();
    sweeps.every(ENDING_MS, ENDING_LOCK, meetings.endAbandoned, 'abandoned_meetings');
    sweeps.every(OPENING_MS, OPENING_LOCK, lobby.openDue, 'opening_rooms');
    sweeps.every(LADDER_MS, LADDER_LOCK, calls.runLadder, 'ladder');
    sweeps.every(REMINDING_MS, REMINDING_LOCK, tasks.remind, 'task_reminders');
    sweeps.every(FLOOR_MS, FLOOR_LOCK, floor.runFloor, 'floor');
    sweeps.every(TURNS_MS, TURNS_LOCK, moderation.runTurns, 'turns');
    sweeps.every(REMINDING_MS, OWED_LOCK, floor.remind, 'owed_answers');
    sweeps.every(UPLOADS_MS, UPLOADS_LOCK, async () => (await kit.sweepUploads()) + (await roomRecord.sweepUploads()), 'uploads');
    sweeps.every(MAIL_MS, MAIL_LOCK, mail.tend, 'mail');
    sweeps.every(REMINDERS_MS, REMINDERS_LOCK, notifications.remind, 'reminders');
    sweeps.every(MAIL_MS, NOTICES_LOCK, notifications.tend, 'notices');
    sweeps.every(ONCE_MS, ONCE_LOCK, once.sweep, 'acts_done_once');
    sweeps.every(WARNING_MS, WARNING_LOCK, policies.warn, 'policy_warnings');
    if (standing === 'starting') standing = 'serving';
  }

  /** People are told, connections end, the media server is stopped (so that its exit is on record), sweeps finish. The database is the caller's. */
  async function close(): Promise<void> {
    standing = 'closing';
    meter.stop();
    await live.close();
    await jobs.stop();
    await media?.stop();
    await proceedings.stop();
    await floor.stop();
    await outages.stop();
    await ledger.stop();
    await rooms.stop();
    await sweeps.stop();
    await minutes.close();
    await generator.stop();
    await letters.close();
    await fastify.close();
    await people.close();
    await system.stop();
    await kit.settled();
  }

  return {
    fastify,
    sql,
    clock,
    people,
    notices,
    live,
    roster,
    rooms,
    meetings,
    captions,
    planning,
    hours,
    policies,
    rota,
    assignments,
    moderation,
    lobby,
    desk,
    calls,
    tasks,
    calendar,
    letters,
    undangan,
    facilities,
    outages,
    roomRecord,
    proceedings,
    attendance,
    minutes,
    press,
    pressDesk,
    pressRoom,
    floor,
    kit,
    ledger,
    jobs,
    mail,
    notifications,
    once,
    channels,
    routes,
    mark: gate.mark(marks),
    health: system.health,
    start,
    close,
  };
}
