import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** Which actions push an image: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
const push = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];

/** Amazon ECR: code in an image runs with the role of whatever starts from that image by its tag, from then on. */
export const ecr: readonly ExistingComputeTechnique[] = [
  // A task that starts by itself, and each deployment of a service, resolves the tag anew.
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
  {
    id: 'ecr-push-image-for-ecs-task',
    aliases: [],
    title: 'Push an image with custom code to the repository from which an ECS task starts that runs with the role',
    actions: push,
    service: 'ecs-tasks.amazonaws.com',
    compute: 'an ECS task that starts from an image tag of the repository',
  },
  {
    id: 'ecr-push-image-for-codebuild',
    aliases: [],
    title: 'Push an image with custom code to the repository of the environment of a CodeBuild project that runs with the role',
    actions: push,
    service: 'codebuild.amazonaws.com',
    compute: 'a CodeBuild project that starts from an image tag of the repository',
  },
  // https://docs.aws.amazon.com/apprunner/latest/dg/manage-deploy.html
  {
    id: 'ecr-push-image-for-apprunner',
    aliases: [],
    title: 'Push an image with custom code to the repository from which an App Runner service deploys that runs with the role',
    actions: push,
    service: 'tasks.apprunner.amazonaws.com',
    compute: 'an App Runner service that deploys an image tag of the repository',
  },
];
