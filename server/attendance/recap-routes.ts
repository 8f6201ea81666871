// The endpoints of the recap.
import { getPersonRecap, getRecap, getRecapCsv, getRecapPdf, getRecapTotals, getRecapXlsx, getRegionRecapCsv, getRegionRecapXlsx } from '../../shared/recap.ts';
import { serve, type Route } from '../platform/serve.ts';
import type { RecapVerbs } from './recap.ts';

export const recapRoutes = (recap: RecapVerbs): Route[] => [
  serve(getRecap, ({ person, params, query }) => recap.read(person, params.id, query.month)),
  serve(getRecapTotals, ({ person, query }) => recap.totals(person, query.month)),
  serve(getPersonRecap, ({ person, params, query }) => recap.ofPerson(person, params.id, query.month)),
  serve(getRecapXlsx, ({ person, params, query }) => recap.ofOpd(person, params.id, query, 'xlsx')),
  serve(getRecapCsv, ({ person, params, query }) => recap.ofOpd(person, params.id, query, 'csv')),
  serve(getRecapPdf, ({ person, params, query }) => recap.pdf(person, params.id, query)),
  serve(getRegionRecapXlsx, ({ person, query }) => recap.ofRegion(person, query, 'xlsx')),
  serve(getRegionRecapCsv, ({ person, query }) => recap.ofRegion(person, query, 'csv')),
];
