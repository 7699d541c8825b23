import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** AWS CodeDeploy: the scripts of a revision run on the instances of the deployment group, which have an instance role. */
export const codedeploy: readonly ExistingComputeTechnique[] = [
  {
    id: 'codedeploy-create-deployment',
    aliases: ['codedeploy-001'],
    title: 'Deploy a custom revision to a CodeDeploy deployment group whose instances run with the role',
    actions: ['codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision', 'codedeploy:GetDeploymentConfig'],
    service: 'ec2.amazonaws.com',
    compute: 'codedeploy-deployment-group',
  },
];
