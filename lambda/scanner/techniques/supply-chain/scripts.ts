import type { ComputeKind } from '../../facts/compute.ts';
import type { Account } from '../../iam/account.ts';
import { can } from '../../iam/authorization.ts';
import { type AuthorizationResult, allOf, anyOf, conditional, refused } from '../../iam/authorization-result.ts';
import type { Principal } from '../../iam/principal.ts';
import { passesNoRole } from '../../iam/request-context.ts';
import { trustsService } from '../service-trust.ts';
import type { ImpersonationTechnique } from '../technique.ts';

const PUT_OBJECT = 's3:PutObject';

/** Compute that reads its code from an object in S3 each time that it runs. */
interface Scripted {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly kind: ComputeKind;
}

/** Compute with the object that holds its code, as far as an inventory tells. */
interface Script {
  readonly compute: string;
  readonly bucket: string;
  readonly object: string;
}

const scriptsOf = ({ compute, partition }: Account, kind: ComputeKind, roleArn: string): readonly Script[] =>
  compute.of(kind, roleArn).flatMap((arn): readonly Script[] => {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(compute.codeOf(arn) ?? '') ?? [];
    return bucket === undefined || key === undefined
      ? []
      : [{ compute: arn, bucket, object: `arn:${partition}:s3:::${bucket}/${key}` }];
  });

/** Whether the principal may replace the code. When the compute runs, and the policy of the bucket, are not known. */
const canReplace = (account: Account, principal: Principal, { compute, bucket, object }: Script): AuthorizationResult =>
  allOf(
    () => can(account, principal, PUT_OBJECT, object, passesNoRole),
    () =>
      conditional({
        key: `script:${compute}`,
        controlledBy: 'environment',
        text: `${compute} runs, and the policy of the bucket ${bucket} allows the change`,
      }),
  );

const technique = ({ id, title, service, kind }: Scripted): ImpersonationTechnique => ({
  id,
  aliases: [],
  title,
  actions: [PUT_OBJECT],
  service,
  candidates: (account, index, target) => (scriptsOf(account, kind, target.arn).length === 0 ? [] : index.allPrincipals()),
  isNeverCertain: () => true,
  attempt: (account, principal, role) =>
    role.kind === 'user'
      ? refused()
      : allOf(
          () => trustsService(account, role, service),
          () => anyOf(scriptsOf(account, kind, role.arn).map((script) => () => canReplace(account, principal, script))),
        ),
});

/**
 * Techniques that write the code of compute that runs with a role, where an inventory tells where the code is. The policy of the
 * bucket is not known, so that their paths are always conditional.
 */
export const scriptTechniques: readonly ImpersonationTechnique[] = [
  technique({
    id: 'glue-replace-script',
    title: 'Replace the script of a Glue job that runs with the role',
    service: 'glue.amazonaws.com',
    kind: 'glue-job',
  }),
  technique({
    id: 'codebuild-replace-source',
    title: 'Replace the source archive of a CodeBuild project that runs with the role',
    service: 'codebuild.amazonaws.com',
    kind: 'codebuild-project',
  }),
];
