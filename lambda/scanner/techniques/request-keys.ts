import type { Account } from '../iam/account.ts';
import { factsOfAction } from '../iam/action-table.ts';
import type { RolePrincipal } from '../iam/principal.ts';
import { type RequestKeys, passesNoRole } from '../iam/request-context.ts';
import type { NamedResources } from '../iam/resource-candidates.ts';
import { parseArn } from '../model/arn.ts';

/**
 * The keys of `iam:PassRole`: the service that gets the role, and the resource on which the role ends up, which is one that the
 * technique creates or changes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function passRoleKeys(service: string, actions: readonly string[]): (account: Account) => RequestKeys {
  const isInstance = service === 'ec2.amazonaws.com';
  const templates = isInstance ? [INSTANCE] : actions.flatMap((action) => factsOfAction(action)?.required ?? []);
  return ({ partition, accountId }) => {
    const among = templates.map((template) => template.replace('{partition}', partition).replace('{account}', accountId));
    return (key) => {
      if (key === 'iam:passedtoservice') return [service];
      return key === 'iam:associatedresourcearn' && among.length > 0 ? { among } : undefined;
    };
  };
}

const INSTANCE = 'arn:{partition}:ec2:*:{account}:instance/*';

/** The keys of a call that names the role that it passes, or an instance profile with it. */
export const namesRole =
  ({ arn, identity: { name } }: RolePrincipal, profiles: readonly string[]): RequestKeys =>
  (key) => {
    if (key === 'cloudformation:rolearn') return [arn];
    if (key === 'codebuild:servicerole') return { among: [arn, name] };
    return key === 'ec2:instanceprofile' || key === 'ec2:newinstanceprofile' ? { among: profiles } : undefined;
  };

/** The keys of a call to an existing resource: its Region, and for ECS also the cluster. */
export function keysOfResource(arn: string): RequestKeys {
  const region = parseArn(arn)?.region;
  const [cluster] = clusterOf(arn);
  return (key) => {
    if (key === 'aws:requestedregion' && region) return [region];
    if (key === 'ecs:cluster' && (cluster ?? isCluster(arn))) return [cluster ?? arn];
    return key === 'ecs:task' && cluster ? [arn] : passesNoRole(key);
  };
}

/** The cluster of an ECS task or service, which its ARN names. */
export const clusterOf = (arn: string): readonly string[] => {
  const cluster = arn.replace(/:(?:task|service)\/([^/]+)\/.*$/, ':cluster/$1');
  return cluster === arn ? [] : [cluster];
};

const isCluster = (arn: string): boolean => /^[^:]*:[^:]*:ecs:.*:cluster\//.test(arn);

/** The resources that calls create inside an existing one: services in a cluster. */
export const resourcesInside = (arn: string): NamedResources =>
  isCluster(arn) ? { 'ecs:CreateService': [[arn.replace(':cluster/', ':service/').concat('/*')]] } : {};
