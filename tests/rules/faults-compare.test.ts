// The judge itself: what `npm run faults` calls lost, invented, and an error.
import { describe, expect, test } from 'vitest';
import { compare } from '../faults/compare.ts';
import { openTruth } from '../faults/truth.ts';

const S = 1000;
const span = (from: number, to: number) => ({ from: from * S, to: to * S });
const one = (...spans: { from: number; to: number }[]) => new Map([['Sari', spans]]);

describe('the sheet beside the truth', () => {
  test('a visit of which the sheet knows nothing is lost, though another of the same person is there', () => {
    expect(compare(one(span(0, 10), span(200, 210)), one(span(0, 10)))).toMatchObject({ visits: 2, lost: 1, invented: 0 });
  });

  test('an interval without a visit, or with much more than the visit, is invented', () => {
    expect(compare(new Map(), one(span(0, 10)))).toMatchObject({ visits: 0, invented: 1 });
    expect(compare(one(span(0, 10)), one(span(0, 39)))).toMatchObject({ invented: 0, witnessed: [0, 29] });
    expect(compare(one(span(0, 10)), one(span(0, 41)))).toMatchObject({ invented: 1 });
    expect(compare(one(span(0, 10), span(100, 110)), one(span(0, 110)))).toMatchObject({ lost: 0, invented: 1 });
  });

  test('devices and reloads are one visit, up to a minute apart; a hole in it is an error of its length', () => {
    expect(compare(one(span(0, 10), span(5, 20), span(70, 80)), one(span(0, 80)))).toMatchObject({ visits: 3, lost: 0, invented: 0, witnessed: [0, 0] });
    expect(compare(one(span(0, 100)), one(span(0, 30), span(50, 100)))).toMatchObject({ witnessed: [0, 0, 20] });
    expect(compare(one(span(0, 40), span(90, 100)), one(span(0, 30), span(95, 100)))).toMatchObject({ witnessed: [0, 0, 10, 5] });
  });

  test('an end that nobody could see is held to another bound', () => {
    expect(compare(one(span(0, 50)), one(span(1, 30)), { blind: [span(40, 60)] })).toMatchObject({ witnessed: [1], unwitnessed: [20] });
  });

  test('times are compared in the clock of the portal', () => {
    expect(compare(one(span(100, 200)), one(span(220, 320)), { clockMs: 120 * S })).toMatchObject({ lost: 0, invented: 0, witnessed: [0, 0] });
  });

  test('who is still inside is a problem', () => {
    expect(compare(one(span(0, 10)), new Map([['Sari', [{ from: 0, to: null }]]])).problems).toEqual(['Sari is inside for ever']);
  });
});

describe('the truth', () => {
  test('who notices late that the media server has ended was out from its end', () => {
    const truth = openTruth();
    truth.note({ person: 'Sari', device: 'a', what: 'in', at: 0 });
    truth.cut(span(10, 15));
    truth.note({ person: 'Sari', device: 'a', what: 'out', at: 28 * S, lost: true });
    truth.note({ person: 'Sari', device: 'a', what: 'in', at: 29 * S });
    truth.note({ person: 'Sari', device: 'a', what: 'out', at: 40 * S });
    expect(truth.visits().get('Sari')).toEqual([span(0, 10), span(29, 40)]);
  });

  test('a device that was not cut was there all the time', () => {
    const truth = openTruth();
    truth.cut(span(10, 15), ['b']);
    truth.note({ person: 'Sari', device: 'a', what: 'in', at: 0 });
    truth.note({ person: 'Sari', device: 'a', what: 'out', at: 28 * S, lost: true });
    expect(truth.visits().get('Sari')).toEqual([span(0, 28)]);
  });

  test('a visit without an end is a fault of the harness', () => {
    const truth = openTruth();
    truth.note({ person: 'Sari', device: 'a', what: 'in', at: 0 });
    expect(() => truth.visits()).toThrow('still inside: a');
  });
});
