// Why the portal cannot start: one line for the person at the terminal, then exit code 1.
export class StartProblem extends Error {}

/** What a failed file operation means to that person. */
export function folderProblem(folder: string, error: unknown): StartProblem {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const reason: Record<string, string> = {
    EROFS: 'hanya dapat dibaca',
    EACCES: 'tidak boleh ditulisi oleh pengguna ini',
    EPERM: 'tidak boleh ditulisi oleh pengguna ini',
    ENOSPC: 'tidak mempunyai ruang lagi (disk penuh)',
    EDQUOT: 'tidak mempunyai ruang lagi (kuota habis)',
    ENOTDIR: 'bukan folder',
    EEXIST: 'bukan folder',
    ENOENT: 'tidak dapat dibuat di sana',
  };
  return new StartProblem(
    `Folder data ${folder} ${reason[code] ?? `tidak dapat dipakai (${error instanceof Error ? error.message : String(error)})`}. Atur PORTAL_DATA ke folder yang dapat ditulisi.`,
    { cause: error },
  );
}
