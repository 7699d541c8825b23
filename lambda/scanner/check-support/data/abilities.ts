import { dataDestruction, messaging, spending } from './misuse-actions.ts';
import type { SensitiveAction } from './sensitive-actions.ts';

/** What the holder of a credential can do with it, besides becoming admin. */
export const abilities = ['persist', 'read data', 'destroy data', 'spend', 'send messages', 'blind'] as const;

/** One of {@link abilities}. */
export type Ability = (typeof abilities)[number];

/** Every ability that is told of a principal. The first is a matter of its verdict, and the last of its reach. */
export const principalAbilities = ['take over', ...abilities, 'move to other accounts'] as const;

/** One of {@link principalAbilities}. */
export type PrincipalAbility = (typeof principalAbilities)[number];

const actionsOf = (list: readonly SensitiveAction[]) => list.map(({ action }) => action);

/**
 * The actions that give an ability; one is enough.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const abilityActions: Readonly<Record<Ability, readonly string[]>> = {
  persist: [
    ...['iam:CreateUser', 'iam:CreateRole', 'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'],
    ...['iam:UpdateAssumeRolePolicy', 'iam:CreateServiceSpecificCredential', 'iam:CreateOpenIDConnectProvider'],
    ...['iam:CreateSAMLProvider', 'rolesanywhere:CreateTrustAnchor', 'sts:GetFederationToken'],
  ],
  'read data': [
    ...['s3:GetObject', 's3:GetObjectVersion', 'secretsmanager:GetSecretValue', 'ssm:GetParameter', 'ssm:GetParameters'],
    ...['ssm:GetParametersByPath', 'dynamodb:Scan', 'dynamodb:PartiQLSelect', 'rds:StartExportTask', 'rds-data:ExecuteStatement'],
    ...['ebs:GetSnapshotBlock', 'redshift:GetClusterCredentials', 'rds:ModifyDBSnapshotAttribute'],
    'ec2:ModifySnapshotAttribute',
  ],
  'destroy data': actionsOf(dataDestruction),
  spend: actionsOf(spending),
  'send messages': actionsOf(messaging),
  blind: [
    ...['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail', 'cloudtrail:PutEventSelectors'],
    ...['guardduty:DeleteDetector', 'guardduty:UpdateDetector', 'config:StopConfigurationRecorder'],
    ...['config:DeleteConfigurationRecorder', 'securityhub:DisableSecurityHub', 'logs:DeleteLogGroup', 'events:DisableRule'],
  ],
};
