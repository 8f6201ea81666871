// The linter keeps the map of design true; this keeps the linter true: each deliberate violation must be caught, each proper import pass.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const forbidden: Record<string, string> = {
  'server/meetings/knows-attendance.ts': `import type { Attendance } from '../attendance/index.ts'; export type A = Attendance;`,
  'server/rooms/knows-letters.ts': `import type { Letters } from '../letters/index.ts'; export type A = Letters;`,
  'server/people/knows-rooms.ts': `import type { Rooms } from '../rooms/index.ts'; export type A = Rooms;`,
  'server/press/knows-attendance.ts': `import type { Attendance } from '../attendance/index.ts'; export type A = Attendance;`,
  'server/attendance/past-the-face.ts': `import type { Row } from '../people/store.ts'; export type A = Row;`,
  'server/attendance/takes-an-instance.ts': `import { createPeople } from '../people/index.ts'; export const a = createPeople;`,
  'server/meetings/knows-the-map.ts': `import type { App } from '../app.ts'; export type A = App;`,
  'server/platform/knows-a-domain.ts': `import type { People } from '../people/index.ts'; export type A = People;`,
  'server/platform/knows-the-process.ts': `import type { Config } from '../config.ts'; export type A = Config;`,
  'server/meetings/own-livekit.ts': `import { AccessToken } from 'livekit-server-sdk'; export const a = AccessToken;`,
  'server/rooms/other-livekit.ts': `import { AccessToken } from 'livekit-server-sdk'; export const a = AccessToken;`,
  'server/meetings/own-database.ts': `import postgres from 'postgres'; export const a = postgres;`,
  'server/people/other-sessions.ts': `import { Lucia } from 'lucia'; export const a = Lucia;`,
  'server/meetings/own-socket.ts': `import websocket from '@fastify/websocket'; export const a = websocket;`,
  'server/meetings/own-queue.ts': `import { run } from 'graphile-worker'; export const a = run;`,
  'server/calls/own-client.ts': `import pg from 'pg'; export const a = pg;`,
  'server/calls/channels/own-push.ts': `import webPush from 'web-push'; export const a = webPush;`,
  'server/calls/channels/knows-attendance.ts': `import type { Attendance } from '../../attendance/index.ts'; export type A = Attendance;`,
  'server/calls/takes-an-instance.ts': `import { createPeople } from '../people/index.ts'; export const a = createPeople;`,
  'server/meetings/knows-web.ts': `import { call } from '../../web/platform/call.ts'; export const a = call;`,
  'server/knows-web.ts': `import { call } from '../web/platform/call.ts'; export const a = call;`,
  'web/meetings/knows-people.tsx': `import { Directory } from '../people/directory.tsx'; export const a = Directory;`,
  'web/calls/board/knows-meetings.tsx': `import { Rows } from '../../meetings/meeting-row.tsx'; export const a = Rows;`,
  'web/calls/board/knows-compose.tsx': `import { Form } from '../compose/form.tsx'; export const a = Form;`,
  'web/whom/knows-meetings.tsx': `import { Rows } from '../meetings/meeting-row.tsx'; export const a = Rows;`,
  'web/meetings/knows-server.ts': `import type { App } from '../../server/app.ts'; export type A = App;`,
  'web/meetings/own-livekit.ts': `import { Room } from 'livekit-client'; export const a = Room;`,
  'web/ui/own-livekit.ts': `import { useTracks } from '@livekit/components-react'; export const a = useTracks;`,
  'web/room/knows-meetings.ts': `import { useMeeting } from '../meetings/use-meeting.ts'; export const a = useMeeting;`,
  'web/platform/knows-a-feature.ts': `import { useMeeting } from '../meetings/use-meeting.ts'; export const a = useMeeting;`,
  'web/ui/knows-a-feature.ts': `import { useMeeting } from '../meetings/use-meeting.ts'; export const a = useMeeting;`,
  'web/meetings/uses-node.ts': `import { readFile } from 'node:fs'; export const a = readFile;`,
  'server/meetings/own-text.ts': `import { Doc } from 'yjs'; export const a = Doc;`,
  'server/attendance/own-writing.ts': `import { Hocuspocus } from '@hocuspocus/server'; export const a = Hocuspocus;`,
  'server/attendance/knows-minutes.ts': `import type { MinutesModule } from '../minutes/index.ts'; export type A = MinutesModule;`,
  'server/proceedings/knows-attendance.ts': `import type { Attendance } from '../attendance/index.ts'; export type A = Attendance;`,
  'server/proceedings/past-the-face.ts': `import { dayIn } from '../people/days.ts'; export const a = dayIn;`,
  'server/meetings/knows-planning.ts': `import type { Planning } from '../planning/index.ts'; export type A = Planning;`,
  'server/planning/knows-calendar.ts': `import type { Calendar } from '../calendar/index.ts'; export type A = Calendar;`,
  'server/lobby/past-the-face.ts': `import type { Row } from '../moderation/store.ts'; export type A = Row;`,
  'server/notifications/knows-meetings.ts': `import type { Meetings } from '../meetings/index.ts'; export type A = Meetings;`,
  'web/room-entry/moderation/knows-record.ts': `import { Poll } from '../record/poll.tsx'; export const a = Poll;`,
  'server/meetings/knows-calls.ts': `import type { Calls } from '../calls/index.ts'; export type A = Calls;`,
  'server/attendance/knows-tasks.ts': `import type { Tasks } from '../tasks/index.ts'; export type A = Tasks;`,
  'server/tasks/knows-privacy.ts': `import type { Privacy } from '../privacy/index.ts'; export type A = Privacy;`,
  'server/tasks/takes-an-instance.ts': `import { createMeetings } from '../meetings/index.ts'; export const a = createMeetings;`,
  'server/privacy/past-the-face.ts': `import type { OwnCall } from '../calls/own.ts'; export type A = OwnCall;`,
  'server/minutes/takes-an-instance.ts': `import { createAttendance } from '../attendance/index.ts'; export const a = createAttendance;`,
  'web/minutes/own-editor.tsx': `import { EditorContent } from '@tiptap/react'; export const a = EditorContent;`,
  'web/press/kit/own-editor.tsx': `import { EditorContent } from '@tiptap/react'; export const a = EditorContent;`,
  'web/press/kit/writing/knows-meetings.tsx': `import { Rows } from '../../../meetings/meeting-row.tsx'; export const a = Rows;`,
  'web/press/kit/writing/together.ts': `import { Doc } from 'yjs'; export const a = Doc;`,
  'web/meetings/own-text.ts': `import { Doc } from 'yjs'; export const a = Doc;`,
  'server/recording/knows-rooms.ts': `import type { Rooms } from '../rooms/index.ts'; export type A = Rooms;`,
  'shared/knows-server.ts': `import type { App } from '../server/app.ts'; export type A = App;`,
};

const proper: Record<string, string> = {
  'server/app.ts': `import { createPeople } from './people/index.ts'; export const a = createPeople;`,
  'server/attendance/index.ts': `import type { People } from '../people/index.ts'; import { getMe } from '../../shared/people.ts'; export type A = People; export const a = getMe;`,
  'server/meetings/store.ts': `import type { Tx } from '../platform/database.ts'; import { refuse } from '../platform/refusal.ts'; export type A = Tx; export const a = refuse;`,
  'server/rooms/livekit.ts': `import { AccessToken } from 'livekit-server-sdk'; export const a = AccessToken;`,
  'server/people/sessions.ts': `import { Lucia } from 'lucia'; export const a = Lucia;`,
  'server/platform/database.ts': `import postgres from 'postgres'; export const a = postgres;`,
  'server/platform/jobs.ts': `import pg from 'pg'; import { run } from 'graphile-worker'; export const a = [pg, run];`,
  'server/platform/push.ts': `import webPush from 'web-push'; export const a = webPush;`,
  'server/calls/channels/index.ts': `import type { People } from '../../people/index.ts'; import { onDuty } from '../ladder.ts'; export type A = People; export const a = onDuty;`,
  'server/platform/live.ts': `import websocket from '@fastify/websocket'; export const a = websocket;`,
  'server/minutes/writing.ts': `import { Hocuspocus } from '@hocuspocus/server'; import { Doc } from 'yjs'; import type { Attendance } from '../attendance/index.ts'; export const a = [Hocuspocus, Doc]; export type A = Attendance;`,
  'web/minutes/writing/editor.tsx': `import { EditorContent } from '@tiptap/react'; import { Doc } from 'yjs'; import { Button } from '../../ui/button.tsx'; export const a = [EditorContent, Doc, Button];`,
  'web/press/kit/writing/editor.tsx': `import { EditorContent } from '@tiptap/react'; import { times } from '../times.ts'; import { Button } from '../../../ui/button.tsx'; import type { Release } from '../../../../shared/press-kit.ts'; export const a = [EditorContent, times, Button]; export type B = Release;`,
  'server/recording/build.ts': `import { onPath } from '../platform/livekit-binary.ts'; import { line } from '../say.mjs'; export const a = [onPath, line];`,
  'web/app.tsx': `import { Directory } from './people/directory.tsx'; export const a = Directory;`,
  'web/meetings/screen.tsx': `import { Stage } from '../room/stage.tsx'; import { Button } from '../ui/button.tsx'; export const a = [Stage, Button];`,
  'web/calls/board/screen.tsx': `import { Picker } from '../../whom/picker.tsx'; import { span } from '../span.ts'; import { Button } from '../../ui/button.tsx'; import type { CallBoard } from '../../../shared/calls.ts'; export const a = [Picker, span, Button]; export type B = CallBoard;`,
  'web/room/media.ts': `import { Room } from 'livekit-client'; export const a = Room;`,
};

let folder = '';
let caught: Set<string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-impor-'));
  copyFileSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
  for (const [path, text] of Object.entries({ ...forbidden, ...proper })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  caught = new Set(lint(folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files in which the import rule speaks. */
function lint(cwd: string): string[] {
  const args = ['--format=json', '--allow=all', '--deny=no-restricted-imports'];
  let report: string;
  try {
    report = execFileSync(resolve('node_modules/.bin/oxlint'), args, { cwd, encoding: 'utf8' });
  } catch (error) {
    report = (error as { stdout: string }).stdout;
  }
  const { diagnostics } = JSON.parse(report) as { diagnostics: { code: string; filename: string }[] };
  return diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename);
}

test.each(Object.keys(forbidden))('%s is caught', (path) => {
  expect(caught).toContain(path);
});

test.each(Object.keys(proper))('%s passes', (path) => {
  expect(caught).not.toContain(path);
});
