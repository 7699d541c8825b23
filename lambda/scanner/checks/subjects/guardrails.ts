import type { MemberAccount } from '../../facts/organization-parts/accounts.ts';
import type { OrganizationSnapshot } from '../../facts/organization-parts/organization-snapshot.ts';
import { createGuardrails } from '../../organization/guardrails.ts';
import { type Request, decide } from '../../policy/decide.ts';
import { type Said, type Scene, plainRequest } from '../../policy/reach/plain-request.ts';

/** Something that a guardrail is expected to deny everybody, but for who is named as an exception. */
interface Expected {
  /** As a sentence goes on: `to leave the Organization`. */
  readonly what: string;
  readonly actions: readonly string[];
  readonly resource?: string;
  readonly by?: 'root';
}

/** Two actions stand for all: a guardrail about root denies all but a few. */
const EVERYTHING_AS_ROOT = '* where aws:PrincipalArn is like arn:*:iam::*:root';

/**
 * What every Organization is told to deny in its members.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
 */
const expected: readonly Expected[] = [
  { what: 'to leave the Organization', actions: ['organizations:LeaveOrganization'] },
  { what: 'to act as root', actions: ['ec2:RunInstances', 's3:PutBucketPolicy'], by: 'root' },
  {
    what: 'to switch off what watches (trails, AWS Config, GuardDuty, Security Hub, Access Analyzer)',
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
    what: 'to make users and access keys',
    actions: ['iam:CreateUser', 'iam:CreateAccessKey'],
    resource: 'arn:{partition}:iam::{account}:user/*',
  },
];

/** What nothing over the account denies. */
export interface Undenied {
  readonly what: string;
  /** What to deny, in the words of a policy. */
  readonly missing: readonly string[];
}

/**
 * What the service control policies over an account leave open, asked of each level as AWS asks it. A Deny that spares somebody by name
 * or tag counts, as does an Allow that leaves something out; one of a single Region or resource does not.
 */
export function createUndenied(
  organization: OrganizationSnapshot,
): (account: MemberAccount, scene: Scene) => readonly Undenied[] | string {
  const guardrails = createGuardrails(organization);
  return (account, scene) => {
    const levels = guardrails(account.id).filter(({ kind }) => kind === 'scp');
    const isDenied = (request: Request) =>
      levels.some(({ policies }) => policies !== 'unreadable' && decide(policies, request).effect === 'denied');
    const left = expected.flatMap(({ what, actions, resource = '*', by }): readonly Undenied[] => {
      const open = actions.filter((action) => !isDenied(requestOf(scene, action, resource, by)));
      if (open.length === 0) return [];
      return [{ what, missing: by === 'root' ? [EVERYTHING_AS_ROOT] : open }];
    });
    const unreadable = levels.find(({ policies }) => policies === 'unreadable');
    return left.length > 0 && unreadable ? `the service control policies ${unreadable.name} cannot be read` : left;
  };
}

/** A request by somebody without tags, whom no guardrail has reason to spare. */
function requestOf(scene: Scene, action: string, resource: string, by: 'root' | undefined): Request {
  const said: Said = by === 'root' ? { 'aws:principalarn': `arn:${scene.partition}:iam::${scene.accountId}:root` } : {};
  const request = plainRequest(scene, action, resource, said);
  const context: Request['context'] = (key) => (key.startsWith('aws:principaltag/') ? { state: 'absent' } : request.context(key));
  return { ...request, context };
}
