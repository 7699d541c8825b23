import { BatchGetProjectsCommand, CodeBuildClient, ListProjectsCommand, type ProjectSource } from '@aws-sdk/client-codebuild';
import { type Carrier, type Look, type RegionalService, answered, computeAt, inChunks, listAnswered, listed } from './look.ts';

const MOST_PROJECTS = 100;

/** The CodeBuild projects, with their service roles. */
export const lookForProjects: Look = (place) => ({ 'codebuild-project': projects(place) });

/** The source archive in S3. https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html */
const archiveIn = (source: ProjectSource | undefined): string | undefined =>
  source?.type === 'S3' && source.location ? `s3://${source.location}` : undefined;

async function projects({ settings, roleArn }: RegionalService): Promise<readonly Carrier[]> {
  const codebuild = new CodeBuildClient(settings);
  const names = await listed(
    'codebuild:ListProjects',
    (nextToken) => codebuild.send(new ListProjectsCommand({ nextToken })),
    (page) => ({ items: page.projects, next: page.nextToken }),
  );
  const answers = await Promise.all(
    inChunks(names, MOST_PROJECTS).map((some) =>
      answered('codebuild:BatchGetProjects', codebuild.send(new BatchGetProjectsCommand({ names: [...some] }))),
    ),
  );
  return answers
    .flatMap(({ projects: found }) => listAnswered('codebuild:BatchGetProjects', found))
    .flatMap(({ arn, serviceRole, source }) => computeAt(arn, roleArn(serviceRole), archiveIn(source)));
}
