import { accepted } from '../accepted-licenses.mjs';

/**
 * The licenses under which a package may be used here, besides those that may be published: none of them says anything about code that is
 * only built or tested with it. CC-BY is that of data.
 */
const forUse = ['BlueOak-1.0.0', 'CC-BY-4.0', 'MPL-2.0'];

/** What is needed of `package-lock.json`. */
export interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
}

/** The packages of a lock file, for whatever they are used, that have another license. */
export const refusedLicenses = ({ packages }: LockFile): readonly string[] =>
  Object.entries(packages)
    .filter(([folder, { license = '' }]) => folder !== '' && !isAccepted(license))
    .map(([folder, { version, license = 'no license' }]) => `${folder} ${version} has ${license}`);

/** Whether an SPDX expression can be met: one side of OR, both sides of AND. One within another is refused, to be looked at. */
function isAccepted(expression: string): boolean {
  const plain = expression.replace(/^\(([^()]*)\)$/, '$1');
  if (plain.includes(' OR ') && !plain.includes(' AND ')) return plain.split(' OR ').some(isAccepted);
  return plain.split(' AND ').every((id) => [...accepted, ...forUse].includes(id));
}
