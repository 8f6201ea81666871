// What a person is told when a second factor was set up on the account, or somebody else took it away.
type Told = { personId: string; what: 'set_up' | 'taken'; by: string | null; reason: string | null };

const words = ({ what, by, reason }: Told) =>
  what === 'set_up'
    ? {
        id: {
          title: 'Faktor kedua dipasang',
          text: 'Akun Anda kini meminta faktor kedua saat masuk. Bila bukan Anda yang memasangnya, segera hubungi administrator portal.',
        },
        en: {
          title: 'A second factor was set up',
          text: 'Your account now asks for a second factor at sign-in. If that was not you, tell the portal administrator at once.',
        },
      }
    : {
        id: {
          title: 'Faktor kedua diambil',
          text: `${by} mengambil faktor kedua akun Anda. Alasan: ${reason}. Bila Anda tidak memintanya, segera hubungi administrator portal.`,
        },
        en: {
          title: 'Your second factor was taken away',
          text: `${by} took the second factor of your account away. Reason: ${reason}. If you did not ask for it, tell the portal administrator at once.`,
        },
      };

export const factorNotice = (told: Told) => ({
  kind: 'akun' as const,
  personIds: [told.personId],
  ref: told.personId,
  words: words(told),
  path: '/akun',
  urgent: true,
});
