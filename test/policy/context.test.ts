import { controllerOf } from '../../lambda/scanner/policy/context.ts';

test.each([
  [
    'caller',
    ['aws:RequestedRegion', 'aws:RequestTag/team', 'aws:TagKeys', 'sts:ExternalId', 'sts:RoleSessionName', 'aws:SourceIdentity'],
  ],
  [
    'caller',
    ['aws:UserAgent', 'aws:Referer', 'aws:SecureTransport', 'ec2:InstanceType', 'lambda:FunctionUrlAuthType', 's3:prefix'],
  ],
  [
    'environment',
    [
      'aws:SourceIp',
      'aws:SourceVpc',
      'aws:SourceVpce',
      'aws:VpcSourceIp',
      'aws:ViaAWSService',
      'aws:CalledVia',
      'aws:CalledViaFirst',
    ],
  ],
  ['environment', ['aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge', 'aws:SourceArn', 'aws:SourceAccount']],
  [
    'environment',
    ['aws:PrincipalTag/team', 'aws:ResourceTag/team', 'iam:ResourceTag/team', 'ec2:ResourceTag/a/b', 's3:ExistingObjectTag/x'],
  ],
  ['environment', ['token.actions.githubusercontent.com:sub', 'oidc.eks.us-east-1.amazonaws.com/id/ABC:aud', 'saml:aud']],
  ['time', ['aws:CurrentTime', 'aws:EpochTime', 'AWS:TokenIssueTime']],
] as const)('%s controls %j', (controller, keys) => {
  expect(keys.map(controllerOf)).toEqual(keys.map(() => controller));
});
