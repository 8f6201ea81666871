import { expect, test } from 'vitest';
import { e164, waLink } from '../../server/calls/channels/phone.ts';

test.each([
  ['0812-3456-7890', '+6281234567890'],
  ['+62 812 3456 7890', '+6281234567890'],
  ['62812 3456 7890', '+6281234567890'],
  ['+62 (0)812-3456-7890', '+6281234567890'],
  ['812.3456.7890', '+6281234567890'],
  ['(0231) 123456', '+62231123456'],
  ['+65 6123 4567', '+6561234567'],
  ['0065 6123 4567', '+6561234567'],
])('%s is %s', (written, number) => {
  expect(e164(written)).toBe(number);
});

test.each(['', '-', '12', '0', '0812', 'ext. 14', '0812-3456-7890 / 0813', '+62 0', '08123456789012345'])('%s is no number', (written) => {
  expect(e164(written)).toBeNull();
});

test('a link opens WhatsApp with the text ready', () => {
  expect(waLink('0812-3456-7890', 'Mohon gabung: https://x.example/r?a&b')).toBe(
    'https://wa.me/6281234567890?text=Mohon%20gabung%3A%20https%3A%2F%2Fx.example%2Fr%3Fa%26b',
  );
  expect(waLink('-', 'x')).toBeNull();
});
