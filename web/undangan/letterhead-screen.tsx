// Kop surat: what stands at the head of the letters of an OPD, and how its numbers are written.
import { useEffect, useRef, useState } from 'react';
import type { deleteLetterLogo, getLetterhead, getLetterLogo, Letterhead, putLetterhead, putLetterLogo } from '../../shared/letters.ts';
import { fieldFailure, useRead, useWrite } from '../platform/api.ts';
import { useMe, holds } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Bones, Loaded, Note } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { letterWords } from '../words/letters.ts';
import { LetterTabs, useLetterOpd } from './register-screen.tsx';
import './undangan.css';

const CHANGED = ['/api/opds/:opd/letterhead', '/api/opds/:opd/letterhead/logo', '/api/meetings/:id/letters'];

export default function LetterheadScreen() {
  const w = useWords(letterWords);
  const { id } = useLetterOpd();
  return (
    <Page title={w.letterhead} under={<p>{w.headUnder}</p>}>
      <LetterTabs opd={undefined} />
      {id === undefined ? <Bones rows={6} /> : <Head key={id} opd={id} />}
    </Page>
  );
}

function Head({ opd }: { opd: string }) {
  const head = useRead<typeof getLetterhead>('/api/opds/:opd/letterhead', { params: { opd } });
  return (
    <Loaded from={head} skeleton={<Bones rows={6} tall />}>
      {(found) => (
        <>
          <Sample head={found} />
          <Fields head={found} />
        </>
      )}
    </Loaded>
  );
}

function Sample({ head }: { head: Letterhead }) {
  const w = useWords(letterWords);
  return (
    <figure className="letter-kop" aria-label={w.sample}>
      {head.logo && <Logo opd={head.opdId} />}
      <div>
        <p>{head.regionName.toUpperCase()}</p>
        <p className="letter-kop-opd">{head.opdName}</p>
        {head.address && <p className="s">{head.address}</p>}
        {head.contact && <p className="s">{head.contact}</p>}
      </div>
    </figure>
  );
}

function Logo({ opd }: { opd: string }) {
  const w = useWords(letterWords);
  const logo = useRead<typeof getLetterLogo>('/api/opds/:opd/letterhead/logo', { params: { opd } });
  const [url, setUrl] = useState<string>();
  const { value } = logo;
  useEffect(() => {
    if (!(value instanceof Blob)) return undefined;
    const made = URL.createObjectURL(value);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [value]);
  return url === undefined ? null : <img src={url} alt={w.logo} />;
}

function Fields({ head }: { head: Letterhead }) {
  const w = useWords(letterWords);
  const me = useMe();
  const params = { opd: head.opdId };
  const [fields, setFields] = useState({ address: head.address ?? '', contact: head.contact ?? '', place: head.place ?? '', template: head.template ?? '' });
  const save = useWrite<typeof putLetterhead>('PUT', '/api/opds/:opd/letterhead', CHANGED);
  const logo = useWrite<typeof putLetterLogo>('PUT', '/api/opds/:opd/letterhead/logo', CHANGED);
  const drop = useWrite<typeof deleteLetterLogo>('DELETE', '/api/opds/:opd/letterhead/logo', CHANGED);
  const picker = useRef<HTMLInputElement>(null);
  const text = (value: string): string | null => (value.trim() === '' ? null : value);
  const body = { address: text(fields.address), contact: text(fields.contact), place: text(fields.place), template: text(fields.template) };
  if (!holds(me, 'admin_opd')) return <Note>{w.readOnly}</Note>;
  async function sendLogo(file: File | undefined): Promise<void> {
    if (file) await logo.run({ params, body: new Uint8Array(await file.arrayBuffer()) });
  }
  return (
    <>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run({ params, body });
        }}
      >
        <TextField
          label={w.address}
          optional
          value={fields.address}
          maxLength={200}
          onValue={(address) => setFields({ ...fields, address })}
          error={fieldFailure(save.failure, 'address')}
        />
        <div className="two">
          <TextField
            label={w.contact}
            optional
            value={fields.contact}
            maxLength={200}
            onValue={(contact) => setFields({ ...fields, contact })}
            error={fieldFailure(save.failure, 'contact')}
          />
          <TextField
            label={w.place}
            optional
            value={fields.place}
            maxLength={60}
            onValue={(place) => setFields({ ...fields, place })}
            error={fieldFailure(save.failure, 'place')}
          />
        </div>
        <TextField
          label={w.template}
          optional
          hint={w.templateHint(head.defaultTemplate)}
          value={fields.template}
          maxLength={120}
          spellCheck={false}
          onValue={(template) => setFields({ ...fields, template })}
          error={fieldFailure(save.failure, 'template')}
        />
        <p>
          {w.example} <strong className="num">{head.example}</strong>
        </p>
        {save.failure && (
          <Note tone="alarm" alert>
            {save.failure.message}
          </Note>
        )}
        <div className="row">
          <Button type="submit" kind="main" busy={save.busy}>
            {w.save}
          </Button>
          {save.reply && !save.failure && <span role="status">{w.saved}</span>}
        </div>
      </form>
      <Section title={w.logo}>
        <div className="stack">
          <p className="section-note">
            {head.logo ? '' : `${w.logoNone} `}
            {w.logoHint}
          </p>
          <input ref={picker} hidden type="file" accept="image/png" aria-label={w.logoChoose} onChange={(event) => void sendLogo(event.target.files?.[0])} />
          <div className="row">
            <Button busy={logo.busy} onClick={() => picker.current?.click()}>
              {w.logoChoose}
            </Button>
            {head.logo && (
              <Button kind="quiet" busy={drop.busy} onClick={() => void drop.run({ params })}>
                {w.logoRemove}
              </Button>
            )}
          </div>
          {logo.failure && (
            <Note tone="alarm" alert>
              {logo.failure.message}
            </Note>
          )}
        </div>
      </Section>
    </>
  );
}
