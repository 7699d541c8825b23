import type { PassRoleRule } from '../rule.ts';

/** AWS CodeBuild: the role runs the commands of the build specification. */
export const codebuild: readonly PassRoleRule[] = [
  {
    id: 'codebuild-create-project',
    aliases: ['codebuild-001'],
    title: 'create a CodeBuild project with the role and start a build of it',
    actions: ['codebuild:CreateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
  },
  {
    id: 'codebuild-create-project-batch',
    aliases: ['codebuild-004'],
    title: 'create a CodeBuild project with the role and start a batch build of it',
    actions: ['codebuild:CreateProject', 'codebuild:StartBuildBatch'],
    service: 'codebuild.amazonaws.com',
  },
  {
    id: 'codebuild-update-project-role',
    aliases: [],
    title: 'give a CodeBuild project the role and start a build of it',
    actions: ['codebuild:UpdateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    existing: 'a CodeBuild project',
    existingKind: 'codebuild-project',
  },
];
