import type { ExistingComputeRule } from '../rule.ts';

/**
 * AWS CodeBuild: whoever starts a build can put another build specification in the place of the project's.
 * https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 */
export const codebuild: readonly ExistingComputeRule[] = [
  {
    id: 'codebuild-start-build',
    aliases: ['codebuild-002'],
    title: 'start a build of a CodeBuild project that has the role, with commands of your own',
    actions: ['codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
  {
    id: 'codebuild-start-build-batch',
    aliases: ['codebuild-003'],
    title: 'start a batch build of a CodeBuild project that has the role, with commands of your own',
    actions: ['codebuild:StartBuildBatch'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
  {
    id: 'codebuild-update-project',
    aliases: [],
    title: 'put commands of your own in a CodeBuild project that has the role, and start a build of it',
    actions: ['codebuild:UpdateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
];
