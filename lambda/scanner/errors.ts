/** Thrown when the user must change something (arguments, configuration, input files, credentials) before a scan can run. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What an error says, whichever realm it was made in; for a thrown value that is no error, the value as text. */
export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
