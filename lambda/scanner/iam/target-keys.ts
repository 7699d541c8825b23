import type { Principal } from './principal.ts';
import type { RequestKeys } from './request-context.ts';

/**
 * The condition keys of a request about an identity: its tags, and its permissions boundary (`iam:PermissionsBoundary` is
 * compared with the boundary of the target).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export const targetContextKeys =
  ({ identity: { tags, boundaryArn } }: Principal, more: Readonly<Record<string, readonly string[] | null>> = {}): RequestKeys =>
  (key) => {
    if (key in more) return more[key];
    if (key === 'iam:permissionsboundary') return boundaryArn === undefined ? null : [boundaryArn];
    const tag = /^(?:aws|iam):resourcetag\/(.*)$/.exec(key)?.[1];
    if (tag === undefined) return undefined;
    const found = [...tags].find(([name]) => name.toLowerCase() === tag);
    return found ? [found[1]] : null;
  };
