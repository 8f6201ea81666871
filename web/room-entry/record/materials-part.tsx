// Materials in the panel: what is put up, what is shown now, and who may show.
import { useRef, useState } from 'react';
import { saveAs } from '../../platform/download.ts';
import type { RoomPerson } from '../../../shared/meetings.ts';
import type { MaterialsState, MaterialsStore } from './materials-store.ts';
import * as portal from './portal.ts';
import { sizeText } from './size.ts';
import { useRecordWords } from './words.ts';

const MOST_BYTES = 50 * 1024 * 1024;
type Props = { state: MaterialsState; store: MaterialsStore; meetingId: string; people: readonly RoomPerson[] };

export function MaterialsPart({ state, store, meetingId, people }: Props) {
  const words = useRecordWords();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const { now, uploading, busy, failure } = state;
  if (!now) return <p className="messages-empty record-part">{words.loading}</p>;
  const { materials, showing, you } = now;
  const choose = (file: File | undefined): void => {
    if (!file) return;
    setWrong(file.size > MOST_BYTES ? words.materialTooLarge : null);
    if (file.size <= MOST_BYTES) void store.putUp(file);
    if (input.current) input.current.value = '';
  };
  return (
    <div className="record-part">
      {you.mayPresent && (
        <div className="material-new">
          <input
            ref={input}
            className="for-readers"
            type="file"
            id="material-file"
            accept=".pdf,.jpg,.jpeg,.png,.webp"
            tabIndex={-1}
            aria-label={words.materialAdd}
            onChange={(event) => choose(event.target.files?.[0])}
          />
          <button type="button" className="button" disabled={uploading !== null} onClick={() => input.current?.click()}>
            {words.materialAdd}
          </button>
          <span className="quiet">{words.materialHint}</span>
          {uploading && (
            <p className="message-acts">
              <span className="file-name">{uploading.name}</span>
              <progress max={1} value={uploading.done} aria-label={uploading.name} />
              <button type="button" className="link" onClick={store.stopUpload}>
                {words.cancel}
              </button>
            </p>
          )}
        </div>
      )}
      {(wrong ?? failure) !== null && (
        <p className="strip-line" role="alert">
          {wrong ?? failure}
        </p>
      )}
      {materials.length === 0 && (
        <p className="messages-empty">
          {words.materialNone} {you.mayPresent ? words.materialNoneDo : words.materialNoneRead}
        </p>
      )}
      <ol className="materials">
        {materials.map((one) => (
          <MaterialOne key={one.id} of={one} shown={showing?.material === one.id} mayPresent={you.mayPresent} busy={busy} store={store} meetingId={meetingId} />
        ))}
      </ol>
      {you.leads && <Presenters now={now} people={people} store={store} meetingId={meetingId} />}
    </div>
  );
}

type OneProps = { of: portal.Material; shown: boolean; mayPresent: boolean; busy: boolean; store: MaterialsStore; meetingId: string };

function MaterialOne({ of, shown, mayPresent, busy, store, meetingId }: OneProps) {
  const words = useRecordWords();
  const [asking, setAsking] = useState(false);
  const { id, title, name, size, byName, removable } = of;
  return (
    <li data-material={id} data-shown={shown}>
      <p>
        <strong>{title}</strong> {shown && <span className="material-shown">{words.showing}</span>}
      </p>
      <p className="quiet">
        {words.materialBy(byName)} · {sizeText(size)}
      </p>
      <p className="message-acts">
        {mayPresent &&
          (shown ? (
            <button type="button" className="button" disabled={busy} onClick={() => void store.turn(null, 1)}>
              {words.stopShowing}
            </button>
          ) : (
            <button type="button" className="button button-main" disabled={busy} onClick={() => void store.turn(id, 1)}>
              {words.showAll2}
            </button>
          ))}
        <button type="button" className="button" onClick={() => store.look({ material: id, page: 1 })}>
          {words.look}
        </button>
        <button type="button" className="link" onClick={() => void portal.materialFile(meetingId, id).then((file) => saveAs(file, name))}>
          {words.download}
        </button>
        {removable && !asking && (
          <button type="button" className="link" onClick={() => setAsking(true)}>
            {words.takeDown}
          </button>
        )}
      </p>
      {asking && (
        <p className="message-acts" role="alert">
          <span>{words.takeDownAsk(title)}</span>
          <button type="button" className="button" disabled={busy} onClick={() => void store.act(() => portal.takeDown(meetingId, id))}>
            {words.takeDown}
          </button>
          <button type="button" className="link" onClick={() => setAsking(false)}>
            {words.cancel}
          </button>
        </p>
      )}
    </li>
  );
}

function Presenters({ now, people, store, meetingId }: { now: portal.Materials; people: readonly RoomPerson[]; store: MaterialsStore; meetingId: string }) {
  const words = useRecordWords();
  const named = new Set(now.presenters.map(({ member }) => member));
  const others = people.filter(({ member, chair, badge }) => !chair && badge !== 'Pers' && !named.has(member));
  const set = (member: string, presents: boolean): void => void store.act(() => portal.letPresent(meetingId, member, presents));
  return (
    <details className="presenters">
      <summary>
        {words.presenters} ({named.size})
      </summary>
      <p className="quiet">{words.presentersHint}</p>
      <ul>
        {now.presenters.map(({ member, name }) => (
          <li key={member}>
            <span>{name}</span>
            <button type="button" className="panel-close" aria-label={words.presenterRemove(name)} onClick={() => set(member, false)}>
              ×
            </button>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <label className="few-words">
          {words.presenterAdd}
          <select value="" onChange={(event) => event.target.value !== '' && set(event.target.value, true)}>
            <option value="">{words.presenterChoose}</option>
            {others.map(({ member, name, position }) => (
              <option key={member} value={member}>
                {[name, position].filter(Boolean).join(', ')}
              </option>
            ))}
          </select>
        </label>
      )}
    </details>
  );
}
