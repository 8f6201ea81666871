// Materi pers of a conference: when it is published, what it holds, who has taken it.
import type { DeskKit, getDeskKit } from '../../../shared/press-kit.ts';
import type { Conference } from '../../../shared/press.ts';
import { useRead } from '../../platform/api.ts';
import { useFormats } from '../../platform/format.ts';
import { useServerNow } from '../../platform/server-clock.ts';
import { useLanguage, useWords } from '../../platform/words.ts';
import { Bones, Loaded } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { pressKitWords } from '../../words/press-kit.ts';
import { PressPart } from '../part.tsx';
import { EmbargoPart } from './embargo-part.tsx';
import { ItemsPart } from './items-part.tsx';
import { sizeText } from './times.ts';
import './kit.css';

export default function KitScreen({ id }: { id: string }) {
  const read = useRead<typeof getDeskKit>('/api/conferences/:id/kit', { params: { id } });
  return (
    <PressPart id={id}>
      {(conference) => (
        <Loaded from={read} skeleton={<Bones rows={6} tall />}>
          {(kit) => <Kit conference={conference} kit={kit} changed={read.again} />}
        </Loaded>
      )}
    </PressPart>
  );
}

function Kit({ conference, kit, changed }: { conference: Conference; kit: DeskKit; changed: () => void }) {
  const now = useServerNow(kit.serverTime);
  return (
    <>
      <EmbargoPart conference={conference} kit={kit} now={now} />
      <ItemsPart conference={conference} kit={kit} now={now} changed={changed} />
      <Downloads conference={conference} downloads={kit.downloads} />
    </>
  );
}

function Downloads({ conference: { zone }, downloads }: { conference: Conference; downloads: DeskKit['downloads'] }) {
  const w = useWords(pressKitWords);
  const f = useFormats();
  const language = useLanguage();
  return (
    <Section title={w.downloads}>
      {downloads.length === 0 ? (
        <p className="press-none">{w.downloadsNone}</p>
      ) : (
        <Table
          caption={w.downloads}
          rows={downloads}
          rowKey={(row) => row.outlet ?? ''}
          columns={[
            { key: 'outlet', head: w.outlet, phone: 'title', cell: (row) => row.outlet ?? w.public },
            { key: 'files', head: w.files, align: 'number', cell: (row) => f.number(row.files) },
            { key: 'bytes', head: w.bytes, align: 'number', cell: (row) => sizeText(row.bytes, language) },
            { key: 'last', head: w.last, cell: (row) => `${f.shortDayOf(row.lastAt, zone)} ${f.time(row.lastAt, zone)}` },
          ]}
        />
      )}
    </Section>
  );
}
