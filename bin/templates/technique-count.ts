/** The sentences of the documentation that say how many techniques there are. */
export const countedFiles: readonly string[] = ['README.md', 'docs/architecture.md'];

/** The page with the number of techniques in its sentence. */
export const withTechniqueCount = (page: string, count: number): string =>
  page.replace(/(It (?:knows|uses)) (?:more than )?\d+ ((?:privilege escalation )?techniques)/, `$1 ${count} $2`);
