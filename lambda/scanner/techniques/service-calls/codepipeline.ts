import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS CodePipeline: the role runs the commands of a Commands action, or deploys the source of the pipeline.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export const codepipeline: readonly PassRoleTechnique[] = [
  // A pipeline starts when it is created:
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-rerun-manually.html
  {
    id: 'codepipeline-create-pipeline',
    aliases: [],
    title: 'Pass the role to a new CodePipeline pipeline that runs custom commands',
    actions: ['codepipeline:CreatePipeline'],
    service: 'codepipeline.amazonaws.com',
  },
  // A pipeline keeps the role with which it was created:
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-service-role.html
  {
    id: 'codepipeline-update-pipeline',
    aliases: [],
    title: 'Add custom commands to a CodePipeline pipeline that runs with the role, and start it',
    actions: ['codepipeline:UpdatePipeline', 'codepipeline:StartPipelineExecution'],
    service: 'codepipeline.amazonaws.com',
    existing: 'a CodePipeline pipeline that runs with the role',
  },
];
