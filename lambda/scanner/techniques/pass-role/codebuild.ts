import type { PassRoleTechnique } from '../compute-technique.ts';

/** AWS CodeBuild: the commands of the buildspec run with the role. */
export const codebuild: readonly PassRoleTechnique[] = [
  {
    id: 'codebuild-create-project',
    aliases: ['codebuild-001'],
    title: 'Pass the role to a new CodeBuild project and start a build',
    actions: ['codebuild:CreateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
  },
  {
    id: 'codebuild-create-project-batch',
    aliases: ['codebuild-004'],
    title: 'Pass the role to a new CodeBuild project and start a batch build',
    actions: ['codebuild:CreateProject', 'codebuild:StartBuildBatch'],
    service: 'codebuild.amazonaws.com',
  },
  {
    id: 'codebuild-update-project-role',
    aliases: [],
    title: 'Pass the role to an existing CodeBuild project and start a build',
    actions: ['codebuild:UpdateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    existing: 'a CodeBuild project',
    existingKind: 'codebuild-project',
  },
];
