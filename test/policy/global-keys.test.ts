import { controllerOf, globalKeys, unknownValue } from '../../lambda/scanner/policy/global-keys.ts';

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

// The list of AWS, under its headings: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
const listed = {
  principal:
    'PrincipalArn PrincipalAccount PrincipalOrgPaths PrincipalOrgID PrincipalTag/ PrincipalIsAWSService PrincipalServiceName PrincipalServiceNamesList PrincipalType userid username',
  session:
    'AssumedRoot FederatedProvider TokenIssueTime MultiFactorAuthAge MultiFactorAuthPresent ChatbotSourceArn Ec2InstanceSourceVpc Ec2InstanceSourcePrivateIPv4 SourceIdentity ec2:RoleDelivery ec2:SourceInstanceArn glue:RoleAssumedBy glue:CredentialIssuingService codebuild:BuildArn codebuild:ProjectArn lambda:SourceFunctionArn ssm:SourceInstanceArn identitystore:UserId',
  network: 'SourceIp SourceVpc SourceVpcArn SourceVpce VpceAccount VpceOrgID VpceOrgPaths VpcSourceIp',
  resource: 'ResourceAccount ResourceOrgID ResourceOrgPaths ResourceTag/',
  request:
    'CalledVia CalledViaFirst CalledViaLast ViaAWSService CurrentTime EpochTime referer RequestedRegion RequestTag/ TagKeys SecureTransport SourceAccount SourceArn SourceOrgID SourceOrgPaths UserAgent',
};

test('each global condition key has its rule', () => {
  const keys = Object.values(listed)
    .flatMap((names) => names.split(' '))
    .map((name) => (name.includes(':') ? name : `aws:${name}`).toLowerCase());
  expect(Object.keys(globalKeys).sort()).toEqual(keys.sort());
});

test.each([
  ['a VPC endpoint', 'aws:sourcevpce', { state: 'absent' }],
  ['an instance', 'ec2:sourceinstancearn', { state: 'absent' }],
  ['an identity provider', 'aws:federatedprovider', { state: 'absent' }],
  ['MFA', 'aws:multifactorauthpresent', undefined],
  ['the address', 'aws:sourceip', { state: 'present', values: [expect.stringMatching(/^\d+\./)] }],
])('what a call has that any caller can make: %s', (_name, key, usual) => {
  expect(unknownValue(key).usual).toEqual(usual);
});
