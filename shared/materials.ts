// Materials of a meeting on the wire: PDF and pictures, and which page everybody looks at.
import { z } from 'zod';
import { endpoint, file } from './endpoint.ts';
import { Member } from './meetings.ts';
import { ById, Id, Instant, line } from './people.ts';

export const Material = z.object({
  id: Id,
  title: z.string(),
  type: z.string(),
  name: z.string(),
  size: z.number(),
  byName: z.string(),
  at: Instant,
  /** This member put it up, or leads the meeting. */
  removable: z.boolean(),
});
export type Material = z.infer<typeof Material>;
/** `step` grows with every turn: an older one that comes late changes nothing. */
export const Showing = z.object({ material: Id, page: z.number(), by: Member, byName: z.string(), step: z.number() });
export type Showing = z.infer<typeof Showing>;
export const Materials = z.object({
  materials: z.array(Material),
  /** What everybody is shown now. */
  showing: Showing.nullable(),
  step: z.number(),
  /** Whom the chair let show materials of their own. */
  presenters: z.array(z.object({ member: Member, name: z.string() })),
  you: z.object({ member: Member, mayPresent: z.boolean(), leads: z.boolean() }),
  serverTime: Instant,
});
export type Materials = z.infer<typeof Materials>;

export const getMaterials = endpoint('GET', '/api/meetings/:id/materials', {
  who: 'member',
  summary: 'Materials of a meeting and what is shown now.',
  params: ById,
  reply: Materials,
  refusals: ['meeting.removed'],
});
export const postMaterial = endpoint('POST', '/api/meetings/:id/materials', {
  who: 'member',
  summary: 'Put up a PDF or a picture, before or during the meeting, from an upload whose parts have all arrived. The upload becomes its id.',
  params: ById,
  body: z.object({ upload: Id, title: line(160) }),
  reply: Materials,
  refusals: [
    'file.infected',
    'file.not_scanned',
    'meeting.removed',
    'meeting.ended',
    'meeting.cancelled',
    'material.not_presenter',
    'kit.parts_missing',
    'kit.not_what_it_says',
    'kit.photo_large',
    'kit.photo_unavailable',
  ],
});
const OneMaterial = z.object({ id: Id, material: Id });
export const deleteMaterial = endpoint('DELETE', '/api/meetings/:id/materials/:material', {
  who: 'member',
  summary: 'Take a material down, by who put it up or leads the meeting; its file is gone.',
  params: OneMaterial,
  reply: Materials,
  refusals: ['meeting.removed', 'meeting.ended', 'material.not_yours'],
});
export const getMaterialFile = endpoint('GET', '/api/meetings/:id/materials/:material/file', {
  who: 'member',
  summary: 'The file: Range, so that a first page is there before the whole; `save`: to be saved under its name.',
  params: OneMaterial,
  query: z.object({ save: z.enum(['1']).optional() }),
  reply: file('*/*'),
  refusals: ['meeting.removed'],
});
export const putShowing = endpoint('PUT', '/api/meetings/:id/showing', {
  who: 'member',
  summary: 'Show a page of a material to everybody in the room, or nothing any more.',
  params: ById,
  body: z.object({ material: Id.nullable(), page: z.number().int().min(1).max(5000).default(1) }),
  reply: Materials,
  refusals: ['meeting.removed', 'meeting.ended', 'meeting.not_started', 'material.not_presenter', 'material.no_page'],
});
export const putPresenter = endpoint('PUT', '/api/meetings/:id/presenters/:member', {
  who: 'member',
  summary: 'The chair (or who prepares the meeting) lets somebody put up and show materials, or no longer.',
  params: z.object({ id: Id, member: Member }),
  body: z.object({ presents: z.boolean() }),
  reply: Materials,
  refusals: ['meeting.removed', 'meeting.ended', 'proceedings.not_writer', 'proceedings.not_invited'],
});
