// Every screen of the press room, in the order in which a conference passes them, for `npm run screens` and the tests that check each.
/** `wait` is the selector that is there when it has been reached. */
export type PressScreen = { name: string; reach: string; wait: string };

export const pressScreens: readonly PressScreen[] = [
  { name: 'siaran-aula', reach: 'open /siaran/<slug> as anybody before it is on air', wait: '.countdown' },
  { name: 'siaran-sebelum', reach: 'open it as the moderator when the green room is open', wait: '.gabung' },
  { name: 'siaran-ruang-tunggu', reach: 'enter as the moderator', wait: '.press[data-connection="in"]' },
  { name: 'siaran-siap', reach: 'press “Acara” as the moderator', wait: '.check' },
  { name: 'siaran-tonton', reach: 'on air: watch as anybody', wait: '.press[data-connection="in"]' },
  { name: 'siaran-tanya-penonton', reach: 'press “Pertanyaan” as anybody', wait: '.floor-notice' },
  { name: 'siaran-tanya', reach: 'press “Pertanyaan” as an accepted journalist', wait: '.ask-form' },
  { name: 'siaran-antre', reach: 'ask', wait: '.own-place' },
  { name: 'siaran-konsol', reach: 'press “Pertanyaan” as the moderator', wait: '.console .queue details' },
  { name: 'siaran-konsol-alasan', reach: 'open a question and press “Tolak”', wait: '.reason-form' },
  { name: 'siaran-konsol-keluarkan', reach: 'press “Keluarkan…” instead', wait: '.removal' },
  { name: 'siaran-giliran', reach: 'as the journalist, once the floor is given', wait: '.turn-own' },
  { name: 'siaran-konsol-giliran', reach: 'the console while somebody has the floor', wait: '.console-turn' },
  { name: 'siaran-materi', reach: 'press “Materi”', wait: '.kit-panel' },
  { name: 'siaran-selesai', reach: 'after the end', wait: 'main h1, .gate h1' },
];
