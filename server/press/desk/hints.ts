// What the desk should look at before it accepts somebody, in words. Pure.
import type { Language } from '../../platform/refusal.ts';
import { cardKey, emailKey, isFreeHost, looksLikeOutlet, personKey } from './names.ts';

type Somebody = {
  id: string;
  name: string;
  outletId: string;
  outlet: string;
  email: string;
  card: { kind: string; number: string } | null;
  claims: string | null;
};
type Known = {
  /** Everybody ever registered, this one too. */ others: readonly Somebody[];
  outlets: readonly { id: string; name: string; journalists: number }[];
};
type Official = { name: string; title: string };

const WORDS = {
  claim: [
    'Surel ini milik {name} · {outlet}, yang sudah terdaftar. Tautan dikirim ke surelnya; pastikan orangnya.',
    'This address belongs to {name} · {outlet}, already registered. The link went to that address; make sure who this is.',
  ],
  official: ['Nama menyerupai {name}, {title}.', 'The name resembles {name}, {title}.'],
  elsewhere: ['Nama yang sama terdaftar di {outlet}.', 'The same name is registered with {outlet}.'],
  twice: ['Nama dan media yang sama, surel lain: {email}.', 'Same name and outlet, another address: {email}.'],
  outlet: ['Nama media mirip {outlet}.', 'The outlet looks much like {outlet}.'],
  card: ['Nomor kartu dipakai {name} · {outlet}.', 'The card number is used by {name} · {outlet}.'],
  free: ['Surel umum, bukan milik media.', 'A free mail host, not one of the outlet.'],
} as const;
const say = (language: Language, what: keyof typeof WORDS, values: Record<string, string> = {}): string =>
  WORDS[what][language === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** `s•••i@radaruji.example`: enough to see that it is another one. */
const masked = (email: string): string => email.replace(/^(.)(.*)(.)@/, '$1•••$3@');

/** The gravest first. */
export function createHints({ others, outlets }: Known, officials: readonly Official[], language: Language): (one: Somebody) => string[] {
  const byName = grouped(others, (o) => personKey(o.name));
  const byCard = grouped(others, (o) => (o.card === null ? '' : cardKey(o.card)));
  const byId = new Map(others.map((o) => [o.id, o]));
  const inOffice = new Map(officials.map((o) => [personKey(o.name), o]));
  const likely = new Map<string, string | null>();

  /** Of two outlets much alike the smaller one is looked at. */
  const likeOf = (one: Somebody): string | null => {
    const known = likely.get(one.outletId);
    if (known !== undefined) return known;
    const size = outlets.find((o) => o.id === one.outletId)?.journalists ?? 0;
    const like = outlets.find((o) => o.id !== one.outletId && o.journalists >= size && looksLikeOutlet(o.name, one.outlet))?.name ?? null;
    likely.set(one.outletId, like);
    return like;
  };

  return (one) => {
    const found: string[] = [];
    const owner = one.claims === null ? null : (byId.get(one.claims) ?? null);
    if (owner) found.push(say(language, 'claim', { name: owner.name, outlet: owner.outlet }));
    const official = inOffice.get(personKey(one.name));
    if (official) found.push(say(language, 'official', { name: official.name, title: official.title }));
    const namesakes = (byName.get(personKey(one.name)) ?? []).filter((o) => o.id !== one.id && o.id !== one.claims && o.claims !== one.id);
    const elsewhere = namesakes.find((o) => o.outletId !== one.outletId);
    if (elsewhere) found.push(say(language, 'elsewhere', { outlet: elsewhere.outlet }));
    const twice = namesakes.find((o) => o.outletId === one.outletId && emailKey(o.email) !== emailKey(one.email));
    if (twice) found.push(say(language, 'twice', { email: masked(twice.email) }));
    const like = likeOf(one);
    if (like !== null) found.push(say(language, 'outlet', { outlet: like }));
    const sameCard = one.card && (byCard.get(cardKey(one.card)) ?? []).find((o) => o.id !== one.id && o.id !== one.claims && o.claims !== one.id);
    if (sameCard) found.push(say(language, 'card', { name: sameCard.name, outlet: sameCard.outlet }));
    if (isFreeHost(one.email)) found.push(say(language, 'free'));
    return found;
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
