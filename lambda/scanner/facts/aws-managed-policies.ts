import type { Json } from '../model/json.ts';
import type { Identities, ManagedPolicy } from './identity.ts';

const documentOf = (...statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });

/**
 * The AWS managed policies that decide whether a principal is admin or can become it, by the resource of their ARN: versions 1, 2
 * and 12. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const documents: ReadonlyMap<string, Json> = new Map([
  ['AdministratorAccess', documentOf({ Effect: 'Allow', Action: '*', Resource: '*' })],
  [
    'IAMFullAccess',
    documentOf({
      Effect: 'Allow',
      Action: [
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPolicies',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListTargetsForPolicy',
      ],
      Resource: '*',
    }),
  ],
  [
    'PowerUserAccess',
    documentOf(
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: [
          'account:GetAccountInformation',
          'account:GetGovCloudAccountInformation',
          'account:GetPrimaryEmail',
          'account:ListRegions',
          'iam:CreateServiceLinkedRole',
          'iam:DeleteServiceLinkedRole',
          'iam:ListRoles',
          'organizations:DescribeEffectivePolicy',
          'organizations:DescribeOrganization',
        ],
        Resource: '*',
      },
    ),
  ],
]);

/** Their IDs in the partition `aws`, in which findings on them have these IDs. */
const ids: ReadonlyMap<string, string> = new Map([
  ['arn:aws:iam::aws:policy/AdministratorAccess', 'ANPAIWMBCKSKIEE64ZLYK'],
  ['arn:aws:iam::aws:policy/IAMFullAccess', 'ANPAI7XKCFMBPM3QQRRVQ'],
  ['arn:aws:iam::aws:policy/PowerUserAccess', 'ANPAJYRXTHIB4FOVS3ZXS'],
]);

/** Adds the AWS managed policies that are in use and have no readable default version in the answer, as far as they are known. */
export function withAwsManagedPolicies(identities: Identities): Identities {
  const { users, groups, roles, policies } = identities;
  const attached = [...users, ...groups, ...roles].flatMap((holder) => holder.attachedPolicies.map(({ arn }) => arn));
  const boundaries = [...users, ...roles].flatMap(({ boundaryArn }) => boundaryArn ?? []);
  const known = new Map(policies.map(({ arn, id }) => [arn, id === arn ? ids.get(arn) : id]));
  const readable = new Set(policies.filter(hasDefaultDocument).map(({ arn }) => arn));
  const added = [...new Set([...attached, ...boundaries])].flatMap((arn): readonly ManagedPolicy[] => {
    const document = readable.has(arn) ? undefined : documentAt(arn);
    if (document === undefined) return [];
    return [
      {
        ...awsManaged(arn, known.get(arn) ?? ids.get(arn) ?? arn, document),
        attachmentCount: countOf(arn, attached),
        boundaryUsageCount: countOf(arn, boundaries),
      },
    ];
  });
  const replaced = new Set(added.map(({ arn }) => arn));
  const kept = policies
    .filter(({ arn }) => !replaced.has(arn))
    .map((policy) => ({ ...policy, id: known.get(policy.arn) ?? policy.id }));
  return { ...identities, policies: [...kept, ...added] };
}

const hasDefaultDocument = ({ versions }: ManagedPolicy): boolean =>
  versions.some(({ isDefault, document }) => isDefault && typeof document === 'object' && document !== null);

function documentAt(arn: string): Json | undefined {
  const [, name] = /^arn:aws[a-z-]*:iam::aws:policy\/(\w+)$/.exec(arn) ?? [];
  return name === undefined ? undefined : documents.get(name);
}

const countOf = (arn: string, arns: readonly string[]): number => arns.filter((other) => other === arn).length;

const awsManaged = (arn: string, id: string, document: Json) => ({
  name: arn.slice(arn.lastIndexOf('/') + 1),
  id,
  arn,
  path: '/',
  versions: [{ id: 'default', isDefault: true, document }],
});
