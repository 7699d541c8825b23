import type { Account } from '../../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf, conditional, refused } from '../../iam/authorization-result.ts';
import { trustsSigner } from '../../iam/federated-trust.ts';
import type { Principal } from '../../iam/principal.ts';
import { passesNoRole } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { parseArn } from '../../model/arn.ts';
import type { ImpersonationTechnique } from '../technique.ts';

const actions = ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'];

/** The issuer of the tokens of a cluster, in the ARN of its identity provider. */
const clusterIssuer = /:oidc-provider\/(oidc\.eks\.([a-z\d-]+)\..+)$/;

/** The identity provider of an EKS cluster. */
interface ClusterProvider {
  readonly arn: string;
  readonly issuer: string;
  readonly region: string;
}

const clusterProvidersOf = ({ trusts }: Account, { arn, kind }: Principal): readonly ClusterProvider[] =>
  (kind === 'role' ? (trusts.get(arn)?.statements ?? []) : [])
    .filter(({ source }) => source.effect === 'Allow')
    .flatMap(({ source }) => source.principal?.entries ?? [])
    .flatMap(({ type, value }) => {
      const [, issuer, region] = (type === 'Federated' ? clusterIssuer.exec(value) : undefined) ?? [];
      return issuer === undefined || region === undefined ? [] : [{ arn: value, issuer, region }];
    });

/** Whether the principal can become administrator of a cluster in the Region; which cluster has the issuer is not known. */
function canAdminister(account: Account, principal: Principal, { issuer, region }: ClusterProvider): AuthorizationResult {
  const clusters = account.compute.all('eks-cluster').filter((arn) => parseArn(arn)?.region === region);
  const ask = (known: readonly string[]) => canOnSomeResource(account, principal, actions, { keys: passesNoRole, known, region });
  return allOf(
    () =>
      anyOf([...clusters.map((arn) => () => ask([arn])), ...(account.compute.isComplete('eks-cluster') ? [] : [() => ask([])])]),
    () =>
      conditional({
        key: `exists:cluster:${issuer}`,
        controlledBy: 'environment',
        text: `the EKS cluster whose issuer is ${issuer} exists in the account and allows access entries`,
      }),
  );
}

/**
 * The technique of IAM roles for service accounts: an administrator of a cluster gets a token of any service account, which the role
 * trusts by the identity provider of the cluster.
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export const serviceAccountTechniques: readonly ImpersonationTechnique[] = [
  {
    id: 'eks-create-access-entry-service-account',
    aliases: [],
    title: 'Become administrator of an EKS cluster and get a token of a service account that the role trusts',
    actions,
    candidates: (account, index, target) => (clusterProvidersOf(account, target).length === 0 ? [] : index.allPrincipals()),
    alone: (account, principal) => canOnSomeResource(account, principal, actions, { keys: passesNoRole }),
    isNeverCertain: () => true,
    attempt: (account, principal, target) =>
      target.kind === 'user'
        ? refused()
        : anyOf(
            clusterProvidersOf(account, target).map(
              (provider) => () =>
                allOf(
                  () => trustsSigner(account, principal, target, 'oidc-provider', provider.arn),
                  () => canAdminister(account, principal, provider),
                ),
            ),
          ),
  },
];
