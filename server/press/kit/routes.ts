// Addresses of the kit.
import {
  getDeskFile,
  getDeskKit,
  getKit,
  getKitFile,
  getKitThumb,
  getKitZip,
  postKitComplete,
  postKitFile,
  postKitItem,
  putKitEmbargo,
  putKitItem,
  putKitPart,
  type DeskKit,
} from '../../../shared/press-kit.ts';
import type { BodyOf } from '../../../shared/endpoint.ts';
import { serve, type Route, type ServedFile, type SignedIn } from '../../platform/serve.ts';
import type { createPublic, Asked } from './public.ts';
import type { createUploads } from './uploads.ts';

type Desk = {
  read: (conferenceId: string) => Promise<DeskKit>;
  setEmbargo: (person: SignedIn, conferenceId: string, to: BodyOf<typeof putKitEmbargo>) => Promise<DeskKit>;
  addItem: (person: SignedIn, conferenceId: string, given: BodyOf<typeof postKitItem>) => Promise<DeskKit>;
  changeItem: (person: SignedIn, conferenceId: string, itemId: string, given: BodyOf<typeof putKitItem>) => Promise<DeskKit>;
  deskFile: (asked: Pick<Asked, 'request' | 'reply'>, conferenceId: string, itemId: string, small: boolean) => Promise<ServedFile>;
};
type Verbs = Desk & ReturnType<typeof createPublic> & ReturnType<typeof createUploads>;

export const kitRoutes = (kit: Verbs): Route[] => [
  serve(getKit, ({ params }) => kit.kit(params.slug)),
  serve(getKitFile, ({ params, ...asked }) => kit.file(asked, params.item, params.name)),
  serve(getKitThumb, ({ params, ...asked }) => kit.thumb(asked, params.item)),
  serve(getKitZip, ({ params, ...asked }) => kit.zip(asked, params.slug)),
  serve(getDeskKit, ({ params }) => kit.read(params.id)),
  serve(putKitEmbargo, ({ person, params, body }) => kit.setEmbargo(person, params.id, body)),
  serve(postKitItem, ({ person, params, body }) => kit.addItem(person, params.id, body)),
  serve(putKitItem, ({ person, params, body }) => kit.changeItem(person, params.id, params.item, body)),
  serve(postKitFile, ({ params, body }) => kit.announce(params.id, params.item, body)),
  serve(putKitPart, ({ params, body }) => kit.part(params.id, params.upload, params.part, body)),
  serve(postKitComplete, ({ person, params }) => kit.complete(person, params.id, params.upload)),
  serve(getDeskFile, ({ params, query, ...asked }) => kit.deskFile(asked, params.id, params.item, query.thumb === '1')),
];
