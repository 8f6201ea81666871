// Where somebody wanted to go, kept over the way to the identity provider and back.
const KEY = 'masuk.ke';

export function keepWish(wish: string | null): void {
  if (wish === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, wish);
}

export function takeWish(): string | null {
  const wish = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return wish;
}
