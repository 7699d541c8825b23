import type { MemberAccount } from '../../facts/organization-parts/accounts.ts';
import type { OrganizationSnapshot } from '../../facts/organization-parts/organization-snapshot.ts';
import { createPolicyLimits } from '../../organization/policy-limits.ts';
import { type Request, decide } from '../../policy/decide.ts';
import { type GivenKeys, type RequestSetting, plainRequest } from '../../policy/queries/plain-request.ts';

/** Something that an SCP is expected to deny to every principal that it does not name as an exception. */
interface Expected {
  /** What is denied: `leaving the organization`. */
  readonly what: string;
  /** What a message adds to it. */
  readonly details?: string;
  readonly actions: readonly string[];
  readonly resource?: string;
  readonly by?: 'root';
}

/** Two actions stand for all: an SCP about the root user denies all but a few. */
export const EVERYTHING_AS_ROOT = '* if aws:PrincipalArn matches arn:*:iam::*:root';

/**
 * What AWS advises every organization to deny in its member accounts.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
 */
const expected: readonly Expected[] = [
  { what: 'leaving the organization', actions: ['organizations:LeaveOrganization'] },
  { what: 'actions of the root user', actions: ['ec2:RunInstances', 's3:PutBucketPolicy'], by: 'root' },
  {
    what: 'disabling security services',
    details: ' (CloudTrail, AWS Config, GuardDuty, Security Hub, IAM Access Analyzer)',
    actions: [
      'cloudtrail:StopLogging',
      'cloudtrail:DeleteTrail',
      'config:StopConfigurationRecorder',
      'guardduty:DeleteDetector',
      'securityhub:DisableSecurityHub',
      'access-analyzer:DeleteAnalyzer',
    ],
  },
  {
    what: 'creating IAM users and access keys',
    actions: ['iam:CreateUser', 'iam:CreateAccessKey'],
    resource: 'arn:{partition}:iam::{account}:user/*',
  },
];

/** What no SCP of the account denies. */
export interface UndeniedActions {
  readonly what: string;
  readonly details?: string;
  /** What to deny, in the words of a policy. */
  readonly missing: readonly string[];
}

/**
 * What the SCPs of an account do not deny, evaluated level by level as AWS does. A Deny that exempts a principal or a tag counts, as does
 * an Allow that omits something. A Deny for a single Region or resource does not.
 */
export function createUndeniedActions(
  organization: OrganizationSnapshot,
): (account: MemberAccount, scene: RequestSetting) => readonly UndeniedActions[] | string {
  const limitsOf = createPolicyLimits(organization);
  return (account, scene) => {
    const levels = limitsOf(account.id).filter(({ kind }) => kind === 'scp');
    const isDenied = (request: Request) =>
      levels.some(({ policies }) => policies !== 'unreadable' && decide(policies, request).effect === 'denied');
    const left = expected.flatMap(({ what, details, actions, resource = '*', by }): readonly UndeniedActions[] => {
      const open = actions.filter((action) => !isDenied(requestOf(scene, action, resource, by)));
      if (open.length === 0) return [];
      return [{ what, ...(details === undefined ? {} : { details }), missing: by === 'root' ? [EVERYTHING_AS_ROOT] : open }];
    });
    const unreadable = levels.find(({ policies }) => policies === 'unreadable');
    return left.length > 0 && unreadable ? `the SCPs ${unreadable.name} cannot be read` : left;
  };
}

/** A request by a principal without tags, which no SCP has a reason to exempt. */
function requestOf(scene: RequestSetting, action: string, resource: string, by: 'root' | undefined): Request {
  const said: GivenKeys = by === 'root' ? { 'aws:principalarn': `arn:${scene.partition}:iam::${scene.accountId}:root` } : {};
  const request = plainRequest(scene, action, resource, said);
  const context: Request['context'] = (key) => (key.startsWith('aws:principaltag/') ? { state: 'absent' } : request.context(key));
  return { ...request, context };
}
