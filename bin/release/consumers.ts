import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** What would go wrong for who imports from a package: by the rules of publint, and by how each kind of module finds the types. */
export async function importProblems(tarball: Uint8Array<ArrayBuffer>): Promise<readonly string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  const checked = await checkPackage(createPackageFromTarballData(tarball));
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`),
    ...(checked.types === false
      ? ['attw: there are no types']
      : checked.problems.map((problem) => `attw: ${JSON.stringify(problem)}`)),
  ];
}
