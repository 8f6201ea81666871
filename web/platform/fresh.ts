/** How the person is asked for a factor again; answers whether it was shown. The office's dialog puts itself here. */
export const fresh: { ask: (() => Promise<boolean>) | null } = { ask: null };
