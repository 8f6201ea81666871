// Every screen of the room and how to reach it, for `npm run screens` and for whoever looks at them one by one.
// In the order in which a meeting passes them. Each starts from a running meeting chaired by a signed-in person, with one guest link; `page` is whose page is shown.
export type RoomScreen = { name: string; page: 'chair' | 'guest'; reach: string; wait: string };

/** `reach` says the steps in the words on the screen; `wait` is the selector that is there when it has been reached. */
export const roomScreens: readonly RoomScreen[] = [
  { name: 'prejoin', page: 'guest', reach: 'open the guest link', wait: '[data-screen="berlangsung"] .gabung' },
  { name: 'prejoin-devices', page: 'guest', reach: 'open the guest link; open “Pilih perangkat”', wait: '.devices[open]' },
  { name: 'prejoin-asks', page: 'guest', reach: 'open the guest link in a browser that has not been asked for devices', wait: '.ask:not([hidden]) button' },
  {
    name: 'prejoin-refused',
    page: 'guest',
    reach: 'open the guest link in a browser that denies camera and microphone; press “Nyalakan kamera dan mikrofon”',
    wait: '.troubles .trouble',
  },
  { name: 'prejoin-no-media', page: 'guest', reach: 'open the guest link, /api/join answering that media is unavailable', wait: '.go .trouble:not([hidden])' },
  { name: 'too-old', page: 'guest', reach: 'open the guest link in a browser without WebRTC', wait: '[data-screen="tooOld"]' },
  { name: 'offline', page: 'guest', reach: 'open the guest link with /api/join aborted', wait: '[data-screen="refused"]' },
  { name: 'link-revoked', page: 'guest', reach: 'open /r# with a token that does not exist', wait: '[data-screen="refused"]' },
  { name: 'sign-in', page: 'guest', reach: 'open /r/<id> without a session', wait: '[data-screen="refused"]' },
  { name: 'waiting', page: 'guest', reach: 'open /r/<id> of a planned meeting, as somebody invited', wait: '[data-screen="terjadwal"]' },
  { name: 'waiting-chair', page: 'chair', reach: 'open /r/<id> of a planned meeting, as its chair', wait: '[data-screen="terjadwal"] .button-main' },
  { name: 'room-alone', page: 'chair', reach: 'open /r/<id>; press “Gabung”', wait: '.stage[data-alone="true"]' },
  { name: 'link-other-device', page: 'guest', reach: 'open a used guest link in another browser', wait: '[data-screen="refused"]' },
  { name: 'room-two', page: 'chair', reach: 'both join', wait: '.room[data-connection="in"] .tile + .tile' },
  { name: 'room-camera-off', page: 'guest', reach: 'both join; guest presses “Mikrofon” and “Kamera”', wait: '.tile[data-picture="false"]' },
  { name: 'room-speaker', page: 'chair', reach: 'both join; “Lainnya” → “Pembicara”; Escape', wait: '.stage[data-layout="large"]' },
  { name: 'room-share', page: 'guest', reach: 'both join; chair presses “Bagikan layar”', wait: '.shared' },
  { name: 'room-chat', page: 'guest', reach: 'both join; guest opens “Obrolan” and sends a message', wait: '.messages li' },
  { name: 'room-chat-failed', page: 'guest', reach: 'as room-chat, with /api/meetings/*/chat answered 503', wait: '.message-failed' },
  { name: 'room-people', page: 'chair', reach: 'both join; guest raises the hand; chair opens “Peserta”', wait: '.people .person-number' },
  { name: 'room-people-acts', page: 'chair', reach: 'as room-people; open the three dots of the guest', wait: '.acts[open]' },
  { name: 'room-removal-asks', page: 'chair', reach: 'as room-people-acts; press “Keluarkan”', wait: 'dialog[open]' },
  { name: 'room-settings', page: 'guest', reach: 'both join; guest opens “Lainnya”', wait: '.settings' },
  { name: 'room-end-asks', page: 'chair', reach: 'both join; chair presses “Akhiri untuk semua”', wait: 'dialog[open]' },
  { name: 'room-rejoining', page: 'chair', reach: 'both join; the media server is killed, and the chair’s page gets no new ticket', wait: '.strip-line' },
  { name: 'left', page: 'guest', reach: 'both join; guest presses “Keluar”', wait: '[data-screen="left"]' },
  { name: 'elsewhere', page: 'guest', reach: 'guest’s identity joins from another page', wait: '[data-screen="elsewhere"]' },
  { name: 'removed', page: 'guest', reach: 'both join; chair removes the guest', wait: '[data-screen="removed"]' },
  { name: 'ended', page: 'guest', reach: 'both join; chair ends for all', wait: '[data-screen="ended"]' },
];
