import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS CodeBuild: the caller of StartBuild can override the buildspec of the project.
 * https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 */
export const codebuild: readonly ExistingComputeTechnique[] = [
  {
    id: 'codebuild-start-build',
    aliases: ['codebuild-002'],
    title: 'Start a build with custom commands of a CodeBuild project that runs with the role',
    actions: ['codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
  {
    id: 'codebuild-start-build-batch',
    aliases: ['codebuild-003'],
    title: 'Start a batch build with custom commands of a CodeBuild project that runs with the role',
    actions: ['codebuild:StartBuildBatch'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
  {
    id: 'codebuild-update-project',
    aliases: [],
    title: 'Change the commands of a CodeBuild project that runs with the role, and start a build',
    actions: ['codebuild:UpdateProject', 'codebuild:StartBuild'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
  {
    id: 'codebuild-start-sandbox',
    aliases: [],
    title: 'Start a sandbox of a CodeBuild project that runs with the role, and run a command in it',
    actions: ['codebuild:StartSandbox', 'codebuild:StartCommandExecution'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
  {
    id: 'codebuild-start-sandbox-connection',
    aliases: [],
    title: 'Start a sandbox of a CodeBuild project that runs with the role, and open a session in it',
    actions: ['codebuild:StartSandbox', 'codebuild:StartSandboxConnection'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
  },
  // A repository in CodeCommit starts builds by an event: https://docs.aws.amazon.com/codebuild/latest/userguide/sample-codecommit.html
  {
    id: 'codecommit-git-push',
    aliases: [],
    title: 'Push custom build commands to the CodeCommit repository that a CodeBuild project builds with the role',
    actions: ['codecommit:GitPush'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
    existing: 'a build that starts when the CodeCommit repository of the project changes',
  },
  {
    id: 'codecommit-create-commit',
    aliases: [],
    title: 'Write a commit with custom build commands to the CodeCommit repository that a CodeBuild project builds with the role',
    actions: ['codecommit:CreateCommit'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
    existing: 'a build that starts when the CodeCommit repository of the project changes',
  },
  {
    id: 'codecommit-put-file',
    aliases: [],
    title: 'Write a file with custom build commands to the CodeCommit repository that a CodeBuild project builds with the role',
    actions: ['codecommit:PutFile'],
    service: 'codebuild.amazonaws.com',
    compute: 'codebuild-project',
    existing: 'a build that starts when the CodeCommit repository of the project changes',
  },
];
