// The endpoints of attendance.
import { getDayBoard, getMyDay, getSheet, getSheetCsv, getSheetPdf, getSheetXlsx, postSheetFinal } from '../../shared/attendance.ts';
import { getOutages, getOutagesPdf } from '../../shared/outages.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { DayVerbs } from './days.ts';
import type { OutageVerbs } from './outage-register.ts';
import type { SheetVerbs } from './sheets.ts';

export function attendanceRoutes(sheets: SheetVerbs, days: DayVerbs, outages: OutageVerbs): Route[] {
  return [
    serve(getSheet, ({ person, params }) => sheets.read(person, params.id)),
    serve(postSheetFinal, ({ person, params }) => sheets.finalise(person, params.id)),
    serve(getSheetPdf, ({ person, params }) => sheets.pdf(person, params.id)),
    serve(getSheetXlsx, ({ person, params }) => sheets.xlsx(person, params.id)),
    serve(getSheetCsv, ({ person, params }) => sheets.csv(person, params.id)),
    serve(getDayBoard, ({ person, params, query }) => days.board(person, params.id, query.date)),
    serve(getMyDay, ({ person }) => days.mine(person)),
    serve(getOutages, ({ person, query }) => outages.register(person, query.month)),
    serve(getOutagesPdf, ({ person, query }) => outages.certificate(person, query.month)),
  ];
}
