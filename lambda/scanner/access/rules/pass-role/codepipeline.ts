import type { PassRoleRule } from '../rule.ts';

/**
 * AWS CodePipeline: the role runs the commands of a Commands action, or deploys what the actor's source says.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export const codepipeline: readonly PassRoleRule[] = [
  // A pipeline starts when it is created: https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-rerun-manually.html
  {
    id: 'codepipeline-create-pipeline',
    aliases: [],
    title: 'create a pipeline in CodePipeline that runs commands of your own as the role',
    actions: ['codepipeline:CreatePipeline'],
    service: 'codepipeline.amazonaws.com',
  },
  // A pipeline keeps the role that it was made with:
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-service-role.html
  {
    id: 'codepipeline-update-pipeline',
    aliases: [],
    title: 'put commands of your own in a pipeline in CodePipeline that has the role, and start it',
    actions: ['codepipeline:UpdatePipeline', 'codepipeline:StartPipelineExecution'],
    service: 'codepipeline.amazonaws.com',
    existing: 'a pipeline in CodePipeline that has the role',
  },
];
