// The region as a letterhead names it.

export const governmentOf = (region: string): string => (/^pemerintah/i.test(region) ? region : `Pemerintah ${region}`);
