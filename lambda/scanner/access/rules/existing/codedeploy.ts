import type { ExistingComputeRule } from '../rule.ts';

/** AWS CodeDeploy: the scripts of a revision run on the instances of the deployment group, where the instances' role is. */
export const codedeploy: readonly ExistingComputeRule[] = [
  {
    id: 'codedeploy-create-deployment',
    aliases: ['codedeploy-001'],
    title: 'deploy a revision of your own to the instances of a CodeDeploy deployment group that have the role',
    actions: ['codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision', 'codedeploy:GetDeploymentConfig'],
    service: 'ec2.amazonaws.com',
    compute: 'codedeploy-deployment-group',
  },
];
