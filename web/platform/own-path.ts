/** Only a path of this portal; anything else would lead somebody who has just signed in to another site. */
export const ownPath = (wish: string | null): string => (wish !== null && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(wish) ? wish : '/');
