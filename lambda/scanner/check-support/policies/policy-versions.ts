import type { Subject } from '../../check.ts';
import type { Identities, ManagedPolicy } from '../../facts/identity.ts';
import type { Json } from '../../model/json.ts';
import { compileDocument } from '../../policy/compile.ts';
import type { RequestSetting } from '../../policy/queries/plain-request.ts';
import { allowingAnything, openServices, wholeServices } from './overbroad-access.ts';
import { sensitiveActionVocabulary } from './action-vocabulary.ts';
import { policyAttachments, isAwsManaged } from './policy-attachments.ts';

/** A version of a policy with broader permissions than the default, and what it allows in addition, in words. */
export interface BroaderVersion {
  readonly id: string;
  readonly powers: readonly string[];
}

/** A customer managed policy that is in use and has versions besides the default. */
export interface VersionedPolicy extends Subject {
  readonly broader: readonly BroaderVersion[];
}

/** The customer managed policies that have other versions and are attached, or are a permissions boundary. */
export function policiesWithVersions(identities: Identities, scene: RequestSetting): readonly VersionedPolicy[] {
  const attached = new Set(policyAttachments({ identities }).map(({ resource }) => resource.arn));
  const bounding = new Set([...identities.users, ...identities.roles].map(({ boundaryArn }) => boundaryArn));
  return identities.policies
    .filter(({ arn, versions }) => !isAwsManaged(arn) && versions.length > 1 && (attached.has(arn) || bounding.has(arn)))
    .map(({ arn, name, id, versions }) => ({
      resource: { type: 'AwsIamPolicy', arn, name, id },
      broader: broaderVersions(versions, (document) => powersOf(document, scene)),
    }));
}

/** A default version with this cannot be exceeded. */
const EVERYTHING = 'all actions on all resources';

/** The sensitive services of which a document allows every action, in words. */
function powersOf(document: Json, scene: RequestSetting): readonly string[] {
  const policy = compileDocument(document, sensitiveActionVocabulary);
  if (policy.kind === 'malformed') return [];
  if (allowingAnything(policy, scene).length > 0) return [EVERYTHING];
  const services = [...wholeServices(policy, scene), ...openServices(policy, scene)].map(({ service }) => service.service);
  return [...new Set(services)].map((service) => `all actions of ${service}`);
}

function broaderVersions(
  versions: ManagedPolicy['versions'],
  powers: (document: Json) => readonly string[],
): readonly BroaderVersion[] {
  const present = new Set(versions.filter(({ isDefault }) => isDefault).flatMap(({ document }) => powers(document)));
  if (present.has(EVERYTHING)) return [];
  return versions.flatMap(({ id, document }) => {
    const added = powers(document).filter((power) => !present.has(power));
    return added.length > 0 ? [{ id, powers: added }] : [];
  });
}
