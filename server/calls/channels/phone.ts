// Telephone numbers as people write them, and as gateways want them (E.164).

/** `0812-3456-7890` → `+6281234567890`; numbers of other countries begin with + or 00. null = not a number anybody could ring. */
export function e164(written: string): string | null {
  const digits = written.replaceAll(/[\s().-]/g, '').replace(/^\+?00/, '+');
  const number = digits.startsWith('+') ? digits.replace(/^\+620/, '+62') : digits.replace(/^(?:62|0)?(?=\d)/, '+62').replace(/^\+620/, '+62');
  if (!/^\+[1-9]\d{7,14}$/.test(number)) return null;
  return number.startsWith('+62') && !/^\+62[2-9]\d{6,12}$/.test(number) ? null : number;
}

/** Opens WhatsApp with the text ready, to be sent by hand; null where the number cannot be rung. */
export function waLink(phone: string, text: string): string | null {
  const number = e164(phone);
  return number === null ? null : `https://wa.me/${number.slice(1)}?text=${encodeURIComponent(text)}`;
}
