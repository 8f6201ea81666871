/**
 * A NIP on a screen: its last two digits. Birth date, appointment and sex are not told; full numbers are in papers and exports
 * only. Shows nothing that the directory's mask hides, so that two lists together tell no more than one.
 */
export const maskNip = (nip: string | null): string | null => nip && `${'•'.repeat(16)}${nip.slice(16)}`;
