// Every state of the ringing screen and how to reach it, for `npm run screens` and for the test that checks them one by one.
// In the order in which they are reached: a person at the office is called, later the same person in a meeting.
export type RingScreen = { name: string; reach: string; wait: string };

/** `reach` says the steps in the words on the screen; `wait` is the selector that is there when it has been reached. */
export const ringScreens: readonly RingScreen[] = [
  { name: 'dering', reach: 'an open page of the office is called', wait: '.ring[data-ringing="true"] .ring-join' },
  { name: 'dering-tolak', reach: 'press “Tolak”', wait: '#ring-reason' },
  { name: 'dering-tolak-tanpa-alasan', reach: 'as dering-tolak; press “Tolak” with the field empty', wait: '.ring-wrong:not([hidden])' },
  { name: 'dering-menyusul', reach: 'press “Menyusul”', wait: '#ring-minutes' },
  { name: 'dering-senyap', reach: 'press “Senyapkan”', wait: '.ring[data-ringing="false"] .ring-join' },
  { name: 'dering-baris', reach: 'as dering-senyap; press “Tutup dulu”', wait: '.ring-line' },
  { name: 'dering-dua', reach: 'a second caller calls', wait: '.ring-others li' },
  { name: 'dering-satu-batal', reach: 'as dering-dua; the second caller cancels', wait: '.ring .ring-outcome' },
  { name: 'dering-luring', reach: 'press “Tolak”, “Sakit”, with /answer aborted', wait: '.ring-trouble' },
  { name: 'dering-ditolak', reach: 'as dering-luring; /answer is back; press “Coba lagi”', wait: 'body > .ring-aside .ring-outcome' },
  { name: 'dering-perangkat-lain', reach: 'called again; answered “menyusul” on another device', wait: 'body > .ring-aside .ring-outcome' },
  { name: 'dering-batal', reach: 'called again; the caller cancels', wait: 'body > .ring-aside .ring-outcome' },
  { name: 'dering-di-ruang', reach: 'inside a meeting; called to another', wait: '.ring[data-ringing="true"] .ring-join' },
  { name: 'dering-di-ruang-baris', reach: 'as dering-di-ruang; “Senyapkan”, “Tutup dulu”', wait: '.ring-line' },
];
