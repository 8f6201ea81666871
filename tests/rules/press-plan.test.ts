// What the form of a plan tells the portal.
import { expect, test } from 'vitest';
import type { Conference } from '../../shared/press.ts';
import { emptyForm, formOf, inputOf } from '../../web/press/plan/form.ts';

test('a conference is online unless the operator types a place, and a change of the plan keeps it', () => {
  expect(inputOf(emptyForm('opd', 'Asia/Jakarta'), 'Asia/Jakarta')).toMatchObject({ opdId: 'opd', place: 'Daring', registrationUntil: null });
  const planned = {
    title: 'Banjir',
    place: 'Ruang Telagabiru',
    zone: 'Asia/Makassar',
    startsAt: '2026-11-23T03:00:00.000Z',
    endsAt: null,
    registrationUntil: null,
  };
  const input = inputOf(formOf(planned as Conference), 'Asia/Makassar');
  expect(input).toMatchObject({ place: 'Ruang Telagabiru', startsAt: '2026-11-23T03:00:00.000Z', endsAt: '2026-11-23T04:00:00.000Z' });
});
