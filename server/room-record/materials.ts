// Materials: put up before or during the meeting, shown to everybody page by page. Truth is the row; the message that goes round holds all of it.
import type { z } from 'zod';
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/materials.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql, Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import { tell } from '../platform/live.ts';
import { oneAtATime } from '../platform/in-turn.ts';
import { ranged } from '../platform/ranged.ts';
import { refuse } from '../platform/refusal.ts';
import type { Caller, ServedFile } from '../platform/serve.ts';
import type { Meetings } from '../meetings/index.ts';
import type { Access, Here } from './access.ts';
import type { Asked } from './chat.ts';
import * as store from './material-store.ts';
import { pagesOf } from './pdf-pages.ts';
import type { Ready, Uploads } from './uploads.ts';

type World = { sql: Sql; clock: Clock; files: Files; meetings: Pick<Meetings, 'dossier'>; access: Access; uploads: Uploads };
type Materials = z.input<typeof wire.Materials>;

export function createMaterials({ sql, clock, files, meetings, access, uploads }: World) {
  /** Each may be 50 MiB in memory. */
  const inTurn = oneAtATime();
  const counted = ({ picture, whole }: Ready): Promise<number | null> | 1 =>
    picture === null ? inTurn(async () => pagesOf(await files.bytesOf(sql, whole.id, 0, whole.size))) : 1;

  const leadsHere = (here: Here): boolean => here.leads || access.prepares(here);
  const mayPresent = async (tx: Tx, here: Here): Promise<boolean> => leadsHere(here) || (await store.presentersOf(tx, here.meeting.id)).includes(here.member);

  /** To put something up: while the meeting is not over. */
  async function mayPutUp(tx: Tx, here: Here): Promise<void> {
    if (!(await mayPresent(tx, here))) refuse('material.not_presenter');
    await access.mustNotBeOver(tx, here);
  }

  async function viewed(tx: Tx, here: Here): Promise<Materials> {
    const { meeting, member } = here;
    const rows = await store.materialsOf(tx, meeting.id);
    const found = await files.find(
      tx,
      rows.map(({ fileId }) => fileId),
    );
    const presenters = await store.presentersOf(tx, meeting.id);
    const names = presenters.length === 0 ? new Map<string, string>() : await namesOf(tx, meeting.id);
    const now = await store.showingOf(tx, meeting.id);
    const shown = meeting.state === 'berlangsung' && now?.materialId ? now : null;
    const leads = leadsHere(here);
    return {
      materials: rows.flatMap(({ id, title, fileId, member: by, byName, at }) => {
        const file = found.get(fileId);
        return file ? [{ id, title, type: file.type, name: file.name, size: file.size, byName, at: at.toISOString(), removable: leads || by === member }] : [];
      }),
      showing: shown && { material: shown.materialId ?? '', page: shown.page, by: shown.member, byName: shown.byName, step: shown.step },
      step: now?.step ?? 0,
      presenters: presenters.map((one) => ({ member: one, name: names.get(one) ?? '' })),
      you: { member, mayPresent: leads || presenters.includes(member), leads },
      serverTime: clock.now().toISOString(),
    };
  }
  const namesOf = async (tx: Tx, meetingId: string): Promise<Map<string, string>> =>
    new Map((await meetings.dossier(tx, meetingId))?.invitations.map(({ member, name }) => [member, name]));

  const read = async (caller: Caller, meetingId: string): Promise<Materials> => viewed(sql, await access.hereOrPreparing(sql, caller, meetingId));

  async function at(caller: Caller, meetingId: string, act: (tx: Tx, here: Here) => Promise<unknown>): Promise<Materials> {
    return sql.begin(async (tx) => {
      const here = await access.hereOrPreparing(tx, caller, meetingId);
      if ((await act(tx, here)) !== false) await tell(tx, [`meeting:${meetingId}`, `host:${meetingId}`], { type: 'materials.changed', meetingId });
      return viewed(tx, here);
    });
  }

  async function putUp(caller: Caller, meetingId: string, { upload, title }: BodyOf<typeof wire.postMaterial>): Promise<Materials> {
    const before = await access.hereOrPreparing(sql, caller, meetingId);
    await mayPutUp(sql, before);
    // Put up already: a second tap, or an answer that was lost.
    if (await store.materialOf(sql, meetingId, upload)) return viewed(sql, before);
    const ready = await uploads.ready(meetingId, before.member, upload, 'materi');
    const pages = await counted(ready);
    return at(caller, meetingId, async (tx, here) => {
      await mayPutUp(tx, here);
      const kept = await uploads.keep(tx, ready);
      if (!kept) return false;
      // A picture is shown as it is.
      if (kept.thumbId !== null) await files.destroy(tx, [kept.thumbId]);
      return store.insertMaterial(tx, meetingId, { id: upload, title, fileId: kept.fileId, pages, member: here.member, byName: here.name, at: clock.now() });
    });
  }

  const takeDown = (caller: Caller, meetingId: string, id: string): Promise<Materials> =>
    at(caller, meetingId, async (tx, here) => {
      await access.mustNotBeOver(tx, here);
      const found = await store.materialOf(tx, meetingId, id);
      if (!found) return false;
      if (found.member !== here.member && !leadsHere(here)) refuse('material.not_yours');
      if ((await store.showingOf(tx, meetingId))?.materialId === id) await turn(tx, here, null, 1);
      return store.deleteMaterial(tx, id);
    });

  async function turn(tx: Tx, { meeting, member, name }: Pick<Here, 'meeting' | 'member' | 'name'>, material: string | null, page: number): Promise<void> {
    const step = await store.putShowing(tx, meeting.id, { materialId: material, page, member, byName: name }, clock.now());
    await tell(tx, [`meeting:${meeting.id}`], { type: 'showing.changed', meetingId: meeting.id, material, page, by: member, byName: name, step });
  }

  async function show(caller: Caller, meetingId: string, { material, page }: BodyOf<typeof wire.putShowing>): Promise<Materials> {
    return sql.begin(async (tx) => {
      const here = await access.here(tx, caller, meetingId);
      if (!(await mayPresent(tx, here))) refuse('material.not_presenter');
      await access.mustRun(tx, here);
      const found = material === null ? null : ((await store.materialOf(tx, meetingId, material)) ?? refuse('not_found'));
      if (found?.pages != null && page > found.pages)
        refuse('material.no_page', { pages: found.pages }, [{ path: 'page', message: `paling banyak ${found.pages}` }]);
      const now = await store.showingOf(tx, meetingId);
      const same = (now?.materialId ?? null) === material && (material === null || now?.page === page);
      if (!same) await turn(tx, here, material, page);
      return viewed(tx, here);
    });
  }

  const letPresent = (caller: Caller, meetingId: string, member: string, presents: boolean): Promise<Materials> =>
    at(caller, meetingId, async (tx, here) => {
      if (!leadsHere(here)) refuse('proceedings.not_writer');
      await access.mustNotBeOver(tx, here);
      if (!(await namesOf(tx, meetingId)).has(member)) refuse('proceedings.not_invited');
      return store.setPresenter(tx, meetingId, member, presents, clock.now());
    });

  async function fileOf({ request, reply }: Asked, caller: Caller, meetingId: string, id: string, save: boolean): Promise<ServedFile> {
    await access.hereOrPreparing(sql, caller, meetingId);
    const found = (await store.materialOf(sql, meetingId, id)) ?? refuse('not_found');
    const file = (await files.find(sql, [found.fileId])).get(found.fileId);
    if (!file || file.sha256 === null) refuse('not_found');
    return ranged(request, reply, { ...file, sha256: file.sha256, name: save ? file.name : null, read: (from, to) => files.read(file.id, from, to) });
  }

  return { read, putUp, takeDown, show, letPresent, fileOf, mayPutUp };
}
