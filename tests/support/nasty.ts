// Texts that break what was not made for them.

/** What a database, a sheet or a shell could take for more than text. */
export const SQL_TEXTS = [
  "' or '1'='1",
  "'; drop table people.person; --",
  '" or ""="',
  "1' union select null,null,version()--",
  "'||pg_sleep(0)||'",
  "\\'; select 1; --",
  '%27%20or%201=1',
  '1;select 1',
  '$$;select 1;$$',
  'id desc; select 1',
];
/** Scripts and signs the city writes, and some it does not. */
export const SCRIPTS = ['ꦱꦫꦶ', 'ᬲᬭᬶ', 'ڤۤݢَوَي', 'Ḥusain ʿAlī', '👩🏽‍🦽‍➡️ 🇮🇩', '𝔸𝕝𝕗𝕒 𠮷', 'e\u0301 a\u0308', 'ﬁ Å ①', 'a\u200db'];
/** What no field keeps. */
const REFUSED = ['nol\0nol', 'a\ud800b', '\udc00', 'a\u202eb', 'a\u2066b\u2069'];
export const NASTY_TEXTS: readonly string[] = [
  ...SQL_TEXTS,
  ...SCRIPTS,
  ...REFUSED,
  '<script>alert(1)</script>',
  '=cmd()',
  '../../etc/passwd',
  'm'.repeat(5000),
  '__proto__',
  'constructor',
];
