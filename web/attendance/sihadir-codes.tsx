// What each confirmed day is called in the region's system: read by those who export, changed by BKD and administrators.
import { useState } from 'react';
import type { ExportCode, getExportCodes, putExportCodes } from '../../shared/sihadir.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { commonWords } from '../words/common.ts';
import { sihadirWords } from '../words/sihadir.ts';

export function CodesDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(sihadirWords);
  const codes = useRead<typeof getExportCodes>('/api/export-codes', {});
  return (
    <Dialog title={w.codesTitle} onClose={onClose} side>
      <div className="stack">
        <p className="quiet s">{w.codesText}</p>
        <Loaded from={codes} skeleton={<Bones rows={9} />}>
          {(value) => <CodesForm codes={value.codes} mayChange={value.mayChange} onClose={onClose} />}
        </Loaded>
      </div>
    </Dialog>
  );
}

function CodesForm({ codes, mayChange, onClose }: { codes: readonly ExportCode[]; mayChange: boolean; onClose: () => void }) {
  const w = useWords(sihadirWords);
  const c = useWords(commonWords);
  const [wanted, setWanted] = useState(codes);
  const save = useWrite<typeof putExportCodes>('PUT', '/api/export-codes', ['/api/export-codes', '/api/opds/:id/exports']);
  const nameOf = (key: ExportCode['key']): string => (key === 'GANGGUAN' || key === 'TIDAK_HADIR' ? w.keys[key] : `${key}, ${c.codes[key]}`);
  const change = (key: ExportCode['key'], more: Partial<ExportCode>): void => setWanted(wanted.map((one) => (one.key === key ? { ...one, ...more } : one)));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const clean = wanted.map(({ key, code, note }) => ({ key, code: code?.trim() || null, note: note?.trim() || null }));
        void save.run({ body: { codes: clean } }).then((done) => done && onClose());
      }}
    >
      <table className="export-codes">
        <thead>
          <tr>
            <th scope="col">{w.key}</th>
            <th scope="col">{w.code}</th>
            <th scope="col">{w.note}</th>
          </tr>
        </thead>
        <tbody>
          {wanted.map(({ key, code, note }) => (
            <tr key={key}>
              <th scope="row">{nameOf(key)}</th>
              <td>
                {mayChange ? (
                  <input
                    aria-label={`${w.code}: ${nameOf(key)}`}
                    value={code ?? ''}
                    maxLength={20}
                    required={key !== 'GANGGUAN'}
                    placeholder={key === 'GANGGUAN' ? w.keepCode : undefined}
                    onChange={(event) => change(key, { code: event.target.value })}
                  />
                ) : (
                  (code ?? <span className="quiet">{w.keepCode}</span>)
                )}
              </td>
              <td>
                {mayChange ? (
                  <input
                    aria-label={`${w.note}: ${nameOf(key)}`}
                    placeholder={w.note}
                    value={note ?? ''}
                    maxLength={200}
                    onChange={(event) => change(key, { note: event.target.value })}
                  />
                ) : (
                  (note ?? '–')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {save.failure && (
        <Note tone="alarm" alert>
          {save.failure.message}
        </Note>
      )}
      {mayChange ? (
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="main" type="submit" busy={save.busy}>
            {c.save}
          </Button>
        </div>
      ) : (
        <p className="quiet s">{w.codesRead}</p>
      )}
    </form>
  );
}
