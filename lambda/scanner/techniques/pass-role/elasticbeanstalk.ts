import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Elastic Beanstalk: the application runs on instances whose profile has the role. It creates them with the
 * permissions of the caller.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-instanceprofile.html
 */
export const elasticbeanstalk: readonly PassRoleTechnique[] = [
  {
    id: 'elasticbeanstalk-create-environment',
    aliases: [],
    title: 'Pass the role to the instances of a new Elastic Beanstalk environment that run a custom application',
    actions: [
      'elasticbeanstalk:CreateApplication',
      'elasticbeanstalk:CreateApplicationVersion',
      'elasticbeanstalk:CreateEnvironment',
    ],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'a permission of the principal for each resource that Elastic Beanstalk creates for it',
  },
  {
    id: 'elasticbeanstalk-update-environment',
    aliases: [],
    title: 'Pass the role to the instances of an Elastic Beanstalk environment, and deploy a custom application',
    actions: ['elasticbeanstalk:CreateApplicationVersion', 'elasticbeanstalk:UpdateEnvironment'],
    service: 'ec2.amazonaws.com',
    instanceProfile: true,
    existing: 'an Elastic Beanstalk environment',
  },
  {
    id: 'elasticbeanstalk-associate-environment-operations-role',
    aliases: [],
    title: 'Pass the role to an Elastic Beanstalk environment as its operations role, and update the environment',
    actions: ['elasticbeanstalk:AssociateEnvironmentOperationsRole', 'elasticbeanstalk:UpdateEnvironment'],
    service: 'elasticbeanstalk.amazonaws.com',
    existing: 'an Elastic Beanstalk environment',
  },
];
