// Attendance: what the witnesses of presence mean, per meeting (Daftar Hadir) and per day (WFH marks itself). One log, two readings.
import type { Tx } from '../platform/database.ts';
import { tellAll, type Live, type Telling } from '../platform/live.ts';
import type { Letters } from '../letters/index.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Rooms } from '../rooms/index.ts';
import { createConfirmations } from './confirmations.ts';
import { createConfirmationDesk, type ConfirmWorld } from './confirmations-desk.ts';
import { correctionRoutes } from './correction-routes.ts';
import { createCorrections } from './corrections.ts';
import { createCorrectionDesk, type DeskWorld } from './corrections-desk.ts';
import { createDays, type DayWorld } from './days.ts';
import { createOutageRegister, type OutageWorld } from './outage-register.ts';
import { fold, type Window } from './intervals.ts';
import { createOwn } from './own.ts';
import { noteOf, statusText } from './paper.ts';
import { createReadings, type ReadingWorld } from './readings.ts';
import { createRecap, type RecapWorld } from './recap.ts';
import { recapRoutes } from './recap-routes.ts';
import { attendanceRoutes } from './routes.ts';
import { createMachine, type MachineWorld } from './machine.ts';
import { createMachineCases, type CasesWorld } from './machine-cases.ts';
import { createMachineDays, type MachineDaysWorld } from './machine-days.ts';
import { createMachineLog } from './machine-log.ts';
import { createMachineOwn } from './machine-own.ts';
import { machineRoutes } from './machine-routes.ts';
import { createWorked, type WorkedWorld } from './worked.ts';
import { createSihadir, type SihadirWorld } from './sihadir.ts';
import { sihadirRoutes } from './sihadir-routes.ts';
import { createSheets, type SheetWorld } from './sheets.ts';

type World = Omit<SheetWorld, 'corrections'> &
  Omit<DayWorld, 'worked' | 'machineDays'> &
  Omit<ReadingWorld, 'corrections' | 'worked'> &
  WorkedWorld &
  MachineWorld &
  MachineDaysWorld &
  CasesWorld &
  DeskWorld &
  OutageWorld &
  RecapWorld &
  SihadirWorld &
  ConfirmWorld & { letters: Pick<Letters, 'knows'>; live: Pick<Live, 'allow'>; rooms: Pick<Rooms, 'onPresence'>; meetings: Pick<Meetings, 'idsByRoom'> };

export type Attendance = ReturnType<typeof createAttendance>;

export function createAttendance(world: World) {
  const { live, people, rooms, meetings, letters } = world;
  const corrections = createCorrections(world);
  const confirmations = createConfirmations(world);
  const worked = createWorked(world);
  const machineLog = createMachineLog(world);
  const machineDays = createMachineDays(world, { worked, log: machineLog });
  const corrected = { ...world, corrections, worked, machineDays };
  const sheets = createSheets(corrected);
  const days = createDays(corrected);
  const readings = createReadings(corrected);
  const outageRegister = createOutageRegister(world);
  const own = createOwn(world, corrections);
  const recap = createRecap(world, { readings, confirmations, corrections });
  const machine = createMachine(world, machineLog);
  const machineCases = createMachineCases(world, { machine, machineDays, readings });
  const sihadir = createSihadir(world, { readings, confirmations });
  const desk = createCorrectionDesk(world, { intervalsNow: sheets.intervalsNow, dayOf: days.dayOf });
  const confirming = createConfirmationDesk(world, { readings, confirmations });

  live.allow('opd', async ({ person }, opdId) => person?.managesOpds.includes(opdId) ?? false);
  rooms.onPresence(noteChanged);
  letters.knows(sheets.verify);

  /** Somebody came or went: the sheet of the meeting is another one, and maybe the day of these people. */
  async function noteChanged(tx: Tx, members: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const held = await meetings.idsByRoom(tx, [...members.keys()]);
    // Of the crew of a conference too: every room is an official one.
    const ids = [...members.values()].flat().filter((m) => m.startsWith('p_'));
    const byOpd = new Map<string, string[]>();
    if (ids.length > 0)
      for (const person of (await people.persons(tx, [...new Set(ids.map((m) => m.slice(2)))])).values())
        if (person.opd) byOpd.set(person.opd.id, [...(byOpd.get(person.opd.id) ?? []), person.id]);
    await tellAll(tx, [
      ...[...held.values()].map((meetingId): Telling => [[`host:${meetingId}`], { type: 'attendance.changed', meetingId }]),
      ...[...byOpd].map(([opdId, persons]): Telling => [[`opd:${opdId}`, ...persons.map((id) => `person:${id}`)], { type: 'day.changed', opdId }]),
    ]);
  }

  /** Who was in a room, by member: the fold that every reading here is made from. */
  const visitsIn = async (tx: Tx, roomId: string, window: Window) => fold(await rooms.presenceOf(tx, [roomId]), window);

  return {
    visitsIn,
    routes: [
      ...attendanceRoutes(sheets, days, outageRegister),
      ...correctionRoutes(desk, confirming),
      ...recapRoutes(recap),
      ...sihadirRoutes(sihadir),
      ...machineRoutes(machine, machineCases),
    ],
    ...sheets,
    /** How a status, and what stands beside a name, is said on papers. */
    statusText,
    noteOf,
    ...days,
    readings,
    corrections,
    confirmations,
    exports: sihadir,
    machine,
    /** Days that do not fit their code and wait for a human. */
    casesWaiting: machineCases.waiting,
    own: { ...own, ...createMachineOwn(world, machineLog), correctionsOf: desk.mine },
  };
}
