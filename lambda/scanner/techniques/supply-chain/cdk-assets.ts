import { allOf, conditional, refused } from '../../iam/authorization-result.ts';
import type { Principal } from '../../iam/principal.ts';
import { passesNoRole } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { trustsService } from '../service-trust.ts';
import type { ImpersonationTechnique } from '../technique.ts';

const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const PUT_OBJECT = 's3:PutObject';

/**
 * The bucket from which CloudFormation takes the templates that it deploys with the role, if the role is of a bootstrap of the CDK.
 * Its name follows from that of the role: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
function assetsBucketOf({ kind, identity: { name } }: Principal): string | undefined {
  const environment = /^cdk-(.+)-cfn-exec-role-(\d{12}-[a-z\d-]+)$/.exec(name);
  return kind === 'role' && environment ? `cdk-${environment[1]}-assets-${environment[2]}` : undefined;
}

/** Techniques that write what a role deploys. The policy of the bucket is not known, so that their paths are always conditional. */
export const cdkTechniques: readonly ImpersonationTechnique[] = [
  {
    id: 'cdk-replace-template',
    aliases: [],
    title: 'Replace a template in the assets bucket of the CDK, which CloudFormation then deploys with the role',
    actions: [PUT_OBJECT],
    service: CLOUDFORMATION,
    candidates: (_account, index, target) => (assetsBucketOf(target) === undefined ? [] : index.allPrincipals()),
    isNeverCertain: () => true,
    attempt: (account, principal, role) => {
      const bucket = assetsBucketOf(role);
      if (bucket === undefined || role.kind === 'user') return refused();
      return allOf(
        () => trustsService(account, role, CLOUDFORMATION),
        () =>
          canOnSomeResource(account, principal, [PUT_OBJECT], {
            keys: passesNoRole,
            resources: { [PUT_OBJECT]: [[`arn:{partition}:s3:::${bucket}/*`]] },
          }),
        () =>
          conditional({
            key: `cdk-deployment:${bucket}`,
            controlledBy: 'environment',
            text: `the CDK deploys a template from the bucket ${bucket}, and the policy of the bucket allows the change`,
          }),
      );
    },
  },
];
