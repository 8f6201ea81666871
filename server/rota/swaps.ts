// Two of one unit exchange days of a published plan: asked, agreed by the other, approved by the head or who prepares; then it is a revision.
import type { BodyOf } from '../../shared/endpoint.ts';
import type * as wire from '../../shared/rota.ts';
import type { PlanCell, Swap } from '../../shared/rota.ts';
import type { Opd } from '../../shared/people.ts';
import type { Notifications } from '../notifications/index.ts';
import type { People } from '../people/index.ts';
import type { Sql, Tx } from '../platform/database.ts';
import { tell } from '../platform/live.ts';
import { monthText } from '../platform/local-time.ts';
import { refuse, type Language } from '../platform/refusal.ts';
import { actsFor, type SignedIn } from '../platform/serve.ts';
import { newlyBroken } from './plan-deciding.ts';
import type { Plans } from './plans.ts';
import { dayText, firstOf } from './plan.ts';
import { isSame, refuseViolations, type Change, type Content } from './publishing.ts';
import { daysBetween } from './sheet.ts';
import * as store from './swap-store.ts';
import { lockPlan, overridesOf, planOf, type PlanRow } from './store.ts';

type World = { sql: Sql; people: Pick<People, 'persons' | 'opds' | 'headsOf'>; notifications: Pick<Notifications, 'notify'>; plans: Plans; now: () => Date };
type Pair = Pick<store.SwapRow, 'askerId' | 'askerDate' | 'otherId' | 'otherDate'>;
const SWAPPED: ReadonlySet<string> = new Set(['WFO', 'WFH', 'PIKET', 'LIBUR']);
const isOver = (state: wire.SwapState): boolean => state !== 'diminta' && state !== 'disepakati';
const NEXT = { sepakat: 'disepakati', sahkan: 'disahkan', tolak: 'ditolak', batal: 'dibatalkan' } as const;

const OVER: Record<wire.SwapState, Record<Language, string>> = {
  diminta: { id: 'diminta', en: 'asked' },
  disepakati: { id: 'disepakati', en: 'agreed' },
  disahkan: { id: 'disahkan', en: 'approved' },
  ditolak: { id: 'ditolak', en: 'refused' },
  dibatalkan: { id: 'dibatalkan', en: 'withdrawn' },
};
const notPossible = (id: string, en: string): never => refuse('rota.swap_not_possible', { why: { id, en } });
const notPublished = (): never => notPossible('jadwal bulan ini belum terbit', 'the roster of this month is not published yet');

export function createSwaps({ sql, people, notifications, plans, now }: World) {
  const opdOf = async (tx: Tx, opdId: string): Promise<Opd> => (await people.opds(tx)).find(({ id }) => id === opdId) ?? refuse('not_found');

  async function views(tx: Tx, rows: readonly store.SwapRow[], viewer: SignedIn): Promise<Swap[]> {
    const persons = await people.persons(tx, [...new Set(rows.flatMap(({ askerId, otherId }) => [askerId, otherId]))]);
    const steps = await store.swapSteps(
      tx,
      rows.map(({ id }) => id),
    );
    return Promise.all(
      rows.map(async (row): Promise<Swap> => {
        const nameOf = (id: string): string => persons.get(id)?.name ?? '–';
        const isOpen = !isOver(row.state);
        const isParty = viewer.id === row.askerId || viewer.id === row.otherId;
        const decides = !isParty && (actsFor(viewer, row.opdId) || (await plans.isHead(tx, viewer, await opdOf(tx, row.opdId))));
        return {
          id: row.id,
          planId: row.planId,
          state: row.state,
          asker: { id: row.askerId, name: nameOf(row.askerId), date: row.askerDate, code: row.askerCode, shift: row.askerShift },
          other: { id: row.otherId, name: nameOf(row.otherId), date: row.otherDate, code: row.otherCode, shift: row.otherShift },
          note: row.note,
          askedAt: row.askedAt.toISOString(),
          steps: steps.filter(({ swapId }) => swapId === row.id).map(({ state, words, byName, at }) => ({ state, words, byName, at: at.toISOString() })),
          may: {
            agree: row.state === 'diminta' && viewer.id === row.otherId,
            approve: row.state === 'disepakati' && decides,
            refuse: isOpen && (viewer.id === row.otherId || (row.state === 'disepakati' && decides)),
            withdraw: isOpen && viewer.id === row.askerId,
          },
        };
      }),
    );
  }
  const viewOf = async (tx: Tx, id: string, viewer: SignedIn): Promise<Swap> =>
    (await views(tx, [(await store.swapById(tx, id)) ?? refuse('not_found')], viewer))[0] ?? refuse('not_found');

  async function list(person: SignedIn, opdId: string | undefined) {
    if (opdId !== undefined) await plans.managed(sql, person, opdId);
    const rows = await store.swapsOf(sql, { personId: person.id, opdId: opdId ?? null });
    return { swaps: await views(sql, rows, person), serverTime: now().toISOString() };
  }

  /** What would be published; refuses what cannot be, and what breaks a rule that holds now. */
  async function changesOf(tx: Tx, plan: PlanRow, opd: Opd, pair: Pair): Promise<{ changes: Change[]; gives: { asker: PlanCell; other: PlanCell } }> {
    const { sheet, content } = await plans.inForce(tx, { plan, opd });
    const unitOf = (id: string): string | undefined => sheet.people.find((person) => person.id === id)?.unitId;
    if (unitOf(pair.askerId) === undefined || unitOf(pair.askerId) !== unitOf(pair.otherId)) notPossible('bukan satu unit', 'they are not of one unit');
    const today = plans.todayIn(opd);
    for (const date of [pair.askerDate, pair.otherDate])
      if (date <= today) notPossible(`${dayText(date)} sudah tidak dapat diubah`, `${dayText(date)} cannot be changed any more`);
    const cellOf = (id: string, date: string): PlanCell => {
      const cell = publishedCell(content, id, date);
      return cell && SWAPPED.has(cell.code)
        ? cell
        : notPossible(
            `pada ${dayText(date)} salah satu sedang cuti, sakit, dinas luar, atau tidak dijadwalkan`,
            `on ${dayText(date)} one of them is on leave, ill, travelling, or not planned`,
          );
    };
    const changes = [...new Set([pair.askerDate, pair.otherDate])].flatMap((date): Change[] => {
      const [mine, theirs] = [cellOf(pair.askerId, date), cellOf(pair.otherId, date)];
      const basis = `Tukar hari · Jadwal ${monthText(plan.month)}`;
      if (isSame(mine, theirs)) return [];
      const given = ({ code, shift }: PlanCell) => ({ code, shift, basis });
      return [
        { personId: pair.askerId, date, cell: given(theirs) },
        { personId: pair.otherId, date, cell: given(mine) },
      ];
    });
    if (changes.length === 0) notPossible('keduanya sudah sama', 'both are the same already');
    refuseViolations(sheet, newlyBroken(sheet, changes, await overridesOf(tx, plan.id)));
    return { changes, gives: { asker: cellOf(pair.askerId, pair.askerDate), other: cellOf(pair.otherId, pair.otherDate) } };
  }

  const ask = (person: SignedIn, { date, otherId, otherDate, note }: BodyOf<typeof wire.postRotaSwap>): Promise<Swap> =>
    sql.begin(async (tx) => {
      if (otherId === person.id) refuse('input.invalid', {}, [{ path: 'otherId', message: 'pilih rekan lain' }]);
      if (date.slice(0, 7) !== otherDate.slice(0, 7)) refuse('input.invalid', {}, [{ path: 'otherDate', message: 'pilih hari di bulan yang sama' }]);
      const known = person.opdId === null ? null : await planOf(tx, person.opdId, date.slice(0, 7));
      const plan = (known && (await lockPlan(tx, known.id))) ?? notPublished();
      if (plan.revision === null) notPublished();
      const pair = { askerId: person.id, askerDate: date, otherId, otherDate };
      const again = await store.openSwap(tx, { planId: plan.id, ...pair });
      if (again !== null) return viewOf(tx, again, person);
      const { gives } = await changesOf(tx, plan, await opdOf(tx, plan.opdId), pair);
      const by = plans.byOf(person);
      const id = await store.insertSwap(tx, {
        planId: plan.id,
        ...pair,
        askerCode: gives.asker.code,
        askerShift: gives.asker.shift,
        otherCode: gives.other.code,
        otherShift: gives.other.shift,
        note,
        askedAt: by.at,
      });
      await store.insertSwapStep(tx, id, { state: 'diminta', words: note, by });
      await inform(
        tx,
        [otherId],
        id,
        { id: `${person.name} meminta tukar hari`, en: `${person.name} asks to swap days` },
        `${dayText(date)} ↔ ${dayText(otherDate)}`,
      );
      return viewOf(tx, id, person);
    });

  const act = (person: SignedIn, id: string, { act: what, words }: BodyOf<typeof wire.postRotaSwapStep>): Promise<Swap> =>
    sql.begin(async (tx) => {
      const known = (await store.lockSwap(tx, id)) ?? refuse('not_found');
      const opd = await opdOf(tx, known.opdId);
      const isParty = person.id === known.askerId || person.id === known.otherId;
      const decides = actsFor(person, opd.id) || (await plans.isHead(tx, person, opd));
      if (!isParty && !decides) refuse('not_found');
      const state = NEXT[what];
      if (known.state === state) return viewOf(tx, id, person);
      if (isOver(known.state)) refuse('rota.swap_over', { state: OVER[known.state] });
      if (what === 'sepakat' && person.id !== known.otherId) refuse('role.missing');
      if (what === 'batal' && person.id !== known.askerId) refuse('role.missing');
      if (what === 'tolak' && person.id === known.askerId) refuse('role.missing');
      if (what === 'sahkan' && isParty) refuse('rota.own_swap');
      if (what === 'sahkan' && known.state !== 'disepakati') notPossible('rekan belum menyepakati', 'the other has not agreed yet');
      if (what === 'sahkan') await approve(tx, person, known, opd);
      await store.insertSwapStep(tx, id, { state, words, by: plans.byOf(person) });
      await informOf(tx, person, { ...known, state });
      return viewOf(tx, id, person);
    });

  async function approve(tx: Tx, person: SignedIn, swap: store.SwapRow, opd: Opd): Promise<void> {
    const plan = (await lockPlan(tx, swap.planId)) ?? refuse('not_found');
    const { changes, gives } = await changesOf(tx, plan, opd, swap);
    const isAsAsked =
      isSame(gives.asker, { code: swap.askerCode, shift: swap.askerShift }) && isSame(gives.other, { code: swap.otherCode, shift: swap.otherShift });
    if (!isAsAsked) notPossible('jadwal sudah berubah sejak diminta', 'the roster has changed since it was asked');
    const names = await people.persons(tx, [swap.askerId, swap.otherId]);
    const why = `Tukar hari: ${names.get(swap.askerId)?.name ?? ''} (${dayText(swap.askerDate)}) dengan ${names.get(swap.otherId)?.name ?? ''} (${dayText(swap.otherDate)})`;
    await plans.amend(tx, plan, changes, { source: 'tukar', why, by: plans.byOf(person) });
  }

  async function informOf(tx: Tx, person: SignedIn, swap: store.SwapRow): Promise<void> {
    const text = `${dayText(swap.askerDate)} ↔ ${dayText(swap.otherDate)}`;
    const parties = [swap.askerId, swap.otherId].filter((id) => id !== person.id);
    const heads =
      (await people.headsOf(tx, [swap.opdId], plans.todayIn(await opdOf(tx, swap.opdId)))).get(swap.opdId)?.holders.map(({ personId }) => personId) ?? [];
    const words: Record<wire.SwapState, [id: string, en: string]> = {
      diminta: ['Tukar hari diminta', 'Swap of days asked'],
      disepakati: ['Tukar hari disepakati, menunggu pengesahan', 'Swap of days agreed, to be approved'],
      disahkan: ['Tukar hari disahkan', 'Swap of days approved'],
      ditolak: ['Tukar hari ditolak', 'Swap of days refused'],
      dibatalkan: ['Tukar hari dibatalkan', 'Swap of days withdrawn'],
    };
    const [id, en] = words[swap.state];
    await inform(tx, parties, swap.id, { id, en }, text);
    if (swap.state === 'disepakati')
      await inform(
        tx,
        heads.filter((head) => !parties.includes(head) && head !== person.id),
        swap.id,
        { id, en },
        text,
        `/jadwal/tukar`,
      );
  }
  async function inform(
    tx: Tx,
    personIds: readonly string[],
    ref: string,
    title: { id: string; en: string },
    text: string,
    path = '/jadwal-saya',
  ): Promise<void> {
    await notifications.notify(tx, { kind: 'jadwal', personIds, ref, words: { id: { title: title.id, text }, en: { title: title.en, text } }, path });
    await tell(
      tx,
      personIds.map((id) => `person:${id}`),
      { type: 'swaps.changed' },
    );
  }

  return { list, ask, act, views };
}

const publishedCell = (content: Content, id: string, date: string): PlanCell | null => content.cells[id]?.[daysBetween(firstOf(content.month), date)] ?? null;
