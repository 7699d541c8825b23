import { commercialForm, regionOfService } from '../../lambda/scanner/policy/service-principal.ts';

test.each<readonly [written: string, service: string, region: string | undefined]>([
  ['states.amazonaws.com', 'states.amazonaws.com', undefined],
  ['states.eu-west-1.amazonaws.com', 'states.amazonaws.com', 'eu-west-1'],
  ['codedeploy.us-gov-west-1.amazonaws.com', 'codedeploy.amazonaws.com', 'us-gov-west-1'],
  ['logs.eusc-de-east-1.amazonaws.com', 'logs.amazonaws.com', 'eusc-de-east-1'],
  ['ec2.amazonaws.com.cn', 'ec2.amazonaws.com', undefined],
  ['logs.cn-north-1.amazonaws.com.cn', 'logs.amazonaws.com', 'cn-north-1'],
  ['ops.apigateway.ap-east-1.amazonaws.com', 'ops.apigateway.amazonaws.com', 'ap-east-1'],
  ['member.org.stacksets.cloudformation.amazonaws.com', 'member.org.stacksets.cloudformation.amazonaws.com', undefined],
  ['cloudwatch-crossaccount.amazonaws.com', 'cloudwatch-crossaccount.amazonaws.com', undefined],
  ['vpc-flow-logs.amazonaws.com', 'vpc-flow-logs.amazonaws.com', undefined],
  ['cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aBc', 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aBc', undefined],
  ['states.eu-west-1.amazonaws.com.example.net', 'states.eu-west-1.amazonaws.com.example.net', undefined],
  ['*', '*', undefined],
])('%s is %s', (written, service, region) => {
  expect([commercialForm(written), regionOfService(written)]).toEqual([service, region]);
});
