/**
 * What is wrong with the files of a package: those that no pattern allows, and the patterns that no file has. In a pattern, `?` is one
 * character and `*` are any, but for a slash; `**` are any.
 */
export function unexpectedFiles(files: readonly string[], patterns: readonly string[]): readonly string[] {
  const forms = patterns.map((pattern) => ({ pattern, form: formOf(pattern) }));
  return [
    ...files
      .filter((file) => !forms.some(({ form }) => form.test(file)))
      .map((file) => `${file} is in the package, but not in the list`),
    ...forms
      .filter(({ form }) => !files.some((file) => form.test(file)))
      .map(({ pattern }) => `${pattern} is in the list, but not in the package`),
  ];
}

const wildcards: Readonly<Record<string, string>> = { '**': '.*', '*': '[^/]*', '?': '[^/]' };

const formOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/\*\*|[^\w/-]/g, (found) => wildcards[found] ?? `\\${found}`)}$`);
