/** The notices of the packages that these source files, by paths from the root of the project, belong to. */
export function notices(sources: readonly string[]): Promise<string>;
