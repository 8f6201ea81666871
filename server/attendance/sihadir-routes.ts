// The endpoints of the export for SIHadir.
import {
  getExportCodes,
  getExportCsv,
  getExportMonth,
  getExportRows,
  getExportXlsx,
  postExport,
  postExportAgain,
  postExportRejection,
  postExportRejections,
  postExportSent,
  putExportCodes,
} from '../../shared/sihadir.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { SihadirVerbs } from './sihadir.ts';

export const sihadirRoutes = (sihadir: SihadirVerbs): Route[] => [
  serve(getExportCodes, ({ person }) => sihadir.codes(person)),
  serve(putExportCodes, ({ person, body }) => sihadir.setCodes(person, body.codes)),
  serve(getExportMonth, ({ person, params, query }) => sihadir.read(person, params.id, query.month)),
  serve(postExport, ({ person, params, body }) => sihadir.make(person, params.id, body.month)),
  serve(getExportRows, ({ person, params }) => sihadir.rows(person, params.id)),
  serve(getExportCsv, ({ person, params }) => sihadir.file(person, params.id, 'csv')),
  serve(getExportXlsx, ({ person, params }) => sihadir.file(person, params.id, 'xlsx')),
  serve(postExportSent, ({ person, params }) => sihadir.markSent(person, params.id)),
  serve(postExportRejection, ({ person, params, body }) => sihadir.rejectOne(person, params.id, body)),
  serve(postExportRejections, ({ person, params, body }) => sihadir.rejectFile(person, params.id, body)),
  serve(postExportAgain, ({ person, params, body }) => sihadir.sendAgain(person, params.id, body)),
];
