// The transcript to take along: plain text, and a text document that any office program opens. Speakers once for what they say in one go.
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { Zone } from '../../shared/people.ts';
import { clockText, dateText } from '../platform/local-time.ts';
import type { Language } from '../platform/refusal.ts';
import { zip } from '../platform/zip.ts';

export type Spoken = { from: Date; speaker: string | null; text: string; confirmed: boolean };
export type Paper = { title: string; zone: Zone; startedAt: Date | null; endedAt: Date | null; lines: readonly Spoken[]; language: Language };
type Turn = { at: Date; speaker: string | null; text: string };

const WORDS = {
  id: {
    title: 'Transkrip',
    none: 'Belum ada takarir.',
    someone: 'Pembicara',
    machine: 'Baris bertanda [mesin] dibuat mesin dan belum dikonfirmasi seorang pun.',
  },
  en: {
    title: 'Transcript',
    none: 'There are no captions yet.',
    someone: 'Speaker',
    machine: 'Lines marked [mesin] were made by a machine and confirmed by nobody yet.',
  },
} as const;
/** After such a silence the same speaker begins anew. */
const SILENCE_MS = 60_000;

function turnsOf(lines: readonly Spoken[]): Turn[] {
  const turns: (Turn & { last: Date })[] = [];
  for (const { from, speaker, text, confirmed } of lines) {
    const said = confirmed ? text : `[mesin] ${text}`;
    const turn = turns.at(-1);
    if (turn && turn.speaker === speaker && from.getTime() - turn.last.getTime() < SILENCE_MS) {
      turn.text += ` ${said}`;
      turn.last = from;
    } else turns.push({ at: from, speaker, text: said, last: from });
  }
  return turns;
}

const headOf = ({ zone, startedAt, endedAt, language }: Paper): string =>
  startedAt === null
    ? WORDS[language].title
    : `${WORDS[language].title} · ${dateText(startedAt, zone)}, ${clockText(startedAt, zone)}${endedAt === null ? '' : `–${clockText(endedAt, zone)}`}`;

export function textOf(paper: Paper): string {
  const words = WORDS[paper.language];
  const turns = turnsOf(paper.lines).map(({ at, speaker, text }) => `[${clockText(at, paper.zone)}] ${speaker ?? words.someone}: ${text}\n`);
  const machine = paper.lines.some(({ confirmed }) => !confirmed) ? `${words.machine}\n\n` : '';
  return `\uFEFF${paper.title}\n${headOf(paper)}\n\n${machine}${turns.length === 0 ? `${words.none}\n` : turns.join('\n')}`;
}

const xml = (text: string): string =>
  text
    // What XML 1.0 cannot hold.
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const REL = 'http://schemas.openxmlformats.org';
const run = (text: string, bold = false): string => `<w:r>${bold ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
const paragraph = (runs: string, style?: string): string => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}${runs}</w:p>`;

/** The five parts that a word processor asks for (ECMA-376), on F4 paper. */
export function wordOf(paper: Paper, at: Date): Promise<Buffer> {
  const words = WORDS[paper.language];
  const turns = turnsOf(paper.lines);
  const body = [
    paragraph(run(paper.title), 'Title'),
    paragraph(run(headOf(paper))),
    ...(paper.lines.some(({ confirmed }) => !confirmed) ? [paragraph(run(words.machine))] : []),
    ...(turns.length === 0 ? [paragraph(run(words.none))] : []),
    ...turns.flatMap((turn) => [
      paragraph(run(turn.speaker ?? words.someone, true) + run(`  ${clockText(turn.at, paper.zone)}`), 'Speaker'),
      paragraph(run(turn.text)),
    ]),
  ].join('');
  const style = (id: string, name: string, rest: string): string =>
    `<w:style w:type="paragraph"${id === 'Normal' ? ' w:default="1"' : ''} w:styleId="${id}"><w:name w:val="${name}"/>${rest}</w:style>`;
  const parts: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${REL}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${REL}/package/2006/relationships"><Relationship Id="r1" Type="${REL}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    ],
    [
      'word/_rels/document.xml.rels',
      `<Relationships xmlns="${REL}/package/2006/relationships"><Relationship Id="r1" Type="${REL}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'word/styles.xml',
      `<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="${paper.language === 'id' ? 'id-ID' : 'en-GB'}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${style('Normal', 'Normal', '')}${style('Title', 'Title', '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>')}${style('Speaker', 'Speaker', '<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="0"/></w:pPr>')}</w:styles>`,
    ],
    [
      'word/document.xml',
      `<w:document xmlns:w="${W}"><w:body>${body}<w:sectPr><w:pgSz w:w="12242" w:h="18709"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    ],
  ];
  return buffer(
    Readable.from(
      zip(
        parts.map(([name, content]) => ({ name, chunks: [HEAD + content] })),
        at,
      ),
    ),
  );
}
