// What a person is told when a second factor was set up on the account, somebody else took it away, or one seems to be copied.
/** `reason`: of `copied` the name of the passkey. */
export type FactorTold = { personId: string; what: 'set_up' | 'taken' | 'copied'; by: string | null; reason: string | null };

const words = { set_up: setUp, taken, copied };

function setUp() {
  return {
    id: {
      title: 'Faktor kedua dipasang',
      text: 'Akun Anda kini meminta faktor kedua saat masuk. Bila bukan Anda yang memasangnya, segera hubungi administrator portal.',
    },
    en: {
      title: 'A second factor was set up',
      text: 'Your account now asks for a second factor at sign-in. If that was not you, tell the portal administrator at once.',
    },
  };
}

function taken({ by, reason }: FactorTold) {
  return {
    id: {
      title: 'Faktor kedua diambil',
      text: `${by} mengambil faktor kedua akun Anda. Alasan: ${reason}. Bila Anda tidak memintanya, segera hubungi administrator portal.`,
    },
    en: {
      title: 'Your second factor was taken away',
      text: `${by} took the second factor of your account away. Reason: ${reason}. If you did not ask for it, tell the portal administrator at once.`,
    },
  };
}

function copied({ reason }: FactorTold) {
  return {
    id: {
      title: 'Passkey mungkin disalin',
      text: `Passkey "${reason}" ditolak karena hitungannya mundur: mungkin ada salinannya. Lepas passkey itu di halaman Akun, pasang yang baru, lalu beri tahu administrator portal.`,
    },
    en: {
      title: 'A passkey may have been copied',
      text: `The passkey "${reason}" was refused because its counter went back: there may be a copy. Remove it on the Account page, make a new one, then tell the portal administrator.`,
    },
  };
}

export const factorNotice = (told: FactorTold) => ({
  kind: 'akun' as const,
  personIds: [told.personId],
  ref: told.personId,
  words: words[told.what](told),
  path: '/akun',
  urgent: true,
});
