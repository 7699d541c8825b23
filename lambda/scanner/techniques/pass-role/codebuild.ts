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
  // A build can have another role than its project, and other commands:
  // https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
  {
    id: 'codebuild-start-build-with-another-role',
    aliases: [],
    title: 'Pass the role to a build with custom commands of an existing CodeBuild project',
    actions: ['codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    existing: 'a CodeBuild project',
    existingKind: 'codebuild-project',
  },
  {
    id: 'codebuild-start-build-batch-with-another-role',
    aliases: [],
    title: 'Pass the role to a batch build with custom commands of an existing CodeBuild project',
    actions: ['codebuild:StartBuildBatch'],
    service: 'codebuild.amazonaws.com',
    existing: 'a CodeBuild project',
    existingKind: 'codebuild-project',
  },
  // https://docs.aws.amazon.com/codebuild/latest/userguide/sandbox.html
  {
    id: 'codebuild-create-project-and-start-sandbox',
    aliases: [],
    title: 'Pass the role to a new CodeBuild project, start a sandbox of it, and run a command there',
    actions: ['codebuild:CreateProject', 'codebuild:StartSandbox', 'codebuild:StartCommandExecution'],
    service: 'codebuild.amazonaws.com',
  },
  {
    id: 'codebuild-create-project-and-start-sandbox-connection',
    aliases: [],
    title: 'Pass the role to a new CodeBuild project, start a sandbox of it, and open a session there',
    actions: ['codebuild:CreateProject', 'codebuild:StartSandbox', 'codebuild:StartSandboxConnection'],
    service: 'codebuild.amazonaws.com',
  },
  {
    id: 'codebuild-update-project-role-and-start-sandbox',
    aliases: [],
    title: 'Pass the role to an existing CodeBuild project, start a sandbox of it, and run a command there',
    actions: ['codebuild:UpdateProject', 'codebuild:StartSandbox', 'codebuild:StartCommandExecution'],
    service: 'codebuild.amazonaws.com',
    existing: 'a CodeBuild project',
    existingKind: 'codebuild-project',
  },
  {
    id: 'codebuild-update-project-role-and-start-sandbox-connection',
    aliases: [],
    title: 'Pass the role to an existing CodeBuild project, start a sandbox of it, and open a session there',
    actions: ['codebuild:UpdateProject', 'codebuild:StartSandbox', 'codebuild:StartSandboxConnection'],
    service: 'codebuild.amazonaws.com',
    existing: 'a CodeBuild project',
    existingKind: 'codebuild-project',
  },
  // CodeBuild starts a build at each push to the repository, for which the principal brings a token:
  // https://docs.aws.amazon.com/codebuild/latest/userguide/webhooks.html
  {
    id: 'codebuild-create-project-and-webhook',
    aliases: [],
    title: 'Pass the role to a new CodeBuild project with a webhook for a repository of the principal, and push to it',
    actions: ['codebuild:CreateProject', 'codebuild:ImportSourceCredentials', 'codebuild:CreateWebhook'],
    service: 'codebuild.amazonaws.com',
  },
];
