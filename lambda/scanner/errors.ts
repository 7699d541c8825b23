/** Thrown when the user must change something (arguments, configuration, input files, credentials) before a scan can run. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
