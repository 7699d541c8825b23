import type { Subject } from '../../model/check.ts';
import type { Identities, ManagedPolicy, PolicyVersion } from '../../model/facts/identities.ts';
import { compilePolicy, createVocabulary } from '../../policy/compile.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Scene } from '../../policy/reach/plain-request.ts';
import { allowingAnything, openServices, wholeServices } from './breadth.ts';
import { grants, isAwsManaged } from './grants.ts';

/** A policy of the account's own that is in use and has versions besides the default. */
export interface VersionedPolicy extends Subject {
  readonly managed: ManagedPolicy;
}

/** The policies of the account that have other versions and are attached, or bound what identities may do. */
export function policiesWithVersions(identities: Identities): readonly VersionedPolicy[] {
  const attached = new Set(grants({ identities }).map(({ resource }) => resource.arn));
  const bounding = new Set([...identities.users, ...identities.roles].map(({ boundaryArn }) => boundaryArn));
  return identities.policies
    .filter(({ arn, versions }) => !isAwsManaged(arn) && versions.length > 1 && (attached.has(arn) || bounding.has(arn)))
    .map((managed) => {
      const { arn, name, id } = managed;
      return { resource: { type: 'AwsIamPolicy', arn, name, id }, managed };
    });
}

/** What a version allows that is far more than a few actions, in words. */
const EVERYTHING = 'every action on every resource';

const vocabulary = createVocabulary([]);

function powersOf({ document }: PolicyVersion, scene: Scene): readonly string[] {
  const parsed = parsePolicy(document);
  if (parsed.kind === 'malformed') return [];
  const policy = compilePolicy(parsed, vocabulary);
  if (allowingAnything(policy, scene).length > 0) return [EVERYTHING];
  const services = [...wholeServices(policy, scene), ...openServices(policy, scene)].map(({ service }) => service.service);
  return [...new Set(services)].map((service) => `all of ${service}`);
}

/** The versions that allow sensitive services whole which the default version does not, with what they add. */
export function dormantPowers(
  { versions }: ManagedPolicy,
  scene: Scene,
): readonly { readonly version: string; readonly powers: readonly string[] }[] {
  const present = new Set(versions.filter(({ isDefault }) => isDefault).flatMap((version) => powersOf(version, scene)));
  if (present.has(EVERYTHING)) return [];
  return versions.flatMap((version) => {
    const powers = powersOf(version, scene).filter((power) => !present.has(power));
    return powers.length > 0 ? [{ version: version.id, powers }] : [];
  });
}
