// One rule of a policy in the form: its kind, its figures, its scope, the words it rests on.
import X from 'lucide-react/icons/x';
import type { PolicyRule } from '../../shared/policies.ts';
import type { Level, Opd } from '../../shared/people.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { commonWords } from '../words/common.ts';
import { policyWords } from '../words/policies.ts';

/** `n` keeps a rule's fields its own while others come and go; `functions` as it is typed. */
export type RuleDraft = { n: number; id: string | null; rule: PolicyRule; units: string[]; functions: string; basis: string };
type Kind = PolicyRule['kind'];
type ShiftList = { name: string; from: string; to: string }[];

export const STARTS: Record<Kind, PolicyRule> = {
  batas_hadir: { kind: 'batas_hadir', percent: 50, countedIn: 'opd' },
  siaga: { kind: 'siaga', min: 4, shifts: [] },
  dikecualikan: { kind: 'dikecualikan' },
  jabatan_di_kantor: { kind: 'jabatan_di_kantor', levels: ['kepala_opd'], unlessPlh: true },
  wfh_mingguan: { kind: 'wfh_mingguan', days: 2 },
  piket_layanan: { kind: 'piket_layanan', min: 1, weekdays: [1, 2, 3, 4, 5], shifts: [] },
  dahulukan_rumah: { kind: 'dahulukan_rumah', by: 'usia', fromAge: 50 },
};
const KINDS = Object.keys(STARTS) as Kind[];
const LEVELS: Level[] = ['kepala_opd', 'sekretaris', 'kabid', 'kasi', 'fungsional', 'staf'];
const toggled = <T,>(list: readonly T[], one: T): T[] => (list.includes(one) ? list.filter((other) => other !== one) : [...list, one]);

type Props = {
  draft: RuleDraft;
  at: number;
  units: readonly Opd[];
  errorOf: (path: string) => string | undefined;
  set: (draft: RuleDraft) => void;
  drop?: () => void;
};

export function RuleFields({ draft, at, units, errorOf, set, drop }: Props) {
  const w = useWords(policyWords);
  const c = useWords(commonWords);
  const nameOf = (id: string): string => longName(units, id);
  const levelOf = (level: string): string => Object.entries(c.levels).find(([key]) => key === level)?.[1] ?? level;
  const scope = [...(draft.units.length === 0 ? [w.scopeAll] : draft.units.map(nameOf)), ...(draft.functions.trim() === '' ? [] : [draft.functions.trim()])];
  return (
    <fieldset className="policy-edit">
      <legend>{w.ruleN(at + 1)}</legend>
      <div className="policy-line">
        <SelectField<Kind>
          label={w.kind}
          value={draft.rule.kind}
          onValue={(kind) => set({ ...draft, rule: STARTS[kind] })}
          choices={KINDS.map((kind) => ({ value: kind, label: w.kinds[kind] }))}
        />
        <Figures rule={draft.rule} errorOf={errorOf} set={(rule) => set({ ...draft, rule })} />
      </div>
      <div className="policy-line">
        <SelectField
          label={w.scopeUnits}
          value=""
          error={errorOf('scope.units')}
          onValue={(unit) => unit !== '' && set({ ...draft, units: [...new Set([...draft.units, unit])] })}
          choices={[{ value: '', label: draft.units.length === 0 ? w.scopeAll : w.addUnit }, ...units.map(({ id }) => ({ value: id, label: nameOf(id) }))]}
        />
        <TextField
          label={w.scopeFunctions}
          hint={w.scopeFunctionsHint}
          optional
          maxLength={300}
          value={draft.functions}
          onValue={(functions) => set({ ...draft, functions })}
        />
      </div>
      {draft.units.length > 0 && (
        <div className="row">
          {draft.units.map((unit) => (
            <span key={unit} className="policy-unit">
              {nameOf(unit)}
              <Button
                kind="quiet"
                icon={<X aria-hidden />}
                aria-label={w.drop(nameOf(unit))}
                onClick={() => set({ ...draft, units: draft.units.filter((one) => one !== unit) })}
              />
            </span>
          ))}
        </div>
      )}
      <TextField
        label={w.basis}
        hint={w.basisHint}
        required
        maxLength={400}
        value={draft.basis}
        onValue={(basis) => set({ ...draft, basis })}
        error={errorOf('basis')}
      />
      <p className="policy-reads">
        <span className="quiet s">{w.reads}: </span>
        <strong>{w.sentence(draft.rule, levelOf)}</strong> <span className="quiet s">{scope.join(' · ')}</span>
      </p>
      {drop && (
        <div className="row">
          <Button kind="quiet" onClick={drop}>
            {w.drop(w.ruleN(at + 1))}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** `Dinsos · Bidang Rehabilitasi Sosial`: names of units below an OPD are not theirs alone. */
function longName(units: readonly Opd[], id: string): string {
  const unit = units.find((one) => one.id === id);
  if (!unit) return '';
  let top = unit;
  for (let above = units.find((one) => one.id === top.parentId); above; above = units.find((one) => one.id === top.parentId)) top = above;
  return top === unit ? unit.name : `${top.abbreviation ?? top.name} · ${unit.name}`;
}

type FigureProps = { rule: PolicyRule; errorOf: (path: string) => string | undefined; set: (rule: PolicyRule) => void };
function Figures({ rule, errorOf, set }: FigureProps) {
  const w = useWords(policyWords);
  const c = useWords(commonWords);
  const number = (label: string, value: number, min: number, max: number, to: (n: number) => PolicyRule) => (
    <TextField
      label={label}
      type="number"
      required
      min={min}
      max={max}
      value={Number.isNaN(value) ? '' : String(value)}
      onValue={(text) => set(to(text === '' ? NaN : Number(text)))}
    />
  );
  switch (rule.kind) {
    case 'batas_hadir':
      return (
        <>
          {number(w.percent, rule.percent, 1, 100, (percent) => ({ ...rule, percent }))}
          <SelectField
            label={w.countedIn}
            value={rule.countedIn}
            onValue={(countedIn) => set({ ...rule, countedIn })}
            choices={(['opd', 'bidang', 'seksi'] as const).map((value) => ({ value, label: w.counted[value] }))}
          />
        </>
      );
    case 'wfh_mingguan':
      return number(w.days, rule.days, 0, 7, (days) => ({ ...rule, days }));
    case 'dahulukan_rumah':
      return (
        <>
          <SelectField
            label={w.by}
            value={rule.by}
            onValue={(by) => set({ ...rule, by, fromAge: by === 'usia' ? 50 : null })}
            choices={(['usia', 'kesehatan'] as const).map((value) => ({ value, label: w.bys[value] }))}
          />
          {rule.by === 'usia' && number(w.fromAge, rule.fromAge ?? 50, 18, 70, (fromAge) => ({ ...rule, fromAge }))}
        </>
      );
    case 'jabatan_di_kantor':
      return (
        <fieldset className="policy-checks">
          <legend className="legend">{w.levels}</legend>
          {LEVELS.map((level) => (
            <label key={level} className="check">
              <input type="checkbox" checked={rule.levels.includes(level)} onChange={() => set({ ...rule, levels: toggled(rule.levels, level) })} />
              <span>{c.levels[level]}</span>
            </label>
          ))}
          <label className="check">
            <input type="checkbox" checked={rule.unlessPlh} onChange={() => set({ ...rule, unlessPlh: !rule.unlessPlh })} />
            <span>{w.unlessPlh}</span>
          </label>
        </fieldset>
      );
    case 'siaga':
      return (
        <>
          {number(w.min, rule.min, 1, 200, (min) => ({ ...rule, min }))}
          <Shifts shifts={rule.shifts} errorOf={errorOf} set={(shifts) => set({ ...rule, shifts })} />
        </>
      );
    case 'piket_layanan':
      return (
        <>
          {number(w.min, rule.min, 1, 50, (min) => ({ ...rule, min }))}
          <fieldset className="policy-checks">
            <legend className="legend">{w.weekdays}</legend>
            {w.dayNames.map((name, n) => (
              <label key={name} className="check">
                <input
                  type="checkbox"
                  checked={rule.weekdays.includes(n + 1)}
                  onChange={() => set({ ...rule, weekdays: toggled(rule.weekdays, n + 1).toSorted() })}
                />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
          <Shifts shifts={rule.shifts} errorOf={errorOf} set={(shifts) => set({ ...rule, shifts })} />
        </>
      );
    case 'dikecualikan':
      return null;
  }
}

function Shifts({ shifts, errorOf, set }: { shifts: ShiftList; errorOf: (path: string) => string | undefined; set: (shifts: ShiftList) => void }) {
  const w = useWords(policyWords);
  const change = (n: number, part: Partial<ShiftList[number]>): void => set(shifts.map((shift, index) => (index === n ? { ...shift, ...part } : shift)));
  return (
    <div className="stack">
      {shifts.map((shift, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- a shift has no id, and its name is being typed
        <div key={n} className="policy-line">
          <TextField
            label={w.shiftName}
            required
            maxLength={20}
            value={shift.name}
            onValue={(name) => change(n, { name })}
            error={errorOf(`rule.shifts.${n}.name`)}
          />
          <TextField label={w.clockFrom} type="time" required value={shift.from} onValue={(from) => change(n, { from })} />
          <TextField label={w.clockTo} type="time" required value={shift.to} onValue={(to) => change(n, { to })} error={errorOf(`rule.shifts.${n}.to`)} />
          <Button
            kind="quiet"
            icon={<X aria-hidden />}
            aria-label={w.drop(shift.name || w.shifts)}
            onClick={() => set(shifts.filter((_, index) => index !== n))}
          />
        </div>
      ))}
      {shifts.length < 4 && (
        <div>
          <Button kind="quiet" onClick={() => set([...shifts, { name: '', from: '07:00', to: '15:00' }])}>
            {w.addShift}
          </Button>
        </div>
      )}
    </div>
  );
}
