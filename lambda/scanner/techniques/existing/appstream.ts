import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * Amazon WorkSpaces Applications (AppStream): a streaming session has credentials of the role of its instance.
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/using-iam-roles-to-grant-permissions-to-applications-scripts-streaming-instances.html
 */
export const appstream: readonly ExistingComputeTechnique[] = [
  {
    id: 'appstream-create-streaming-url',
    aliases: [],
    title: 'Open a streaming session on an AppStream fleet that runs with the role',
    actions: ['appstream:CreateStreamingURL'],
    service: 'appstream.amazonaws.com',
    compute: 'an AppStream fleet',
  },
  {
    id: 'appstream-create-image-builder-streaming-url',
    aliases: [],
    title: 'Open the desktop of an AppStream image builder that runs with the role',
    actions: ['appstream:CreateImageBuilderStreamingURL'],
    service: 'appstream.amazonaws.com',
    compute: 'an AppStream image builder',
  },
  {
    id: 'appstream-create-app-block-builder-streaming-url',
    aliases: [],
    title: 'Open the desktop of an AppStream app block builder that runs with the role',
    actions: ['appstream:CreateAppBlockBuilderStreamingURL'],
    service: 'appstream.amazonaws.com',
    compute: 'an AppStream app block builder',
  },
];
